import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect, Layer, Option, Redacted } from "effect"
import { Rls } from "../../src/db/Rls.ts"
import { Egress } from "../../src/egress/Egress.ts"
import { Audit } from "../../src/privacy/Audit.ts"
import { registrable } from "../../src/vault/Domain.ts"
import { Vault } from "../../src/vault/Vault.ts"
import { VendorCredentials } from "../../src/vault/VendorCredentials.ts"
import { VendorDomain } from "../../src/vault/VendorDomain.ts"
import * as it from "../lib/effect.ts"
import { PgTest } from "../lib/postgres.ts"
import { VaultTest } from "../lib/vault.ts"
import { addUser } from "../tasks/lib/Fixtures.ts"

const CredentialsTest = VendorCredentials.Default.pipe(
  Layer.provide([Audit.Default, VendorDomain.Default]),
  Layer.provide(Egress.Default),
  Layer.provideMerge(VaultTest),
  Layer.provideMerge(Rls.Default),
  Layer.provideMerge(PgTest)
)

const login = (username: string, password: string) => ({
  username: Redacted.make(username),
  password: Redacted.make(password)
})

const told = Option.map(({ password, username }: ReturnType<typeof login>) => [username, password].map(Redacted.value))

it.live("a secret belongs to what somebody registered, or to the host itself where nobody can tell", () =>
  Effect.sync(() => {
    expect(
      ["factura.tienda.com.mx", "TIENDA.com.mx", "tienda.github.io", "127.0.0.1", "localhost"].map(registrable)
    ).toEqual(["tienda.com.mx", "tienda.com.mx", "tienda.github.io", "127.0.0.1", "localhost"])
  })
)

it.layer(CredentialsTest)("portal log-ins", (it) => {
  it.live("are found for pages of their domain alone, by their user alone, and the newest of one name stands", () =>
    Effect.gen(function* () {
      const { find, keep } = yield* VendorCredentials
      const [ana, luis] = [yield* addUser, yield* addUser]
      yield* keep(ana, "clientes.gremio.mx", login("ana", "old"))
      yield* keep(ana, "clientes.gremio.mx", login("eva", "eva's"))
      yield* keep(ana, "www.gremio.mx", login("ana", "new"))
      expect(told(yield* find(ana, "factura.gremio.mx"))).toEqual(Option.some(["ana", "new"]))
      expect(told(yield* find(ana, "gremio.mx.example.com"))).toEqual(Option.none())
      expect(told(yield* find(luis, "gremio.mx"))).toEqual(Option.none())
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      const rows = yield* rls.asUser(ana)(
        sql`SELECT vendor_domain, last_used_at IS NOT NULL AS used FROM user_vendor_credentials ORDER BY used`
      )
      expect(rows).toEqual([
        { vendorDomain: "gremio.mx", used: false },
        { vendorDomain: "gremio.mx", used: true }
      ])
    })
  )

  it.live("whose password is told anew keep their id, their host and their other fields", () =>
    Effect.gen(function* () {
      const { add, keep, list, find } = yield* VendorCredentials
      const ana = yield* addUser
      const more = { NIP: "1234", Sucursal: "12" }
      const given = { vendor_domain: "factura.gremio.mx", username: "ana", password: Redacted.make("old") }
      const { id } = yield* add(ana, { ...given, additional_fields: Redacted.make(more) })
      yield* keep(ana, "www.gremio.mx", login("ana", "new"))
      expect(told(yield* find(ana, "gremio.mx"))).toEqual(Option.some(["ana", "new"]))
      expect(yield* list(ana)).toMatchObject([{ id, vendor_domain: "factura.gremio.mx", username: "ana" }])
      const sql = yield* SqlClient.SqlClient
      const [row] = yield* sql<{ secret: Uint8Array }>`SELECT secret FROM user_vendor_credentials WHERE id = ${id}`
      const at = { user: ana, table: "user_vendor_credentials", row: id, column: "secret" }
      const kept = yield* (yield* Vault).decrypt(at, row?.secret ?? new Uint8Array())
      expect(JSON.parse(Redacted.value(kept))).toMatchObject({ password: "new", additional_fields: more })
    })
  )

  it.live("are logged when they are kept, changed and used", () =>
    Effect.gen(function* () {
      const { find, keep } = yield* VendorCredentials
      const ana = yield* addUser
      yield* keep(ana, "gremio.mx", login("ana", "old"))
      yield* keep(ana, "gremio.mx", login("ana", "new"))
      yield* find(ana, "gremio.mx")
      const sql = yield* SqlClient.SqlClient
      const logged = yield* (yield* Rls).asUser(ana)(
        sql<{ action: string; details: unknown }>`SELECT action, details FROM audit_log`
      )
      expect(logged.map(({ action }) => action).sort()).toEqual([
        "credential.changed",
        "credential.created",
        "credential.used"
      ])
      expect(JSON.stringify(logged)).not.toMatch(/"(ana|old|new)"/)
    })
  )
})
