import { expect } from "bun:test"
import { Effect, Exit, Layer, Option, Schedule, Scope, Stream } from "effect"
import { Browser, type Session } from "../../../src/agent/browser/Browser.ts"
import { liveView } from "../../../src/agent/browser/LiveView.ts"
import { Browserbase, browserbaseWith } from "../../browserbase/lib/BrowserbaseTest.ts"
import { portal } from "../../browserbase/lib/Portal.ts"
import { trapped } from "../../browserbase/lib/Trap.ts"
import * as it from "../../lib/effect.ts"

const Live = Layer.provideMerge(browserbaseWith(), Browserbase.Default)

const session = Effect.flatMap(Browser, (browser) => browser.session)
const farm = Browserbase

const only = Effect.map(farm, ({ sessions }) => {
  const last = [...sessions.values()].at(-1)
  if (!last) throw new Error("no session")
  return last
})

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** The bytes of the file that a click brings, as the session reads it. */
const downloadBy = (session: Session, id: string) =>
  Effect.gen(function* () {
    const download = yield* Effect.promise(async () => {
      const [download] = await Promise.all([
        session.context.pages()[0]?.waitForEvent("download"),
        session.page.click(id)
      ])
      return download
    })
    if (!download) throw new Error("no download")
    return text(yield* session.files.read(download))
  })

it.layer(Live)("Browserbase", (it) => {
  it.live("a session is asked for as it must be, is a Mexican's browser, and is released with its scope", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const { page, context } = yield* Scope.extend(session, scope)
      const seen = () => ({
        language: navigator.language,
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        size: [innerWidth, innerHeight]
      })
      expect(yield* Effect.promise(() => page.evaluate(seen))).toEqual({
        language: "es-MX",
        zone: "America/Mexico_City",
        size: [1280, 900]
      })
      expect(context.pages()).toHaveLength(1)
      const { asked, id } = yield* only
      expect(asked).toMatchObject({
        keepAlive: true,
        timeout: 2400,
        userMetadata: { app: "timbra", session: expect.any(String) },
        browserSettings: { recordSession: false, logSession: false, solveCaptchas: false }
      })
      expect(asked).not.toHaveProperty("proxies")
      yield* Scope.close(scope, Exit.void)
      const { sessions } = yield* farm
      expect(sessions.get(id)?.status).toBe("COMPLETED")
    })
  )

  it.live("files come over the wire: by a link, a posted form, a popup, a frame", () =>
    Effect.gen(function* () {
      const url = yield* portal
      const opened = yield* session
      yield* Effect.promise(() => opened.page.goto(url))
      for (const way of ["link", "post", "blank", "posted-blank", "frame"]) {
        expect(yield* downloadBy(opened, `#${way}`)).toBe(`<cfdi>${way}</cfdi>`)
      }
      expect((yield* farm).requests).not.toContain("downloads")
    })
  )

  it.live("a file that no answer brought comes out of the ZIP, as soon as it is there", () =>
    Effect.gen(function* () {
      const { limits, requests } = yield* farm
      limits.downloadsAfterMs = 1500
      const url = yield* portal
      const opened = yield* session
      yield* Effect.promise(() => opened.page.goto(url))
      expect(yield* downloadBy(opened, "#vanishing")).toBe("<cfdi>vanishing</cfdi>")
      expect(requests.filter((operation) => operation === "downloads").length).toBeGreaterThan(1)
    })
  )

  it.live("S4: asks nothing of a private address, whatever its page tries", () =>
    Effect.gen(function* () {
      expect(yield* trapped(yield* session)).toEqual([])
    })
  )

  it.live("is shown in our own view, as one of this machine is", () =>
    Effect.gen(function* () {
      const { page } = yield* session
      const frames = yield* liveView(() => page)
      const [jpeg] = yield* Effect.all(
        [Stream.runHead(frames), Effect.promise(() => page.goto("data:text/html,hola"))],
        {
          concurrency: "unbounded"
        }
      )
      expect([...Option.getOrThrow(jpeg).subarray(0, 2)]).toEqual([0xff, 0xd8])
      expect((yield* farm).requests).not.toContain("debug")
    })
  )

  it.live("a session that is cut off is lost at once, and released although it was kept alive", () =>
    Effect.gen(function* () {
      const { drop, running } = yield* farm
      yield* Effect.gen(function* () {
        const opened = yield* session
        yield* drop((yield* only).id)
        expect(yield* Effect.flip(opened.lost)).toMatchObject({ reason: "disconnected" })
        expect(running()).toHaveLength(1)
      }).pipe(Effect.scoped)
      expect(running()).toHaveLength(0)
    })
  )

  for (const headers of [{}, { "retry-after": "7" }, { "x-ratelimit-reset": "7" }] as const) {
    it.live(`a 429 is no vacancy, with the wait that ${JSON.stringify(headers)} asks for`, () =>
      Effect.gen(function* () {
        const { faults, requests, sessions } = yield* farm
        const before = [requests.filter((operation) => operation === "create").length, sessions.size]
        faults.push({ on: "create", status: 429, headers })
        const refused = yield* Effect.flip(session)
        expect(refused).toMatchObject({
          _tag: "NoVacancy",
          retryAfter: { value: { millis: "retry-after" in headers || "x-ratelimit-reset" in headers ? 7000 : 10_000 } }
        })
        expect([requests.filter((operation) => operation === "create").length, sessions.size]).toEqual([
          (before[0] ?? 0) + 1,
          before[1] ?? 0
        ])
      })
    )
  }

  for (const status of [400, 401, 402, 403, 404] as const) {
    it.live(`a ${status} is refused with Browserbase's own words and without the key`, () =>
      Effect.gen(function* () {
        const { faults, apiKey } = yield* farm
        faults.push({ on: "create", status })
        const error = yield* Effect.flip(session)
        expect(error).toMatchObject({ _tag: "BrowserLost", reason: "refused" })
        expect(error).toMatchObject({ detail: expect.stringContaining(`${status}`) })
        expect(JSON.stringify(error)).not.toContain(apiKey)
      })
    )
  }

  it.live("a session whose creation was never answered is found by its mark and released", () =>
    Effect.gen(function* () {
      const { faults, running, sessions } = yield* farm
      const before = sessions.size
      faults.push({ on: "create", status: 502, done: true })
      expect(yield* Effect.flip(session)).toMatchObject({ reason: "not-started" })
      expect([running().length, sessions.size]).toEqual([1, before + 1])
      yield* Effect.sync(() => running().length).pipe(
        Effect.repeat({ until: (left) => left === 0, schedule: Schedule.spaced("50 millis") }),
        Effect.timeout("8 seconds")
      )
    })
  )

  it.live("a release that fails is asked for again", () =>
    Effect.gen(function* () {
      const { faults, running } = yield* farm
      faults.push({ on: "update", status: 503 }, { on: "update", status: 429 })
      yield* Effect.scoped(session)
      expect([running().length, faults.length]).toEqual([0, 0])
    })
  )

  it.live("a connection that is answered with 429 is no vacancy either", () =>
    Effect.gen(function* () {
      const { faults, running } = yield* farm
      faults.push({ on: "connect", status: 429 })
      expect(yield* Effect.flip(Effect.scoped(session))).toMatchObject({ _tag: "NoVacancy" })
      expect(running()).toHaveLength(0)
    })
  )

  it.live("nothing that is told of a failing connection names the address", () =>
    Effect.gen(function* () {
      const { faults, running } = yield* farm
      faults.push({ on: "connect", status: 410 })
      const error = yield* Effect.flip(Effect.scoped(session))
      expect(error).toMatchObject({ reason: "not-started" })
      const { secret, id } = yield* only
      expect(JSON.stringify(error)).not.toContain(secret)
      expect(JSON.stringify(error)).not.toContain(id)
      expect(running()).toHaveLength(0)
    })
  )
})

it.layer(
  Layer.provideMerge(
    browserbaseWith({
      BROWSERBASE_PROXY_COUNTRY: "MX",
      BROWSERBASE_REGION: "us-east-1",
      BROWSERBASE_RECORD: "true",
      BROWSERBASE_SOLVE_CAPTCHAS: "true",
      BROWSERBASE_KEEP_ALIVE: "false"
    }),
    Browserbase.Default
  )
)("Browserbase as configured", (it) => {
  it.live("proxies, region, recording and keeping alive are the operator's to choose", () =>
    Effect.gen(function* () {
      yield* session
      expect((yield* only).asked).toMatchObject({
        region: "us-east-1",
        keepAlive: false,
        proxies: [{ type: "browserbase", geolocation: { country: "MX" } }],
        browserSettings: { recordSession: true, logSession: true, solveCaptchas: true }
      })
    })
  )
})
