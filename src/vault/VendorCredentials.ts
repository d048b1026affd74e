import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Option, Redacted, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { Audit } from "../privacy/Audit.ts"
import { registrable } from "./Domain.ts"
import { Vault } from "./Vault.ts"
import { Credential, CredentialId, CredentialNotFound, type Login, type NewCredential } from "./VendorCredential.ts"
import { VendorDomain } from "./VendorDomain.ts"

const Row = Schema.Struct({
  id: CredentialId,
  userId: UserId,
  vendorDomain: Schema.String,
  /** As the user wrote it, of which `vendorDomain` is the part that somebody registered. */
  host: Schema.NullOr(Schema.String),
  secret: Schema.Uint8ArrayFromSelf,
  createdAt: Schema.DateTimeUtcFromDate,
  lastUsedAt: Schema.NullOr(Schema.DateTimeUtcFromDate)
})
type Row = typeof Row.Type

const Secret = Schema.parseJson(
  Schema.Struct({
    username: Schema.String,
    password: Schema.String,
    additional_fields: Schema.optional(Schema.Record({ key: Schema.String, value: Schema.String }))
  })
)

/** Users' log-ins to portals, sealed, each for the registrable domain of the pages that it may be typed into. */
export class VendorCredentials extends Effect.Service<VendorCredentials>()("vault/VendorCredentials", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls
    const vault = yield* Vault
    const audit = yield* Audit
    const domains = yield* VendorDomain

    const at = (user: UserId, row: string) => ({ user, table: "user_vendor_credentials", row, column: "secret" })

    const seal = Effect.fnUntraced(function* (userId: UserId, id: CredentialId, secret: typeof Secret.Type) {
      const text = yield* Schema.encode(Secret)(secret)
      return Buffer.from(yield* vault.encrypt(at(userId, id), Redacted.make(text)))
    }, Effect.orDie)

    // What does not decrypt was tampered with, or its key is gone: no caller can act on that.
    const open = Effect.fnUntraced(function* ({ id, secret, userId }: Row) {
      const text = yield* vault.decrypt(at(userId, id), secret)
      return yield* Schema.decode(Secret)(Redacted.value(text))
    }, Effect.orDie)

    const show = (row: Row) =>
      Effect.map(
        open(row),
        ({ username }) =>
          new Credential({
            id: row.id,
            vendor_domain: row.host ?? row.vendorDomain,
            username,
            created_at: row.createdAt,
            last_used_at: row.lastUsedAt
          })
      )

    const insert = Effect.fnUntraced(function* (userId: UserId, host: string, secret: typeof Secret.Type) {
      const id = CredentialId.make(crypto.randomUUID())
      const row = { id, userId, host, vendorDomain: registrable(host), secret: yield* seal(userId, id, secret) }
      yield* audit.record(userId, "credential.created", { subject: id, details: { host } })
      return yield* SqlSchema.single({
        Request: Schema.Void,
        Result: Row,
        execute: () => sql`INSERT INTO user_vendor_credentials ${sql.insert(row)} RETURNING *`
      })(undefined).pipe(Effect.orDie)
    })

    const selectAll = SqlSchema.findAll({
      Request: UserId,
      Result: Row,
      execute: (userId) => sql`
        SELECT * FROM user_vendor_credentials WHERE user_id = ${userId} ORDER BY created_at DESC, id`
    })

    /** Those for the host's domain, what was told last first. */
    const selectFor = (userId: UserId, host: string) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Row,
        execute: () => sql`
          SELECT * FROM user_vendor_credentials WHERE user_id = ${userId} AND vendor_domain = ${registrable(host)}
          ORDER BY coalesce(changed_at, created_at) DESC`
      })(undefined).pipe(Effect.orDie)

    const add = Effect.fn("VendorCredentials.add")(function* (userId: UserId, given: NewCredential) {
      const host = yield* domains.parse(given.vendor_domain)
      const { username, password, additional_fields: more } = given
      const secret = {
        username,
        password: Redacted.value(password),
        ...(more && { additional_fields: Redacted.value(more) })
      }
      return yield* show(yield* insert(userId, host, secret).pipe(rls.asUser(userId)))
    })

    const list = Effect.fn("VendorCredentials.list")((userId: UserId) =>
      selectAll(userId).pipe(rls.asUser(userId), Effect.orDie, Effect.flatMap(Effect.forEach(show)))
    )

    const remove = Effect.fn("VendorCredentials.remove")((userId: UserId, id: CredentialId) =>
      Effect.gen(function* () {
        const removed = yield* sql`DELETE FROM user_vendor_credentials WHERE id = ${id} RETURNING id`
        if (removed.length === 0) return yield* new CredentialNotFound()
        yield* audit.record(userId, "credential.deleted", { subject: id })
      }).pipe(rls.asUser(userId))
    )

    /** A log-in that was told on the way: the new password of a user name that is kept already, or one more. */
    const keep = Effect.fn("VendorCredentials.keep")((userId: UserId, host: string, login: Login) =>
      Effect.gen(function* () {
        const told = { username: Redacted.value(login.username), password: Redacted.value(login.password) }
        const kept = yield* Effect.forEach(yield* selectFor(userId, host), (row) =>
          Effect.map(open(row), (secret) => ({ ...row, plain: secret }))
        )
        const same = kept.find(({ plain }) => plain.username === told.username)
        if (same === undefined) return yield* Effect.asVoid(insert(userId, host, told))
        const secret = yield* seal(userId, same.id, { ...same.plain, ...told })
        yield* sql`UPDATE user_vendor_credentials SET secret = ${secret}, changed_at = now() WHERE id = ${same.id}`
        yield* audit.record(userId, "credential.changed", { subject: same.id })
      }).pipe(rls.asUser(userId))
    )

    /** For the pages of a host, as the worker; it is used from now on. */
    const find = Effect.fn("VendorCredentials.find")((userId: UserId, host: string) =>
      Effect.gen(function* () {
        const [row] = yield* selectFor(userId, host)
        if (row === undefined) return Option.none<Login>()
        yield* sql`UPDATE user_vendor_credentials SET last_used_at = now() WHERE id = ${row.id}`
        const { password, username } = yield* open(row)
        return Option.some<Login>({ username: Redacted.make(username), password: Redacted.make(password) })
      }).pipe(rls.asWorker)
    )

    return { add, list, remove, keep, find } as const
  })
}) {}
