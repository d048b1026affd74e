import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { decodeJwt } from "jose"
import { UserId } from "../../src/auth/User.ts"
import { notice } from "../../src/privacy/Notice.ts"
import { Profiles } from "../../src/profile/Profiles.ts"
import { api, newUser, seed, TestServer } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"

const right = {
  rfc: "EKU9003173C9",
  full_name: "ESCUELA KEMPER URGATE",
  fiscal_regime: "601",
  postal_code: "42501",
  cfdi_use: "G03"
}

const put = (token: string, json: object) => api("PUT", "/profile", { token, json })
const idOf = (token: string) => UserId.make(decodeJwt(token).sub ?? "")

it.layer(TestServer)("profile", (it) => {
  it.live("shows what register was given, with the account's e-mail and what is odd about it", () =>
    Effect.gen(function* () {
      const { token, email } = yield* newUser()
      const { status, body } = yield* api("GET", "/profile", { token })
      expect(status).toBe(200)
      expect(body).toEqual({
        ...seed,
        full_name: null,
        cfdi_use: null,
        email,
        company_details: null,
        privacy_version: null,
        privacy_accepted_at: null,
        warnings: ["RFC_DATE", "RFC_CHECK_DIGIT"]
      })
    })
  )

  it.live("changes what is given and nothing else; null empties, and what is wrong changes nothing", () =>
    Effect.gen(function* () {
      const { token } = yield* newUser()
      const details = { giro: "Educación", ñ: [1, { a: null }] }
      const changed = yield* put(token, { ...right, rfc: " eku-9003173c9 ", company_details: details })
      expect(changed.body).toMatchObject({ ...right, company_details: details, warnings: [] })
      expect((yield* put(token, { full_name: null, company_details: null })).body).toMatchObject({
        ...right,
        full_name: null,
        company_details: null
      })
      expect((yield* put(token, { email: "facturas@kemper.mx", rfc: null })).status).toBe(400)
      expect((yield* put(token, { postal_code: "1" })).status).toBe(400)
      expect((yield* put(token, {})).body).toMatchObject({ ...right, full_name: null })
    })
  )

  it.live("keeps the words of others apart: nobody sees or changes another's profile", () =>
    Effect.gen(function* () {
      const ana = yield* newUser(right)
      const eva = yield* newUser()
      yield* put(eva.token, { full_name: "EVA" })
      expect((yield* api("GET", "/profile", { token: ana.token })).body).toMatchObject(right)
    })
  )

  it.live("K4: RFC and company details are not legible in the database", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* newUser({ ...right, company_details: { canary: "CANARY-7f3a" } })
      const rows = yield* sql<{ rfc: Uint8Array; companyDetails: Uint8Array }>`
        SELECT rfc, company_details FROM user_profiles WHERE user_id = ${idOf(token)}`
      const stored = rows
        .flatMap(({ rfc, companyDetails }) => [rfc, companyDetails])
        .map((bytes) => Buffer.from(bytes).toString("latin1"))
      expect(stored).toHaveLength(2)
      expect(stored.join()).not.toContain("EKU900317")
      expect(stored.join()).not.toContain("CANARY")
    })
  )

  it.live("I2: company details may be any object of up to 16 kB", () =>
    Effect.gen(function* () {
      const { token } = yield* newUser()
      expect((yield* put(token, { company_details: { a: "x".repeat(15_000) } })).status).toBe(200)
      for (const company_details of [{ a: "x".repeat(17_000) }, [], "x", 1, true]) {
        const { status, body } = yield* put(token, { company_details })
        expect(status).toBe(400)
        expect(body).toMatchObject({ errors: [{ pointer: "/company_details" }] })
      }
    })
  )

  it.live(
    "I2: what is remembered on the way adds to the company details as long as it fits, and else changes nothing",
    () =>
      Effect.gen(function* () {
        const { addDetails } = yield* Profiles
        const { token } = yield* newUser({ company_details: { giro: "Educación" } })
        yield* addDetails(idOf(token), { Teléfono: "5512345678" })
        yield* addDetails(idOf(token), { Nota: "x".repeat(17_000) })
        expect((yield* api("GET", "/profile", { token })).body).toMatchObject({
          company_details: { giro: "Educación", Teléfono: "5512345678" }
        })
      })
  )

  it.live("is complete only when a portal could be filled with it, and says what is missing", () =>
    Effect.gen(function* () {
      const profiles = yield* Profiles
      const { token, email } = yield* newUser({ ...seed, accept_privacy: true })
      const id = idOf(token)
      const incomplete = yield* Effect.flip(profiles.complete(id))
      expect(incomplete).toMatchObject({
        _tag: "ProfileIncomplete",
        errors: [
          { pointer: "/rfc", code: "RFC_DATE" },
          { pointer: "/full_name", code: "NAME_MISSING" },
          { pointer: "/cfdi_use", code: "USE_MISSING" }
        ]
      })
      yield* put(token, right)
      const { full_name, fiscal_regime, postal_code, cfdi_use, rfc } = right
      expect<object>({ ...(yield* profiles.complete(id)) }).toEqual({
        rfc,
        email,
        fullName: full_name,
        fiscalRegime: fiscal_regime,
        postalCode: postal_code,
        cfdiUse: cfdi_use
      })
      expect((yield* profiles.complete(id, "I04")).cfdiUse).toBe("I04")
      expect(yield* Effect.flip(profiles.complete(id, "D01"))).toMatchObject({
        errors: [{ pointer: "/cfdi_use", code: "USE_REGIME" }]
      })
    })
  )

  it.live("the privacy notice must be accepted in its present version; consent can be taken back", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const profiles = yield* Profiles
      const { token } = yield* newUser(right)
      const id = idOf(token)
      const refused = Effect.flip(profiles.complete(id))
      expect(yield* refused).toMatchObject({ _tag: "ConsentRequired", privacy_version: notice.version })
      expect((yield* put(token, { accept_privacy: true })).body).toMatchObject({
        privacy_version: notice.version,
        privacy_accepted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
      })
      yield* profiles.complete(id)
      expect((yield* put(token, { accept_privacy: false })).body).toMatchObject({ privacy_version: null })
      expect(yield* refused).toMatchObject({ _tag: "ConsentRequired" })
      yield* put(token, { accept_privacy: true })
      yield* sql`UPDATE user_profiles SET privacy_version = '2020-01-01' WHERE user_id = ${id}`
      expect(yield* refused).toMatchObject({ _tag: "ConsentRequired" })
    })
  )
})
