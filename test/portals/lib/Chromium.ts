import { Config, Effect } from "effect"
import { chromium } from "playwright-core"
import type { TestPortal } from "./Portal.ts"

/** One browser for a whole test file; every page is in a context of its own and goes with the test's scope. */
export class Chromium extends Effect.Service<Chromium>()("test/portals/Chromium", {
  scoped: Effect.gen(function* () {
    const executablePath = yield* Config.withDefault(Config.string("CHROMIUM_PATH"), "/usr/bin/chromium-headless-shell")
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    const browser = yield* Effect.acquireRelease(
      Effect.promise(() => chromium.launch({ executablePath, args })),
      (browser) => Effect.promise(() => browser.close())
    )
    const newPage = Effect.acquireRelease(
      Effect.promise(() => browser.newContext({ locale: "es-MX", timezoneId: "America/Mexico_City" })),
      (context) => Effect.promise(() => context.close())
    ).pipe(Effect.flatMap((context) => Effect.promise(() => context.newPage())))
    return { newPage } as const
  })
}) {}

/** Starts the portal for the test's scope and opens its address on a page of its own. */
export const visit = Effect.fn("Chromium.visit")(function* (portal: TestPortal) {
  const { newPage } = yield* Chromium
  const running = yield* Effect.acquireRelease(
    Effect.promise(() => portal.start()),
    (running) => Effect.promise(() => running.stop())
  )
  const page = yield* newPage
  yield* Effect.promise(() => page.goto(running.url.href))
  return { page, running } as const
})
