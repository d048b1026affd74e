import { Effect, Redacted } from "effect"
import type { UserId } from "../auth/User.ts"
import type { Vault } from "../vault/Vault.ts"
import type { TaskId } from "./Status.ts"
import type { Result } from "./Task.ts"

/** What stands in a stored result where the receiver's RFC is sealed beside it. */
export const elsewhere = ""

export const contextOf = (user: string, task: string) => ({
  user,
  table: "automation_tasks",
  row: task,
  column: "receiver_rfc"
})

/**
 * A task as it was before its receiver's RFC was sealed. Results of versions before still have it; what does not decrypt was
 * tampered with, or its key is gone: no caller can act on that.
 */
export const reveal = <View extends { readonly id: TaskId; readonly result: Result | null }>(
  vault: Vault,
  user: UserId,
  view: View,
  sealed: Uint8Array | null
) => {
  const { id, result } = view
  if (sealed === null || result === null || result.cfdi === null) return Effect.succeed(view)
  const { cfdi } = result
  return vault.decrypt(contextOf(user, id), sealed).pipe(
    Effect.map(
      (rfc): View => ({ ...view, result: { ...result, cfdi: { ...cfdi, receiver_rfc: Redacted.value(rfc) } } })
    ),
    Effect.orDie
  )
}
