import { Effect, Option } from "effect"
import type { UserId } from "../auth/User.ts"
import { Committed } from "./Committed.ts"
import { DuplicateTicket, InvalidState, TaskNotFound } from "./Errors.ts"
import type { TaskEvent } from "./Event.ts"
import { HandRepo } from "./HandRepo.ts"
import { LiveUrls } from "./LiveUrls.ts"
import type { TaskId } from "./Status.ts"
import { TasksRepo } from "./TasksRepo.ts"
import { TaskViews } from "./TaskViews.ts"

type Told = ReadonlyArray<TaskEvent>

/** What users do with their tasks, over HTTP and sockets alike. */
export class Tasks extends Effect.Service<Tasks>()("tasks/Tasks", {
  effect: Effect.gen(function* () {
    const repo = yield* TasksRepo
    const views = yield* TaskViews
    const hand = yield* HandRepo
    const live = yield* LiveUrls
    const committed = yield* Committed

    const snapshot = Effect.fn("Tasks.snapshot")(function* (userId: UserId, id: TaskId) {
      const { view, lastSeq } = yield* Effect.mapError(yield* views.snapshot(userId, id), () => new TaskNotFound())
      return { view: yield* live.shown(userId, view), lastSeq }
    })

    const get = Effect.fn("Tasks.get")((userId: UserId, id: TaskId) =>
      Effect.map(snapshot(userId, id), ({ view }) => view)
    )

    const statusOf = Effect.fnUntraced(function* (userId: UserId, id: TaskId) {
      return yield* Effect.mapError(yield* repo.status(userId, id), () => new TaskNotFound())
    })

    const steps = Effect.fn("Tasks.steps")(function* (userId: UserId, id: TaskId, after: number, limit: number) {
      yield* statusOf(userId, id)
      return yield* views.steps(userId, id, after, limit)
    })

    /** A change that moved nothing is refused with the status that did not allow it. */
    const moved = Effect.fnUntraced(function* (userId: UserId, id: TaskId, told: Told) {
      if (told.length === 0) return yield* new InvalidState({ task_status: yield* statusOf(userId, id) })
      yield* committed.publish(told)
    })

    const pause = Effect.fn("Tasks.pause")(function* (userId: UserId, id: TaskId) {
      yield* moved(userId, id, yield* repo.pause(userId, id))
    })

    const resume = Effect.fn("Tasks.resume")(function* (userId: UserId, id: TaskId) {
      yield* moved(userId, id, yield* repo.resume(userId, id))
    })

    const cancel = Effect.fn("Tasks.cancel")(function* (userId: UserId, id: TaskId) {
      yield* moved(userId, id, yield* repo.cancel(userId, id))
    })

    const takeover = Effect.fn("Tasks.takeover")(function* (userId: UserId, id: TaskId) {
      yield* moved(userId, id, yield* hand.takeover(userId, id))
    })

    const release = Effect.fn("Tasks.release")(function* (userId: UserId, id: TaskId) {
      yield* moved(userId, id, yield* hand.release(userId, id))
    })

    const retry = Effect.fn("Tasks.retry")(function* (userId: UserId, id: TaskId, confirm: boolean) {
      const told = yield* repo.retry(userId, id, confirm)
      if (Option.isSome(told)) return yield* moved(userId, id, told.value)
      const task_id = yield* Effect.mapError(yield* repo.rival(userId, id), () => new TaskNotFound())
      return yield* new DuplicateTicket({ task_id })
    })

    return {
      snapshot,
      get,
      status: statusOf,
      list: views.list,
      steps,
      events: views.events,
      stats: views.stats,
      pause,
      resume,
      cancel,
      takeover,
      release,
      retry
    } as const
  })
}) {}
