import { Effect } from "effect"
import { ours } from "./Ours.ts"

/** A worker whose first run never lets go of its process; says when it is ready and when the run has begun. */
const url = process.argv[2] ?? ""

const hang = Effect.gen(function* () {
  const contestant = yield* ours(url, { users: 1 })
  yield* contestant.work(() => {
    process.stdout.write("running\n")
    // The process is to be killed while it has the task, and it must not finish it first.
    while (true) Bun.sleepSync(1000)
  })
  process.stdout.write("ready\n")
  return yield* Effect.never
})

await Effect.runPromise(Effect.scoped(hang))
