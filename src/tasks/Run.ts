import { Array as Arr, Cause, Effect, Exit, Option } from "effect"
import { Agent } from "../agent/Agent.ts"
import type { AgentError } from "../agent/AgentError.ts"
import type { Completion } from "../agent/Completion.ts"
import { Profiles } from "../profile/Profiles.ts"
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
    const base = yield* retryBase

    const assignment = Effect.fnUntraced(function* (claim: Claim) {
      return {
        vendorUrl: claim.vendorUrl,
        ticket: claim.ticketDetails,
        profile: yield* profiles.complete(claim.userId, claim.cfdiUse),
        details: yield* profiles.details(claim.userId),
        answers: claim.answered ? yield* interventions.known(claim.id) : {},
        confirmBeforeSubmit: claim.confirmBeforeSubmit,
        submitted: claim.submitted
      }
    })

    const work = (claim: Claim, grip: Grip) =>
      Effect.flatMap(assignment(claim), (assignment) => agent.run(assignment, desk.make(grip, claim.userId)))

    type Own = Pick<Claim, "id" | "token">
    type Ended = Exit.Exit<Completion, Effect.Effect.Error<ReturnType<typeof work>>>

    const completed = (own: Own, completion: Completion) =>
      repo
        .complete(own, completion)
        .pipe(Effect.catchTag("InvoiceTaken", ({ uuid }) => repo.fail(own, Failure.foreignInvoice(uuid))))

    const failed = Effect.fnUntraced(function* (own: Own, claim: Claim, error: AgentError) {
      const schedule = scheduleFor(error, { base, retryNotFound: claim.retryNotFound })
      const delay = yield* Effect.transposeMapOption(schedule, (schedule) => delayAfter(schedule, claim.attempt))
      const again = Option.flatten(delay)
      const queued = Option.isSome(again) ? yield* repo.again(own, again.value) : []
      return queued.length > 0 ? queued : yield* repo.fail(own, Failure.fromAgent(error, claim.submitted))
    })

    const record = (claim: Claim, exit: Ended) => (token: string) => {
      const own = { id: claim.id, token }
      if (Exit.isSuccess(exit)) return completed(own, exit.value)
      const error = Option.getOrUndefined(Cause.failureOption(exit.cause))
      if (error === undefined) return repo.fail(own, Failure.internal)
      if (error._tag === "ProfileIncomplete" || error._tag === "ConsentRequired") {
        return repo.fail(own, Failure.profileIncomplete)
      }
      return failed(own, claim, error)
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
        Effect.withSpan("Run.execute", { captureStackTrace: false })
      )

    return { execute } as const
  })
}) {}
