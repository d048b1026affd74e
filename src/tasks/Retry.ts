import { Config, Duration, Effect, Option, Schedule, ScheduleDecision, ScheduleIntervals } from "effect"
import type { AgentError } from "../agent/AgentError.ts"

export const retryBase = Config.duration("RETRY_BASE").pipe(Config.withDefault(Duration.seconds(5)))

const factor = 4
const retries = 2
const uploads = ["6 hours", "24 hours"] as const

/**
 * For what passes by itself: three attempts in all, the second after `RETRY_BASE` (5 s) and the third after four times
 * that, each a fifth more or less, so that tasks which failed together do not come back together.
 */
export const transient = (base: Duration.DurationInput) =>
  Schedule.exponential(base, factor).pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(retries)))

/** For a sale that the shop may not have uploaded yet: once more after 6 h, and again 24 h after that. */
export const notFound = Schedule.fromDelays(...uploads)

/** The numbers of the schedules, for the API's document. */
export const described = `Automatic attempts: ${retries + 1} in all for what passes by itself (PORTAL_DOWN, \
BROWSER_LOST) and only before the portal's irreversible click: the second RETRY_BASE (5 seconds) after the first failure, \
each later one ${factor} times as long after the one before, all 20 % more or less. TICKET_NOT_FOUND with retry_not_found: \
${uploads[0]} after the first failure and ${uploads[1]} after the second. Nothing else is tried again by itself; \
POST /tasks/{taskId}/retry begins a new series.`

/** The schedule that a failed run is tried again by, if any. What only the user can mend is never tried again. */
export const scheduleFor = (
  error: AgentError,
  options: { readonly base: Duration.DurationInput; readonly retryNotFound: boolean }
): Option.Option<Schedule.Schedule<unknown>> => {
  switch (error._tag) {
    case "PortalDown":
    case "PortalClosed":
    case "BrowserGone":
      return Option.some(transient(options.base))
    case "TicketRefused":
      return error.code === "TICKET_NOT_FOUND" && options.retryNotFound ? Option.some(notFound) : Option.none()
    default:
      return Option.none()
  }
}

/** The wait that the schedule has after `failures` earlier failures, or none where it has ended. */
export const delayAfter = Effect.fn("Retry.delayAfter")(function* (
  schedule: Schedule.Schedule<unknown>,
  failures: number
) {
  let state = schedule.initial
  let delay: Option.Option<Duration.Duration> = Option.none()
  for (let step = 0; step <= failures; step++) {
    const [next, , decision] = yield* schedule.step(0, undefined, state)
    if (ScheduleDecision.isDone(decision)) return Option.none()
    state = next
    delay = Option.some(Duration.millis(ScheduleIntervals.start(decision.intervals)))
  }
  return delay
})
