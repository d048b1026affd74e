import { expect } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Effect, Layer, Option, Schedule } from "effect"
import { NoSuchElementException } from "effect/Cause"
import { DataDir } from "../../src/db/DataDir.ts"
import { ArtifactStore } from "../../src/tasks/ArtifactStore.ts"
import { Artifacts } from "../../src/tasks/Artifacts.ts"
import { api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, ended, houseWith, taxpayer } from "./lib/House.ts"
import { sent } from "./lib/Process.ts"
import { s3 } from "./lib/S3.ts"

const storeWith = (settings: Readonly<Record<string, string>>) =>
  Layer.unwrapScoped(
    Effect.gen(function* () {
      const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped({ prefix: "timbra-test-" })
      const environment = ConfigProvider.fromMap(new Map(Object.entries({ DATA_DIR: folder, ...settings })))
      return ArtifactStore.Default.pipe(
        Layer.provide(DataDir.Default),
        Layer.provide(BunContext.layer),
        Layer.provide(Layer.setConfigProvider(environment))
      )
    })
  ).pipe(Layer.provide(BunContext.layer))

const address = () => ({ userId: crypto.randomUUID(), taskId: crypto.randomUUID(), id: crypto.randomUUID() })
const bytesOf = (text: string) => new TextEncoder().encode(text)

const read = Effect.fnUntraced(function* (at: ReturnType<typeof address>) {
  const found = yield* (yield* ArtifactStore).open(at)
  return yield* Effect.transposeMapOption(found, (file) => Effect.promise(() => file.text()))
}, Effect.map(Option.getOrUndefined))

const stores = [
  ["files", Layer.suspend(() => storeWith({}))],
  ["S3", Layer.unwrapScoped(Effect.map(s3, ({ settings }) => storeWith(settings)))]
] as const

for (const [name, store] of stores) {
  it.layer(store)(`the store of ${name}`, (it) => {
    it.live("gives back what it was given, the latest if twice, and nothing once that is removed", () =>
      Effect.gen(function* () {
        const store = yield* ArtifactStore
        const at = address()
        expect(yield* read(at)).toBeUndefined()
        yield* store.write(at, bytesOf("uno"))
        yield* store.write(at, bytesOf("dos"))
        expect(yield* read(at)).toBe("dos")
        expect(yield* read({ ...at, id: crypto.randomUUID() })).toBeUndefined()
        yield* store.remove(at)
        yield* store.remove(at)
        expect(yield* read(at)).toBeUndefined()
      })
    )
  })
}

it.live("a store that refuses the key says so and takes nothing", () =>
  Effect.gen(function* () {
    const { settings } = yield* s3
    const error = yield* Effect.flatMap(ArtifactStore, (store) => store.write(address(), bytesOf("x"))).pipe(
      Effect.flip,
      Effect.provide(storeWith({ ...settings, S3_SECRET_ACCESS_KEY: "hunter2" }))
    )
    expect(error._tag).toBe("StoreAway")
    expect(error.message).toContain("signature")
    expect(error.message).not.toContain("hunter2")
  })
)

it.live(
  "F7: an invoice stays in the database while the bucket is away, and then goes out of the bucket whole or in part",
  () =>
    Effect.gen(function* () {
      const { settings, stop, again } = yield* s3
      yield* stop
      const story = Effect.gen(function* () {
        const { token } = yield* taxpayer
        const text = "<?xml version='1.0'?><cfdi/>".padEnd(1000, " ")
        const large = new Uint8Array(1_500_000).fill(65)
        const id = yield* ask(token, (_, desk) =>
          Effect.all([
            desk.keep({ kind: "xml", filename: "a.xml", contentType: "application/xml", bytes: bytesOf(text) }),
            desk.keep({ kind: "pdf", filename: "a.pdf", contentType: "application/pdf", bytes: large })
          ]).pipe(Effect.map((artifacts) => ({ ...sent, artifacts })))
        )
        const task = yield* ended(token, id)
        const found = task.artifacts as ReadonlyArray<{ id: string; kind: string }>
        const get = (kind: string, headers: Record<string, string> = {}) =>
          api("GET", `/tasks/${id}/artifacts/${found.find((artifact) => artifact.kind === kind)?.id}`, {
            token,
            headers
          })

        const artifacts = yield* Artifacts
        expect(yield* artifacts.moveSome()).toBe(0)
        expect((yield* get("xml")).text).toBe(text)

        yield* again
        yield* artifacts.moveSome().pipe(
          Effect.filterOrFail(
            (moved) => moved === 2,
            () => new NoSuchElementException()
          ),
          Effect.retry(Schedule.recurs(3))
        )

        const whole = yield* get("xml")
        expect([whole.status, whole.text, whole.headers.get("content-length")]).toEqual([200, text, "1000"])
        expect(whole.headers.get("accept-ranges")).toBe("bytes")
        const part = yield* get("xml", { Range: "bytes=2-4" })
        expect([part.status, part.text]).toEqual([206, "xml"])
        expect(part.headers.get("content-range")).toBe("bytes 2-4/1000")
        expect((yield* get("xml", { Range: "bytes=5000-" })).headers.get("content-range")).toBe("bytes */1000")
        const stale = yield* get("xml", { Range: "bytes=2-4", "If-Range": '"another"' })
        expect([stale.status, stale.text]).toEqual([200, text])
        expect((yield* get("pdf")).text.length).toBe(large.length)
        expect((yield* get("pdf", { Range: "bytes=-3" })).text).toBe("AAA")

        yield* stop
        const away = yield* get("xml")
        expect([away.status, away.headers.get("retry-after")]).toEqual([503, "5"])
        yield* again
        expect((yield* get("xml")).status).toBe(200)
      })
      yield* Effect.provide(story, houseWith(settings))
    }),
  60_000
)
