import { expect } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Effect } from "effect"
import * as it from "../lib/effect.ts"
import { languageModel, settingsFor } from "../lib/languageModel.ts"
import { database } from "../lib/postgres.ts"

const main = new URL("../../src/main.ts", import.meta.url).pathname

const timbra = (command: string, env: Readonly<Record<string, string>>) =>
  Effect.gen(function* () {
    const cwd = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped({ prefix: "timbra-doctor-" })
    return yield* Effect.promise(async () => {
      const chromium = Bun.env.CHROMIUM_PATH === undefined ? {} : { CHROMIUM_PATH: Bun.env.CHROMIUM_PATH }
      const child = Bun.spawn([process.execPath, main, command], {
        cwd,
        env: { PATH: Bun.env.PATH ?? "", ...chromium, ...env },
        stdout: "pipe",
        stderr: "pipe"
      })
      const [out, err, code] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
        child.exited
      ])
      return { lines: out.trim().split("\n"), err, code }
    })
  }).pipe(Effect.scoped, Effect.provide(BunContext.layer))

const keys = { JWT_SECRET: "x".repeat(32), ENCRYPTION_KEYS: `1:${Buffer.alloc(32).toString("base64")}` }
const nobody = "127.0.0.1:1"

it.live(
  "the doctor finds nothing wrong where nothing is, on the embedded database too, which it does not make",
  () =>
    Effect.gen(function* () {
      const { lines, err, code } = yield* timbra("doctor", {})
      expect({ err, code }).toEqual({ err: "", code: 0 })
      expect(lines.map((line) => line.split(/\s+/).slice(0, 2).join(" "))).toEqual(
        ["settings", "database", "redis", "files", "disk", "browser", "model"].map((part) => `ok ${part}`)
      )
      expect(lines[1]).toContain("the first start makes it")
    }),
  60_000
)

it.live(
  "a database that was not migrated is told apart from one that was",
  () =>
    Effect.gen(function* () {
      const env = { ...keys, DATABASE_URL: yield* database }
      const before = yield* timbra("doctor", env)
      expect([before.code, before.err.trim()]).toEqual([1, "One part is not as it should be."])
      expect(before.lines.join("\n")).toContain("→ run `timbra migrate`")
      yield* timbra("migrate", env)
      const after = yield* timbra("doctor", env)
      expect(after.code).toBe(0)
      const text = after.lines.join("\n")
      for (const said of [
        /ok {4}database {2}PostgreSQL \d+ as/,
        /clock {5}\d+ ms/,
        /migrations, all applied/,
        /roles/
      ]) {
        expect(text).toMatch(said)
      }
    }),
  60_000
)

it.live(
  "each part that is away is named with what to do, and no secret with it",
  () =>
    Effect.gen(function* () {
      const { lines, code } = yield* timbra("doctor", {
        ...keys,
        DATABASE_URL: `postgres://timbra:hunter2@${nobody}/timbra`,
        REDIS_URL: `redis://:hunter2@${nobody}`,
        ARTIFACT_STORE: "s3",
        S3_ENDPOINT: `http://${nobody}`,
        S3_BUCKET: "invoices",
        S3_ACCESS_KEY_ID: "key",
        S3_SECRET_ACCESS_KEY: "hunter2",
        LLM_PROVIDER: "openai",
        LLM_API_KEY: "hunter2",
        LLM_MODEL: "x",
        LLM_BASE_URL: `http://${nobody}/v1`
      })
      expect(code).toBe(1)
      const failed = lines.filter((line) => line.startsWith("FAIL")).map((line) => line.split(/\s+/)[1])
      expect(failed).toEqual(["database", "redis", "files", "model"])
      expect(lines.filter((line) => line.includes("→"))).toHaveLength(4)
      expect(lines.join()).not.toContain("hunter2")
    }),
  60_000
)

it.live(
  "a language model is fine where it answers, and is told of its wrong key where it has one",
  () =>
    Effect.gen(function* () {
      const { url } = yield* languageModel(() => ({ answer: "mango" }))
      const right = yield* timbra("doctor", Object.fromEntries(settingsFor("anthropic", url)))
      expect(right.lines.at(-1)).toMatch(/^ok {4}model {5}anthropic, modelo-de-prueba, answers in \d+ ms$/)
      const wrong = yield* timbra("doctor", Object.fromEntries(settingsFor("openai", url, "sk-hunter2")))
      expect(wrong.lines.at(-2)).toBe("FAIL  model     it answers with status 401")
      expect(wrong.lines.join()).not.toContain("hunter2")
    }),
  60_000
)
