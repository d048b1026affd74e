import { Deferred, Effect } from "effect"
import { ours } from "./Ours.ts"

/** Seconds from the kill of a worker process until another runs its task. */
export const rescued = Effect.fn("bench.rescued")(function* (url: string) {
  const contestant = yield* ours(url, { users: 1 })
  const child = Bun.spawn([process.execPath, `${import.meta.dir}/HangingWorker.ts`, url], { stdout: "pipe" })
  const reader = child.stdout.getReader()
  yield* Effect.promise(() => reader.read())
  yield* contestant.put(1)
  yield* Effect.promise(() => reader.read())
  child.kill("SIGKILL")
  const start = performance.now()
  const again = yield* Deferred.make<void>()
  yield* contestant.work(() => Deferred.unsafeDone(again, Effect.void))
  yield* Deferred.await(again)
  return (performance.now() - start) / 1000
}, Effect.scoped)
