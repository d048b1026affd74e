import { Tracer } from "effect"
import type { TaskId } from "../tasks/Status.ts"

/**
 * The trace of a task. Its id is the task's own, so that the request that asked for it and every run of it, in whatever
 * process, meet in one trace although nothing but the task's row leads from one to the other.
 */
export const of = (id: TaskId) => {
  const traceId = id.replaceAll("-", "")
  return Tracer.externalSpan({ traceId, spanId: traceId.slice(16), sampled: true })
}
