import { expect } from "bun:test"
import { Reactivity } from "@effect/experimental"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { SqlClient } from "@effect/sql"
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { holds, tablesWith } from "../lib/canary.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"

const main = new URL("../../src/main.ts", import.meta.url).pathname

/** May be shown to nobody, not even to who wrote it. */
const secret = "CANARY-7f3a-secret"
/** Is its owner's to see, and is never stored as it is. */
const sealed = "CANARY-7f3a-sealed"

/** The program as it is run, its log lines kept. */
const serve = Effect.fnUntraced(function* (env: Record<string, string>, cwd: string) {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() => Bun.spawn([process.execPath, main, "serve"], { cwd, env, stdout: "pipe", stderr: "pipe" })),
    (child) =>
      Effect.promise(() => {
        child.kill()
        return child.exited
      })
  )
  const log = { text: "" }
  const listening = Promise.withResolvers<string>()
  const keep = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder()
    for await (const chunk of stream) {
      log.text += decoder.decode(chunk, { stream: true })
      const [, url] = /Listening on (http:\/\/[^"\s]+)/.exec(log.text) ?? []
      if (url !== undefined) listening.resolve(url)
    }
    listening.reject(new Error(log.text))
  }
  void keep(child.stdout)
  void keep(child.stderr)
  return { url: yield* Effect.promise(() => listening.promise), log }
})

it.live(
  "K4, L6: a canary is in no reply, log line, file or row",
  () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-test-" })
      const address = yield* database
      const { url, log } = yield* serve(
        {
          PORT: "0",
          HOST: "127.0.0.1",
          DATABASE_URL: address,
          DATA_DIR: `${folder}/data`,
          LOG_FORMAT: "json",
          LOG_LEVEL: "all",
          WORKER_CONCURRENCY: "0",
          JWT_SECRET: `${secret}-of-the-tokens-of-the-test`,
          ENCRYPTION_KEYS: `1:${Buffer.from(secret.padEnd(32, "x")).toString("base64")}`
        },
        folder
      )
      const replies: Array<string> = []
      const ask = (method: string, path: string, json?: object, token?: string) =>
        Effect.promise(async () => {
          const response = await fetch(new URL(`/api/v1${path}`, url), {
            method,
            headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
            ...(json && { body: JSON.stringify(json) })
          })
          const text = await response.text()
          replies.push(JSON.stringify([...response.headers]), text)
          return { status: response.status, body: text === "" ? {} : JSON.parse(text) }
        })

      const email = "ana@example.mx"
      const profile = { rfc: "EKU9003173C9", fiscal_regime: "601", postal_code: "42501", accept_privacy: true }
      const account = { email, password: secret, ...profile, company_details: { nota: sealed } }
      expect((yield* ask("POST", "/auth/register", account)).status).toBe(201)
      yield* ask("POST", "/auth/register", account)
      yield* ask("POST", "/auth/register", { ...account, password: [secret], rfc: { secret } })
      yield* ask("POST", "/auth/login", { email, password: `${secret}!` })
      const { token, refresh_token } = (yield* ask("POST", "/auth/login", { email, password: secret })).body
      const portal = {
        vendor_domain: "tienda.mx",
        username: "ana",
        password: secret,
        additional_fields: { NIP: secret }
      }
      expect((yield* ask("POST", "/credentials", portal, token)).status).toBe(201)
      yield* ask("POST", "/credentials", { ...portal, username: 1, vendor_domain: "com.mx" }, token)
      for (const path of ["/credentials", "/profile", "/profile/export", "/tasks"])
        yield* ask("GET", path, undefined, token)
      yield* ask("PUT", "/profile", { company_details: { otra: sealed }, cfdi_use: secret }, token)
      yield* ask("GET", `/tasks/x?token=${secret}`, undefined, `${token}x`)
      yield* ask("POST", "/auth/refresh", { refresh_token })

      expect(replies.join()).toContain(sealed)
      expect(replies.filter((text) => holds(text, secret))).toEqual([])
      expect(log.text).toContain('"status":201')
      for (const canary of [secret, sealed, email, "EKU9003173C9", String(token), String(refresh_token)]) {
        expect([canary, holds(log.text, canary)]).toEqual([canary, false])
      }

      const sql = yield* PgClient.make({ url: Redacted.make(address) })
      for (const canary of [secret, sealed, "EKU9003173C9"]) {
        const found = Effect.provideService(tablesWith(canary), SqlClient.SqlClient, sql)
        expect([canary, yield* found]).toEqual([canary, []])
      }
      for (const file of yield* fs.readDirectory(folder, { recursive: true })) {
        const path = `${folder}/${file}`
        if ((yield* fs.stat(path)).type !== "File") continue
        expect([file, holds(Buffer.from(yield* fs.readFile(path)).toString("latin1"), secret)]).toEqual([file, false])
      }
    }).pipe(Effect.provide([BunContext.layer, Reactivity.layer])),
  60_000
)
