import { Config, Context, Effect, Layer } from "effect"
import { type Browser, chromium, type Page } from "playwright-core"
import { email, password, profile } from "./Samples.ts"
import { server } from "./Server.ts"
import type { Timbra } from "./Timbra.ts"

export class Chromium extends Context.Tag("test/Chromium")<Chromium, Browser>() {}

const executable = Config.string("CHROMIUM_PATH").pipe(Config.withDefault("/usr/bin/chromium-headless-shell"))

/** One browser for a file of tests. */
export const ChromiumLive = Layer.scoped(
  Chromium,
  Effect.acquireRelease(
    Effect.flatMap(executable, (executablePath) =>
      Effect.promise(() => chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] }))
    ),
    (browser) => Effect.promise(() => browser.close())
  )
)

export const desktop = { width: 1280, height: 900 }
export const phone = { width: 390, height: 844 }

export interface Options {
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly dark?: boolean
}

export interface Visit {
  readonly page: Page
  readonly timbra: Timbra
  readonly url: URL
  /** What the page threw or complained of. */
  readonly complaints: ReadonlyArray<string>
}

/** A stranger before the page, in a browser context of their own. */
export const visit = Effect.fnUntraced(function* ({ viewport = desktop, dark = false }: Options = {}) {
  const browser = yield* Chromium
  const { timbra, url } = yield* server
  const context = yield* Effect.acquireRelease(
    Effect.promise(() =>
      browser.newContext({
        viewport,
        locale: "es-MX",
        timezoneId: "America/Mexico_City",
        colorScheme: dark ? "dark" : "light",
        reducedMotion: "reduce"
      })
    ),
    (context) => Effect.promise(() => context.close())
  )
  const page = yield* Effect.promise(() => context.newPage())
  page.setDefaultTimeout(10_000)
  const complaints: Array<string> = []
  page.on("pageerror", (error) => complaints.push(String(error)))
  page.on("console", (message) => {
    const expected = /Failed to load resource|WebSocket connection to/.test(message.text())
    if (message.type() === "error" && !expected) complaints.push(message.text())
  })
  return { page, timbra, url, complaints } satisfies Visit
})

/** A user who has logged in and sees the list. */
export const loggedIn = Effect.fnUntraced(function* (options: Options = {}) {
  const visited = yield* visit(options)
  const { page, timbra, url } = visited
  timbra.accounts.set(email, { password, profile })
  const { token, refresh_token } = timbra.grant()
  const kept = { email, token, refreshToken: refresh_token, expiresAt: Date.now() + 3_600_000 }
  yield* Effect.promise(() =>
    page.addInitScript((session) => {
      if (sessionStorage.getItem("seeded") === null) sessionStorage.setItem("timbra.session", session)
      sessionStorage.setItem("seeded", "yes")
    }, JSON.stringify(kept))
  )
  yield* Effect.promise(() => page.goto(url.href))
  return visited
})
