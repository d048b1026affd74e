import { Duration, Effect, Schedule, Stream } from "effect"
import type { CDPSession, Page } from "playwright-core"
import { call } from "../page/PageError.ts"

const format = { format: "jpeg", quality: 55, maxWidth: 1280, maxHeight: 1280 } as const
/** The browser takes the next picture when this one is acknowledged, so this is what bounds them: ten a second. */
const pace = Duration.millis(100)

const attached = (page: Page) =>
  Effect.acquireRelease(
    call("live", () => page.context().newCDPSession(page)),
    (session) => Effect.ignore(call("live", () => session.detach()))
  )

const cast = (session: CDPSession) =>
  Stream.asyncPush<{ readonly data: string; readonly sessionId: number }>(
    (emit) =>
      Effect.sync(() => {
        session.on("Page.screencastFrame", ({ data, sessionId }) => void emit.single({ data, sessionId }))
      }),
    { bufferSize: 1, strategy: "sliding" }
  )

/** One page's pictures. A page that closes has no more of them, which is no failure. */
const pictures = (page: Page) =>
  Effect.gen(function* () {
    const session = yield* attached(page)
    yield* call("live", () => session.send("Page.startScreencast", format))
    const acknowledge = (sessionId: number) =>
      Effect.delay(
        call("live", () => session.send("Page.screencastFrameAck", { sessionId })),
        pace
      )
    return cast(session).pipe(
      Stream.mapEffect(({ data, sessionId }) =>
        Effect.as(Effect.forkScoped(Effect.ignore(acknowledge(sessionId))), new Uint8Array(Buffer.from(data, "base64")))
      )
    )
  }).pipe(
    Stream.unwrapScoped,
    Stream.catchAll((error) => Stream.drain(Stream.fromEffect(Effect.logDebug("no live picture", error._tag))))
  )

/** The pictures of whichever page is in front, JPEG, the newest one first for each who begins to read. */
export const liveView = (page: () => Page) =>
  Stream.repeatEffectWithSchedule(Effect.sync(page), Schedule.spaced("250 millis")).pipe(
    Stream.changes,
    Stream.flatMap(pictures, { switch: true }),
    Stream.share({ capacity: 1, strategy: "sliding", replay: 1 })
  )
