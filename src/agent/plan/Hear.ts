import type { Look } from "../page/Tab.ts"
import { isAdvice, type Outcome, outcomeOf } from "../portal/Outcome.ts"
import { plain } from "../portal/Plain.ts"

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
  "down",
  "emailed",
  "success"
]

export const isBad = (outcome: Outcome) => outcome !== "success" && outcome !== "emailed"

/** The texts of a look, to know later which ones are new. */
export const textsOf = (look: Look): ReadonlySet<string> =>
  new Set([...look.texts.map(({ text }) => plain(text)), ...look.spoken.map(plain)])

export const newSayings = (
  look: Look,
  before: ReadonlySet<string>,
  natives: ReadonlyArray<string>
): ReadonlyArray<Saying> => [
  ...natives.map((text) => ({ text, inDialog: true, loud: true, outcome: outcomeOf(text) })),
  ...[...look.spoken.filter((text) => !before.has(plain(text)))].map((text) => ({
    text,
    inDialog: false,
    loud: true,
    outcome: outcomeOf(text)
  })),
  ...look.texts
    .filter(({ text }) => !before.has(plain(text)))
    .map(({ text, tone, dialog }) => ({
      text,
      inDialog: dialog !== 0,
      loud: tone === "alert" || dialog !== 0,
      outcome: outcomeOf(text)
    }))
]

/**
 * What the portal answered, if these sayings are an answer. A page that went on to ask for more explains its rules in
 * the same words in which it refuses: then only what is said aloud counts.
 */
export const hear = (sayings: ReadonlyArray<Saying>, wentOn: boolean): Heard | undefined => {
  const heard = sayings.flatMap((saying) => {
    const { outcome, loud, inDialog, text } = saying
    if (outcome === undefined) return []
    if (isBad(outcome) && ((wentOn && !inDialog) || (!loud && isAdvice(text)))) return []
    return [{ ...saying, outcome }]
  })
  return heard.sort(
    (a, b) => severity.indexOf(a.outcome) - severity.indexOf(b.outcome) || Number(b.loud) - Number(a.loud)
  )[0]
}
