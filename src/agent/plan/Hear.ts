import type { Look } from "../page/Tab.ts"
import { asksToConfirm, isAdvice, isPreview, type Outcome, outcomeOf } from "../portal/Outcome.ts"
import { plain } from "../portal/Plain.ts"
import { type Reading, readSaying } from "../portal/SayingModel.ts"

/** Something the portal says now that it did not say before the last press. */
export interface Saying {
  readonly text: string
  /** In a dialog, native or not. */
  readonly inDialog: boolean
  /** There, or dressed as an error. */
  readonly loud: boolean
  readonly outcome: Outcome | undefined
}

/** One that tells how it went. */
export type Heard = Saying & { readonly outcome: Outcome }

const severity: ReadonlyArray<Outcome> = [
  "blocked",
  "already_invoiced",
  "expired",
  "captcha_wrong",
  "login_failed",
  "data_rejected",
  "not_yet",
  "not_found",
  "incomplete",
  "closed",
  "down",
  "emailed",
  "success"
]

export const isBad = (outcome: Outcome) => outcome !== "success" && outcome !== "emailed"

const sentences = (text: string) =>
  text.split(/(?<=[\p{L}\d)"»]{2}[.]|[!?])\s+/u).filter((sentence) => sentence.trim() !== "")

/** What a look says sentence by sentence, to know later which are new. */
export const textsOf = (look: Look): ReadonlySet<string> =>
  new Set([...look.texts.map(({ text }) => text), ...look.spoken].flatMap(sentences).map(plain))

const made = (outcome: Outcome | undefined) => outcome === "success" || outcome === "emailed"

/** So certain must the model be: of what is said aloud, of other new text, against a phrase, and that it is no answer. */
const sure = { aloud: 0.5, quietly: 0.8, againstPhrase: 0.55, ofNothing: 0.75, ofMaking: 0.85 }

/**
 * The model knows more texts than the phrases do, save what they alone tell of. What stands there quietly is mostly no
 * answer: before the stamp it has to have a phrase of one as well. "Recuerde que solo puede…", said aloud, is one. Nothing
 * counts as made before it was asked for only because it looks so.
 */
const weigh = (
  said: Outcome | undefined,
  { certainty, outcome }: Reading,
  loud: boolean,
  afterStamp: boolean
): Outcome | undefined => {
  if (said === "blocked" || said === "incomplete" || (made(outcome) && !afterStamp)) return said
  if (loud ? outcome === undefined : said === undefined && !afterStamp) return said
  // To take for made what was not is the worst of all errors.
  if (made(outcome) && !made(said)) return certainty >= sure.ofMaking ? outcome : said
  const alone = loud ? sure.aloud : sure.quietly
  const against = outcome === undefined ? sure.ofNothing : sure.againstPhrase
  return certainty >= (said === undefined ? alone : against) ? outcome : said
}

/** "Error", "R.F.C. del cliente": too little to be like anything. */
const isPhrase = (text: string) => (text.match(/\p{L}{3,}/gu) ?? []).length >= 3

const saying = (
  text: string,
  before: ReadonlySet<string>,
  place: Pick<Saying, "inDialog" | "loud">,
  afterStamp: boolean
): ReadonlyArray<Saying> => {
  const fresh = sentences(text).filter((sentence) => !before.has(plain(sentence)))
  // What is said aloud may be a warning; what stands in the text as advice is none.
  const telling = place.loud ? fresh : fresh.filter((sentence) => !isAdvice(sentence))
  const said = severity.find((outcome) => telling.some((sentence) => outcomeOf(sentence, afterStamp) === outcome))
  const outcome = !isPhrase(telling.join(" "))
    ? said
    : weigh(said, readSaying(telling.join(" "), afterStamp), place.loud, afterStamp)
  const shown = made(outcome) && isPreview(text) ? undefined : outcome
  return fresh.length === 0 ? [] : [{ ...place, text, outcome: shown }]
}

/** Is it said aloud that something is not so, in words that no outcome is known by? */
export const saysNo = ({ text, loud, outcome }: Saying) =>
  loud &&
  outcome === undefined &&
  !isAdvice(text) &&
  !asksToConfirm(text) &&
  /\b(no|ni|sin|nunca|ningun[oa]?|error)\b|incorrect|invalid|imposible|cancelad|anulad/.test(plain(text))

/** Of what stands there quietly, where nothing leads on: what is like a refusal and like nothing else. */
export const hearQuietly = (sayings: ReadonlyArray<Saying>): Heard | undefined =>
  hear(
    sayings.flatMap((said) => {
      const { certainty, outcome } = readSaying(said.text, false)
      const refuses = outcome !== undefined && isBad(outcome) && certainty >= sure.quietly
      return refuses && isPhrase(said.text) && !isAdvice(said.text) ? [{ ...said, outcome }] : []
    }),
    false
  )

/** "Razón social o nombre": what a field is called is no answer; what is said beside a tick box may ask for a last word. */
const withoutLabels = ({ controls, texts }: Look) => {
  const labels = new Set(controls.flatMap(({ kind, label }) => (kind === "checkbox" ? [] : [plain(label)])))
  return texts.filter(({ text, tone }) => tone === "alert" || !labels.has(plain(text)))
}

export const newSayings = (
  look: Look,
  before: ReadonlySet<string>,
  natives: ReadonlyArray<string>,
  afterStamp: boolean
): ReadonlyArray<Saying> => [
  ...natives.flatMap((text) => saying(text, new Set(), { inDialog: true, loud: true }, afterStamp)),
  ...look.spoken.flatMap((text) => saying(text, before, { inDialog: false, loud: true }, afterStamp)),
  ...withoutLabels(look).flatMap(({ text, tone, dialog }) =>
    saying(text, before, { inDialog: dialog !== 0, loud: tone === "alert" || dialog !== 0 }, afterStamp)
  )
]

/**
 * What the portal answered, if these sayings are an answer. A page that went on to ask for more explains its rules in
 * the same words in which it refuses: then only what is said aloud counts.
 */
export const hear = (sayings: ReadonlyArray<Saying>, wentOn: boolean): Heard | undefined => {
  const heard = sayings.flatMap((saying) => {
    const { outcome, inDialog } = saying
    if (outcome === undefined) return []
    if (isBad(outcome) && wentOn && !inDialog) return []
    return [{ ...saying, outcome }]
  })
  return heard.sort(
    (a, b) => severity.indexOf(a.outcome) - severity.indexOf(b.outcome) || Number(b.loud) - Number(a.loud)
  )[0]
}
