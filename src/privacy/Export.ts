import { Chunk, DateTime, Effect, Option, Predicate, Redacted, Schema, Stream } from "effect"
import type { UserId } from "../auth/User.ts"
import { Artifacts } from "../tasks/Artifacts.ts"
import { TaskId } from "../tasks/Status.ts"
import { sealedColumns } from "../vault/Sealed.ts"
import { Vault } from "../vault/Vault.ts"
import { Audit } from "./Audit.ts"
import { ExportRepo, type Row } from "./ExportRepo.ts"
import { notice } from "./Notice.ts"

/** Tasks whose rows are read at once: some thousands, whatever the length of the history. */
const batch = 100

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex.slice("\\x".length), "hex"))

const Answers = Schema.parseJson(Schema.Record({ key: Schema.String, value: Schema.Unknown }))
const Secret = Schema.parseJson(Schema.Struct({ username: Schema.String }))
const Fields = Schema.Array(Schema.Struct({ name: Schema.String, type: Schema.String }))

// Passwords were never meant to be read again, by whoever asks.
const withoutPasswords = (row: Row, answers: typeof Answers.Type) =>
  Effect.map(Schema.decodeUnknown(Fields)(row.fields), (fields) => {
    const secret = new Set(fields.filter(({ type }) => type === "password").map(({ name }) => name))
    return Object.fromEntries(Object.entries(answers).filter(([name]) => !secret.has(name)))
  })

const legible = Effect.fnUntraced(function* (row: Row, column: string, text: string) {
  if (column === "answers") return { answers: yield* withoutPasswords(row, yield* Schema.decode(Answers)(text)) }
  if (column === "company_details") return { company_details: yield* Schema.decode(Answers)(text) }
  // Of a log-in its name; of what signs webhooks nothing.
  if (column === "secret") return Option.getOrElse(Schema.decodeOption(Secret)(text), () => ({}))
  return { [column]: text }
})

/** Everything held about a user as one JSON document, written while it is read. */
export class Export extends Effect.Service<Export>()("privacy/Export", {
  effect: Effect.gen(function* () {
    const repo = yield* ExportRepo
    const artifacts = yield* Artifacts
    const vault = yield* Vault
    const audit = yield* Audit

    const opened = Effect.fnUntraced(function* (user: UserId, table: string, row: Row) {
      const sealed = sealedColumns.filter((entry) => entry.table === table)
      const parts = yield* Effect.forEach(sealed, ({ column, row: key }) => {
        const value = row[column]
        if (!Predicate.isString(value)) return Effect.succeed({})
        return vault.decrypt({ user, table, row: String(row[key]), column }, bytesOf(value)).pipe(
          Effect.flatMap((text) => legible(row, column, Redacted.value(text))),
          Effect.orDie
        )
      })
      const rest = Object.entries(row).filter(([name]) => !sealed.some(({ column }) => column === name))
      return Object.assign(Object.fromEntries(rest), ...parts) as Row
    })

    // A file that another machine wrote is not here: its row says that it exists.
    const withContent = Effect.fnUntraced(function* (userId: UserId, row: Row) {
      const blob = yield* artifacts.find(userId, TaskId.make(String(row.task_id)), String(row.id)).pipe(
        Effect.flatMap(artifacts.open),
        Effect.flatMap((blob) => Effect.promise(() => blob.arrayBuffer())),
        Effect.option
      )
      return { ...row, content_base64: blob._tag === "Some" ? Buffer.from(blob.value).toString("base64") : null }
    })

    const rowsOf = (userId: UserId, table: string, tasks?: ReadonlyArray<TaskId>) =>
      Stream.fromIterableEffect(repo.rows(userId, table, tasks)).pipe(
        Stream.mapEffect((row) => opened(userId, table, row)),
        Stream.mapEffect((row) => (table === "artifacts" ? withContent(userId, row) : Effect.succeed(row)))
      )

    const list = <E, R>(name: string, rows: Stream.Stream<Row, E, R>) =>
      Stream.make(`,\n${JSON.stringify(name)}:[`).pipe(
        Stream.concat(
          rows.pipe(
            Stream.map((row) => JSON.stringify(row)),
            Stream.intersperse(",\n")
          )
        ),
        Stream.concat(Stream.make("]"))
      )

    const document = Effect.fn("Export.document")(function* (userId: UserId) {
      yield* audit.record(userId, "profile.exported")
      const account = yield* repo.account(userId)
      const now = DateTime.formatIso(yield* DateTime.now)
      const tables = yield* repo.tables()
      const tasks = (yield* repo.tasks(userId)).map(({ id }) => id)
      const batches = Stream.fromIterable(tasks).pipe(Stream.grouped(batch), Stream.map(Chunk.toReadonlyArray))
      const head = JSON.stringify({ exported_at: now, privacy_version: notice.version, account }).slice(0, -1)
      const lists = tables.map(({ name, ofTasks }) =>
        list(name, ofTasks ? Stream.flatMap(batches, (tasks) => rowsOf(userId, name, tasks)) : rowsOf(userId, name))
      )
      return Stream.make(head).pipe(
        Stream.concat(Stream.concatAll(Chunk.fromIterable(lists))),
        Stream.concat(Stream.make("}")),
        Stream.encodeText
      )
    })

    return { document } as const
  })
}) {}
