import { Command, Options } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { Console, DateTime, Effect } from "effect"
import { contestant, type Measured } from "./realtime/Measure.ts"

const quick = Options.boolean("quick").pipe(
  Options.withDescription("100 and 1,000 sockets, and a fifth of the events.")
)

const names = ["bun", "timbra", "ws", "socket.io"] as const

const folder = new URL("../../test-output/", import.meta.url).pathname

const number = (value: number, width: number, digits = 0) =>
  value.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits }).padStart(width)

const row = ({ name, sockets, perSecond, cpu, p50, p99, bytes }: Measured, best: number) =>
  [
    name.padEnd(10),
    number(sockets, 8),
    number(perSecond, 14),
    number(perSecond / best, 8, 2),
    number(cpu, 10, 1),
    number(p50, 10, 1),
    number(p99, 10, 1),
    number(bytes / 1024, 12, 1)
  ].join("")

/** The product's sockets beside Bun's own, ws and Socket.IO: the same events to the same readers. */
export const realtimeBench = Command.make("realtime", { quick }, ({ quick }) =>
  Effect.gen(function* () {
    yield* Console.log("             sockets  deliveries/s  of bun    cpu µs    p50 ms    p99 ms  KB/socket")
    const all: Array<Measured> = []
    for (const sockets of quick ? [100, 1_000] : [100, 1_000, 10_000]) {
      let best = 1
      for (const name of names) {
        const measured = yield* contestant(name, sockets, quick ? 60_000 : 300_000)
        if (name === "bun") best = measured.perSecond
        all.push(measured)
        yield* Console.log(row(measured, best))
      }
    }
    const fs = yield* FileSystem.FileSystem
    yield* fs.makeDirectory(folder, { recursive: true })
    const at = DateTime.formatIso(yield* DateTime.now)
    yield* fs.writeFileString(`${folder}bench-realtime.json`, `${JSON.stringify({ at, quick, all }, null, 2)}\n`)
  })
).pipe(Command.withDescription("Events to sockets, against Bun's own publish, ws and Socket.IO."))
