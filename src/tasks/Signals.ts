import { Deferred, Duration, Effect } from "effect"

const signals = ["SIGINT", "SIGTERM"] as const

/** A terminal sends its signal to the whole group, and what starts a program often passes it on: that is one keystroke. */
const echo = Duration.toMillis("200 millis")

/** What returns at the second signal to stop. The first one is the program's to obey. */
export const secondSignal = Effect.gen(function* () {
  const second = yield* Deferred.make<void>()
  let first: number | undefined
  const heard = () => {
    first ??= performance.now()
    if (performance.now() - first > echo) Deferred.unsafeDone(second, Effect.void)
  }
  yield* Effect.acquireRelease(
    Effect.sync(() => {
      for (const signal of signals) process.on(signal, heard)
    }),
    () =>
      Effect.sync(() => {
        for (const signal of signals) process.removeListener(signal, heard)
      })
  )
  return Deferred.await(second)
})
