import { Effect } from "effect"
import { child } from "../Child.ts"

export interface Measured {
  readonly name: string
  readonly sockets: number
  readonly perSecond: number
  /** Microseconds of the server's processor for each delivery. */
  readonly cpu: number
  readonly p50: number
  readonly p99: number
  readonly bytes: number
}

/** How long the paced part takes, and how much it delivers a second: little enough to wait for nobody. */
const pacedSeconds = 3
const pacedRate = 5_000

/** Sends some `deliveries` as fast as they are taken, then few at a time for the delays. */
export const contestant = Effect.fn("bench.contestant")(
  function* (name: string, sockets: number, deliveries: number) {
    const tasks = String(Math.min(100, sockets / 10))
    const server = yield* child("realtime/Server.ts", name, tasks)
    const { port = 0, rss: before = 0 } = yield* server.hear
    const load = yield* child("realtime/Load.ts", name, String(port), String(sockets), tasks)
    yield* load.hear
    const run = Effect.fnUntraced(function* (rounds: number, everyMs: number) {
      yield* load.say(String(rounds * sockets))
      yield* server.say(`${rounds} ${everyMs}`)
      const { rss = 0, cpu = 0 } = yield* server.hear
      const heard = yield* load.hear
      const measures: Record<string, number> = { ...heard, rss, cpu }
      return measures
    })
    const warm = yield* run(2, 0)
    const rounds = Math.max(5, Math.round(deliveries / sockets))
    // What a compiler has not seen often is slow.
    yield* run(Math.round(rounds / 2), 0)
    const { received = 0, seconds = 1, cpu = 0 } = yield* run(rounds, 0)
    const every = (1000 * sockets) / pacedRate
    const { p50 = 0, p99 = 0 } = yield* run(Math.max(3, Math.round((pacedSeconds * 1000) / every)), every)
    const measured: Measured = {
      name,
      sockets,
      perSecond: received / seconds,
      cpu: cpu / received,
      p50,
      p99,
      bytes: ((warm.rss ?? 0) - before) / sockets
    }
    return measured
  },
  Effect.scoped,
  Effect.timeout("2 minutes")
)
