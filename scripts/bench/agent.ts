import { arch, availableParallelism, platform } from "node:os"
import { Command, HelpDoc, Options, ValidationError } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { Array as Arr, Console, DateTime, Effect, Layer, Option, Schema } from "effect"
import { Agent } from "../../src/agent/Agent.ts"
import { Browser } from "../../src/agent/browser/Browser.ts"
import { LocalChromium } from "../../src/agent/browser/LocalChromium.ts"
import { DataDirTest } from "../../test/lib/dataDir.ts"
import { EgressTest } from "../../test/lib/egress.ts"
import { appPortals } from "../../test/portals/apps/Portals.ts"
import { classicPortals } from "../../test/portals/classic/Portals.ts"
import type { TestPortal } from "../../test/portals/lib/Portal.ts"
import { type Comparison, medianSeconds, ratio, summarize } from "./agent/Comparison.ts"
import { byAgent, byScript, type Took } from "./agent/Round.ts"
import * as Table from "./agent/Table.ts"

const provingGround = [...classicPortals, ...appPortals]

const unknown = (name: string) =>
  ValidationError.invalidValue(
    HelpDoc.p(`There is no portal "${name}", but ${provingGround.map(({ id }) => id).join(", ")}.`)
  )

const named = (name: string) =>
  Effect.mapError(
    Arr.findFirst(provingGround, ({ id }) => id === name.trim()),
    () => unknown(name)
  )

const portals = Options.text("portals").pipe(
  Options.mapEffect((names) => Effect.forEach(names.split(","), named)),
  Options.withDefault(provingGround),
  Options.withDescription("Only these, comma-separated; all of the proving ground by default.")
)

const rounds = Options.integer("rounds").pipe(
  Options.withSchema(Schema.Int.pipe(Schema.between(1, 100))),
  Options.withDefault(5),
  Options.withDescription("Counted rounds at each portal; one more before them warms up.")
)

const folder = new URL("../../test-output/", import.meta.url).pathname

/** Agent and script take turns, and each goes first every other time. The first round is not counted. */
const compare = Effect.fn("bench.compare")(function* (portal: TestPortal, rounds: number) {
  const one = yield* Arr.head(portal.cases)
  const agent: Array<Took> = []
  const script: Array<Took> = []
  const turns = [
    Effect.map(byAgent(portal, one), (took) => void agent.push(took)),
    Effect.map(byScript(portal, one), (took) => void script.push(took))
  ]
  for (let round = 0; round <= rounds; round++) {
    yield* Effect.all(round % 2 === 0 ? turns : turns.toReversed(), { discard: true })
  }
  const comparison: Comparison = { portal: portal.id, agent: agent.slice(1), script: script.slice(1) }
  yield* Console.log(Table.row(comparison))
  return comparison
})

const report = Effect.fn("bench.report")(function* (comparisons: ReadonlyArray<Comparison>, rounds: number) {
  const fs = yield* FileSystem.FileSystem
  const { version } = yield* (yield* Browser).check
  const summary = summarize(comparisons)
  yield* Console.log(`\n${Table.foot(summary)}`)
  const json = {
    at: DateTime.formatIso(yield* DateTime.now),
    machine: { cpus: availableParallelism(), system: `${platform()} ${arch()}`, bun: Bun.version, browser: version },
    rounds,
    ...summary,
    comparisons: comparisons.map((one) => ({
      ...one,
      agentMedian: Option.getOrNull(medianSeconds(one.agent)),
      scriptMedian: Option.getOrNull(medianSeconds(one.script)),
      ratio: Option.getOrNull(ratio(one))
    }))
  }
  yield* fs.makeDirectory(folder, { recursive: true })
  yield* fs.writeFileString(`${folder}bench-agent.json`, `${JSON.stringify(json, null, 2)}\n`)
  yield* Console.log(`${folder}bench-agent.json`)
})

const AgentLive = Agent.Default.pipe(Layer.provideMerge(LocalChromium), Layer.provide([DataDirTest, EgressTest]))

/** The agent beside a script that a programmer wrote for the very portal. */
export const agentBench = Command.make("agent", { portals, rounds }, ({ portals, rounds }) =>
  Effect.gen(function* () {
    yield* Console.log(Table.head)
    const comparisons = yield* Effect.forEach(portals, (portal) => compare(portal, rounds))
    yield* report(comparisons, rounds)
  }).pipe(Effect.provide(AgentLive))
).pipe(Command.withDescription("The agent's seconds at each portal of the proving ground against a script's."))
