import { expect } from "bun:test"
import { FileSystem, Path } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Effect } from "effect"
import * as it from "../lib/effect.ts"

const main = new URL("../../src/main.ts", import.meta.url).pathname

/** Runs the program in an empty folder, so that no `.env` of this machine speaks into it. */
const timbra = (args: ReadonlyArray<string>, env: Record<string, string> = {}) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const cwd = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-test-" })
    return yield* Effect.promise(async () => {
      const child = Bun.spawn([process.execPath, main, ...args], { cwd, env, stdout: "pipe", stderr: "pipe" })
      const [out, err, code] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
        child.exited
      ])
      return { out, err, code }
    })
  })

const database = { DATABASE_URL: "postgres://nobody:hunter2@127.0.0.1:1/none" }
const keys = { JWT_SECRET: "x".repeat(32), ENCRYPTION_KEYS: `1:${Buffer.alloc(32).toString("base64")}` }

const wrong: ReadonlyArray<readonly [string, Record<string, string>, string]> = [
  ["PORT", { PORT: "eighty" }, "PORT: "],
  ["PORT", { PORT: "70000" }, "PORT: must be a port"],
  ["PUBLIC_URL", { PUBLIC_URL: "timbra.mx" }, "PUBLIC_URL: "],
  ["PUBLIC_URL", { PUBLIC_URL: "ftp://timbra.mx" }, "PUBLIC_URL: must begin with http"],
  ["CORS_ORIGINS", { CORS_ORIGINS: "https://a.mx,b" }, "CORS_ORIGINS: must be origins"],
  ["LOG_FORMAT", { LOG_FORMAT: "xml" }, "LOG_FORMAT: "],
  ["LOG_LEVEL", { LOG_LEVEL: "loud" }, "LOG_LEVEL: "],
  ["AUTH_PROVIDER", { AUTH_PROVIDER: "ldap" }, "AUTH_PROVIDER: "],
  ["JWT_SECRET", { JWT_SECRET: "hunter2" }, "JWT_SECRET: must have at least 32 bytes"],
  ["JWT_SECRET", { ...database, ENCRYPTION_KEYS: keys.ENCRYPTION_KEYS }, "JWT_SECRET: is required with DATABASE_URL"],
  ["ENCRYPTION_KEYS", { ENCRYPTION_KEYS: "hunter2" }, "ENCRYPTION_KEYS: entry 1 must be id:base64(32 bytes)"],
  ["ENCRYPTION_KEYS", { ...database, JWT_SECRET: keys.JWT_SECRET }, "ENCRYPTION_KEYS: is required with DATABASE_URL"],
  ["ENCRYPTION_KEYS", { ENCRYPTION_KEYS: "1:aHVudGVyMg==" }, "ENCRYPTION_KEYS: entry 1 must be id:base64(32 bytes)"],
  ["JWT_SECRET_PREVIOUS", { JWT_SECRET_PREVIOUS: "hunter2" }, "JWT_SECRET_PREVIOUS: must have at least 32 bytes"],
  ["REDIS_URL", { REDIS_URL: "http://:hunter2@y" }, "REDIS_URL: must be redis://"],
  [
    "S3_SECRET_ACCESS_KEY",
    { ARTIFACT_STORE: "s3", S3_ENDPOINT: "http://127.0.0.1:1", S3_BUCKET: "x", S3_ACCESS_KEY_ID: "hunter2" },
    "S3_SECRET_ACCESS_KEY: Expected"
  ],
  ["BROWSER_PROVIDER", { BROWSER_PROVIDER: "selenium" }, "BROWSER_PROVIDER: "],
  ["BROWSERBASE_API_KEY", { BROWSER_PROVIDER: "browserbase" }, "BROWSERBASE_API_KEY: "],
  ["CDP_URL", { BROWSER_PROVIDER: "cdp" }, "CDP_URL: "],
  ["CDP_URL", { BROWSER_PROVIDER: "cdp", CDP_URL: "ftp://hunter2@farm" }, "CDP_URL: must begin with ws://"],
  ["BROWSERBASE_REGION", { BROWSERBASE_API_KEY: "hunter2", BROWSERBASE_REGION: "moon" }, "BROWSERBASE_REGION: "],
  ["LLM_PROVIDER", { LLM_PROVIDER: "oracle" }, "LLM_PROVIDER: "],
  ["LLM_API_KEY", { LLM_PROVIDER: "openai", LLM_MODEL: "x" }, "LLM_API_KEY: Expected"],
  ["LLM_API_KEY", { LLM_PROVIDER: "openai", LLM_API_KEY: "", LLM_MODEL: "x" }, "LLM_API_KEY: Expected"],
  ["LLM_MODEL", { LLM_PROVIDER: "anthropic", LLM_API_KEY: "hunter2" }, "LLM_MODEL: Expected"],
  [
    "LLM_BASE_URL",
    { LLM_PROVIDER: "openai", LLM_API_KEY: "hunter2", LLM_MODEL: "x", LLM_BASE_URL: "ftp://hunter2@models" },
    "LLM_BASE_URL: must begin with http"
  ],
  ["DATABASE_URL", { ...keys, DATABASE_URL: "mysql://x:hunter2@y/z" }, "DATABASE_URL: must be postgres://"],
  ["DATABASE_URL", { ...keys, ...database }, "DATABASE_URL: PgClient: Failed to connect"]
]

for (const [name, env, line] of wrong) {
  it.live(`serve is refused for ${name} with one line, no trace and no secret: ${line}`, () =>
    Effect.gen(function* () {
      const { out, err, code } = yield* timbra(["serve"], env)
      expect({ err, code }).toEqual({ err: expect.stringContaining(line), code: 1 })
      expect(err.trim().split("\n")).toHaveLength(1)
      expect(out + err).not.toContain("hunter2")
    }).pipe(Effect.provide(BunContext.layer))
  )
}

it.live("serve tells all that is wrong at once", () =>
  Effect.gen(function* () {
    const { err, code } = yield* timbra(["serve"], {
      PORT: "x",
      LOG_LEVEL: "y",
      JWT_SECRET: "z",
      CORS_ORIGINS: "w",
      REDIS_URL: "http://:hunter2@x",
      AUTH_PROVIDER: "supabase",
      SUPABASE_URL: "http://hunter2.supabase.co",
      SUPABASE_ANON_KEY: "",
      SUPABASE_JWT_SECRET: "hunter2"
    })
    expect(code).toBe(1)
    expect(
      err
        .trim()
        .split("\n")
        .map((line) => line.split(":")[0])
        .sort()
    ).toEqual([
      "CORS_ORIGINS",
      "JWT_SECRET",
      "LOG_LEVEL",
      "PORT",
      "REDIS_URL",
      "SUPABASE_ANON_KEY",
      "SUPABASE_JWT_SECRET",
      "SUPABASE_URL"
    ])
    expect(err).not.toContain("hunter2")
  }).pipe(Effect.provide(BunContext.layer))
)

it.live("serve is refused where DATA_DIR is no folder", () =>
  Effect.gen(function* () {
    const { err, code } = yield* timbra(["serve"], { DATA_DIR: "/dev/null/x" })
    expect([code, err.trim().split("\n").length]).toEqual([1, 1])
    expect(err).toContain("DATA_DIR /dev/null/x")
  }).pipe(Effect.provide(BunContext.layer))
)

it.live("openapi prints the document", () =>
  Effect.gen(function* () {
    const { out, code } = yield* timbra(["openapi"])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ openapi: "3.1.0", paths: { "/api/v1/auth/login": {} } })
  }).pipe(Effect.provide(BunContext.layer))
)

it.live("help names every command, and an unknown one is refused", () =>
  Effect.gen(function* () {
    const { out, code } = yield* timbra(["--help"])
    expect(code).toBe(0)
    for (const command of ["serve", "migrate", "openapi"]) expect(out).toContain(command)
    expect((yield* timbra(["nonsense"])).code).toBe(1)
  }).pipe(Effect.provide(BunContext.layer))
)

it.live(
  "migrate may be run again",
  () =>
    Effect.gen(function* () {
      const path = yield* Path.Path
      const fs = yield* FileSystem.FileSystem
      const DATA_DIR = path.join(yield* fs.makeTempDirectoryScoped({ prefix: "timbra-test-" }), "data")
      const first = yield* timbra(["migrate"], { DATA_DIR })
      expect({ ...first, out: "" }).toEqual({ out: "", err: "", code: 0 })
      expect((yield* timbra(["migrate"], { DATA_DIR })).code).toBe(0)
    }).pipe(Effect.provide(BunContext.layer)),
  60_000
)

const variables = `PORT HOST PUBLIC_URL CORS_ORIGINS DATA_DIR DATABASE_URL REDIS_URL AUTH_PROVIDER SUPABASE_URL
  SUPABASE_ANON_KEY SUPABASE_JWT_SECRET JWT_SECRET JWT_SECRET_PREVIOUS ENCRYPTION_KEYS BROWSER_PROVIDER CDP_URL BROWSERBASE_API_KEY
  BROWSERBASE_PROJECT_ID BROWSERBASE_BASE_URL BROWSERBASE_REGION BROWSERBASE_PROXY_COUNTRY
  BROWSERBASE_KEEP_ALIVE BROWSERBASE_LIVE_URLS BROWSERBASE_RECORD BROWSERBASE_SOLVE_CAPTCHAS CHROMIUM_PATH LLM_PROVIDER LLM_API_KEY LLM_MODEL LLM_BASE_URL
  WORKER_CONCURRENCY USER_CONCURRENCY VENDOR_HOSTS_ALLOWED ARTIFACT_STORE S3_ENDPOINT S3_BUCKET S3_ACCESS_KEY_ID
  S3_SECRET_ACCESS_KEY RETRY_BASE SHUTDOWN_GRACE INTERVENTION_TIMEOUT RETENTION_DAYS SAT_STATUS_URL LOG_FORMAT LOG_LEVEL
  OTEL_EXPORTER_OTLP_ENDPOINT PRIVATE_URL TIMBRA_URL TIMBRA_TOKEN`.split(/\s+/)

it.live(".env.example names every variable and sets none, least of all a secret", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const lines = (yield* fs.readFileString(new URL("../../.env.example", import.meta.url).pathname)).split("\n")
    const named = lines.flatMap((line) => /^# ([A-Z0-9_]+)=/.exec(line)?.[1] ?? [])
    expect(named.toSorted()).toEqual(variables.toSorted())
    expect(lines.filter((line) => line !== "" && !line.startsWith("#"))).toEqual([])
    expect(lines).toContain("# JWT_SECRET=")
    expect(lines).toContain("# ENCRYPTION_KEYS=")
  }).pipe(Effect.provide(BunContext.layer))
)

it.live(
  "serve is refused on a port that is taken",
  () =>
    Effect.gen(function* () {
      const taken = yield* Effect.acquireRelease(
        Effect.sync(() => Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() })),
        (server) => Effect.promise(() => server.stop(true))
      )
      const { err, code } = yield* timbra(["serve"], { HOST: "127.0.0.1", PORT: String(taken.port) })
      expect([code, err.trim().split("\n").length]).toEqual([1, 1])
      expect(err).toContain(`PORT ${taken.port}: cannot listen on 127.0.0.1`)
    }).pipe(Effect.provide(BunContext.layer)),
  60_000
)
