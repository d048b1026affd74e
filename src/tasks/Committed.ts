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
    const publish = (events: ReadonlyArray<TaskEvent>) => PubSub.publishAll(bus, events)
    return { publish, subscribe: PubSub.subscribe(bus) } as const
  })
}) {}
