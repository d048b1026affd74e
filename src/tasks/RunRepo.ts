import type { Statement } from "@effect/sql"
import { Duration, Effect, Option, Redacted } from "effect"
import type { Completion } from "../agent/Completion.ts"
import type { Document, Question, Step } from "../agent/Desk.ts"
import { WorkerSql } from "../db/WorkerSql.ts"
import { settings } from "../http/Settings.ts"
import { registrable } from "../vault/Domain.ts"
import { Vault } from "../vault/Vault.ts"
import type { Claim } from "./Claim.ts"
import * as Endings from "./Endings.ts"
import type { InterventionField, TaskEvent } from "./Event.ts"
import { artifactUrl, events, liveUrl, stepColumns } from "./EventRow.ts"
import type { Failure } from "./Failure.ts"
import * as File from "./File.ts"
import { json, plain } from "./Plain.ts"
import * as Receiver from "./Receiver.ts"
import { interval, transition } from "./Transition.ts"

type Run = Pick<Claim, "id" | "token">
type Owned = Run & Pick<Claim, "userId">

const longest = { message: 2_000, content: 8_000 } as const

const wireField = ({ maxLength, ...field }: Question["fields"][number]): InterventionField => ({
  ...field,
  ...(maxLength === undefined ? {} : { max_length: maxLength })
})

/**
 * What a run writes. Every statement is guarded by the run's token, so a run that lost its claim changes nothing; what
 * matched no row comes back as none, or as no event.
 */
export class RunRepo extends Effect.Service<RunRepo>()("tasks/RunRepo", {
  scoped: Effect.gen(function* () {
    const { sql, statement, transaction } = yield* WorkerSql
    const vault = yield* Vault
    const ended = yield* Endings.make
    const { publicUrl } = yield* settings

    const held = ({ id, token }: Run) => sql`t.id = ${id} AND t.token = ${token} AND t.status = 'RUNNING'`

    const first = Effect.map((told: ReadonlyArray<TaskEvent>) => Option.fromNullable(told[0]))

    /** The row takes its next number, or none if it is not ours; the lock on it is what keeps `seq` without gaps. */
    const numbered = (run: Run) => sql`
      WITH moved AS (
        UPDATE automation_tasks t SET last_seq = t.last_seq + 1, updated_at = now() WHERE ${held(run)} RETURNING t.*
      )`

    const seal = ({ userId }: Owned, file: File.File) =>
      Effect.map(vault.encryptBytes(File.contextOf(userId, file.id), Redacted.make(file.bytes)), (sealed) => ({
        ...file,
        sealed: Buffer.from(sealed)
      }))

    const sealed = (run: Owned, file: File.File | undefined) =>
      Effect.transposeMapOption(Option.fromNullable(file), (file) => seal(run, file))

    type Sealed = Effect.Effect.Success<ReturnType<typeof seal>>

    // Called stored already, lest a process of the version before looks for content to move in it, again and again.
    const insertFile = (from: string, { id, kind, filename, contentType, bytes, sha256, sealed }: Sealed) => sql`
      INSERT INTO artifacts (id, user_id, task_id, kind, filename, content_type, size, sha256, stored, sealed)
      SELECT ${id}::uuid, user_id, id, ${kind}, ${filename}, ${contentType}, ${bytes.length}::int, ${sha256}, true,
             ${sealed}::bytea
      FROM ${sql(from)}`

    const withFile = (file: Option.Option<Sealed>): Statement.Fragment =>
      Option.match(file, {
        onNone: () => sql``,
        onSome: (file) => sql`, filed AS (${insertFile("moved", file)})`
      })

    const idOf = Option.match({ onNone: () => null, onSome: (file: Sealed) => file.id })

    const step = Effect.fn("RunRepo.step")(function* (
      run: Owned,
      { type, message, content, screenshot, durationMs }: Step
    ) {
      const shot = yield* sealed(run, screenshot && File.screenshot(screenshot))
      return yield* events(sql`${numbered(run)} ${withFile(shot)}
        INSERT INTO task_steps (id, user_id, task_id, seq, step_type, message, content, screenshot_id, duration_ms)
        SELECT ${crypto.randomUUID()}::uuid, user_id, id, last_seq, ${type}, ${plain(message).slice(0, longest.message)},
               ${content === undefined ? null : plain(content).slice(0, longest.content)}::text, ${idOf(shot)}::uuid,
               ${durationMs === undefined ? null : Math.round(durationMs)}::int
        FROM moved RETURNING ${stepColumns(sql)}`).pipe(statement, first)
    })

    const keep = Effect.fn("RunRepo.keep")(function* (run: Owned, document: Document) {
      const file = yield* seal(run, File.make(document))
      const { id, kind, filename, bytes, sha256 } = file
      if (kind === "screenshot") {
        const kept = yield* statement(sql`
          WITH moved AS (SELECT t.* FROM automation_tasks t WHERE ${held(run)} FOR UPDATE)
          ${insertFile("moved", file)} RETURNING id`)
        return kept.length === 0 ? Option.none() : Option.some({ id, told: [] })
      }
      const told = yield* events(sql`${numbered(run)} ${withFile(Option.some(file))}
        INSERT INTO task_events (user_id, task_id, seq, type, data)
        SELECT user_id, id, last_seq, 'artifact',
               ${json({ artifact: { id, kind, filename, size: bytes.length, sha256 } })}::jsonb
        FROM moved RETURNING task_id, seq, type, created_at, data`).pipe(statement)
      return told.length === 0 ? Option.none() : Option.some({ id, told })
    })

    /** Safe to repeat when its answer was lost: the first time stands. */
    const intend = Effect.fn("RunRepo.intend")((run: Run) =>
      statement(sql`
          UPDATE automation_tasks t SET submit_intent_at = coalesce(t.submit_intent_at, now()), updated_at = now()
          WHERE ${held(run)} RETURNING id`).pipe(
        Effect.map((rows) => (rows.length === 0 ? Option.none() : Option.some([])))
      )
    )

    const ask = Effect.fn("RunRepo.ask")(function* (run: Owned, question: Question, timeout: Duration.Duration) {
      const id = crypto.randomUUID()
      const image = yield* sealed(run, question.image && File.captcha(question.image))
      const asked = Effect.gen(function* () {
        const moved = yield* transition(sql, { to: "INTERVENTION_NEEDED", from: held(run), hold: true })
        if (moved.length === 0) return Option.none()
        const told = yield* events(sql`
          WITH moved AS (
            UPDATE automation_tasks SET last_seq = last_seq + 1 WHERE id = ${run.id} RETURNING *
          ) ${withFile(image)}, opened AS (
            INSERT INTO interventions (id, user_id, task_id, kind, message, fields, domain, image_id, expires_at)
            SELECT ${id}::uuid, user_id, id, ${question.kind}, ${plain(question.message)}, ${json(question.fields.map(wireField))}::jsonb,
                   ${question.host === undefined ? null : registrable(question.host)}::text,
                   ${idOf(image)}::uuid, now() + ${interval(sql, timeout)}
            FROM moved RETURNING *
          )
          INSERT INTO task_events (user_id, task_id, seq, type, data)
          SELECT m.user_id, m.id, m.last_seq, 'intervention', jsonb_build_object('intervention', jsonb_strip_nulls(
            jsonb_build_object('id', o.id, 'kind', o.kind, 'message', o.message, 'fields', o.fields,
              'image_url', ${artifactUrl(sql, sql`o.image_id`)}, 'expires_at', o.expires_at,
              'live_url', CASE WHEN o.kind = 'takeover' THEN ${liveUrl(sql, publicUrl, sql`m.id`)} END)))
          FROM moved m JOIN opened o ON o.task_id = m.id RETURNING task_id, seq, type, created_at, data`)
        return Option.some({ id, told: [...moved, ...told] })
      })
      return yield* transaction(asked)
    })

    const receiverOf = (run: Owned, completion: Completion) =>
      completion.delivery === "email"
        ? Effect.succeed(null)
        : vault.encrypt(Receiver.contextOf(run.userId, run.id), Redacted.make(completion.invoice.receiver.rfc))

    const complete = (run: Owned, completion: Completion) =>
      Effect.flatMap(receiverOf(run, completion), (receiver) => ended({ _tag: "Completed", run, completion, receiver }))

    const fail = (run: Run, failure: Failure) => Effect.orDie(ended({ _tag: "Failed", run, failure }))

    /** Queued again after `delay`; not past the intent to submit. */
    const again = (run: Run, delay: Duration.Duration) => Effect.orDie(ended({ _tag: "Again", run, delay }))

    /** As if it had not been claimed, and after `delay`. Past the intent the next run only looks. */
    const handBack = (run: Run, delay: Duration.Duration = Duration.zero) =>
      Effect.orDie(ended({ _tag: "HandedBack", run, delay }))

    return { step, keep, intend, ask, complete, fail, again, handBack } as const
  })
}) {}
