import { Socket } from "node:net"
import { SqlClient } from "@effect/sql"
import type { PgClient } from "@effect/sql-pg"
import { Data, Deferred, type Duration, Effect, Queue, Ref, Schedule } from "effect"
import Pg from "pg"
import { connectionOf } from "./Connection.ts"

interface Listening {
  readonly channel: string
  readonly heard: (payload: string) => Effect.Effect<void>
  /** Run whenever it begins to hear: what was said before may have been missed. */
  readonly caughtUp: Effect.Effect<void>
  /** Run whenever it no longer hears. */
  readonly deaf: Effect.Effect<void>
  /** Between two proofs that it still hears. */
  readonly ping: Duration.Duration
  /** How long an answer is waited for. */
  readonly patience: Duration.Duration
}

class Deaf extends Data.TaggedError("Deaf")<{ readonly cause: unknown }> {}

/** Statements are answered and notices never come: the server's session is not ours alone. */
class Pooled extends Data.TaggedError("Pooled") {}

const client = (config: PgClient.PgClientConfig) =>
  Effect.gen(function* () {
    const socket = new Socket()
    const pg = new Pg.Client({ ...connectionOf(config), stream: () => socket, application_name: "timbra-listen" })
    // A connection that is half open never answers a farewell.
    yield* Effect.addFinalizer(() => Effect.sync(() => socket.destroy()))
    const broken = yield* Deferred.make<never, Deaf>()
    const breaks = (cause: unknown) => Deferred.unsafeDone(broken, new Deaf({ cause }))
    const notices = yield* Queue.unbounded<Pg.Notification>()
    pg.on("error", breaks)
    pg.on("end", () => breaks("the server ended the connection"))
    pg.on("notification", (notice) => notices.unsafeOffer(notice))
    const attempt = <A>(evaluate: () => Promise<A>) =>
      Effect.tryPromise({ try: evaluate, catch: (cause) => new Deaf({ cause }) })
    yield* attempt(() => pg.connect())
    const query = (text: string) => attempt(() => pg.query(text))
    return { query, notices, broken: Deferred.await(broken) } as const
  })

const session = (
  config: PgClient.PgClientConfig,
  { channel, heard, caughtUp, deaf, ping, patience }: Listening,
  everHeard: Ref.Ref<boolean>
) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const { query, notices, broken } = yield* client(config)
    const own = `timbra_${crypto.randomUUID().replaceAll("-", "")}`
    const echoes = yield* Queue.sliding<void>(1)
    const inTime = <A, E>(effect: Effect.Effect<A, E>) =>
      Effect.timeoutFail(effect, { duration: patience, onTimeout: () => new Deaf({ cause: "the server is silent" }) })

    const hear = ({ channel, payload = "" }: Pg.Notification) =>
      channel === own ? Queue.offer(echoes, undefined) : heard(payload)
    // What others say and is heard proves all of it: the connection, the registration and the way back. Said on the
    // connection itself it would come back through a pooler as well, with the answer of the statement.
    const said = inTime(Effect.mapError(sql`SELECT pg_notify(${own}, '')`, (cause) => new Deaf({ cause })))
    const echo = inTime(Queue.take(echoes))
    const proof = Effect.zipRight(said, echo)

    const prove = Effect.gen(function* () {
      yield* inTime(query(`LISTEN ${own}; LISTEN ${channel}`))
      yield* said
      yield* Effect.catchAll(echo, (deaf) =>
        Effect.flatMap(Ref.get(everHeard), (ever): Effect.Effect<never, Deaf | Pooled> => (ever ? deaf : new Pooled()))
      )
      yield* Ref.set(everHeard, true)
      yield* caughtUp
      return yield* Effect.forever(Effect.delay(proof, ping))
    })
    const pump = Effect.forever(Effect.flatMap(Queue.take(notices), hear))
    return yield* prove.pipe(Effect.raceFirst(pump), Effect.raceFirst(broken), Effect.ensuring(deaf))
  }).pipe(Effect.scoped)

const patiently = Schedule.exponential("200 millis").pipe(
  Schedule.union(Schedule.spaced("10 seconds")),
  Schedule.jittered,
  Schedule.resetAfter("1 minute")
)

/**
 * Listens to a channel for good, on a connection of its own that is proven again and again, because LISTEN dies without a
 * word. Behind a pooler that shares sessions nothing is ever heard: this is found out once and said once.
 */
export const listen = (config: PgClient.PgClientConfig, listening: Listening) =>
  Effect.flatMap(Ref.make(false), (everHeard) =>
    session(config, listening, everHeard).pipe(
      Effect.tapErrorTag("Deaf", ({ cause }) => Effect.logDebug(`Not listening to ${listening.channel}`, cause)),
      Effect.retry({ schedule: patiently, while: (error) => error._tag === "Deaf" }),
      Effect.catchAll(() =>
        Effect.logWarning(`Nothing is heard on ${listening.channel}, as behind a transaction pooler: polling alone`)
      ),
      Effect.forkScoped
    )
  )
