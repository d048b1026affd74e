import { Effect } from "effect"
import { Browser } from "../../../src/agent/browser/Browser.ts"
import { type PortalCase, profiles, type RunningPortal, type TestPortal } from "../../../test/portals/lib/Portal.ts"
import { attempt, isRight } from "../../../test/portals/lib/Trial.ts"

/** How long one of the two took, or why it did not get there. */
export type Took = { readonly seconds: number } | { readonly failed: string }

/** Each time at a portal of its own: a ticket can be invoiced once. Its start is not counted. */
const at = <A, E, R>(portal: TestPortal, run: (running: RunningPortal) => Effect.Effect<A, E, R>) =>
  Effect.acquireUseRelease(
    Effect.promise(() => portal.start()),
    run,
    (running) => Effect.promise(() => running.stop())
  )

export const byAgent = Effect.fn("bench.byAgent")(function* (portal: TestPortal, one: PortalCase) {
  const trial = yield* at(portal, (running) => attempt(portal, running, one))
  const { outcome, reason, seconds, stamps } = trial
  const took: Took = isRight(trial, one) ? { seconds } : { failed: `${outcome}, stamps: ${stamps} ${reason}`.trim() }
  return took
})

const script = (portal: TestPortal, one: PortalCase, { url }: RunningPortal) =>
  Effect.gen(function* () {
    const { session } = yield* Browser
    const { page } = yield* session
    yield* Effect.tryPromise(async () => {
      await page.goto(url.href)
      await portal.script(page, one.ticket, profiles[portal.profile])
    })
  })

/** In the agent's own Chromium and timed as the agent is: with the opening and the closing of the tab. */
export const byScript = Effect.fn("bench.byScript")((portal: TestPortal, one: PortalCase) =>
  at(portal, (running) =>
    Effect.suspend(() => {
      const start = performance.now()
      return script(portal, one, running).pipe(
        Effect.scoped,
        Effect.match({
          onSuccess: (): Took => ({ seconds: (performance.now() - start) / 1000 }),
          onFailure: ({ message }): Took => ({ failed: message })
        })
      )
    })
  )
)
