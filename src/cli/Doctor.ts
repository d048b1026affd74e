import { Command } from "@effect/cli"
import { Console, Data, Effect, Layer, Logger, LogLevel } from "effect"
import type { Browser } from "../agent/browser/Browser.ts"
import { LlmLive } from "../agent/plan/Llm.ts"
import { DataDir } from "../db/DataDir.ts"
import { ArtifactStore } from "../tasks/ArtifactStore.ts"
import { checked } from "./Checks.ts"
import { database } from "./doctor/Database.ts"
import { type Finding, fine, wrong } from "./doctor/Finding.ts"
import { browser, disk, files, model, redis } from "./doctor/Surroundings.ts"
import { lines } from "./Refusal.ts"

class Unwell extends Data.TaggedError("Unwell")<{ readonly found: number }> {
  override get message() {
    return this.found === 1 ? "One part is not as it should be." : `${this.found} parts are not as they should be.`
  }
}

const configuration = checked.pipe(
  Effect.as([fine("settings", "all of the environment can be read")]),
  Effect.catchAll((error) =>
    Effect.succeed(lines(error).map((line) => wrong("settings", line, ".env.example explains every variable")))
  )
)

const line = ({ part, detail, advice }: Finding) =>
  Effect.zipRight(
    Console.log(`${advice === undefined ? "ok  " : "FAIL"}  ${part.padEnd(8)}  ${detail}`),
    advice === undefined ? Effect.void : Console.log(`                → ${advice}`)
  )

const told = <E, R>(look: Effect.Effect<ReadonlyArray<Finding>, E, R>) => Effect.tap(look, Effect.forEach(line))

const wrongOf = (findings: ReadonlyArray<Finding>) => findings.filter(({ advice }) => advice !== undefined).length

/** Looks at all that Timbra stands on, changes nothing, and says of what is wrong what to do. */
export const doctor = <E, R>(browsers: Layer.Layer<Browser, E, R>) => {
  const surroundings = Layer.mergeAll(browsers, ArtifactStore.Default, LlmLive).pipe(
    Layer.provideMerge(DataDir.Default)
  )
  const parts = Effect.all([told(database), told(redis), told(files), told(disk), told(browser), told(model)])
  return Command.make("doctor", {}, () =>
    Effect.gen(function* () {
      const settings = yield* told(configuration)
      // What stands on settings that cannot be read would only say the same again.
      const others = wrongOf(settings) > 0 ? [] : yield* Effect.provide(parts, surroundings)
      const found = wrongOf([settings, ...others].flat())
      if (found > 0) return yield* new Unwell({ found })
    }).pipe(Effect.provide(Logger.minimumLogLevel(LogLevel.None)))
  ).pipe(Command.withDescription("Look at the database, Redis, the browser and all else, and say what to do."))
}
