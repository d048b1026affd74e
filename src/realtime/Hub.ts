import { Effect, Mailbox, Queue } from "effect"
import { Committed } from "../tasks/Committed.ts"
import type { TaskEvent } from "../tasks/Event.ts"
import { Stages } from "../tasks/Stages.ts"
import type { TaskId } from "../tasks/Status.ts"
import * as Frame from "./Frame.ts"
import type { Hint } from "./Hint.ts"
import { Relay } from "./Relay.ts"

/** What a listener may leave unread; older hints give way, for a reader that finds a gap looks into the log. */
const backlog = 256

/**
 * Passes on what is committed to those who watch the task, here and in other processes. Only a hurry: hints may come late, twice, out of order or
 * not at all, and the log is what a listener trusts.
 */
export class Hub extends Effect.Service<Hub>()("realtime/Hub", {
  scoped: Effect.gen(function* () {
    const relay = yield* Relay
    const stages = yield* Stages
    const topics = new Map<TaskId, Set<Mailbox.Mailbox<Hint>>>()

    const hint = (id: TaskId, hint: Hint) => {
      for (const listener of topics.get(id) ?? []) listener.unsafeOffer(hint)
    }

    const join = (id: TaskId, listener: Mailbox.Mailbox<Hint>) => {
      topics.set(id, (topics.get(id) ?? new Set()).add(listener))
    }

    const leave = (id: TaskId, listener: Mailbox.Mailbox<Hint>) => {
      const listeners = topics.get(id)
      listeners?.delete(listener)
      if (listeners?.size === 0) topics.delete(id)
    }

    const subscribe = Effect.fn("Hub.subscribe")(function* (id: TaskId) {
      const listener = yield* Mailbox.make<Hint>({ capacity: backlog, strategy: "sliding" })
      yield* Effect.acquireRelease(
        Effect.sync(() => join(id, listener)),
        () => Effect.sync(() => leave(id, listener))
      )
      yield* relay.follow(id)
      return listener as Mailbox.ReadonlyMailbox<Hint>
    })

    const passOn = (id: TaskId, news: Hint) => {
      hint(id, news)
      relay.tell(id, news)
    }
    const passOnEvents = (events: Iterable<TaskEvent>) => {
      for (const event of events) passOn(event.task_id, { seq: event.seq, frame: Frame.ofEvent(event) })
    }
    relay.listen(hint)

    const news = yield* (yield* Committed).subscribe
    yield* Queue.takeBetween(news, 1, 1000).pipe(
      Effect.tap((events) => Effect.sync(() => passOnEvents(events))),
      Effect.forever,
      Effect.forkScoped
    )

    const seen = yield* stages.changed
    yield* Queue.take(seen).pipe(
      Effect.tap((id) => Effect.sync(() => passOn(id, { seq: 0 }))),
      Effect.forever,
      Effect.forkScoped
    )

    const watched = Effect.sync(() => [...topics.keys()])

    return { subscribe, hint, watched } as const
  })
}) {}
