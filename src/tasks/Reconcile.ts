import { Effect, Layer, Option, Schedule, Schema } from "effect"
import { Browser, type BrowserLost, type Farm, type NoVacancy, type RemoteSession } from "../agent/browser/Browser.ts"
import { BrowserSessions, type Stray } from "./BrowserSessions.ts"

const usageOf = ({ status, startedAt, endedAt, proxyBytes }: RemoteSession) => ({
  status: status === "ERROR" || status === "TIMED_OUT" ? status : ("COMPLETED" as const),
  browserMs: Math.max(0, Date.parse(endedAt ?? new Date().toISOString()) - Date.parse(startedAt)),
  proxyBytes
})

const markOf = Schema.decodeUnknownOption(Schema.Struct({ session: Schema.UUID }))

/** Ends the sessions of a farm that no run uses any more: those of a process that was killed, above all. */
export const reconcile = Effect.gen(function* () {
  const sessions = yield* BrowserSessions

  const end = (farm: Farm) =>
    Effect.fnUntraced(function* ({ id, remoteId }: Stray) {
      yield* Effect.logInfo("A browser session without a run is released").pipe(Effect.annotateLogs({ session: id }))
      // One that is over, or that the farm knows no more, cannot be released.
      yield* farm.release(remoteId).pipe(Effect.catchAll((error) => Effect.logDebug(error.message)))
      const remote = yield* Effect.either(farm.retrieve(remoteId))
      if (remote._tag === "Right") return yield* sessions.ended(id, usageOf(remote.right))
      if (remote.left._tag === "BrowserLost" && remote.left.reason === "refused") {
        yield* sessions.ended(id, { status: "ERROR", browserMs: 0, proxyBytes: 0 })
      }
    })

  const all = (farm: Farm, strays: ReadonlyArray<Stray>) => Effect.forEach(strays, end(farm), { discard: true })

  const named = (remote: RemoteSession) =>
    Option.map(markOf(remote.userMetadata), ({ session }) => ({ id: session, remoteId: remote.id }))

  /** By the record. */
  const known = (farm: Farm) => Effect.flatMap(sessions.strays(), (strays) => all(farm, strays))

  /** By the farm's own list, for what was created and never recorded. */
  const listed = (farm: Farm): Effect.Effect<void, BrowserLost | NoVacancy> =>
    Effect.gen(function* () {
      const open = yield* farm.open()
      yield* all(farm, yield* sessions.straysAmong(open.flatMap((remote) => Option.toArray(named(remote)))))
    })

  return { known, listed, closed: sessions.close() } as const
})

const every = (name: string, schedule: Schedule.Schedule<unknown>, turn: Effect.Effect<unknown, unknown>) =>
  turn.pipe(
    Effect.sandbox,
    Effect.catchAll((cause) => Effect.logWarning(`${name} failed and is tried again`, cause)),
    Effect.repeat(Schedule.jittered(schedule)),
    Effect.annotateLogs({ module: "tasks/Reconcile" }),
    Effect.forkScoped
  )

/** At the start and from then on: by the record each half minute, by the farm's list every ten minutes. */
export const ReconcileLive = Layer.scopedDiscard(
  Effect.gen(function* () {
    const { farm } = yield* Browser
    const { known, listed, closed } = yield* reconcile
    yield* every("Closing lost sessions", Schedule.spaced("10 minutes"), closed)
    if (Option.isNone(farm)) return
    yield* every("Releasing known strays", Schedule.spaced("30 seconds"), known(farm.value))
    yield* every("Releasing unknown strays", Schedule.spaced("10 minutes"), listed(farm.value))
  })
)
