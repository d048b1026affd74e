import { Option } from "effect"
import { parseMoney } from "../../cfdi/Money.ts"
import { spelled } from "./Abbreviations.ts"
import { isAmount } from "./Amounts.ts"
import type { Fact } from "./Facts.ts"
import { plain } from "./Plain.ts"
import { placeNumber } from "./Shape.ts"

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
  // "McAllen" is one word of a place.
  spelled(text.toLowerCase())
    .replace(/^(regimen( de(l)?)?|de(l)?|los|las)\s+/g, "")
    .replace(/[^\p{L}\d ]+/gu, " ")
    .replace(/\b(de|del|la|las|los|el|y|con|por|en|p)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim()

/** "Lib." stands for "Libramiento", "Qro." for "Querétaro". */
const sameWord = (one: string, other: string) => {
  if (one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length >= 3 && (long.startsWith(short) || (long.length >= 5 && isContraction(short, long)))
}

// "Qro" has the letters of "Querétaro" in their order, and begins and ends as it does.
const isContraction = (short: string, long: string) => {
  if (short.length > 4 || short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at >= short.length
}

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

const digitsOf = (code: string) => code.replace(/^[a-z]{1,3}(?=\d{3})/i, "")

const code = (text: string) => /^\W*([a-z]{0,3}\d{1,5})\b/i.exec(text.trim())?.[1]

const isSameAmount = (one: string, other: string) =>
  Option.getEquivalence<bigint>((a, b) => a === b)(parseMoney(one), parseMoney(other))

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
  if (isAmount(fact.value) && open.every(({ text }) => Option.isSome(parseMoney(text))))
    return onlyOne(open.filter(({ text }) => isSameAmount(text, fact.value)))
  // "23 ZAPOPAN CENTRO" in a list of numbers alone.
  if (open.every(({ text }) => /^\s*\d+\s*$/.test(text)))
    return onlyOne(open.filter(({ text }) => sameNumber(text.trim(), placeNumber(fact.value) ?? "")))
  // "014 QRO CENTRO SUR": a number that agrees, and a word that does.
  const number = (/^\s*0*(\d{1,5})\b\s*\D*[a-z]{3}/i.exec(fact.value) ??
    /\b0*(\d{3,5})\b\s*\D*[a-z]{3}/i.exec(fact.value))?.[1]
  const numbered = open.filter((item) => {
    const leading = code(item.text)
    return (
      number !== undefined &&
      leading !== undefined &&
      sameNumber(digitsOf(leading), number) &&
      overlap(simplify(fact.value), simplify(item.text)) > 0
    )
  })
  if (numbered.length === 1) return numbered[0]
  // "E04512 GASOLINERA LOS PINOS" bears the code of "E04512 - Los Pinos".
  const tokens = new Set(plain(fact.value).split(/[^a-z\d]+/))
  const coded = open.filter((item) => {
    const leading = code(item.text)
    return leading !== undefined && /[a-z]\d{2}/i.test(leading) && tokens.has(plain(leading))
  })
  if (coded.length === 1) return coded[0]
  // "TERMINAL 1 E3" is in "Terminal 1 (E1 - E6)".
  const place = /\b[a-z]{4,} \d{1,3}\b/.exec(simplify(fact.value))?.[0]
  const placed = place === undefined ? [] : open.filter(({ text }) => ` ${simplify(text)} `.includes(` ${place} `))
  if (placed.length === 1) return placed[0]
  const said = [fact.value, ...fact.names].map(simplify).filter((text) => text.length > 0)
  const equal = open.filter((item) => said.includes(simplify(item.text)))
  if (equal.length > 0) return onlyOne(equal)
  const named = open.filter((item) => namesAlone(simplify(item.text), said, open))
  if (named.length === 1) return named[0]
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
  // "Café Linda Vista Sur" holds the name of "Linda Vista" too: the longest is meant.
  const longest = within.reduce<I | undefined>(
    (long, item) => (long && simplify(long.text).length >= simplify(item.text).length ? long : item),
    undefined
  )
  if (longest && within.every(({ text }) => simplify(longest.text).includes(simplify(text)))) return longest
  if (within.length > 0) return undefined
  const ranked = open
    .map((item) => ({ item, near: Math.max(0, ...said.map((name) => overlap(name, simplify(item.text)))) }))
    .sort((a, b) => b.near - a.near)
  const [first, second] = ranked
  if (first && first.near >= 0.7 && first.near - (second?.near ?? 0) >= 0.2) return first.item
  return fact.names.length > 0 ? undefined : onlyOne(open.filter((item) => sharesName(fact.value, item.text)))
}

/** "118 LINDAVISTA" is "Molino Lindavista", not "Molino Lindavista Parque Vía", where most begin with "Molino". */
const namesAlone = (text: string, said: ReadonlyArray<string>, items: ReadonlyArray<ListItem>) =>
  said.some((whole) => {
    const name = wordsOf(whole).join(" ")
    const brand = text.slice(0, text.length - name.length)
    return (
      /\p{L}{4}/u.test(name) &&
      `${brand}${name}` === text &&
      (brand === "" || (brand.endsWith(" ") && bearing(brand, items) * 2 > items.length))
    )
  })

const bearing = (brand: string, items: ReadonlyArray<ListItem>) =>
  items.filter((item) => simplify(item.text).startsWith(brand)).length

// What many places are called says nothing of which one it is.
const common =
  /^(plaza|centro|sucursal|tienda|unidad|norte|sur|este|oeste|oriente|poniente|avenida|calle|carretera|mexico|ciudad|estacion|restaurante|san|santa|grupo|local)$/

/** "LA TROJE ANTEA" names "DC012 | Antea Lifestyle" where no other item has a word of it. */
const sharesName = (value: string, text: string) => {
  const named = simplify(text).split(" ")
  return simplify(value)
    .split(" ")
    .some((word) => word.length >= 4 && /^\p{L}+$/u.test(word) && !common.test(word) && named.includes(word))
}
