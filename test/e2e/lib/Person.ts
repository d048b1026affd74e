import { Data, Effect, Redacted, Schema, Stream } from "effect"
import { watch } from "../../../src/client/Watch.ts"
import { Server } from "../../../src/Server.ts"
import type { InterventionView } from "../../../src/tasks/Event.ts"
import { Created } from "../../../src/tasks/NewTask.ts"
import type { TaskId } from "../../../src/tasks/Status.ts"
import { TaskDetail } from "../../../src/tasks/Task.ts"
import { api, newUser } from "../../http/TestServer.ts"

/** The taxpayer whom all the test portals know. */
export const person = newUser({
  rfc: "CACX7605101P8",
  full_name: "XOCHILT CASAS CHAVEZ",
  fiscal_regime: "612",
  postal_code: "36257",
  cfdi_use: "G03",
  accept_privacy: true
})

export const order = Effect.fnUntraced(function* (
  token: string,
  url: URL,
  ticket: Readonly<Record<string, string>>,
  more: object = {}
) {
  const json = { vendor_url: url.href, ticket_details: ticket, ...more }
  const { body } = yield* api("POST", "/tasks", { token, json })
  return (yield* Schema.decodeUnknown(Created)(body)).taskId
})

export const viewOf = Effect.fnUntraced(function* (token: string, taskId: TaskId) {
  const { body } = yield* api("GET", `/tasks/${taskId}`, { token })
  return yield* Schema.decodeUnknown(TaskDetail)(body)
})

/** The body of an answer, without the id of what it answers. */
export type Reply = {
  readonly answers?: Readonly<Record<string, string>>
  readonly action?: "continue" | "abort"
  readonly remember?: boolean
}

export const answer = (token: string, taskId: TaskId, { id }: InterventionView, reply: Reply) =>
  api("POST", `/tasks/${taskId}/intervention`, { token, json: { intervention_id: id, ...reply } })

/** Each field by the word of its label that is known, and nothing for the rest. */
export const replyTo = ({ fields }: InterventionView, known: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    fields.flatMap(({ label, name }) => {
      const word = Object.keys(known).find((word) => label.includes(word))
      return word === undefined ? [] : [[name, known[word] ?? ""]]
    })
  )

class NotEnded extends Data.TaggedError("NotEnded")<{ readonly asked: string }> {}

/**
 * Somebody who sees of a task nothing but its socket, answers what it asks and waits for its end. What was asked comes
 * back with how it ended.
 */
export const attend = Effect.fn("attend")(function* (
  token: string,
  taskId: TaskId,
  reply: (asked: InterventionView, nth: number) => Effect.Effect<Reply | undefined, unknown, Server>
) {
  const { url } = yield* Server
  const asked: Array<InterventionView> = []
  yield* watch(url, taskId, Redacted.make(token)).pipe(
    Stream.runForEach((event) =>
      Effect.gen(function* () {
        if (event.type !== "intervention") return
        asked.push(event.intervention)
        const said = yield* reply(event.intervention, asked.length)
        if (said) yield* answer(token, taskId, event.intervention, said)
      })
    ),
    Effect.timeoutFail({ duration: "60 seconds", onTimeout: () => new NotEnded({ asked: JSON.stringify(asked) }) })
  )
  return { asked, task: yield* viewOf(token, taskId) }
})
