import type { SeenButton } from "../page/Tab.ts"
import { plain } from "../portal/Plain.ts"
import type { Press } from "../portal/Press.ts"
import type { Front } from "./Front.ts"
import { type Candidate, leavesPage, pressesIn } from "./Presses.ts"

/** What closes a notice, or agrees to what it says. */
export const noticePress = (front: Front): Candidate | undefined => {
  const all = pressesIn(front)
  for (const wanted of ["dismiss", "accept", "next"] as const) {
    const found = all.find((candidate) => candidate.press === wanted && !opensAnother(candidate))
    if (found) return found
  }
  return all.find(opensAnother)
}

/** "Leer más" in a notice shows another page and leaves this one under it. */
const opensAnother = ({ press, button }: Candidate) => press === "dismiss" && leavesPage(button)

/** What puts something away that lies over the page. */
export const dismissals = (front: Front): ReadonlyArray<Candidate> =>
  pressesIn(front).filter(
    (candidate) => candidate.press === "dismiss" && !opensAnother(candidate) && !candidate.button.covered
  )

const away = new Set<Press>(["back", "dismiss", "recover", "download", "download_pdf", "download_xml"])

/** Of a dialog with a way back: the one other button, whatever it is called. */
const onlyWayOn = (front: Front): Candidate | undefined => {
  const all = pressesIn(front)
  const others = all.filter(({ press }) => !away.has(press))
  const [only] = others
  return front.dialog !== 0 && others.length === 1 && all.some(({ press }) => press === "back") ? only : undefined
}

/** A dialog with a yes and a no, or with the stamp itself: a question even where it does not ask. */
export const offersChoice = (front: Front) => {
  const kinds = new Set(pressesIn(front).map(({ press }) => press))
  const yes =
    onlyWayOn(front) !== undefined ||
    (front.buttons.length > 1 && front.buttons.some(({ text }) => /^(si|yes)\b/.test(plain(text))))
  return yes || kinds.has("stamp") || (kinds.has("back") && (kinds.has("accept") || kinds.has("next")))
}

/** In a dialog or on a page that asks for a last word: the yes. */
export const confirmPress = (front: Front, wasPressed: (button: SeenButton) => boolean): Candidate | undefined => {
  const all = pressesIn(front).filter(({ button }) => !wasPressed(button) && !(leavesPage(button) && !button.submits))
  for (const wanted of ["stamp", "accept", "next"] as const) {
    const found = all.filter(({ press }) => press === wanted)
    const [first] = found
    if (first) return found.find(({ button }) => !button.covered) ?? first
  }
  const only = onlyWayOn(front)
  return only && !wasPressed(only.button) ? only : undefined
}
