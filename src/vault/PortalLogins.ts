import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Option, Redacted, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { Audit } from "../privacy/Audit.ts"
import { registrable } from "./Domain.ts"
import { Vault } from "./Vault.ts"

/** What somebody enters a portal with. */
export interface Login {
  readonly username: Redacted.Redacted
  readonly password: Redacted.Redacted
}

const Row = Schema.Struct({ id: Schema.UUID, userId: UserId, secret: Schema.Uint8ArrayFromSelf })

const Secret = Schema.parseJson(
  Schema.Struct({
    username: Schema.String,
    password: Schema.String,
    additional_fields: Schema.optional(Schema.Record({ key: Schema.String, value: Schema.String }))
  })
)

/** Portal log-ins, sealed, each for the registrable domain of the pages that it may be typed into. */
export class PortalLogins extends Effect.Service<PortalLogins>()("vault/PortalLogins", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls
    const vault = yield* Vault
    const audit = yield* Audit

    const at = (user: UserId, row: string) => ({ user, table: "user_vendor_credentials", row, column: "secret" })

    // What does not decrypt was tampered with, or its key is gone: no caller can act on that.
    const open = Effect.fnUntraced(function* ({ id, secret, userId }: typeof Row.Type) {
      const text = yield* vault.decrypt(at(userId, id), secret)
      return yield* Schema.decode(Secret)(Redacted.value(text))
    }, Effect.orDie)

    const newest = (userId: UserId, host: string) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Row,
        execute: () => sql`
          SELECT id, user_id, secret FROM user_vendor_credentials
          WHERE user_id = ${userId} AND vendor_domain = ${registrable(host)} ORDER BY created_at DESC`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die))

    /** In place of what was kept for the same user name there. */
    const keep = Effect.fn("PortalLogins.keep")((userId: UserId, host: string, { password, username }: Login) =>
      Effect.gen(function* () {
        const name = Redacted.value(username)
        const kept = yield* newest(userId, host)
        const same = yield* Effect.filter(kept, (row) => Effect.map(open(row), (secret) => secret.username === name))
        yield* sql`DELETE FROM user_vendor_credentials WHERE id = ANY(${same.map(({ id }) => id)}::uuid[])`
        yield* Effect.forEach(same, ({ id }) => audit.record(userId, "credential.deleted", { subject: id }))
        const id = crypto.randomUUID()
        const text = JSON.stringify({ username: name, password: Redacted.value(password) })
        const secret = Buffer.from(yield* vault.encrypt(at(userId, id), Redacted.make(text)))
        const row = { id, userId, vendorDomain: registrable(host), secret }
        yield* sql`INSERT INTO user_vendor_credentials ${sql.insert(row)}`
        yield* audit.record(userId, "credential.created", { subject: id, details: { domain: row.vendorDomain } })
      }).pipe(rls.asUser(userId))
    )

    /** The newest for the page's domain, for the worker; it is used from now on. */
    const find = Effect.fn("PortalLogins.find")((userId: UserId, host: string) =>
      Effect.gen(function* () {
        const [row] = yield* newest(userId, host)
        if (row === undefined) return Option.none<Login>()
        yield* sql`UPDATE user_vendor_credentials SET last_used_at = now() WHERE id = ${row.id}`
        const { password, username } = yield* open(row)
        return Option.some<Login>({ username: Redacted.make(username), password: Redacted.make(password) })
      }).pipe(rls.asWorker)
    )

    return { keep, find } as const
  })
}) {}
