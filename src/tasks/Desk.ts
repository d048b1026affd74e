import { Config, Duration, Effect, Option } from "effect"
import type { Desk as AgentDesk, Answer, Document, Question, Step } from "../agent/Desk.ts"
import type { Stage } from "../agent/Stage.ts"
import type { UserId } from "../auth/User.ts"
import { Artifacts } from "./Artifacts.ts"
import { Committed } from "./Committed.ts"
import type { TaskEvent } from "./Event.ts"
import { outlasting } from "./Fault.ts"
import type { Grip } from "./Grip.ts"
import { HandRepo } from "./HandRepo.ts"
import { Interventions } from "./Interventions.ts"
import { QueueRepo } from "./QueueRepo.ts"
import { RunRepo } from "./RunRepo.ts"
import { Stages } from "./Stages.ts"
import { Timing } from "./Timing.ts"

export const interventionTimeout = Config.duration("INTERVENTION_TIMEOUT").pipe(Config.withDefault(Duration.hours(24)))

/** The agent's desk over the record: what a run says is committed under the token of its grip, then told. */
export class Desk extends Effect.Service<Desk>()("tasks/Desk", {
  effect: Effect.gen(function* () {
    const repo = yield* RunRepo
    const queue = yield* QueueRepo
    const interventions = yield* Interventions
    const committed = yield* Committed
    const hand = yield* HandRepo
    const stages = yield* Stages
    const { lease } = yield* Timing
    const artifacts = yield* Artifacts
    const timeout = yield* interventionTimeout

    /** A write matched no row: the task waits for its user, or it is not this run's any more. */
    const lost = Effect.fnUntraced(function* (grip: Grip, token: string) {
      const [standing] = yield* queue.standings([grip.id])
      const waits = standing !== undefined && standing.token === null && standing.workerId === grip.workerId
      const { token: now } = grip.state()
      if (waits) return yield* grip.suspend(token)
      if (now === token) return yield* Effect.zipRight(grip.abandon, Effect.never)
    })

    /** What `write` wrote with the grip's token, as soon as it has one; none from it means that the token is not the task's. */
    const written = <A>(grip: Grip, write: (token: string) => Effect.Effect<Option.Option<A>>): Effect.Effect<A> =>
      Effect.gen(function* () {
        const token = yield* grip.token
        const done = yield* outlasting(lease)(write(token)).pipe(Effect.uninterruptible)
        if (Option.isSome(done)) return done.value
        yield* lost(grip, token)
        return yield* written(grip, write)
      })

    const tell = (told: ReadonlyArray<TaskEvent>) => committed.publish(told)

    const make = (grip: Grip, userId: UserId): AgentDesk => {
      const { id } = grip
      const run = (token: string) => ({ id, token, userId })

      const step = (step: Step) =>
        Effect.flatMap(
          written(grip, (token) => repo.step(run(token), step)),
          (event) => Effect.asVoid(tell([event]))
        ).pipe(Effect.withSpan("Step", { attributes: { step_type: step.type } }))

      const keep = (document: Document) =>
        written(grip, (token) => repo.keep(run(token), document)).pipe(
          Effect.tap(({ told }) => tell(told)),
          Effect.map((kept) => kept.id)
        )

      // A second intent would be a second click. One that waited for its user would be for a page as it was.
      const intend = Effect.gen(function* () {
        if (yield* grip.intended) return yield* Effect.dieMessage("A run may submit once.")
        const { suspended, token } = grip.state()
        if (suspended) return false
        const done = yield* outlasting(lease)(grip.intend(repo.intend(run(token)))).pipe(Effect.uninterruptible)
        if (Option.isNone(done)) yield* lost(grip, token)
        return Option.isSome(done)
      })

      const put = (question: Question) => (token: string) =>
        Effect.map(
          repo.ask(run(token), question, timeout),
          Option.map((asked) => ({ ...asked, token }))
        )

      const ask = (question: Question): Effect.Effect<Answer> =>
        Effect.gen(function* () {
          const asked = yield* written(grip, put(question))
          yield* grip.suspend(asked.token)
          yield* tell(asked.told)
          const turns = stages.turnsOf(id)
          yield* grip.token
          const answered = yield* interventions.answerTo(asked.id)
          // A question that a pause withdrew is put again, unless the user has had the page meanwhile.
          if (Option.isNone(answered)) {
            return turns === stages.turnsOf(id) ? yield* ask(question) : ({ action: "released" } as const)
          }
          return { action: "continue", answers: answered.value } as const
        })

      const login = (host: string) => interventions.login(userId, id, host)
      const held = { id, workerId: grip.workerId }
      const byHand = {
        step: (step: Step) => Effect.flatMap(hand.step(held, step), tell),
        intend: Effect.map(grip.intend(hand.intend(held)), Option.isSome)
      }
      const show = (stage: Stage) => stages.show(id, grip.workerId, stage)

      return {
        step,
        keep,
        kept: artifacts.kept(id),
        intend,
        ask,
        login,
        checkpoint: Effect.asVoid(grip.token),
        show,
        byHand
      }
    }

    return { make, written } as const
  })
}) {}
