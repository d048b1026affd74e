import { Effect, FiberSet, Queue } from "effect"
import type { Dialog, Frame, Page, Response } from "playwright-core"
import { act } from "../act/Hands.ts"
import type { Session } from "../browser/Browser.ts"
import { catchDocuments } from "../invoice/Catch.ts"
import { captchaService } from "./CaptchaServices.ts"
import * as InPage from "./InPage.ts"
import type { Button, Captcha, Control, FrameLook, Text } from "./Look.ts"
import { call, PageClosed } from "./PageError.ts"
import { watchTraffic } from "./Traffic.ts"

interface InFrame {
  readonly frame: Frame
}
export type SeenControl = Control & InFrame
export type SeenButton = Button & InFrame
export type SeenText = Text & InFrame
/** `framed`: it shows a page in a frame of its own. */
export interface SeenDialog extends InFrame {
  readonly ref: number
  readonly text: string
  readonly framed: boolean
}

/** Everything that a person would see in the tab now. */
export interface Look {
  readonly url: string
  readonly title: string
  readonly controls: ReadonlyArray<SeenControl>
  readonly buttons: ReadonlyArray<SeenButton>
  readonly texts: ReadonlyArray<SeenText>
  /** What the rows of lists say. */
  readonly rows: ReadonlyArray<string>
  readonly dialogs: ReadonlyArray<SeenDialog>
  /** Messages that were put up in the page's documents, gone or not. */
  readonly spoken: ReadonlyArray<string>
  readonly captchas: ReadonlyArray<Captcha>
}

/** What a native dialog said, and whether it was agreed to. */
export interface NativeDialog {
  readonly type: string
  readonly text: string
}

const isDocument = (response: Response) => response.request().resourceType() === "document"

const isBlank = (url: string) =>
  url === "" || url.startsWith("about:") || url.startsWith("blob:") || url.startsWith("data:")

/** More than any portal opens to hand its files over; beyond it they cost its neighbours in the browser their share. */
const mostPages = 8

/**
 * The browser tab of a run with all that it opens: popups, frames, downloads, native dialogs. `agree` decides a native
 * confirm, and may take its time; alerts and leaving questions are accepted.
 */
export const openTab = Effect.fn("Tab.open")(function* (
  session: Session,
  agree: (dialog: NativeDialog) => Effect.Effect<boolean>
) {
  const pulses = yield* Queue.sliding<void>(1)
  const pulse = () => void Queue.unsafeOffer(pulses, undefined)
  const traffic = watchTraffic(pulse)
  const documents = yield* catchDocuments(session.files, pulse)
  const run = yield* FiberSet.makeRuntime<never>()
  const pages: Array<Page> = []
  /** Addresses that show a file rather than a page. */
  const viewers = new Set<string>()
  const said: Array<NativeDialog> = []

  const decide = (dialog: Dialog) =>
    Effect.gen(function* () {
      const native = { type: dialog.type(), text: dialog.message() }
      said.push(native)
      const yes = native.type === "confirm" ? yield* agree(native) : native.type !== "prompt"
      yield* Effect.tryPromise(() => (yes ? dialog.accept() : dialog.dismiss()))
      pulse()
    }).pipe(Effect.catchTag("UnknownException", (error) => Effect.logDebug("dialog went away", error.message)))

  const adopt = (page: Page) => {
    pages.push(page)
    documents.watchDownloads(page)
    traffic.watchSockets(page)
    page.on("dialog", (dialog) => run(decide(dialog)))
    page.on("close", () => traffic.forget(page))
    page.on("framenavigated", pulse)
    pulse()
  }

  yield* call("init", () => session.context.addInitScript(InPage.source))
  traffic.watch(session.context)
  documents.watch(session.context)
  session.context.on("response", (response) => {
    if (isDocument(response) && !/html/.test(response.headers()["content-type"] ?? "html")) viewers.add(response.url())
  })
  adopt(session.page)
  session.context.on("page", (page) => {
    if (pages.includes(page)) return
    if (pages.filter((page) => !page.isClosed()).length < mostPages) return adopt(page)
    run(Effect.ignoreLogged(call("too many popups", () => page.close())))
  })

  /** The newest page that shows something. */
  const page = (): Page => {
    const open = pages.filter((page) => !page.isClosed() && (page === session.page || !viewers.has(page.url())))
    return open.findLast((page) => !isBlank(page.url())) ?? open.at(-1) ?? session.page
  }

  let watched: ReadonlyArray<Frame> = []
  /** The frames that the last look saw, so far as they still belong to the page. */
  const watchedFrames = (): ReadonlyArray<Frame> => {
    const main = page().mainFrame()
    return watched.includes(main) ? watched.filter((frame) => !frame.isDetached()) : [main]
  }

  /** Leaves a popup that shows nothing of use; false where there is but one page. */
  const leavePopup = Effect.fnUntraced(function* () {
    const current = page()
    if (current === session.page || pages.filter((page) => !page.isClosed()).length < 2) return false
    yield* act("leave", () => current.close())
    return true
  })

  const frames = Effect.fnUntraced(function* () {
    const current = page()
    if (current.isClosed()) return yield* new PageClosed({ cause: "no page is open" })
    const main = current.mainFrame()
    const visible = yield* Effect.filter(
      current.frames().filter((frame) => frame !== main && !frame.isDetached() && !captchaService(frame.url())),
      (frame) =>
        call("frame", async () => (await frame.frameElement()).isVisible()).pipe(
          // A frame that goes away while it is looked at is not seen.
          Effect.catchTag("PageMoved", () => Effect.succeed(false))
        ),
      { concurrency: 4 }
    )
    return [main, ...visible]
  })

  const look = Effect.gen(function* () {
    const all = yield* frames()
    const looks = yield* Effect.forEach(
      all,
      (frame, index) =>
        InPage.look(frame).pipe(
          Effect.map((look) => ({ frame, look: look as FrameLook | undefined })),
          Effect.catchTag("PageMoved", (error) => (index === 0 ? error : Effect.succeed({ frame, look: undefined })))
        ),
      { concurrency: 4 }
    )
    watched = looks.map(({ frame }) => frame)
    const seen = looks.flatMap(({ frame, look }) => (look ? [{ frame, look }] : []))
    return {
      url: page().url(),
      title: seen[0]?.look.title ?? "",
      controls: seen.flatMap(({ frame, look }) => look.controls.map((control) => ({ ...control, frame }))),
      buttons: seen.flatMap(({ frame, look }) => look.buttons.map((button) => ({ ...button, frame }))),
      rows: seen.flatMap(({ look }) => look.rows),
      texts: seen.flatMap(({ frame, look }) => look.texts.map((text) => ({ ...text, frame }))),
      dialogs: seen.flatMap(({ frame, look }) => look.dialogs.map((dialog) => ({ ...dialog, frame }))),
      spoken: seen.flatMap(({ look }) => look.spoken),
      captchas: seen.flatMap(({ look }) => look.captchas)
    } satisfies Look
  })

  /** Of the page in front, in CSS pixels. */
  const viewport = () => page().viewportSize() ?? { width: 1280, height: 900 }

  return {
    page,
    viewport,
    look,
    watchedFrames,
    leavePopup,
    traffic,
    documents,
    said: said as ReadonlyArray<NativeDialog>,
    pulse: Queue.take(pulses),
    forgetPulses: Queue.takeAll(pulses)
  } as const
})

export type Tab = Effect.Effect.Success<ReturnType<typeof openTab>>
