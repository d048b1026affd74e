import { Deferred, Effect, Option, PubSub, Stream } from "effect"
import type { Stage } from "../agent/Stage.ts"
import { HandRepo } from "./HandRepo.ts"
import type { TaskId } from "./Status.ts"

/** The pages of this process's runs, for those who watch or drive them. */
export class Stages extends Effect.Service<Stages>()("tasks/Stages", {
  scoped: Effect.gen(function* () {
    const repo = yield* HandRepo
    const stages = new Map<TaskId, Stage>()
    const turns = new Map<TaskId, number>()
    const changed = yield* PubSub.sliding<TaskId>(1024)
    const address = yield* Deferred.make<string>()

    /** Told by the server once it listens: where other processes find it. */
    const reachedAt = (url: string) => Effect.asVoid(Deferred.succeed(address, url))

    /** Shows the stage as long as the scope. */
    const show = Effect.fn("Stages.show")(function* (id: TaskId, workerId: string, stage: Stage) {
      yield* Effect.acquireRelease(
        Effect.sync(() => stages.set(id, stage)),
        () =>
          Effect.suspend(() => {
            if (stages.get(id) === stage) {
              stages.delete(id)
              turns.delete(id)
            }
            return PubSub.publish(changed, id)
          })
      )
      yield* Deferred.await(address).pipe(
        Effect.flatMap((address) => repo.show({ id, workerId }, address)),
        Effect.zipRight(PubSub.publish(changed, id)),
        Effect.forkScoped
      )
    })

    const turn = Effect.fnUntraced(function* (id: TaskId, stage: Stage, byUser: boolean) {
      if (stage.driven() === byUser) return
      yield* byUser ? stage.handOver : stage.takeBack
      if (byUser) turns.set(id, (turns.get(id) ?? 0) + 1)
      yield* PubSub.publish(changed, id)
    })

    /** Gives the wheel to the users who have taken over, and to the agent everywhere else. */
    const steer = Effect.fn("Stages.steer")(function* (waiting: ReadonlyArray<TaskId>) {
      const shown = waiting.filter((id) => stages.has(id))
      const driven = new Set(shown.length === 0 ? [] : yield* repo.driven(shown))
      yield* Effect.forEach([...stages], ([id, stage]) => turn(id, stage, driven.has(id)), { concurrency: 8 })
    })

    /** How often the user has taken this run over. */
    const turnsOf = (id: TaskId) => turns.get(id) ?? 0

    const find = (id: TaskId) => Option.fromNullable(stages.get(id))

    /** Tells whenever the stage of a task appears, changes hands or goes. */
    const changes = (id: TaskId) =>
      Stream.unwrapScoped(Effect.map(PubSub.subscribe(changed), (queue) => Stream.fromQueue(queue))).pipe(
        Stream.filter((changed) => changed === id)
      )

    return { reachedAt, show, steer, turnsOf, find, changes, changed: PubSub.subscribe(changed) } as const
  })
}) {}
