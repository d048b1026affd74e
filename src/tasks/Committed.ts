import { Effect, PubSub } from "effect"
import type { TaskEvent } from "./Event.ts"

/**
 * Events that this process has committed, in no promised order between tasks. Told after the commit, so hearing one
 * means that it and all before it can be read; a process that dies in between has told nobody, so hearing none means
 * nothing.
 */
export class Committed extends Effect.Service<Committed>()("tasks/Committed", {
  effect: Effect.gen(function* () {
    const bus = yield* PubSub.unbounded<TaskEvent>()
    const listeners = new Set<(event: TaskEvent) => void>()

    const publish = (events: ReadonlyArray<TaskEvent>) =>
      Effect.suspend(() => {
        for (const hear of listeners) events.forEach(hear)
        return PubSub.publishAll(bus, events)
      })

    /** Calls at once, in whose turn it is committed: for what takes microseconds and is waited for on a screen. */
    const listen = (hear: (event: TaskEvent) => void) =>
      Effect.acquireRelease(
        Effect.sync(() => listeners.add(hear)),
        () => Effect.sync(() => listeners.delete(hear))
      )

    return { publish, listen, subscribe: PubSub.subscribe(bus) } as const
  })
}) {}
