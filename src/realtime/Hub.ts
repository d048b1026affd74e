import { Effect, Mailbox, Queue } from "effect"
import { Committed } from "../tasks/Committed.ts"
import type { TaskEvent } from "../tasks/Event.ts"
import type { TaskId } from "../tasks/Status.ts"
import * as Frame from "./Frame.ts"

/** That the log of a task has reached `seq`, with the event itself where it is at hand. */
export interface Hint {
  readonly seq: number
  readonly frame?: Frame.Frame
}

/** What a listener may leave unread; older hints give way, for a reader that finds a gap looks into the log. */
const backlog = 256

/**
 * Passes on what is committed to those who watch the task. Only a hurry: hints may come late, twice, out of order or
 * not at all, and the log is what a listener trusts.
 */
export class Hub extends Effect.Service<Hub>()("realtime/Hub", {
  scoped: Effect.gen(function* () {
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
      return listener as Mailbox.ReadonlyMailbox<Hint>
    })

    const passOn = (events: Iterable<TaskEvent>) => {
      for (const event of events) {
        if (topics.has(event.task_id)) hint(event.task_id, { seq: event.seq, frame: Frame.ofEvent(event) })
      }
    }

    const news = yield* (yield* Committed).subscribe
    yield* Queue.takeBetween(news, 1, 1000).pipe(
      Effect.tap((events) => Effect.sync(() => passOn(events))),
      Effect.forever,
      Effect.forkScoped
    )

    const watched = Effect.sync(() => [...topics.keys()])

    return { subscribe, hint, watched } as const
  })
}) {}
