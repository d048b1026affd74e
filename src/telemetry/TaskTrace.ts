import { Effect, FiberRef, Tracer } from "effect"
import type { TaskId } from "../tasks/Status.ts"

/**
 * The trace of a task. Its id is the task's own, so that the request that asked for it and every run of it, in whatever
 * process, meet in one trace although nothing but the task's row leads from one to the other.
 */
export const of = (id: TaskId) => {
  const traceId = id.replaceAll("-", "")
  return Tracer.externalSpan({ traceId, spanId: traceId.slice(16), sampled: true })
}

/** A span of the task's trace; where nobody collects any, one that is not made would cost a run a tenth of its time. */
export const span =
  (name: string, id: TaskId) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.flatMap(FiberRef.get(FiberRef.currentTracerEnabled), (collected) =>
      collected ? Effect.withSpan(effect, name, { parent: of(id), captureStackTrace: false }) : effect
    )
