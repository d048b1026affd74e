import { expect, test } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Duration, Effect, Schema } from "effect"
import * as it from "../lib/effect.ts"

const root = `${import.meta.dir}/../..`

const read = (name: string) => Bun.file(`${root}/${name}`).text()

const Fly = Schema.Struct({
  kill_timeout: Schema.Number,
  env: Schema.Record({ key: Schema.String, value: Schema.String }),
  processes: Schema.Record({ key: Schema.String, value: Schema.String })
})

const fly = async () => Schema.decodeUnknownSync(Fly)(Bun.TOML.parse(await read("fly.toml")))

const explained = async () =>
  new Set([...(await read(".env.example")).matchAll(/^# ([A-Z0-9_]+)=/gm)].map(([, name]) => name))

const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].flatMap(([, name = ""]) => name)

const unexplained = async (names: ReadonlyArray<string>) => {
  const known = await explained()
  return [...new Set(names)].filter((name) => !known.has(name))
}

test("every variable that the program reads is explained, but what Fly alone sets", async () => {
  const files = await Array.fromAsync(new Bun.Glob("src/**/*.ts").scan({ cwd: root }), read)
  const reading = /(?:(?:Config\.(?!withDefault)\w+|nested|atLeast)\(|only\((?="\w+", "))(?:\d+, )?"([A-Z][A-Z0-9_]+)"/g
  const names = files.flatMap((text) => named(text, reading))
  expect(names).toContain("DATABASE_URL")
  expect(await unexplained(names)).toEqual(["FLY_APP_NAME", "FLY_PRIVATE_IP"])
})

test("fly.toml, the Dockerfile and scripts/deploy set nothing that the program does not know", async () => {
  const { env, processes } = await fly()
  const inCommands = named(Object.values(processes).join(" "), /([A-Z_]+)=/g)
  const inImage = named(await read("Dockerfile"), /^ENV ([A-Z_]+)=/gm)
  const secrets = named(await read("scripts/deploy"), /^(?:required|advised)=\((.+)\)$/gm).flatMap((list) =>
    list.split(" ")
  )
  expect(inCommands).toContain("WORKER_CONCURRENCY")
  expect(secrets).toContain("ENCRYPTION_KEYS")
  expect(await unexplained([...Object.keys(env), ...inCommands, ...inImage, ...secrets])).toEqual([])
})

test("no secret stands in fly.toml or in the image", async () => {
  const said = `${await read("fly.toml")}${await read("Dockerfile")}`
  expect(named(said, /([A-Z0-9_]*(?:SECRET|PASSWORD|_KEY|_KEYS|DATABASE_URL|REDIS_URL)[A-Z0-9_]*)\s*=/g)).toEqual([])
})

test("Fly waits longer than a run past its click and the requests under way may take", async () => {
  const { kill_timeout, env } = await fly()
  const grace = Duration.decode((env.SHUTDOWN_GRACE ?? "60 seconds") as Duration.DurationInput)
  expect(kill_timeout).toBeGreaterThan(Duration.toSeconds(grace) + 20)
})

test("docs/deploy.md names every secret, and nothing that does not exist", async () => {
  const text = await read("docs/deploy.md")
  const variables = named(text, /`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`/g)
  expect(await unexplained(variables)).toEqual([])
  const secret = /(?:SECRET|_KEY|_KEYS|_KEY_ID|DATABASE_URL|REDIS_URL)$/
  const secrets = [...(await explained())].filter((name) => name !== undefined && secret.test(name))
  expect(secrets.filter((name) => !text.includes(`\`${name}\``))).toEqual(["SUPABASE_ANON_KEY"])
})

it.live("scripts/deploy stops before it builds where a secret is missing, and names it", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-deploy-" })
    yield* fs.writeFileString(`${folder}/fly`, '#!/bin/sh\necho "fly $*" >&2\necho "DATABASE_URL abc"\n', {
      mode: 0o755
    })
    const { exitCode, stderr } = Bun.spawnSync([`${root}/scripts/deploy`], { env: { PATH: `${folder}:/usr/bin:/bin` } })
    expect(exitCode).toBe(1)
    expect(stderr.toString()).toContain("lacks the secrets: JWT_SECRET ENCRYPTION_KEYS S3_ENDPOINT")
    expect(stderr.toString()).not.toContain("fly deploy")
  }).pipe(Effect.provide(BunContext.layer))
)
