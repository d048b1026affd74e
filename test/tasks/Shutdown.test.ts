import { expect } from "bun:test"
import { Duration, Effect, Queue } from "effect"
import { Server } from "../../src/Server.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"
import { heldFolio, heldPortal } from "./lib/HeldPortal.ts"
import { taxpayer } from "./lib/House.ts"
import { historyIn, ordered, post, seenAs, startServer } from "./lib/Servers.ts"

/** A process with one run before its intent and one past it, both waiting for the portal. */
const busy = Effect.gen(function* () {
  const databaseUrl = yield* database
  const portal = yield* heldPortal
  const server = yield* startServer({ databaseUrl })
  const { token } = yield* Effect.provideService(taxpayer, Server, server)
  const past = yield* ordered(server, token, portal.url, heldFolio())
  yield* Effect.flatMap(Queue.take(portal.visits), ({ answer }) => answer)
  const stamping = yield* Queue.take(portal.visits)
  const before = yield* ordered(server, token, portal.url, heldFolio())
  const opening = yield* Queue.take(portal.visits)
  return { databaseUrl, portal, server, token, past, stamping, before, opening } as const
})

for (const name of ["SIGTERM", "SIGINT"] as const) {
  it.live(
    `${name} refuses new tasks, hands back what has not submitted, waits for what has, and exits with 0`,
    () =>
      Effect.gen(function* () {
        const { databaseUrl, portal, server, token, past, stamping, before, opening } = yield* busy
        yield* server.signal(name)
        yield* opening.left
        expect(yield* seenAs(server, token, before, "PENDING")).toMatchObject({ retry_count: 0 })
        const refused = yield* post(server, token, portal.url, crypto.randomUUID())
        expect({ status: refused.status, ...(refused.body as object) }).toMatchObject({ status: 503 })
        expect(yield* historyIn(databaseUrl, past)).toEqual(["RUNNING"])
        yield* stamping.answer
        const { code, said } = yield* server.ended
        expect({ code, said }).toEqual({ code: 0, said: "" })
        expect(yield* Queue.size(portal.visits)).toBe(0)
      }),
    60_000
  )
}

it.live(
  "a second signal waits for nothing: what may have been submitted goes to another process, which only looks",
  () =>
    Effect.gen(function* () {
      const { databaseUrl, portal, server, token, past, stamping, opening } = yield* busy
      yield* server.signal("SIGTERM")
      yield* opening.left
      yield* Effect.sleep("300 millis")
      yield* server.signal("SIGTERM")
      const [took, { code }] = yield* Effect.timed(server.ended)
      expect(code).toBe(0)
      expect(Duration.toSeconds(took)).toBeLessThan(5)
      yield* stamping.left
      const heir = yield* startServer({ databaseUrl })
      for (let visit = 0; visit < 3; visit++) yield* Effect.flatMap(Queue.take(portal.visits), ({ answer }) => answer)
      yield* seenAs(heir, token, past, "COMPLETED")
      expect(yield* historyIn(databaseUrl, past)).toEqual(["RUNNING", "PENDING", "RUNNING", "COMPLETED"])
      expect(portal.stampsOf(stamping.folio)).toBe(1)
    }),
  60_000
)
