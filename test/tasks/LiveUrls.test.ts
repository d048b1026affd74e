import { expect } from "bun:test"
import { Duration, Effect, Layer } from "effect"
import { Browser } from "../../src/agent/browser/Browser.ts"
import { SessionLog } from "../../src/agent/browser/SessionLog.ts"
import type { UserId } from "../../src/auth/User.ts"
import { BrowserSessions } from "../../src/tasks/BrowserSessions.ts"
import { LiveUrls } from "../../src/tasks/LiveUrls.ts"
import { RunRepo } from "../../src/tasks/RunRepo.ts"
import type { TaskId } from "../../src/tasks/Status.ts"
import { TaskViews } from "../../src/tasks/TaskViews.ts"
import { Browserbase, browserbaseWith } from "../browserbase/lib/BrowserbaseTest.ts"
import * as it from "../lib/effect.ts"
import { addTask, addUser, addWorker, claimOne } from "./lib/Fixtures.ts"
import { ReposTest } from "./lib/Repos.ts"

const live = (more: Readonly<Record<string, string>>) =>
  LiveUrls.Default.pipe(
    Layer.provideMerge(browserbaseWith(more)),
    Layer.provideMerge(Browserbase.Default),
    Layer.provideMerge(ReposTest)
  )

const question = { kind: "captcha", message: "Resuelva el captcha.", fields: [] } as const

/** A run whose user is asked while its browser is open. */
const asked = Effect.gen(function* () {
  const userId = yield* addUser
  const id = yield* addTask(userId)
  const workerId = yield* addWorker
  const claim = yield* claimOne(workerId)
  const { session } = yield* Browser
  yield* Effect.provideService(session, SessionLog, (yield* BrowserSessions).logOf(id, { workerId }))
  return { userId, id, ask: (yield* RunRepo).ask(claim, question, Duration.hours(1)) }
})

const liveUrl = (viewer: UserId, { userId, id }: { readonly userId: UserId; readonly id: TaskId }) =>
  Effect.gen(function* () {
    const { view } = yield* Effect.flatten((yield* TaskViews).snapshot(userId, id))
    const { intervention } = yield* (yield* LiveUrls).shown(viewer, view)
    return intervention?.live_url
  })

it.layer(live({}))("the farm's view of a browser, unless it is wanted", (it) => {
  it.live("is given to nobody: it would let them stamp past what is committed before", () =>
    Effect.gen(function* () {
      const run = yield* asked
      yield* run.ask
      expect(yield* liveUrl(run.userId, run)).toBeUndefined()
      expect((yield* Browserbase).requests).not.toContain("debug")
    })
  )
})

it.layer(live({ BROWSERBASE_LIVE_URLS: "true" }))("the farm's view of a browser", (it) => {
  it.live("is given to the user who is asked, for five minutes, and to nobody while the agent works", () =>
    Effect.gen(function* () {
      const run = yield* asked
      expect(yield* liveUrl(run.userId, run)).toBeUndefined()
      yield* run.ask
      const url = new URL(`${yield* liveUrl(run.userId, run)}`)
      expect(url.searchParams.get("expiresIn")).toBe("300")
      expect(yield* liveUrl(run.userId, run)).toBe(url.href)
      expect(yield* liveUrl(yield* addUser, run)).toBeUndefined()
    })
  )

  it.live("is left out where the farm does not answer for it", () =>
    Effect.gen(function* () {
      const run = yield* asked
      yield* run.ask
      const { faults } = yield* Browserbase
      faults.push({ on: "debug", status: 503 })
      expect(yield* liveUrl(run.userId, run)).toBeUndefined()
    })
  )
})
