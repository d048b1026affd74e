import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Duration, Effect, Exit, Layer, Option, Scope } from "effect"
import { Browser, type Farm } from "../../src/agent/browser/Browser.ts"
import { type Recorder, SessionLog } from "../../src/agent/browser/SessionLog.ts"
import { BrowserSessions } from "../../src/tasks/BrowserSessions.ts"
import { QueueRepo } from "../../src/tasks/QueueRepo.ts"
import { reconcile } from "../../src/tasks/Reconcile.ts"
import { RunRepo } from "../../src/tasks/RunRepo.ts"
import type { TaskId } from "../../src/tasks/Status.ts"
import { TaskViews } from "../../src/tasks/TaskViews.ts"
import { Browserbase, browserbaseWith } from "../browserbase/lib/BrowserbaseTest.ts"
import * as it from "../lib/effect.ts"
import { addTask, addUser, addWorker, claimOne } from "./lib/Fixtures.ts"
import { ReposTest } from "./lib/Repos.ts"

const Live = browserbaseWith().pipe(Layer.provideMerge(Browserbase.Default), Layer.provideMerge(ReposTest))

const farm = Effect.flatMap(Browser, ({ farm }) => farm)

/** A run that has claimed its task and is nowhere yet. */
const claimed = Effect.gen(function* () {
  const userId = yield* addUser
  const id = yield* addTask(userId)
  const workerId = yield* addWorker
  const claim = yield* claimOne(workerId)
  const recorder = (yield* BrowserSessions).logOf(id, { workerId })
  return { userId, id, workerId, claim, recorder }
})

/** A session that nobody closes before the test is over, as that of a process which was killed. */
const leftOpen = (recorder: Recorder) =>
  Effect.gen(function* () {
    const scope = yield* Effect.acquireRelease(Scope.make(), (scope) => Scope.close(scope, Exit.void))
    const { session } = yield* Browser
    yield* session.pipe(Effect.provideService(SessionLog, recorder), Scope.extend(scope))
  })

const sessionsOf = (userId: Parameters<typeof addTask>[0], id: TaskId) =>
  Effect.gen(function* () {
    const seen = yield* (yield* TaskViews).snapshot(userId, id)
    return Option.match(seen, { onNone: () => [], onSome: ({ view }) => view.sessions })
  })

const turn = (which: "known" | "listed") =>
  Effect.gen(function* () {
    const turns = yield* reconcile
    const one: Farm = yield* farm
    yield* turns[which](one)
  })

it.layer(Live)("the reconciliation of a farm's sessions", (it) => {
  it.live("a session is on record while it lasts, and what it cost afterwards", () =>
    Effect.gen(function* () {
      const { userId, id, recorder } = yield* claimed
      const { session } = yield* Browser
      yield* Effect.gen(function* () {
        yield* session.pipe(Effect.provideService(SessionLog, recorder))
        const [during] = yield* sessionsOf(userId, id)
        expect(during).toMatchObject({ provider: "browserbase", status: "RUNNING", browser_ms: null, ended_at: null })
      }).pipe(Effect.scoped)
      const [after] = yield* sessionsOf(userId, id)
      expect(after).toMatchObject({ status: "COMPLETED", proxy_bytes: 4096, browser_ms: expect.any(Number) })
      expect(after?.ended_at).not.toBeNull()
    })
  )

  it.live("leaves alone the session of a run that goes on, and releases it once its worker is dead", () =>
    Effect.gen(function* () {
      const { userId, id, workerId, recorder } = yield* claimed
      yield* leftOpen(recorder)
      const { running } = yield* Browserbase
      yield* turn("known")
      yield* turn("listed")
      expect(running()).toHaveLength(1)

      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE workers SET lease_until = now() - interval '1 minute' WHERE id = ${workerId}`
      yield* turn("known")
      expect(running()).toHaveLength(0)
      expect((yield* sessionsOf(userId, id))[0]).toMatchObject({ status: "COMPLETED", proxy_bytes: 4096 })
    })
  )

  it.live("finds what was created and never recorded in the farm's own list, and nobody else's", () =>
    Effect.gen(function* () {
      const { claim, recorder } = yield* claimed
      yield* leftOpen({
        begin: (provider) =>
          Effect.map(recorder.begin(provider), (record) => ({ ...record, opened: () => Effect.void }))
      })
      const stranger = { id: crypto.randomUUID(), opened: () => Effect.void, closed: () => Effect.void }
      yield* leftOpen({ begin: () => Effect.succeed(stranger) })
      const { running } = yield* Browserbase
      yield* turn("listed")
      expect(running()).toHaveLength(2)

      yield* (yield* RunRepo).handBack(claim, Duration.hours(1))
      yield* turn("known")
      expect(running()).toHaveLength(2)
      yield* turn("listed")
      expect(running().map(({ userMetadata }) => userMetadata.session)).toEqual([stranger.id])
    })
  )

  it.live("a stray that the farm cannot release now is released the next time", () =>
    Effect.gen(function* () {
      const { userId, id, claim, recorder } = yield* claimed
      yield* leftOpen(recorder)
      yield* (yield* RunRepo).handBack(claim, Duration.hours(1))
      const { faults, running } = yield* Browserbase
      const before = running().length
      faults.push({ on: "update", status: 401 }, { on: "retrieve", status: 500 })
      yield* turn("known")
      expect(running()).toHaveLength(before)
      yield* turn("known")
      expect(running()).toHaveLength(before - 1)
      expect((yield* sessionsOf(userId, id))[0]).toMatchObject({ status: "COMPLETED" })
    })
  )

  it.live("a browser that died with its process is closed in the record", () =>
    Effect.gen(function* () {
      const { userId, id, workerId, recorder } = yield* claimed
      yield* recorder.begin("local")
      const { closed } = yield* reconcile
      yield* closed
      expect((yield* sessionsOf(userId, id))[0]).toMatchObject({ provider: "local", status: "PENDING", ended_at: null })
      yield* (yield* QueueRepo).leave(workerId)
      yield* closed
      expect((yield* sessionsOf(userId, id))[0]).toMatchObject({ provider: "local", status: "ERROR" })
    })
  )
})
