import { FileSystem } from "@effect/platform"
import { Effect, Schedule } from "effect"
import { type Chromium, startChromium } from "../../src/agent/browser/ChromiumProcess.ts"

/** A Chromium that is not ours: others connect to it at `url`. */
export const startWithPort = Effect.fn("startWithPort")(function* (
  chromium: Chromium,
  environment: Readonly<Record<string, string>>
) {
  const fs = yield* FileSystem.FileSystem
  const args = [...chromium.args, "--remote-debugging-port=0"]
  const { pid, profile } = yield* startChromium({ ...chromium, args }, environment)
  const written = fs.readFileString(`${profile}/DevToolsActivePort`).pipe(
    Effect.map((text) => text.split("\n")),
    Effect.filterOrFail((lines) => lines.length === 2),
    Effect.retry(Schedule.spaced("10 millis")),
    Effect.timeout("30 seconds")
  )
  const [port, path] = yield* written
  return { pid, url: `ws://127.0.0.1:${port}${path}` }
})
