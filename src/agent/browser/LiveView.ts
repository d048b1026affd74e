import { Duration, Effect, Schedule, Stream } from "effect"
import type { CDPSession, Page } from "playwright-core"
import { call, isPassing, type PageError, PageStuck } from "../page/PageError.ts"

const format = { format: "jpeg", quality: 55, maxWidth: 1280, maxHeight: 1280 } as const
/** The browser takes the next picture when this one is acknowledged, so this is what bounds them: ten a second. */
const pace = Duration.millis(100)

const attached = (page: Page) =>
  Effect.acquireRelease(
    call("live", () => page.context().newCDPSession(page)),
    (session) => Effect.ignore(call("live", () => session.detach()))
  )

/** A page that goes elsewhere in the same moment never answers, and is asked anew. */
const startTime = Duration.seconds(1)
const again = Schedule.spaced("250 millis")

interface Frame {
  readonly data: string
  /** What is to be acknowledged; a picture that was asked for is not. */
  readonly sessionId?: number
}

/** The browser sends what changes: of a page that stands still its first picture is asked for. */
const cast = (session: CDPSession) =>
  Stream.asyncPush<Frame, PageError>(
    (emit) =>
      Effect.gen(function* () {
        session.on("Page.screencastFrame", ({ data, sessionId }) => void emit.single({ data, sessionId }))
        yield* call("live", () => session.send("Page.startScreencast", format)).pipe(
          Effect.timeoutFail({ duration: startTime, onTimeout: () => new PageStuck({ during: "live" }) })
        )
        yield* call("live", () =>
          session.send("Page.captureScreenshot", { format: "jpeg", quality: format.quality })
        ).pipe(
          Effect.tap(({ data }) => emit.single({ data })),
          Effect.ignore,
          Effect.forkScoped
        )
      }),
    { bufferSize: 1, strategy: "sliding" }
  )

/** One page's pictures. A page that closes has no more of them, which is no failure. */
const pictures = (page: Page) =>
  Effect.map(attached(page), (session) => {
    const acknowledge = (sessionId: number) =>
      Effect.delay(
        call("live", () => session.send("Page.screencastFrameAck", { sessionId })),
        pace
      )
    return cast(session).pipe(
      Stream.tap(({ sessionId }) =>
        sessionId === undefined ? Effect.void : Effect.forkScoped(Effect.ignore(acknowledge(sessionId)))
      ),
      Stream.map(({ data }) => new Uint8Array(Buffer.from(data, "base64")))
    )
  }).pipe(
    Stream.unwrapScoped,
    Stream.retry(Schedule.whileInput(again, isPassing)),
    Stream.catchAll((error) => Stream.drain(Stream.fromEffect(Effect.logDebug("no live picture", error._tag))))
  )

/** The pictures of whichever page is in front, JPEG, the newest one first for each who begins to read. */
export const liveView = (page: () => Page) =>
  Stream.repeatEffectWithSchedule(Effect.sync(page), Schedule.spaced("250 millis")).pipe(
    Stream.changes,
    Stream.flatMap(pictures, { switch: true }),
    Stream.share({ capacity: 1, strategy: "sliding", replay: 1 })
  )
