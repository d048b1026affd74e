import { expect } from "bun:test"
import { Effect } from "effect"
import { api, newUser, TestServer } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"

const login = (email: string, password: string) => api("POST", "/auth/login", { json: { email, password } })

const withoutId = (body: unknown) => ({ ...(body as object), request_id: "" })

const median = (numbers: ReadonlyArray<number>) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

it.layer(TestServer)("login", (it) => {
  it.live("gives a token that opens the API, in any spelling of the e-mail", () =>
    Effect.gen(function* () {
      const { email, password } = yield* newUser()
      const { status, headers, body } = yield* login(` ${email.toUpperCase()} `, password)
      expect(status).toBe(200)
      expect(headers.get("cache-control")).toBe("no-store")
      expect(body).toEqual({ token: expect.any(String), expires_in: 3600, refresh_token: expect.any(String) })
      const { token } = body as { token: string }
      expect((yield* api("GET", "/profile", { token })).status).toBe(200)
    })
  )

  it.live("T11: an unknown e-mail is answered like a wrong password, byte for byte and as slowly", () =>
    Effect.gen(function* () {
      const { email } = yield* newUser()
      const known = yield* login(email, "wrong horse")
      const unknown = yield* login(`nobody.${email}`, "wrong horse")
      expect(known.status).toBe(401)
      expect(unknown.status).toBe(401)
      expect(withoutId(unknown.body)).toEqual(withoutId(known.body))
      expect(known.body).toMatchObject({ code: "INVALID_CREDENTIALS" })
      // The processor's time of this process, in which the server hashes too: another program's load does not stretch it.
      const work = { known: [] as number[], unknown: [] as number[] }
      for (let round = 0; round < 7; round++) {
        for (const [kind, address] of [
          ["known", email],
          ["unknown", `nobody.${email}`]
        ] as const) {
          const before = process.cpuUsage()
          yield* login(address, "wrong horse")
          work[kind].push(process.cpuUsage(before).user)
        }
      }
      // A hash takes some 100 ms and everything else a few: half is far from both.
      expect(median(work.unknown)).toBeGreaterThan(median(work.known) / 2)
    })
  )

  it.live("T10: ten failures on one account are followed by 429 with Retry-After, for the right password too", () =>
    Effect.gen(function* () {
      const { email, password } = yield* newUser()
      const other = yield* newUser()
      const answers = yield* Effect.replicateEffect(login(email, "wrong horse"), 12)
      expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(401), 429, 429])
      const limited = yield* login(email, password)
      expect(limited.status).toBe(429)
      const { retry_after } = limited.body as { retry_after: number }
      expect(limited.body).toMatchObject({ code: "TOO_MANY_ATTEMPTS" })
      expect(retry_after).toBeGreaterThan(0)
      expect(retry_after).toBeLessThanOrEqual(15 * 60)
      expect(limited.headers.get("retry-after")).toBe(String(retry_after))
      expect((yield* login(other.email, other.password)).status).toBe(200)
    })
  )

  it.live("20 wrong passwords at once are tried no more often than one after the other", () =>
    Effect.gen(function* () {
      const { email } = yield* newUser()
      const answers = yield* Effect.replicateEffect(login(email, "wrong horse"), 20).pipe(
        Effect.map((answers) => answers.filter(({ status }) => status === 401).length)
      )
      const parallel = yield* newUser()
      const atOnce = yield* Effect.all(
        Array.from({ length: 20 }, () => login(parallel.email, "wrong horse")),
        { concurrency: "unbounded" }
      )
      expect(answers).toBe(10)
      // Two are hashed at a time, so one more may already be under way.
      expect(atOnce.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(11)
    })
  )

  it.live("right logins are never limited", () =>
    Effect.gen(function* () {
      const { email, password } = yield* newUser()
      const answers = yield* Effect.replicateEffect(login(email, password), 12)
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    })
  )
})
