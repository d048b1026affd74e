import { plain } from "../portal/Plain.ts"
import { listsOurs } from "../portal/Press.ts"
import type { Front } from "./Front.ts"
import { type Candidate, pressesIn } from "./Presses.ts"

const leadsHome = /^(ir al? )?(inicio|menu( principal)?|home|pagina principal)$/

/** Where a portal keeps what it has made for its user. */
export const listPress = (front: Front): Candidate | undefined =>
  pressesIn(front).find(({ press, button }) => press === "recover" && listsOurs.test(plain(button.text)))

interface Search {
  /** A way to the list was seen on some page. */
  readonly keepsList: boolean
  readonly searching: boolean
}

/**
 * After the stamp: the way to the list of its user's invoices, by the portal's first page where need be. Of some portals
 * that list, and a form that is empty again, is all the answer; what still holds something may be about to speak.
 */
export const searchPress = (front: Front, { keepsList, searching }: Search): Candidate | undefined => {
  const fields = front.controls.filter(({ kind }) => kind === "text")
  const emptied = fields.length > 0 && fields.every(({ value }) => value === "")
  if (front.dialog !== 0 || !(emptied || searching)) return undefined
  const home = keepsList ? pressesIn(front).find(({ button }) => leadsHome.test(plain(button.text))) : undefined
  return listPress(front) ?? home
}
