import { plain } from "../portal/Plain.ts"
import type { SeenButton } from "./Tab.ts"

const path = (url: string) => url.split(/[?#;]/)[0] ?? url

/** Where a link leads, under which name. */
export const linkOf = ({ href, text }: SeenButton) => `${href} ${plain(text)}`

/** The very element, as long as it says the same: one that says something else by now does something else. */
export const elementOf = ({ frame, ref, text }: SeenButton) => `${path(frame.url())} ${ref} ${plain(text)}`

/** What stays where a page draws itself anew and has other elements under the same names. */
export const nameOf = ({ frame, text, id, ref }: SeenButton) =>
  `${path(frame.url())} ${plain(text) || id || ref} ${text === "" ? "" : id}`
