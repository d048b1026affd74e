import { Config, Effect, Layer, Option, Redacted } from "effect"
import { Egress } from "../../egress/Egress.ts"
import { Browser, FileLost } from "./Browser.ts"
import { ask, ownContext } from "./OpenSession.ts"
import { everything, watchOutgoing } from "./Outgoing.ts"
import { connect, remoteSession } from "./Remote.ts"
import { recorded } from "./SessionLog.ts"

export const cdpUrl = Config.redacted().pipe(
  Config.validate({
    message: "must begin with ws://, wss://, http:// or https://",
    validation: (url) => /^(ws|http)s?:$/.test(URL.parse(Redacted.value(url))?.protocol ?? "")
  }),
  Config.nested("CDP_URL")
)

const make = Effect.gen(function* () {
  const url = yield* cdpUrl
  const egress = yield* Egress

  // Each session has its own connection, since a farm may give each connection its own browser.
  const session = Effect.gen(function* () {
    yield* recorded("cdp")
    const browser = yield* connect(url)
    yield* watchOutgoing(browser, egress, everything)
    const { context, page, close } = yield* ownContext({ browser, abandon: Effect.void })
    const fallback = () => new FileLost({ cause: "the file is on another machine" })
    return yield* remoteSession({ browser, context, page, shared: true, fallback, kill: close })
  }).pipe(
    Effect.tapErrorTag("BrowserLost", (error) => Effect.logWarning(error.message)),
    Effect.withSpan("Browser.session")
  )

  const check = Effect.flatMap(connect(url), (browser) =>
    ask({ browser, abandon: Effect.void })(async () => ({ version: browser.version() }))
  ).pipe(
    Effect.scoped,
    Effect.catchTag("NoVacancy", () => Effect.succeed({ version: "busy" })),
    Effect.withSpan("Browser.check")
  )

  return Browser.of({ provider: "cdp", farm: Option.none(), session, ready: check, check })
})

/** A context for each run in a browser, or a farm of them, that speaks CDP at `CDP_URL`. */
export const CdpLive = Layer.effect(Browser, make)
