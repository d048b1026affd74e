import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { api, seed, TestServer } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"

const register = (json: object, headers = {}) => api("POST", "/auth/register", { json, headers })
const anEmail = () => `${crypto.randomUUID()}@example.mx`

it.layer(TestServer)("register", (it) => {
  it.live("the seed's example is accepted as it stands, and told what is odd about it", () =>
    Effect.gen(function* () {
      const { status, body } = yield* register({ email: "user@example.com", password: "password123", ...seed })
      expect(status).toBe(201)
      expect(body).toEqual({
        message: "User registered",
        warnings: ["RFC_DATE", "RFC_CHECK_DIGIT", "PASSWORD_COMMON"]
      })
    })
  )

  it.live("what is right has no warnings", () =>
    Effect.gen(function* () {
      const rfc = { ...seed, rfc: "EKU9003173C9" }
      const { status, body } = yield* register({ email: anEmail(), password: "correct horse battery", ...rfc })
      expect(status).toBe(201)
      expect(body).toEqual({ message: "User registered" })
    })
  )

  it.live("takes the optional fields, null included, and ignores fields that it does not know", () =>
    Effect.gen(function* () {
      const optional = { full_name: "ESCUELA KEMPER URGATE", cfdi_use: "G03", company_details: { a: [1] } }
      const more = { ...optional, accept_privacy: true, role: "admin", id: 1 }
      expect((yield* register({ email: anEmail(), password: "correct horse", ...seed, ...more })).status).toBe(201)
      const nulls = { full_name: null, cfdi_use: null, company_details: null, accept_privacy: null }
      expect((yield* register({ email: anEmail(), password: "correct horse", ...seed, ...nulls })).status).toBe(201)
    })
  )

  it.live("an e-mail that is taken is 409 EMAIL_TAKEN", () =>
    Effect.gen(function* () {
      const email = anEmail()
      yield* register({ email, password: "correct horse", ...seed })
      const { status, body } = yield* register({ email, password: "another horse", ...seed })
      expect(status).toBe(409)
      expect(body).toMatchObject({ code: "EMAIL_TAKEN", status: 409 })
    })
  )

  it.live("T12: 20 at once, in every spelling of one e-mail, make one account with one profile", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const spellings = ["ana.paz@x.mx", "Ana.Paz@X.MX", " ana.paz@x.mx ", "ａｎａ.paz@x.mx"]
      const answers = yield* Effect.forEach(
        Array.from({ length: 20 }, (_, index) => spellings[index % spellings.length]),
        (email) => register({ email, password: "correct horse", ...seed }),
        { concurrency: "unbounded" }
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)])
      const rows = yield* sql`
        SELECT count(u.id)::int AS users, count(p.user_id)::int AS profiles
        FROM users u LEFT JOIN user_profiles p ON p.user_id = u.id WHERE u.email = 'ana.paz@x.mx'`
      expect(rows).toEqual([{ users: 1, profiles: 1 }])
    })
  )

  it.live(
    "T13: passwords of 8 to 128 characters are taken, whatever they are made of, and untruncated",
    () =>
      Effect.gen(function* () {
        const tried = (password: string) => register({ email: anEmail(), password, ...seed })
        for (const password of [
          "8 chars!",
          "x".repeat(64),
          "x".repeat(128),
          "  spaces  ",
          "nul\0inside",
          "🐎🔋📎🦄🐎🔋📎🦄"
        ]) {
          const email = anEmail()
          expect((yield* register({ email, password, ...seed })).status).toBe(201)
          expect((yield* api("POST", "/auth/login", { json: { email, password } })).status).toBe(200)
          const shortened = password.slice(0, -1)
          expect((yield* api("POST", "/auth/login", { json: { email, password: shortened } })).status).toBe(401)
        }
        expect((yield* tried("7 chars")).body).toMatchObject({
          errors: [{ pointer: "/password", code: "PASSWORD_TOO_SHORT" }]
        })
        expect((yield* tried("x".repeat(129))).body).toMatchObject({
          errors: [{ pointer: "/password", code: "PASSWORD_TOO_LONG" }]
        })
        expect((yield* tried("Qwertyuiop")).body).toMatchObject({
          warnings: expect.arrayContaining(["PASSWORD_COMMON"])
        })
      }),
    60_000
  )

  it.live("all that is wrong is told at once, each by its pointer and code, and nothing of it repeated", () =>
    Effect.gen(function* () {
      const wrong = {
        email: "user.example.com",
        password: 12345678,
        rfc: "ABC12345",
        fiscal_regime: "699",
        postal_code: "3100",
        full_name: "A|B",
        cfdi_use: "P01",
        company_details: ["x"],
        accept_privacy: "yes"
      }
      const { status, headers, body, text } = yield* register(wrong)
      expect(status).toBe(400)
      expect(headers.get("content-type")).toBe("application/problem+json")
      expect(body).toMatchObject({
        code: "VALIDATION",
        errors: [
          { pointer: "/email", code: "EMAIL" },
          { pointer: "/password", code: "INVALID" },
          { pointer: "/rfc", code: "RFC_FORMAT" },
          { pointer: "/fiscal_regime", code: "REGIME_UNKNOWN" },
          { pointer: "/postal_code", code: "POSTAL_CODE_FORMAT" },
          { pointer: "/full_name", code: "NAME_FORMAT" },
          { pointer: "/cfdi_use", code: "USE_UNKNOWN" },
          { pointer: "/company_details", code: "COMPANY_DETAILS" },
          { pointer: "/accept_privacy", code: "INVALID" }
        ]
      })
      expect(text).not.toContain("12345678")
    })
  )

  it.live("I4: NUL, half a surrogate pair and line breaks are refused where they cannot be stored or sent", () =>
    Effect.gen(function* () {
      const account = { email: anEmail(), password: "correct horse", ...seed }
      const field = (json: object) => Effect.map(register({ ...account, ...json }), ({ status }) => status)
      expect(yield* field({ email: "a@x.mx\r\nBcc: b@x.mx" })).toBe(400)
      expect(yield* field({ email: "a\0@x.mx" })).toBe(400)
      expect(yield* field({ full_name: "NUL\0" })).toBe(400)
      expect(yield* field({ full_name: "\ud800" })).toBe(400)
      expect(yield* field({ rfc: "AB&Ñ010101AB1" })).toBe(201)
    })
  )
})
