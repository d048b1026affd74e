import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Redacted, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { Audit } from "../privacy/Audit.ts"
import { registrable } from "./Domain.ts"
import { Vault } from "./Vault.ts"
import { Credential, CredentialId, CredentialNotFound, type NewCredential } from "./VendorCredential.ts"
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

const Secret = Schema.parseJson(Schema.Struct({ username: Schema.String }))

/** Users' log-ins to portals: written, listed by their names, removed, and never read back. */
export class VendorCredentials extends Effect.Service<VendorCredentials>()("vault/VendorCredentials", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls
    const vault = yield* Vault
    const audit = yield* Audit
    const domains = yield* VendorDomain

    const at = (user: UserId, row: string) => ({ user, table: "user_vendor_credentials", row, column: "secret" })

    const insert = (row: object) =>
      SqlSchema.single({
        Request: Schema.Void,
        Result: Row,
        execute: () => sql`INSERT INTO user_vendor_credentials ${sql.insert({ ...row })} RETURNING *`
      })(undefined).pipe(Effect.orDie)

    const selectAll = SqlSchema.findAll({
      Request: UserId,
      Result: Row,
      execute: (userId) => sql`
        SELECT * FROM user_vendor_credentials WHERE user_id = ${userId} ORDER BY created_at DESC, id`
    })

    // What does not decrypt was tampered with, or its key is gone: no caller can act on that.
    const show = Effect.fnUntraced(function* (row: typeof Row.Type) {
      const opened = yield* vault.decrypt(at(row.userId, row.id), row.secret)
      const { username } = yield* Schema.decode(Secret)(Redacted.value(opened))
      const domain = row.host ?? row.vendorDomain
      return new Credential({
        id: row.id,
        vendor_domain: domain,
        username,
        created_at: row.createdAt,
        last_used_at: row.lastUsedAt
      })
    }, Effect.orDie)

    const add = Effect.fn("VendorCredentials.add")(function* (userId: UserId, given: NewCredential) {
      const host = yield* domains.parse(given.vendor_domain)
      const id = CredentialId.make(crypto.randomUUID())
      const plain = JSON.stringify({
        username: given.username,
        password: Redacted.value(given.password),
        additional_fields: given.additional_fields && Redacted.value(given.additional_fields)
      })
      const secret = yield* vault.encrypt(at(userId, id), Redacted.make(plain))
      const row = yield* Effect.zipLeft(
        insert({ id, userId, host, vendorDomain: registrable(host), secret: Buffer.from(secret) }),
        audit.record(userId, "credential.created", { subject: id, details: { host } })
      ).pipe(rls.asUser(userId))
      return yield* show(row)
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

    return { add, list, remove } as const
  })
}) {}
