import type { Assignment } from "../Assignment.ts"
import { plain } from "../portal/Plain.ts"

const hidden = "‹•••›"

/** "AB12-7" as "AA99-9": how it is written, not what it is. */
const shaped = (token: string) =>
  token
    .replace(/\d/g, "9")
    .replace(/\p{Lu}/gu, "A")
    .replace(/\p{Ll}/gu, "a")

// What stands between the words of a name is nobody's.
const common = /^(a|al|con|de|del|e|el|en|la|las|los|o|para|por|su|y)$/

const wordsOf = (texts: ReadonlyArray<string | number>) =>
  texts.flatMap((text) => plain(String(text)).match(/[\p{L}\d]+/gu) ?? []).filter((word) => !common.test(word))

/** So many letters are found inside of other words as well: "JuanPérez". */
const telling = 5

/**
 * Hides in a text what it repeats of the user, and leaves of whatever has a digit or an @ in it no more than its shape, for a
 * page may write a number in its own way. The ticket's own labels are not hidden: "Tienda" is one, "Tienda Centro" a value.
 */
export const veil = ({ details, profile, ticket }: Assignment, answers: Readonly<Record<string, string>>) => {
  const labels = new Set(wordsOf(Object.keys(ticket)))
  const printed = wordsOf(Object.values(ticket)).filter((word) => !labels.has(word))
  const own = new Set([...printed, ...wordsOf([profile, details, answers].flatMap((known) => Object.values(known)))])
  const long = [...own].filter((word) => word.length >= telling)
  const isOwn = (word: string) => word.length > 1 && (own.has(word) || long.some((part) => word.includes(part)))
  return (text: string) =>
    text.replace(/\S+/gu, (token) => {
      if (token.includes("@")) return hidden
      const isShort = /^\D?\d{1,2}\D?$/u.test(token) && !own.has((/\d+/.exec(token) ?? [""])[0])
      if (/\d/.test(token)) return isShort ? token : shaped(token)
      return wordsOf([token]).some(isOwn) ? hidden : token
    })
}
