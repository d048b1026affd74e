import { Effect, Ref } from "effect"
import { ShuttingDown } from "./Errors.ts"

/** Whether new tasks are taken. Closed for good once the process begins to stop. */
export class Intake extends Effect.Service<Intake>()("tasks/Intake", {
  effect: Effect.gen(function* () {
    const closed = yield* Ref.make(false)
    const check = Effect.flatMap(Ref.get(closed), (closed) => (closed ? new ShuttingDown() : Effect.void))
    return { check, close: Ref.set(closed, true) } as const
  })
}) {}
