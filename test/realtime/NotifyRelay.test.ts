import { expect } from "bun:test"
import { Reactivity } from "@effect/experimental"
import { SqlClient } from "@effect/sql"
import { PgClient } from "@effect/sql-pg"
import { Array as Arr, Context, Duration, Effect, Layer, Logger, Queue, Redacted, Schedule } from "effect"
import type { Hint } from "../../src/realtime/Hint.ts"
import { notifyRelay } from "../../src/realtime/NotifyRelay.ts"
import { TaskId } from "../../src/tasks/Status.ts"
import { Timing } from "../../src/tasks/Timing.ts"
import { proxy } from "../db/lib/Proxy.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"

const quick = { ...Timing.defaultValue(), ping: Duration.millis(50) }

/** The relay of one process, and what it hears. */
const relayAt = Effect.fnUntraced(function* (url: string) {
  const client = yield* PgClient.make({ url: Redacted.make(url), maxConnections: 2 })
  const clients = Context.make(PgClient.PgClient, client).pipe(Context.add(SqlClient.SqlClient, client))
  const relay = yield* Effect.provide(notifyRelay(), clients)
  const heard = yield* Queue.unbounded<readonly [TaskId, Hint]>()
  relay.listen((id, hint) => heard.unsafeOffer([id, hint]))
  return { ...relay, heard, client } as const
})

const provided = Layer.merge(Reactivity.layer, Layer.succeed(Timing, quick))

const sound = (relay: { readonly sound: () => boolean }) =>
  Effect.repeat(Effect.sync(relay.sound), { until: (is) => is, schedule: Schedule.spaced("20 millis") })

const newId = () => TaskId.make(crypto.randomUUID())

it.layer(provided)("hints by way of NOTIFY", (it) => {
  it.concurrent("of many tasks at once reach the other processes, each once, and not the own one", () =>
    Effect.gen(function* () {
      const url = yield* database
      const [here, there] = [yield* relayAt(url), yield* relayAt(url)]
      yield* Effect.all([sound(here), sound(there)])
      const ids = Arr.makeBy(400, newId)
      for (const id of ids) {
        here.tell(id, { seq: 7 })
        here.tell(id, { seq: 0 })
        here.tell(id, { seq: 6 })
      }
      const heard = yield* Queue.takeN(there.heard, 800)
      const seqs = Arr.map(ids, (id) => [...heard].flatMap(([of, { seq }]) => (of === id ? [seq] : [])).sort())
      expect(seqs).toEqual(Arr.map(ids, () => [0, 7]))
      there.tell(ids[0] ?? newId(), { seq: 8 })
      expect([...(yield* Queue.takeN(here.heard, 1))]).toEqual([[ids[0] ?? newId(), { seq: 8 }]])
      yield* there.client`SELECT pg_notify('timbra_events', 'no hint')`
      expect(yield* Queue.size(there.heard)).toBe(0)
    }))

  it.concurrent("are not relied on where nothing is heard, as behind a pooler that shares sessions", () =>
    Effect.gen(function* () {
      const url = new URL(yield* database)
      const way = yield* proxy(url.hostname, Number(url.port), { notices: false })
      const warned = yield* Queue.unbounded<string>()
      const logger = Logger.make(({ message, logLevel }) => {
        if (logLevel._tag === "Warning") warned.unsafeOffer(String(message))
      })
      url.port = String(way.port)
      const relay = yield* relayAt(url.href).pipe(
        Effect.provide(Logger.replace(Logger.defaultLogger, logger)),
        Effect.provideService(Timing, { ...quick, patience: Duration.millis(300) })
      )
      expect(yield* Queue.take(warned)).toContain("polling alone")
      expect(relay.sound()).toBe(false)
    }))

  it.concurrent("are relied on again some time after the connection was cut", () =>
    Effect.gen(function* () {
      const url = new URL(yield* database)
      const way = yield* proxy(url.hostname, Number(url.port))
      url.port = String(way.port)
      const relay = yield* relayAt(url.href)
      yield* sound(relay)
      yield* way.cut
      yield* Effect.repeat(Effect.sync(relay.sound), { until: (is) => !is, schedule: Schedule.spaced("20 millis") })
      yield* sound(relay)
    }))
})
