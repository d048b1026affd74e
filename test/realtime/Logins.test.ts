import { expect } from "bun:test"
import { Effect, Layer, Redacted, Ref, TestClock } from "effect"
import { AuthUnavailable } from "../../src/auth/Account.ts"
import { Unauthorized } from "../../src/auth/Authentication.ts"
import { Sessions } from "../../src/auth/Sessions.ts"
import type { Claims } from "../../src/auth/Tokens.ts"
import { endWithLogins } from "../../src/realtime/Logins.ts"
import { refusal } from "../../src/realtime/Upgrade.ts"
import type { Guest } from "../../src/realtime/Visit.ts"
import * as it from "../lib/effect.ts"
import { claims, guest } from "./lib/World.ts"

const soon = { ...guest, claims: { ...claims, expiresAt: 10_000 } }
const other = { ...guest, token: Redacted.make("other") }

/** Three sockets, of which two hold one token. */
const watched = Effect.fnUntraced(function* (first: Guest, authenticate: Sessions["Type"]["authenticate"]) {
  const guests = new Map([
    ["one", first],
    ["two", first],
    ["three", other]
  ])
  yield* endWithLogins(guests, (socket) => guests.delete(socket)).pipe(
    Effect.provide(Layer.mock(Sessions, { authenticate }))
  )
  return Effect.sync(() => [...guests.keys()])
})

it.effect("sockets are closed at the second in which their token expires", () =>
  Effect.gen(function* () {
    const left = yield* watched(soon, () => Effect.succeed(claims))
    yield* TestClock.adjust("9 seconds")
    expect(yield* left).toEqual(["one", "two", "three"])
    yield* TestClock.adjust("1 second")
    expect(yield* left).toEqual(["three"])
  })
)

it.effect(
  "a login that was ended elsewhere ends its sockets within a minute; a database or a provider that is away ends none",
  () =>
    Effect.gen(function* () {
      const answer = yield* Ref.make<Effect.Effect<Claims, Unauthorized | AuthUnavailable>>(Effect.die("no database"))
      const asked: Array<string> = []
      const left = yield* watched(guest, (token) => {
        asked.push(Redacted.value(token))
        return Redacted.value(token) === "other" ? Effect.succeed(claims) : Effect.flatten(Ref.get(answer))
      })
      yield* TestClock.adjust("3 minutes")
      expect(yield* left).toHaveLength(3)
      expect(asked).toHaveLength(6)
      yield* Ref.set(answer, new AuthUnavailable())
      yield* TestClock.adjust("3 minutes")
      expect(yield* left).toHaveLength(3)
      expect((yield* refusal(new AuthUnavailable())).status).toBe(503)
      yield* Ref.set(answer, new Unauthorized())
      yield* TestClock.adjust("1 minute")
      expect(yield* left).toEqual(["three"])
    })
)
