import type { Fact } from "./Facts.ts"
import { plain } from "./Plain.ts"

export interface ListItem {
  readonly text: string
  readonly value: string
  readonly disabled: boolean
}

const empty = /^(-+|\.+)?\s*(seleccion|elige|elija|escoge|selecciona|select|choose|todos|ninguno)?[^\d]*$/

/** "Seleccione…", "--", "": no choice yet. */
export const isPlaceholder = (text: string) => {
  const said = plain(text)
  return (
    said === "" ||
    /^[-.\s]*$/.test(said) ||
    (/^[-. ]*(seleccion|elige|elija|escoge|escoja|select|choose|busca)/.test(said) && empty.test(said))
  )
}

const simplify = (text: string) =>
  plain(text)
    .replace(/^(regimen( de(l)?)?|de(l)?|los|las)\s+/g, "")
    .replace(/[^\p{L}\d ]+/gu, " ")
    .replace(/\b(de|del|la|las|los|el|y|con|por|en|p)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim()

/** "Lib." stands for "Libramiento", "Qro" for nothing shorter than itself. */
export const sameWord = (one: string, other: string) =>
  one === other || (Math.min(one.length, other.length) >= 3 && (one.startsWith(other) || other.startsWith(one)))

const wordsOf = (text: string) => {
  const all = text.split(" ").filter((word) => word !== "")
  const spoken = all.filter((word) => !/^\d+$/.test(word))
  return spoken.length > 0 ? spoken : all
}

const overlap = (one: string, other: string) => {
  const a = wordsOf(one)
  const b = wordsOf(other)
  const shared = a.filter((word) => b.some((candidate) => sameWord(word, candidate))).length
  return shared / Math.max(a.length, b.length)
}

const onlyOne = <A>(items: ReadonlyArray<A>) => (items.length === 1 ? items[0] : undefined)

const code = (text: string) => /^\W*([a-z]{0,3}\d{1,5})\b/i.exec(text.trim())?.[1]

const sameNumber = (one: string, other: string) =>
  /^\d+$/.test(one) && /^\d+$/.test(other) && Number(one) === Number(other)

/**
 * The item of a list that says what a fact says: by code at its beginning, by the catalogue's description, by the same
 * words. Nothing where none or more than one fits: never a guess, never an index.
 */
export const findOption = <I extends ListItem>(
  items: ReadonlyArray<I>,
  fact: Pick<Fact, "value" | "names">
): I | undefined => {
  const open = items.filter((item) => !item.disabled && !isPlaceholder(item.text))
  const wanted = plain(fact.value)
  const byCode = open.filter((item) => {
    const leading = code(item.text)
    return leading !== undefined && (plain(leading) === wanted || sameNumber(leading, fact.value))
  })
  if (byCode.length > 0) return onlyOne(byCode)
  const said = [fact.value, ...fact.names].map(simplify).filter((text) => text.length > 0)
  const equal = open.filter((item) => said.includes(simplify(item.text)))
  if (equal.length > 0) return onlyOne(equal)
  // The internal value may be the code itself; an index is not: it only counts where the whole list speaks in codes.
  const codes = open.filter((item) => plain(item.value) === wanted)
  if (codes.length === 1 && /[a-z]|\d{3}/.test(wanted)) return codes[0]
  const inBrackets = open.filter(
    (item) =>
      plain(item.text)
        .match(/[\w-]+/g)
        ?.includes(wanted) && wanted.length > 2
  )
  if (inBrackets.length > 0) return onlyOne(inBrackets)
  const within = open.filter((item) => {
    const text = simplify(item.text)
    return said.some((name) => name.length >= 4 && text.length >= 4 && (text.includes(name) || name.includes(text)))
  })
  if (within.length > 0) return onlyOne(within)
  const ranked = open
    .map((item) => ({ item, near: Math.max(0, ...said.map((name) => overlap(name, simplify(item.text)))) }))
    .sort((a, b) => b.near - a.near)
  const [first, second] = ranked
  return first && first.near >= 0.7 && first.near - (second?.near ?? 0) >= 0.2 ? first.item : undefined
}
