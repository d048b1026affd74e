import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Array as Arr, Duration, Effect, Queue, Schedule } from "effect"
import { decodeJwt, decodeProtectedHeader, SignJWT } from "jose"
import { jwtSecret } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, houseWith, taxpayer } from "../tasks/lib/House.ts"
import { connect, refused } from "./lib/Client.ts"
import { opcodes, rawSocket } from "./lib/RawSocket.ts"
import { talking } from "./lib/Talking.ts"

const running = Effect.gen(function* () {
  const { token } = yield* taxpayer
  const { words, script } = yield* talking
  const id = yield* ask(token, script)
  yield* Effect.addFinalizer(() => Queue.offer(words, "stop"))
  yield* Effect.scoped(Effect.flatMap(connect(id, { token, after: 0 }), ({ until }) => until("status")))
  return { token, id, words }
})

/** Steps that weigh some 12 MB together. */
const heavy = 1_500
const weigh = Effect.fnUntraced(function* (id: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql.withTransaction(sql`
    WITH moved AS (UPDATE automation_tasks SET last_seq = last_seq + ${heavy} WHERE id = ${id} RETURNING *)
    INSERT INTO task_steps (id, user_id, task_id, seq, step_type, message, content)
    SELECT gen_random_uuid(), user_id, id, last_seq - ${heavy} + n, 'thinking', 'x', repeat('x', 8000)
    FROM moved, generate_series(1, ${heavy}) n`)
})

const seqs = (texts: ReadonlyArray<string>) =>
  texts.map((text) => JSON.parse(text).seq as number | undefined).filter((seq) => seq !== undefined)

it.layer(houseWith({}, { perUser: 8, patience: Duration.millis(500) }))("a socket's limits", (it) => {
  it.live(
    "W5: who does not read is closed with 4408, comes back with `after` and misses nothing; others never wait",
    () =>
      Effect.gen(function* () {
        const { token, id } = yield* running
        yield* weigh(id)
        const slow = yield* rawSocket(`/ws/${id}?after=0`, token)
        slow.pause()
        const reader = yield* connect(id, { token, after: 0 })
        const read = yield* Effect.forEach(Arr.range(0, heavy + 1), () => reader.next)
        expect(read.at(-1)?.seq).toBe(heavy + 1)
        // A client that does not read cannot hear that it was closed: it is given the time that it has, and then reads.
        yield* Effect.sleep("1 second")
        slow.resume()
        expect(yield* slow.closed).toBe(4408)
        const first = seqs(slow.texts)
        expect(first.length).toBeLessThan(heavy)
        const again = yield* rawSocket(`/ws/${id}?after=${first.at(-1) ?? 0}`, token)
        yield* Effect.repeat(
          Effect.sync(() => seqs(again.texts).at(-1)),
          {
            until: (seq) => seq === heavy + 1,
            schedule: Schedule.spaced("50 millis")
          }
        )
        expect([...first, ...seqs(again.texts)]).toEqual(Arr.range(1, heavy + 1))
      }),
    60_000
  )

  it.live("W6: of one user's sockets the one too many is closed with 4429", () =>
    Effect.gen(function* () {
      const { token, id } = yield* running
      const open = Effect.tap(connect(id, { token }), ({ next }) => next)
      yield* Effect.forEach(Arr.range(1, 8), () => open)
      const { closed } = yield* connect(id, { token })
      expect(yield* closed).toBe(4429)
    })
  )

  it.live("W6: who says too much at once is closed with 1008, a message that is too large with 1009", () =>
    Effect.gen(function* () {
      const { token, id } = yield* running
      const flood = yield* rawSocket(`/ws/${id}`, token)
      for (let n = 0; n < 1_000; n++) flood.send(opcodes.text, '{"type":"ping"}')
      expect(yield* flood.closed).toBe(1008)
      const giant = yield* rawSocket(`/ws/${id}`, token)
      giant.send(opcodes.text, Buffer.alloc(10_000_000, 32))
      expect([1006, 1009, undefined]).toContain(yield* giant.closed)
    })
  )

  it.live("answers the protocol's own pings", () =>
    Effect.gen(function* () {
      const { token, id } = yield* running
      const socket = yield* rawSocket(`/ws/${id}`, token)
      socket.send(opcodes.ping, "are you there")
      yield* Effect.repeat(
        Effect.sync(() => socket.pongs),
        {
          until: (pongs) => pongs.includes("are you there"),
          schedule: Schedule.spaced("20 millis")
        }
      )
    })
  )

  it.live("W3: is closed with 4401 when its token expires", () =>
    Effect.gen(function* () {
      const { token, id } = yield* running
      const claims = decodeJwt(token)
      const short = yield* Effect.promise(() =>
        new SignJWT(claims)
          .setProtectedHeader({ ...decodeProtectedHeader(token), alg: "HS256" })
          .setExpirationTime("2s")
          .sign(new TextEncoder().encode(jwtSecret))
      )
      const socket = yield* connect(id, { token: short })
      yield* socket.next
      expect(yield* socket.closed).toBe(4401)
    })
  )

  it.live("W2: pages of foreign origins are refused with 403, those of ours are not", () =>
    Effect.gen(function* () {
      const { token, id } = yield* running
      const from = (origin: string) => refused(`/ws/${id}`, { Authorization: `Bearer ${token}`, Origin: origin })
      for (const origin of ["https://evil.example", "null", "http://localhost.evil.example"]) {
        const { status, body } = yield* from(origin)
        expect([status, body]).toMatchObject([403, { code: "FOREIGN_ORIGIN" }])
      }
    })
  )
})
