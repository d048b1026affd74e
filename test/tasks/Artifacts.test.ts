import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect, Layer, Option } from "effect"
import { ArtifactStore } from "../../src/tasks/ArtifactStore.ts"
import { Artifacts } from "../../src/tasks/Artifacts.ts"
import { RunRepo } from "../../src/tasks/RunRepo.ts"
import * as it from "../lib/effect.ts"
import { addTask, addUser, addWorker, claimOne } from "./lib/Fixtures.ts"
import { order, reaches, ScriptsLive, SharedTest, sent, startProcess } from "./lib/Process.ts"
import { ReposTest } from "./lib/Repos.ts"
import { viewOf } from "./lib/Steps.ts"

const bytesOf = (text: string) => new TextEncoder().encode(text)
const bytes = bytesOf("%PDF-1.7")

it.layer(SharedTest)("the files of a task", (it) => {
  it.live("are the same before and after they are moved from the database to the store", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const task = yield* order(process, (_, desk) =>
        Effect.map(
          desk.keep({ kind: "pdf", filename: "factura.pdf", contentType: "application/pdf", bytes }),
          (id) => ({ ...sent, artifacts: [id] })
        )
      )
      yield* reaches(process, task.userId, task.id, "COMPLETED")
      const [info] = (yield* viewOf(process, task)).artifacts
      const id = info?.id ?? ""
      const text = Effect.gen(function* () {
        const artifacts = yield* Artifacts
        const blob = yield* artifacts.open(yield* artifacts.find(task.userId, task.id, id))
        return yield* Effect.promise(() => blob.text())
      }).pipe(Effect.provide(process))
      expect(yield* text).toBe("%PDF-1.7")
      while (
        (yield* Effect.provide(
          Effect.flatMap(Artifacts, (artifacts) => artifacts.moveSome()),
          process
        )) > 0
      );
      const sql = yield* SqlClient.SqlClient
      expect(yield* sql`SELECT stored, content, sealed FROM artifacts WHERE id = ${id}`).toEqual([
        { stored: true, content: null, sealed: null }
      ])
      expect(yield* text).toBe("%PDF-1.7")
    })
  )

  it.live("are given to the next run, which may have nothing else to do, wherever they are", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const files = ["<a/>", "%PDF-1.7"]
      const task = yield* order(process, (_, desk) =>
        Effect.gen(function* () {
          yield* desk.keep({ kind: "xml", filename: "a.xml", contentType: "application/xml", bytes: bytesOf("<a/>") })
          yield* Effect.flatMap(Artifacts, (artifacts) => artifacts.moveSome()).pipe(Effect.provide(process))
          yield* desk.keep({ kind: "pdf", filename: "a.pdf", contentType: "application/pdf", bytes })
          const kept = yield* desk.kept
          expect(kept.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(files)
          return { ...sent, artifacts: kept.map(({ id }) => id) }
        })
      )
      yield* reaches(process, task.userId, task.id, "COMPLETED")
      expect((yield* viewOf(process, task)).artifacts.map(({ kind }) => kind).toSorted()).toEqual(["pdf", "xml"])
    })
  )

  it.live("that another machine's store has are not found rather than half sent", () =>
    Effect.gen(function* () {
      const [here, elsewhere] = [yield* startProcess(), yield* startProcess({ WORKER_CONCURRENCY: "0" })]
      const address = { userId: crypto.randomUUID(), taskId: crypto.randomUUID(), id: crypto.randomUUID() }
      const store = Effect.flatMap(ArtifactStore, (store) => store.write(address, bytes))
      const found = Effect.map(
        Effect.flatMap(ArtifactStore, (store) => store.open(address)),
        (file) => file._tag
      )
      yield* Effect.provide(store, here)
      expect([yield* Effect.provide(found, here), yield* Effect.provide(found, elsewhere)]).toEqual(["Some", "None"])
    })
  )
})

it.layer(Layer.merge(ReposTest, ScriptsLive))("files on their way to the store", (it) => {
  it.live(
    "are sealed in the database, whatever their bytes, and those that a version before left plain are taken too",
    () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        const runs = yield* RunRepo
        const userId = yield* addUser
        const taskId = yield* addTask(userId)
        const claim = yield* claimOne(yield* addWorker)
        const file = { kind: "pdf", filename: "a.pdf", contentType: "application/pdf" } as const
        const odd = Uint8Array.from({ length: 256 }, (_, at) => at)
        const [first, second] = yield* Effect.all([
          runs.keep(claim, { ...file, bytes: odd }),
          runs.keep(claim, { ...file, bytes })
        ])
        const [sealed, plain] = [Option.getOrThrow(first).id, Option.getOrThrow(second).id]
        yield* sql`UPDATE artifacts SET sealed = NULL, content = ${Buffer.from(bytes)}, stored = false WHERE id = ${plain}`
        const [row] = yield* sql<{
          content: null
          sealed: Uint8Array
        }>`SELECT content, sealed FROM artifacts WHERE id = ${sealed}`
        expect(row?.content).toBeNull()
        expect(Buffer.from(row?.sealed ?? []).includes(odd.subarray(0, 32))).toBe(false)

        const process = yield* startProcess({ WORKER_CONCURRENCY: "0" })
        const bytesOf = (id: string) =>
          Effect.gen(function* () {
            const artifacts = yield* Artifacts
            const blob = yield* artifacts.open(yield* artifacts.find(userId, taskId, id))
            return yield* Effect.promise(() => blob.bytes())
          }).pipe(Effect.provide(process))
        const both = Effect.all([bytesOf(sealed), bytesOf(plain)])
        expect(yield* both).toEqual([odd, bytes])
        const moving = Effect.flatMap(Artifacts, (artifacts) => artifacts.moveSome()).pipe(Effect.provide(process))
        yield* Effect.repeat(moving, { while: (moved) => moved > 0 })
        expect(yield* sql`SELECT id FROM artifacts WHERE content IS NOT NULL OR sealed IS NOT NULL`).toEqual([])
        expect(yield* both).toEqual([odd, bytes])
      })
  )
})
