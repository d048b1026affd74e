import { Duration, Effect } from "effect"
import {
  CaptchaUnsolved,
  LoginFailed,
  PortalBlocked,
  PortalDown,
  SubmitUncertain,
  TicketRefused
} from "./AgentError.ts"
import type { Assignment } from "./Assignment.ts"
import { press } from "./act/Press.ts"
import type { Completion } from "./Completion.ts"
import type { Desk } from "./Desk.ts"
import { conclude, invoicesIn } from "./invoice/Collect.ts"
import type { Journey } from "./Journey.ts"
import { call } from "./page/PageError.ts"
import { settleAfter } from "./page/Settle.ts"
import type { Look, Tab } from "./page/Tab.ts"
import type { Form } from "./plan/Form.ts"
import type { Front } from "./plan/Front.ts"
import { hear, isBad, type Saying } from "./plan/Hear.ts"
import { downloadPresses, noticePress } from "./plan/NextPress.ts"
import { isTicketRole } from "./portal/FieldRole.ts"
import type { Outcome } from "./portal/Outcome.ts"

type Heard = Saying & { readonly outcome: Outcome }

const rfcs = /\b[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}\b/g

/** How long links may take to appear after the portal has said that all went well. */
const linksTime = Duration.seconds(8)

/** Knows when a run is over, and as what. */
export class Ending {
  private readonly downloads = new Set<string>()
  private successAt: number | undefined
  private emailed = false

  constructor(
    private readonly assignment: Assignment,
    private readonly desk: Desk,
    private readonly tab: Tab,
    private readonly journey: Journey
  ) {}

  /** Until the page changes or asks for something, at most two seconds. */
  readonly wait = Effect.suspend(() => settleAfter(this.tab, Effect.void, { answer: "2 seconds" }))

  readonly screenshot = Effect.suspend(() =>
    call("screenshot", () => this.tab.page().screenshot({ type: "jpeg", quality: 60 })).pipe(
      Effect.map((bytes) => ({ screenshot: new Uint8Array(bytes) })),
      Effect.catchAll((error) => Effect.as(Effect.logDebug("no screenshot", error._tag), {}))
    )
  )

  speaksOfSuccess(sayings: ReadonlyArray<Saying>) {
    return sayings.some(({ outcome }) => outcome === "success" || outcome === "emailed")
  }

  /** A refusal ends the run in the portal's own words. */
  private refuse = Effect.fn("Ending.refuse")(function* (this: Ending, { outcome, text }: Heard, fiscal: boolean) {
    const reason = `El portal dice: «${text.slice(0, 300)}»`
    yield* this.desk.step({ type: "error", message: reason, ...(yield* this.screenshot) })
    switch (outcome) {
      case "already_invoiced":
        return yield* new TicketRefused({ code: "ALREADY_INVOICED", reason })
      case "expired":
        return yield* new TicketRefused({ code: "TICKET_EXPIRED", reason })
      case "data_rejected":
        return yield* new TicketRefused({ code: "DATA_REJECTED", reason })
      case "not_yet":
        return yield* new TicketRefused({ code: "TICKET_NOT_FOUND", reason })
      case "not_found":
        return yield* new TicketRefused({ code: fiscal ? "DATA_REJECTED" : "TICKET_NOT_FOUND", reason })
      case "captcha_wrong":
        return yield* new CaptchaUnsolved({ reason })
      case "login_failed":
        return yield* new LoginFailed({ reason })
      case "blocked":
        return yield* new PortalBlocked({ reason })
      default:
        if (this.journey.stamping) return yield* new SubmitUncertain({ reason })
        return yield* new PortalDown({ reason })
    }
  })

  /** Is the page where the last press was made about the taxpayer rather than about the ticket? */
  private get fiscal() {
    const roles = [...this.journey.formRoles]
    return (roles.includes("regime") || roles.includes("use")) && !roles.some(isTicketRole)
  }

  readonly beforeStamp = Effect.fn("Ending.beforeStamp")(function* (
    this: Ending,
    look: Look,
    front: Front,
    form: Form,
    heard: Heard | undefined
  ) {
    if (heard?.outcome === "already_invoiced" && downloadPresses(front).length > 0) {
      const recovered = yield* this.collect(front)
      if (recovered) return recovered
    }
    if (heard && isBad(heard.outcome)) return yield* this.refuse(heard, this.fiscal)
    if (form.fields.length === 0 && !this.journey.pressed) {
      const bare = hear(
        look.texts.map(({ text }) => ({ text, loud: true, outcome: undefined })),
        false
      )
      if (bare) return yield* this.refuse(bare, false)
    }
    return undefined
  }).bind(this)

  /** The files of the invoice: what has come already, else what the page offers, each pressed once. */
  private collect = Effect.fn("Ending.collect")(function* (this: Ending, front: Front) {
    for (const { button } of downloadPresses(front)) {
      const [read] = yield* invoicesIn(this.tab.documents.found)
      if (read && this.tab.documents.found.some(({ kind }) => kind === "pdf")) break
      const key = `${button.ref} ${button.text}`
      if (this.downloads.has(key)) continue
      this.downloads.add(key)
      yield* this.desk.step({ type: "click", message: `Descargo con «${button.text}»` })
      const before = this.tab.documents.found.length
      yield* settleAfter(this.tab, press(button), { answer: "5 seconds" }).pipe(
        Effect.catchTags({ PageMoved: () => Effect.void, PageStuck: () => Effect.void })
      )
      if (this.tab.documents.found.length === before) yield* this.wait
    }
    const [read] = yield* invoicesIn(this.tab.documents.found)
    if (!read) return undefined
    const completion = yield* conclude(this.assignment, this.desk, read, this.tab.documents.found)
    yield* this.desk.step({
      type: "completed",
      message: `Factura ${read.invoice.uuid} recibida y comprobada`,
      ...(yield* this.screenshot)
    })
    return completion
  })

  readonly afterStamp = Effect.fn("Ending.afterStamp")(function* (
    this: Ending,
    look: Look,
    front: Front,
    sayings: ReadonlyArray<Saying>,
    wentOn: boolean
  ) {
    const heard = hear(sayings, wentOn)
    const offered = downloadPresses(front).length > 0
    if (heard && isBad(heard.outcome) && !(this.speaksOfSuccess(sayings) && offered))
      return yield* this.refuse(heard, this.fiscal)
    if (wentOn) return undefined
    const success = this.speaksOfSuccess(sayings)
    if (success) this.successAt ??= performance.now()
    this.emailed ||= sayings.some(({ outcome }) => outcome === "emailed")
    if (success || offered || this.tab.documents.found.length > 0) {
      const collected = yield* this.collect(front)
      if (collected) return collected
    }
    if (this.successAt === undefined) return undefined
    if (front.dialog !== 0) {
      const notice = noticePress(front)
      if (
        notice &&
        !this.journey.wasPressed(notice.button) &&
        (notice.press === "accept" || notice.press === "dismiss")
      ) {
        this.journey.beforePress(look, notice.button, this.tab.said.length)
        yield* settleAfter(this.tab, press(notice.button), { answer: "2 seconds" })
        return undefined
      }
    }
    const patience = this.emailed ? Duration.zero : linksTime
    if (performance.now() - this.successAt < Duration.toMillis(patience)) return undefined
    return yield* this.byEmail(sayings)
  }).bind(this)

  private byEmail = Effect.fn("Ending.byEmail")(function* (this: Ending, sayings: ReadonlyArray<Saying>) {
    const words = sayings.find(({ outcome }) => outcome === "emailed" || outcome === "success")?.text ?? ""
    yield* this.desk.step({
      type: "completed",
      message: `El portal envía la factura por correo: «${words.slice(0, 300)}»`,
      ...(yield* this.screenshot)
    })
    const completion: Completion = {
      delivery: "email",
      warnings: this.emailed ? [] : ["DELIVERY_UNSTATED"],
      artifacts: []
    }
    return completion
  })

  /** The page shows a taxpayer, and it is not ours: nothing is sent. */
  readonly refuseOtherTaxpayer = Effect.fn("Ending.refuseOtherTaxpayer")(function* (this: Ending, look: Look) {
    const { rfc } = this.assignment.profile
    const shown = look.texts.filter(({ text }) => /r\.?f\.?c/i.test(text) && !this.journey.isFurniture(text))
    const others = shown.filter(({ text }) => {
      const found: ReadonlyArray<string> = text.toUpperCase().match(rfcs) ?? []
      return found.length > 0 && !found.includes(rfc)
    })
    const ours =
      look.texts.some(({ text }) => text.toUpperCase().includes(rfc)) ||
      look.controls.some(({ value }) => value.toUpperCase().includes(rfc))
    if (others.length > 0 && !ours) {
      return yield* new TicketRefused({
        code: "DATA_REJECTED",
        reason: "El portal muestra el RFC de otro contribuyente; no se envió nada."
      })
    }
  }).bind(this)

  uncertain(sayings: ReadonlyArray<Saying>) {
    const words = sayings.filter(({ text }) => text.length > 3).map(({ text }) => text.slice(0, 120))
    const said = words.length > 0 ? ` El portal dice: «${words.slice(0, 3).join(" · ")}»` : ""
    return `Se envió la solicitud y el portal no dijo cómo terminó.${said}`
  }

  describe(look: Look, sayings: ReadonlyArray<Saying>) {
    const news = this.journey.pressed ? sayings : look.texts
    const words = news
      .map(({ text }) => text)
      .filter((text) => text.length > 3)
      .slice(0, 4)
      .join(" · ")
      .slice(0, 300)
    return `No encontré cómo seguir en «${look.title}»${words === "" ? "" : `: «${words}»`}`
  }
}
