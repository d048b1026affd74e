import { Array as Arr, Cause, Clock, Duration, Effect, Exit, Option, Random, Ref } from "effect"
import { Agent } from "../agent/Agent.ts"
import type { AgentError, BrowsersTaken } from "../agent/AgentError.ts"
import { SessionLog } from "../agent/browser/SessionLog.ts"
import type { Completion } from "../agent/Completion.ts"
import { SatStatus } from "../cfdi/SatStatus.ts"
import { isOutage } from "../http/Outage.ts"
import { Profiles } from "../profile/Profiles.ts"
import * as TaskTrace from "../telemetry/TaskTrace.ts"
import { BrowserSessions } from "./BrowserSessions.ts"
import type { Claim } from "./Claim.ts"
import { Committed } from "./Committed.ts"
import { Desk } from "./Desk.ts"
import * as Failure from "./Failure.ts"
import type { Grip } from "./Grip.ts"
import { Interventions } from "./Interventions.ts"
import { delayAfter, retryBase, scheduleFor } from "./Retry.ts"
import { RunRepo } from "./RunRepo.ts"

/** One run of a claimed task: gives it to the agent and turns however that ends into one statement. */
export class Run extends Effect.Service<Run>()("tasks/Run", {
  effect: Effect.gen(function* () {
    const agent = yield* Agent
    const profiles = yield* Profiles
    const interventions = yield* Interventions
    const repo = yield* RunRepo
    const desk = yield* Desk
    const committed = yield* Committed
    const browsers = yield* BrowserSessions
    const sat = yield* SatStatus
    const base = yield* retryBase
    const full = yield* Ref.make(0)

    /** Whether there may be a browser for one more run: after a farm has said no, not before it said. */
    const vacant = Effect.zipWith(Ref.get(full), Clock.currentTimeMillis, (until, now) => until <= now)

    const assignment = Effect.fnUntraced(function* (claim: Claim) {
      return {
        vendorUrl: claim.vendorUrl,
        ticket: claim.ticketDetails,
        ...(yield* profiles.forRun(claim.userId, claim.cfdiUse)),
        answers: claim.answered ? yield* interventions.known(claim.id) : {},
        confirmBeforeSubmit: claim.confirmBeforeSubmit,
        submitted: claim.submitted
      }
    })

    const checked = (completion: Completion): Effect.Effect<Completion> =>
      completion.delivery === "email"
        ? Effect.succeed(completion)
        : Effect.map(sat.warnings(completion.invoice), (warnings) => ({
            ...completion,
            warnings: [...completion.warnings, ...warnings]
          }))

    const work = (claim: Claim, grip: Grip) =>
      Effect.flatMap(assignment(claim), (assignment) => agent.run(assignment, desk.make(grip, claim.userId))).pipe(
        Effect.flatMap(checked),
        Effect.provideService(SessionLog, browsers.logOf(claim.id, grip))
      )

    type Own = Pick<Claim, "id" | "token" | "userId">
    type Ended = Exit.Exit<Completion, Effect.Effect.Error<ReturnType<typeof work>>>

    const completed = (own: Own, completion: Completion) =>
      repo
        .complete(own, completion)
        .pipe(Effect.catchTag("InvoiceTaken", ({ uuid }) => repo.fail(own, Failure.foreignInvoice(uuid))))

    /** As if the task had not been claimed; a fifth later at most, so that those who wait do not come back together. */
    const postponed = Effect.fnUntraced(function* (own: Own, { retryAfter }: BrowsersTaken) {
      const now = yield* Clock.currentTimeMillis
      yield* Ref.update(full, (until) => Math.max(until, now + Duration.toMillis(retryAfter)))
      return yield* repo.handBack(own, Duration.times(retryAfter, yield* Random.nextRange(1, 1.2)))
    })

    const failed = Effect.fnUntraced(function* (own: Own, claim: Claim, error: AgentError) {
      const schedule = scheduleFor(error, { base, retryNotFound: claim.retryNotFound })
      const delay = yield* Effect.transposeMapOption(schedule, (schedule) => delayAfter(schedule, claim.attempt))
      const again = Option.flatten(delay)
      const queued = Option.isSome(again) ? yield* repo.again(own, again.value) : []
      return queued.length > 0 ? queued : yield* repo.fail(own, Failure.fromAgent(error, claim.submitted))
    })

    const record = (claim: Claim, exit: Ended) => (token: string) => {
      const own = { id: claim.id, token, userId: claim.userId }
      if (Exit.isSuccess(exit)) return completed(own, exit.value)
      const error = Option.getOrUndefined(Cause.failureOption(exit.cause))
      if (error === undefined) {
        // That our own database or store went away is not the task's fault.
        return isOutage(exit.cause) ? repo.handBack(own, base) : repo.fail(own, Failure.internal)
      }
      if (error._tag === "ProfileIncomplete" || error._tag === "ConsentRequired") {
        return repo.fail(own, Failure.profileIncomplete)
      }
      return error._tag === "BrowsersTaken" ? postponed(own, error) : failed(own, claim, error)
    }

    const finish = Effect.fnUntraced(function* (claim: Claim, grip: Grip, exit: Ended) {
      if (Exit.isFailure(exit) && Cause.isDie(exit.cause)) yield* Effect.logError("A run died", exit.cause)
      const write = record(claim, exit)
      return yield* desk.written(grip, (token) =>
        Effect.map(write(token), Option.liftPredicate(Arr.isNonEmptyReadonlyArray))
      )
    })

    const handBack = Effect.fnUntraced(function* (grip: Grip) {
      const { token } = grip.state()
      yield* committed.publish(yield* repo.handBack({ id: grip.id, token }))
    })

    /**
     * However the run ends, its task is left in a state, and what is to be told of that comes back; a run that is
     * interrupted, be it before it began, gives its task back, if it still has it.
     */
    const execute = (claim: Claim, grip: Grip) =>
      Effect.exit(work(claim, grip)).pipe(
        Effect.flatMap((exit) => finish(claim, grip, exit)),
        Effect.interruptible,
        grip.whileHeld,
        Effect.onInterrupt(() => handBack(grip)),
        Effect.uninterruptible,
        TaskTrace.span("Run.execute", claim.id)
      )

    return { execute, vacant } as const
  })
}) {}
