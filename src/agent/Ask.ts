import { Duration, Effect } from "effect"
import type { Journey } from "./Journey.ts"
import type { Captcha } from "./page/Look.ts"
import type { Look, Tab } from "./page/Tab.ts"
import type { Form } from "./plan/Form.ts"
import { type Heard, isBad } from "./plan/Hear.ts"
import { plain } from "./portal/Plain.ts"
import type { Questions } from "./Questions.ts"
import type { Situation } from "./Situation.ts"
import type { Trip } from "./Trip.ts"

/** One in a form of its own, as of a newsletter, is nobody's business. */
const concerns = (captcha: Captcha, { fields }: Form) =>
  captcha.form === 0 || fields.length === 0 || fields.some(({ control }) => control.form === captcha.form)

/** The form that was sent with a captcha has come back without a word: a toast may yet say why, before one is asked anew. */
export const mayYetSay = (journey: Journey, { form, sayings }: Situation) =>
  Duration.lessThan(journey.sinceProgress(), "1500 millis") &&
  !sayings.some(({ loud, outcome }) => loud || outcome !== undefined) &&
  form.captcha !== undefined &&
  journey.presses.roles.has("captcha")

/** Asks a person for what only a person can give; false where nothing is open. */
export const ask = Effect.fn("agent.ask")(function* (questions: Questions, tab: Tab, look: Look, form: Form) {
  const foreign = look.captchas.find((captcha) => !captcha.solved && concerns(captcha, form))
  if (form.login && questions.wantsLogin(form.login)) yield* questions.login(form.login)
  else if (form.code && questions.isOpen(form.code.field)) yield* questions.code(form.code.field)
  else if (form.missing.length > 0) yield* questions.lacking(form, form.missing)
  // Captchas last of all, since they do not keep.
  else if (form.captcha && questions.isOpen(form.captcha)) yield* questions.captcha(tab, form.captcha)
  else if (foreign) yield* questions.foreignCaptcha(foreign)
  else return false
  return true
})

/** A refusal of what the language model took for the ticket's word goes to a person first, if nothing was sent to be stamped. */
export const doubted = Effect.fn("agent.doubted")(function* (
  { journey, tab }: Trip,
  questions: Questions,
  look: Look,
  { outcome }: Heard
) {
  if (journey.intended || !(yield* questions.doubt(outcome))) return false
  journey.hearAfresh(look, tab.said.length)
  journey.answered()
  return true
})

/**
 * The name of the field whose answer for one time the portal has just refused, though a notice may lie over it. Said
 * twice in the same words it is no news, and yet an answer.
 */
export const wrongAnswer = (
  { captcha, code, login }: Form,
  heard: Heard | undefined,
  look: Look,
  questions: Questions
) => {
  const texts = look.texts.map(({ text }) => text)
  const again = [captcha, code?.field].find((field) => field && questions.isRefusedAgain(field, texts))
  if (heard === undefined || !isBad(heard.outcome)) return again?.key
  if (login && heard.outcome === "login_failed" && questions.hasTriedKeptLogin) return login.password.key
  const said = plain(heard.text)
  if (heard.outcome === "captcha_wrong" || (captcha && /letras|caracteres|imagen/.test(said)))
    return questions.asked("captcha")
  return code && /codigo|clave|token|verificacion/.test(said) ? questions.asked("code") : undefined
}
