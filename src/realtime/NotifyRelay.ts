import { PgClient } from "@effect/sql-pg"
import { Array as Arr, type Context, Effect, Schema } from "effect"
import { listen as listenTo } from "../db/Listening.ts"
import { TaskId } from "../tasks/Status.ts"
import { Timing } from "../tasks/Timing.ts"
import { doubt, type Hint } from "./Hint.ts"
import type { Relay } from "./Relay.ts"

const channel = "timbra_events"

const isTaskId = Schema.is(TaskId)

/** Lines of one notice: each has less than 50 bytes, and PostgreSQL takes no more than 8,000. */
const lines = 150

/**
 * Hints by way of NOTIFY: which tasks have how many events, and who watches one reads them. Said apart from what it tells of
 * and gathered for a moment, because commits that notify wait for each other.
 */
export const notifyRelay = Effect.fn("NotifyRelay.make")(function* () {
  const sql = yield* PgClient.PgClient
  const { debounce, ping, patience } = yield* Timing
  const self = crypto.randomUUID()
  const heads = new Map<TaskId, number>()
  const seenAnew = new Set<TaskId>()
  const called = yield* Effect.makeLatch()
  let hears = false
  let doubtedAt = performance.now()
  const turn = (to: boolean) =>
    Effect.sync(() => {
      hears = to
      doubtedAt = performance.now()
    })
  let hear: (id: TaskId, hint: Hint) => void = () => undefined

  // The highest number of a task stands for all below it, but for how the task is seen.
  const tell = (id: TaskId, { seq }: Hint) => {
    if (seq === 0) seenAnew.add(id)
    else heads.set(id, Math.max(seq, heads.get(id) ?? 0))
    called.unsafeOpen()
  }

  const say = Effect.gen(function* () {
    yield* called.await
    yield* Effect.sleep(debounce)
    yield* called.close
    const said = [...heads, ...Arr.map([...seenAnew], (id) => [id, 0] as const)].map((line) => line.join(" "))
    heads.clear()
    seenAnew.clear()
    const notices = Arr.chunksOf(said, lines).map((some) => [self, ...some].join("\n"))
    yield* sql`SELECT pg_notify(${channel}, notice) FROM unnest(${notices}::text[]) AS notice`
  })
  yield* say.pipe(
    Effect.catchAll((error) => Effect.logDebug("The other processes could not be told", error)),
    Effect.forever,
    Effect.annotateLogs({ module: "realtime/NotifyRelay" }),
    Effect.forkScoped
  )

  const heard = (notice: string) =>
    Effect.sync(() => {
      const [from, ...said] = notice.split("\n")
      if (from === self) return
      for (const line of said) {
        const [id = "", seq] = line.split(" ")
        if (isTaskId(id)) hear(id, { seq: Number(seq) })
      }
    })
  yield* listenTo(sql.config, { channel, heard, caughtUp: turn(true), deaf: turn(false), ping, patience })

  const listen = (heard: typeof hear) => {
    hear = heard
  }
  const sound = () => hears && performance.now() - doubtedAt > doubt
  const following: Context.Tag.Service<Relay>["following"] = (_, during) => during
  return { tell, following, listen, sound } as const
})
