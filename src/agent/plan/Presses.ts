import type { SeenButton } from "../page/Tab.ts"
import { type Press, pressOf } from "../portal/Press.ts"
import { siteOf } from "../portal/Site.ts"
import type { Front } from "./Front.ts"

/** Something that may be pressed, and what for. */
export interface Candidate {
  readonly button: SeenButton
  readonly press: Press
}

/** A link to another document, or to this one anew; not one that a script hangs on. */
export const leavesPage = ({ href, frame }: SeenButton) => {
  const to = URL.parse(href)
  if (!to || !/^https?:$/.test(to.protocol)) return false
  return !href.includes("#") || href.split("#")[0] !== frame.url().split("#")[0]
}

const numberOf = ({ text }: SeenButton) => Number(/^\D{0,20}\b(\d{1,2})\W+\p{L}/u.exec(text)?.[1])

/** "1. Ticket", "2. Datos", "3. Facturar": where one is on the way, not what leads on. */
const isStep = (button: SeenButton, { buttons }: Front) => {
  const number = numberOf(button)
  return buttons.some((other) => other.frame === button.frame && Math.abs(numberOf(other) - number) === 1)
}

// A tab shows another part of the page, whatever it is called.
const kindOf = (button: SeenButton, front: Front): Press => {
  const press = pressOf(button)
  if (press === "recover" || press === "none") return press
  // What heads or fills a table is shown; at most it sorts or chooses.
  if (/^(cell|columnheader|gridcell|rowheader|th)$/.test(button.role)) return "none"
  if (button.role === "tab") return "start"
  if (!isStep(button, front)) return press
  return press === "stamp" || press === "start" ? "start" : "none"
}

export const pressesIn = (front: Front): ReadonlyArray<Candidate> =>
  front.buttons.filter(({ enabled }) => enabled).map((button) => ({ button, press: kindOf(button, front) }))

const leavesSite = ({ button }: Candidate) => leavesPage(button) && siteOf(button.href) !== siteOf(button.frame.url())

/** The ways to the files of an invoice, the XML first; what leads to another site after all that stays on this one. */
export const downloadPresses = (front: Front): ReadonlyArray<Candidate> => {
  const rank: ReadonlyArray<Press> = ["download_xml", "download", "download_pdf"]
  return pressesIn(front)
    .filter(({ press }) => rank.includes(press))
    .sort((a, b) => Number(leavesSite(a)) - Number(leavesSite(b)) || rank.indexOf(a.press) - rank.indexOf(b.press))
}
