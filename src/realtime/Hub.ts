import { Effect, Queue } from "effect"
import { Committed } from "../tasks/Committed.ts"
import { Stages } from "../tasks/Stages.ts"
import type { TaskId } from "../tasks/Status.ts"
import * as Frame from "./Frame.ts"
import type { Hint } from "./Hint.ts"
import { Relay } from "./Relay.ts"

interface Listener {
  readonly hear: (hint: Hint) => void
}

/**
 * Passes on what is committed to those who watch the task, here and in other processes: each is called at once, with what
 * was encoded once. Only a hurry: hints may come late, twice, out of order or not at all, and the log is what is trusted.
 */
export class Hub extends Effect.Service<Hub>()("realtime/Hub", {
  scoped: Effect.gen(function* () {
    const relay = yield* Relay
    const stages = yield* Stages
    const topics = new Map<TaskId, Set<Listener>>()

    const hint = (id: TaskId, hint: Hint) => {
      for (const listener of topics.get(id) ?? []) listener.hear(hint)
    }

    const join = (id: TaskId, listener: Listener) => {
      topics.set(id, (topics.get(id) ?? new Set()).add(listener))
    }

    const leave = (id: TaskId, listener: Listener) => {
      const listeners = topics.get(id)
      listeners?.delete(listener)
      if (listeners?.size === 0) topics.delete(id)
    }

    /** Tells the listener of the task while this goes on. */
    const following = <A, E, R>(id: TaskId, listener: Listener, during: Effect.Effect<A, E, R>) =>
      Effect.suspend(() => {
        join(id, listener)
        return relay.following(id, during)
      }).pipe(Effect.ensuring(Effect.sync(() => leave(id, listener))))

    const passOn = (id: TaskId, news: Hint) => {
      hint(id, news)
      relay.tell(id, news)
    }
    relay.listen(hint)
    yield* (yield* Committed).listen((event) => passOn(event.task_id, { seq: event.seq, frame: Frame.ofEvent(event) }))

    const seen = yield* stages.changed
    yield* Queue.take(seen).pipe(
      Effect.tap((id) => Effect.sync(() => passOn(id, { seq: 0 }))),
      Effect.forever,
      Effect.forkScoped
    )

    const watched = Effect.sync(() => [...topics.keys()])

    return { following, hint, watched } as const
  })
}) {}
