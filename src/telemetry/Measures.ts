import { Metric, MetricBoundaries } from "effect"

/*
 * What is measured, under the names that Prometheus and OpenTelemetry see. Labels are few and short: a shop's host, an
 * outcome, a status; never anything of a user.
 */
const seconds = (name: string, description: string, boundaries: ReadonlyArray<number>) =>
  Metric.histogram(name, MetricBoundaries.fromIterable(boundaries), description)

/** By `status`: PENDING, RUNNING, INTERVENTION_NEEDED; over all processes. */
export const queueTasks = Metric.gauge("timbra_queue_tasks", { description: "Tasks that have not ended." })

export const queueOldestAge = Metric.gauge("timbra_queue_oldest_age_seconds", {
  description: "How long the task that has waited longest could have been run."
})

export const filesUnstored = Metric.gauge("timbra_files_unstored", {
  description: "Files that are still in the database because the store has not taken them."
})

export const databaseUp = Metric.gauge("timbra_database_up", { description: "1 while the database answers, else 0." })

/** By `outcome`: COMPLETED, a failure's code, HANDED_BACK or INTERNAL. */
export const runDuration = seconds(
  "timbra_run_duration_seconds",
  "How long runs took, without the time that they waited for their users.",
  [1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 180]
)

/** By `host` and `outcome`. */
export const runs = Metric.counter("timbra_runs_total", { description: "Runs that ended.", incremental: true })

/** By `provider`. */
export const browserSeconds = Metric.counter("timbra_browser_seconds_total", {
  description: "How long browsers were held by runs.",
  incremental: true
})

/** By `provider` and `outcome`: answered or failed. */
export const llmCalls = Metric.counter("timbra_llm_calls_total", {
  description: "Questions put to the language model.",
  incremental: true
})

/** By `provider`. */
export const llmTokens = Metric.counter("timbra_llm_tokens_total", {
  description: "Tokens that those questions and their answers took.",
  incremental: true
})

export const eventLag = seconds(
  "timbra_event_lag_seconds",
  "From an event's commit until it was sent to a socket.",
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15]
)

export const sockets = Metric.counter("timbra_sockets", { description: "Sockets open on this process." })

/** By `method` and `status`. */
export const requests = seconds(
  "timbra_http_request_duration_seconds",
  "How long requests took.",
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
)
