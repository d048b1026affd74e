import { expect } from "bun:test"
import { existsSync } from "node:fs"
import { BunContext } from "@effect/platform-bun"
import { Context, Effect, Exit, Layer, Schema, Scope, Stream } from "effect"
import { Browser } from "../../../src/agent/browser/Browser.ts"
import { LocalChromium } from "../../../src/agent/browser/LocalChromium.ts"
import { DataDir } from "../../../src/db/DataDir.ts"
import * as it from "../../lib/effect.ts"
import { EgressTest } from "../../lib/egress.ts"
import { allGone, argumentsOf, processesOf, running } from "./Processes.ts"

const Live = LocalChromium.pipe(Layer.provide([DataDir.Default, EgressTest]), Layer.provide(BunContext.layer))

const Held = Schema.parseJson(Schema.Struct({ pids: Schema.Array(Schema.Number), profile: Schema.String }))

const holder = Effect.gen(function* () {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      Bun.spawn([process.execPath, `${import.meta.dir}/Holder.ts`], { stdio: ["ignore", "pipe", "inherit"] })
    ),
    (child) =>
      Effect.zipRight(
        Effect.sync(() => child.kill("SIGKILL")),
        Effect.promise(() => child.exited)
      )
  )
  const lines = Stream.fromReadableStream(() => child.stdout, String).pipe(Stream.decodeText(), Stream.splitLines)
  const held = yield* Effect.flatMap(Effect.flatten(Stream.runHead(lines)), Schema.decode(Held))
  return { child, ...held }
})

it.live("closing the layer leaves no process, and no folder", () =>
  Effect.gen(function* () {
    const scope = yield* Scope.make()
    const { session } = Context.get(yield* Layer.buildWithScope(Live, scope), Browser)
    const pids = yield* Effect.flatMap(Scope.extend(session, scope), processesOf)
    const profile = (yield* argumentsOf(pids[0] ?? 0)).find((argument) => argument.startsWith("--user-data-dir="))
    expect(yield* running(pids)).toEqual([...pids])
    yield* Scope.close(scope, Exit.void)
    yield* allGone(pids)
    expect(existsSync(`${profile}`.slice("--user-data-dir=".length))).toBe(false)
  })
)

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  it.live(`${signal} leaves no process and no folder, though a tab loops`, () =>
    Effect.gen(function* () {
      const { child, pids, profile } = yield* holder
      expect(yield* running(pids)).toEqual([...pids])
      child.kill(signal)
      yield* Effect.promise(() => child.exited).pipe(Effect.timeout("5 seconds"))
      yield* allGone(pids)
      expect(existsSync(profile)).toBe(false)
    })
  )
}

it.live("SIGKILL leaves no process though a tab loops, and its folder goes when the next Chromium starts", () =>
  Effect.gen(function* () {
    const { child, pids, profile } = yield* holder
    expect(yield* running(pids)).toEqual([...pids])
    child.kill("SIGKILL")
    yield* Effect.promise(() => child.exited)
    yield* allGone(pids)
    yield* Effect.flatMap(Browser, (browser) => browser.check).pipe(Effect.provide(Live))
    expect(existsSync(profile)).toBe(false)
  })
)
