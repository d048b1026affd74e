import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Context, Effect, Exit, Fiber, Layer, Scope, TestClock, TestServices } from "effect"
import { Browser, type Session } from "../../../src/agent/browser/Browser.ts"
import { LocalChromium, localChromium } from "../../../src/agent/browser/LocalChromium.ts"
import { DataDir } from "../../../src/db/DataDir.ts"
import * as it from "../../lib/effect.ts"
import { EgressTest } from "../../lib/egress.ts"
import { allGone, processesOf, running } from "./Processes.ts"

const platform = Layer.merge(DataDir.Default, EgressTest).pipe(Layer.provideMerge(BunContext.layer))
const Live = LocalChromium.pipe(Layer.provide(platform))

const session = Effect.flatMap(Browser, (browser) => browser.session)

const shop = Effect.acquireRelease(
  Effect.sync(() =>
    Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (request) =>
        new URL(request.url).pathname === "/factura.xml"
          ? new Response("<cfdi/>", { headers: { "content-disposition": "attachment; filename=factura.xml" } })
          : new Response(`<a href="/factura.xml">XML</a>`, { headers: { "content-type": "text/html" } })
    })
  ),
  (server) => Effect.promise(() => server.stop(true))
).pipe(Effect.map((server) => server.url.href))

it.layer(Live)("LocalChromium", (it) => {
  it.live("a session is a Mexican's browser", () =>
    Effect.gen(function* () {
      const { page } = yield* session
      const seen = yield* Effect.promise(() =>
        page.evaluate(() => ({
          language: navigator.language,
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          size: [innerWidth, innerHeight]
        }))
      )
      expect(seen).toEqual({ language: "es-MX", zone: "America/Mexico_City", size: [1280, 900] })
    })
  )

  it.live("S10: sessions at the same time share one process and nothing else", () =>
    Effect.gen(function* () {
      const url = yield* shop
      const [one, other] = yield* Effect.all([session, session], { concurrency: "unbounded" })
      yield* Effect.promise(() => one.page.goto(url))
      yield* Effect.promise(() => other.page.goto(url))
      yield* Effect.promise(() =>
        one.page.evaluate(() => {
          // biome-ignore lint/suspicious/noDocumentCookie: a portal sets it like this.
          document.cookie = "cart=1"
          localStorage.setItem("rfc", "XAXX010101000")
        })
      )
      const left = yield* Effect.promise(() =>
        other.page.evaluate(() => ({ cookie: document.cookie, stored: localStorage.length }))
      )
      expect(left).toEqual({ cookie: "", stored: 0 })
      const [[first], [second]] = yield* Effect.all([processesOf(one), processesOf(other)])
      expect(first).toBe(second)
    })
  )

  it.live("a download can be read", () =>
    Effect.gen(function* () {
      const url = yield* shop
      const { page } = yield* session
      yield* Effect.promise(() => page.goto(url))
      const text = yield* Effect.promise(async () => {
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("XML").click()])
        return Bun.file(await download.path()).text()
      })
      expect(text).toBe("<cfdi/>")
    })
  )

  it.live("F3: a tab in an endless loop keeps nobody waiting, and can be killed", () =>
    Effect.gen(function* () {
      const neighbour = yield* session
      const others = yield* processesOf(neighbour)
      const hung = yield* session
      const its = (yield* processesOf(hung)).filter((pid) => !others.includes(pid))
      expect(its).not.toEqual([])
      const stuck = yield* Effect.fork(Effect.promise(() => hung.page.evaluate("for (;;) {}")))
      expect(yield* Effect.promise(() => neighbour.page.evaluate("6 * 7"))).toBe(42)
      const late = yield* session
      expect(yield* Effect.promise(() => late.page.evaluate("6 * 7"))).toBe(42)

      yield* hung.kill.pipe(Effect.timeout("2 seconds"))
      expect(Exit.isFailure(yield* Fiber.await(stuck))).toBe(true)
      expect(hung.page.isClosed()).toBe(true)
      yield* allGone(its)
      expect(yield* running(others)).toEqual(others)
      expect(yield* Effect.promise(() => neighbour.page.evaluate("6 * 7"))).toBe(42)
    })
  )

  it.live("closing its scope ends a tab in an endless loop as well", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const { page } = yield* Scope.extend(session, scope)
      const stuck = yield* Effect.fork(Effect.promise(() => page.evaluate("for (;;) {}")))
      yield* Scope.close(scope, Exit.void).pipe(Effect.timeout("2 seconds"))
      expect(Exit.isFailure(yield* Fiber.await(stuck))).toBe(true)
    })
  )

  it.live("a crashed tab is lost, and its neighbour is not", () =>
    Effect.gen(function* () {
      const crashing = yield* session
      const neighbour = yield* session
      yield* Effect.fork(Effect.tryPromise(() => crashing.page.goto("chrome://crash")))
      expect(yield* Effect.flip(crashing.lost)).toMatchObject({ _tag: "BrowserLost", reason: "crashed" })
      expect(yield* Effect.promise(() => neighbour.page.evaluate("6 * 7"))).toBe(42)
    })
  )

  it.live("F3: when Chromium dies its sessions are lost, and the next one gets a new Chromium", () =>
    Effect.gen(function* () {
      const lost = yield* session
      const [pid = 0] = yield* processesOf(lost)
      const waiting = yield* Effect.fork(
        Effect.raceFirst(
          lost.lost,
          Effect.promise(() => lost.page.evaluate("new Promise(() => {})"))
        )
      )
      const all = yield* processesOf(lost)
      process.kill(pid, "SIGKILL")
      const exit = yield* Fiber.await(waiting)
      expect(Exit.isFailure(exit)).toBe(true)
      expect(yield* Effect.flip(lost.lost)).toMatchObject({ _tag: "BrowserLost", reason: "disconnected" })
      yield* allGone(all)

      const next = yield* session
      expect(yield* Effect.promise(() => next.page.evaluate("6 * 7"))).toBe(42)
      expect((yield* processesOf(next))[0]).not.toBe(pid)
    })
  )

  it.live("check names the version of the browser", () =>
    Effect.gen(function* () {
      const { version } = yield* Effect.flatMap(Browser, (browser) => browser.check)
      expect(version).toMatch(/Chrome\/\d+/)
    })
  )
})

it.live("after its last session a Chromium retires as soon as nobody uses it", () =>
  Effect.gen(function* () {
    const context = yield* Layer.build(localChromium({ sessionsPerProcess: 2 }).pipe(Layer.provide(platform)))
    const scope = yield* Scope.make()
    const open = session.pipe(Effect.provide(context))
    const first = yield* Scope.extend(open, scope)
    yield* Scope.extend(open, scope)
    const old = yield* processesOf(first)
    const third = yield* open
    expect((yield* processesOf(third))[0]).not.toBe(old[0])
    expect(yield* Effect.promise(() => first.page.evaluate("6 * 7"))).toBe(42)
    yield* Scope.close(scope, Exit.void)
    yield* allGone(old)
    expect(yield* Effect.promise(() => third.page.evaluate("6 * 7"))).toBe(42)
  })
)

it.effect("a Chromium that stops answering is killed and replaced", () =>
  Effect.gen(function* () {
    const { session } = Context.get(yield* Layer.build(Live), Browser)
    const stopped = yield* session
    const pids = yield* processesOf(stopped)
    process.kill(pids[0] ?? Number.NaN, "SIGSTOP")
    const waiting = yield* Effect.fork(session)
    yield* Effect.yieldNow()
    yield* TestClock.adjust("10 seconds")
    expect(yield* Effect.flip(Fiber.join(waiting))).toMatchObject({ _tag: "BrowserLost", reason: "unresponsive" })
    expect(yield* Effect.flip(stopped.lost)).toMatchObject({ reason: "disconnected" })
    yield* TestServices.provideLive(allGone(pids))
    const next = yield* session
    expect(yield* Effect.promise(() => next.page.evaluate("6 * 7"))).toBe(42)
  })
)

/** Fills memory as fast as a page can, without ever letting go of the thread. */
const greedy = "globalThis.kept = []; for (;;) kept.push(new Float64Array(4e6).fill(Math.random()))"

const rendererOf = (session: Session) =>
  Effect.promise(async () => {
    const cdp = await session.context.browser()?.newBrowserCDPSession()
    const info = await cdp?.send("SystemInfo.getProcessInfo")
    return info?.processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id) ?? []
  })

it.live("a tab that takes more memory than a tab may is ended, and its neighbour goes on", () =>
  Effect.gen(function* () {
    const small = localChromium({ sessionsPerProcess: 100, memory: { tab: 300, whole: 10_000 } })
    const context = yield* Layer.build(small.pipe(Layer.provide(platform)))
    const open = session.pipe(Effect.provide(context))
    const neighbour = yield* open
    const others = yield* rendererOf(neighbour)
    const hungry = yield* open
    yield* Effect.fork(Effect.tryPromise(() => hungry.page.evaluate(greedy)))
    expect(yield* Effect.flip(hungry.lost)).toMatchObject({ reason: "crashed" })
    expect(yield* running(others)).toEqual(others)
    expect(yield* Effect.promise(() => neighbour.page.evaluate("6 * 7"))).toBe(42)
  })
)

it.live("a Chromium that has grown takes no new session, and ends with those that it has", () =>
  Effect.gen(function* () {
    const grown = localChromium({ sessionsPerProcess: 100, memory: { tab: 10_000, whole: 1 } })
    const context = yield* Layer.build(grown.pipe(Layer.provide(platform)))
    const open = session.pipe(Effect.provide(context))
    const scope = yield* Scope.make()
    const first = yield* Scope.extend(open, scope)
    const old = yield* processesOf(first)
    const replaced = Effect.scoped(Effect.map(Effect.flatMap(open, processesOf), ([pid]) => pid !== old[0]))
    yield* replaced.pipe(Effect.repeat({ until: (done) => done }), Effect.timeout("5 seconds"))
    expect(yield* Effect.promise(() => first.page.evaluate("6 * 7"))).toBe(42)
    yield* Scope.close(scope, Exit.void)
    yield* allGone(old)
  })
)

it.effect("a Chromium that hangs while its sessions work is noticed, killed and replaced", () =>
  Effect.gen(function* () {
    const { session } = Context.get(yield* Layer.build(Live), Browser)
    const stopped = yield* session
    const pids = yield* processesOf(stopped)
    process.kill(pids[0] ?? Number.NaN, "SIGSTOP")
    yield* Effect.yieldNow()
    yield* TestClock.adjust("2 seconds")
    yield* TestClock.adjust("10 seconds")
    expect(yield* Effect.flip(stopped.lost)).toMatchObject({ reason: "disconnected" })
    yield* TestServices.provideLive(allGone(pids))
    const next = yield* session
    expect(yield* Effect.promise(() => next.page.evaluate("6 * 7"))).toBe(42)
  })
)
