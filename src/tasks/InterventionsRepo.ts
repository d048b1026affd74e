import { SqlClient, SqlSchema } from "@effect/sql"
import { Data, Effect, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { InterventionField } from "./Event.ts"
import * as Failure from "./Failure.ts"
import type { TaskId } from "./Status.ts"
import { transition } from "./Transition.ts"

const Question = Schema.Struct({
  id: Schema.UUID,
  fields: Schema.Array(InterventionField),
  domain: Schema.NullOr(Schema.String),
  open: Schema.Boolean,
  /** Asked for the user's hands and withdrawn, as it is when they take over. */
  byHand: Schema.Boolean
})

const Answered = Schema.Struct({
  id: Schema.UUID,
  userId: UserId,
  answers: Schema.NullOr(Schema.Uint8ArrayFromSelf)
})
export type Answered = typeof Answered.Type

const AnsweredLogin = Schema.extend(Answered, Schema.Struct({ fields: Schema.Array(InterventionField) }))

interface Reference {
  readonly userId: UserId
  readonly taskId: TaskId
  readonly id: string
}

class Superseded extends Data.TaggedError("Superseded") {}

/** Questions to the user, each open until it is answered once, withdrawn or expired. */
export class InterventionsRepo extends Effect.Service<InterventionsRepo>()("tasks/InterventionsRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const find = Effect.fn("InterventionsRepo.find")(({ userId, taskId, id }: Reference) =>
      SqlSchema.findOne({
        Request: Schema.Void,
        Result: Question,
        execute: () => sql`
          SELECT id, fields, domain, closed_at IS NULL AND expires_at > now() AS open,
                 kind = 'takeover' AND closed_at IS NOT NULL AND action IS NULL AS by_hand
          FROM interventions WHERE id = ${id} AND task_id = ${taskId}`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), rls.asUser(userId))
    )

    const waitsFor = ({ taskId, id }: Reference) => sql`
      t.id = ${taskId} AND t.status = 'INTERVENTION_NEEDED' AND EXISTS (
        SELECT 1 FROM interventions i
        WHERE i.id = ${id} AND i.task_id = t.id AND i.closed_at IS NULL AND i.expires_at > now())`

    /** No event where it was closed before; `also` is done with it or not at all. The task's row is locked first, so of many answers at once one is taken. */
    const answer = Effect.fn("InterventionsRepo.answer")(
      (reference: Reference, answers: Uint8Array, also: Effect.Effect<void> = Effect.void) =>
        Effect.gen(function* () {
          const moved = yield* transition(sql, {
            to: "PENDING",
            from: waitsFor(reference),
            hold: true,
            set: sql`run_at = now()`
          })
          if (moved.length === 0) return moved
          const closed = yield* sql`
          UPDATE interventions SET closed_at = now(), action = 'continue', answers = ${Buffer.from(answers)}::bytea
          WHERE id = ${reference.id} AND closed_at IS NULL RETURNING id`
          // Between the look and the lock another question may have taken its place: then nothing of this stands.
          if (closed.length === 0) return yield* new Superseded()
          yield* also
          return moved
        }).pipe(
          rls.asUser(reference.userId),
          Effect.catchTag("Superseded", () => Effect.succeed([]))
        )
    )

    const abort = Effect.fn("InterventionsRepo.abort")((reference: Reference) =>
      transition(sql, { to: "FAILED", from: waitsFor(reference), failure: Failure.cancelled }).pipe(
        Effect.tap((moved) =>
          Effect.when(sql`UPDATE interventions SET action = 'abort' WHERE id = ${reference.id}`, () => moved.length > 0)
        ),
        rls.asUser(reference.userId)
      )
    )

    /** What was answered to this question, if it was answered rather than withdrawn. */
    const answerTo = Effect.fn("InterventionsRepo.answerTo")((id: string) =>
      SqlSchema.findOne({
        Request: Schema.Void,
        Result: Answered,
        execute: () => sql`SELECT id, user_id, answers FROM interventions WHERE id = ${id} AND action = 'continue'`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), rls.asWorker)
    )

    /** Earlier answers that a new run can still use, oldest first; a captcha or a one-time code is of no use twice. */
    const answersOf = Effect.fn("InterventionsRepo.answersOf")((taskId: TaskId) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Answered,
        execute: () => sql`
          SELECT id, user_id, answers FROM interventions
          WHERE task_id = ${taskId} AND answers IS NOT NULL AND kind IN ('missing_data', 'choice')
          ORDER BY created_at`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), rls.asWorker)
    )

    /** The newest log-in that the user told for pages of this domain. */
    const loginOf = Effect.fn("InterventionsRepo.loginOf")((taskId: TaskId, domain: string) =>
      SqlSchema.findOne({
        Request: Schema.Void,
        Result: AnsweredLogin,
        execute: () => sql`
          SELECT id, user_id, answers, fields FROM interventions
          WHERE task_id = ${taskId} AND domain = ${domain} AND answers IS NOT NULL ORDER BY created_at DESC LIMIT 1`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), rls.asWorker)
    )

    return { find, answer, abort, answerTo, answersOf, loginOf } as const
  })
}) {}
