import { expect } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Effect } from "effect"
import { bunTest } from "../../scripts/lib/BunTest.ts"
import * as it from "../lib/effect.ts"

const passing = `import { test } from "bun:test"
test("passes", () => {})
`

const failing = `import { test } from "bun:test"
test("passes", () => {})
test("fails", () => { throw new Error(Bun.env.REASON) })
test.skip("waits", () => {})
`

const runIn = (files: Readonly<Record<string, string>>, ...args: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const cwd = yield* fs.makeTempDirectoryScoped()
    yield* fs.makeDirectory(`${cwd}/test`)
    yield* Effect.forEach(Object.entries(files), ([name, text]) => fs.writeFileString(`${cwd}/test/${name}`, text))
    return yield* bunTest({ cwd, args, env: { REASON: "on purpose" }, output: "pipe" })
  }).pipe(Effect.provide(BunContext.layer))

it.live("tests that pass, fail and are skipped are counted", () =>
  Effect.gen(function* () {
    const counts = yield* runIn({ "a.test.ts": passing, "b.test.ts": failing })
    expect(counts).toEqual({ passed: 2, failed: 1, skipped: 1 })
  })
)

it.live("an error outside the tests counts as failed, alone and beside other failures", () =>
  Effect.gen(function* () {
    const broken = `throw new Error("while loading")`
    expect(yield* runIn({ "a.test.ts": passing, "b.test.ts": broken })).toMatchObject({ passed: 1, failed: 1 })
    expect(yield* runIn({ "a.test.ts": failing, "b.test.ts": broken })).toMatchObject({ passed: 1, failed: 2 })
    expect(yield* runIn({ "a.test.ts": broken })).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
)

it.live("arguments choose the tests, and none chosen is a failure", () =>
  Effect.gen(function* () {
    const files = { "a.test.ts": passing, "b.test.ts": failing }
    expect(yield* runIn(files, "test/a")).toEqual({ passed: 1, failed: 0, skipped: 0 })
    expect(yield* runIn(files, "test/c")).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
)

it.live("a runner that ends early counts as failed", () =>
  Effect.gen(function* () {
    const counts = yield* runIn({ "a.test.ts": `import "bun:test"\nprocess.kill(process.pid, "SIGKILL")` })
    expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
)
