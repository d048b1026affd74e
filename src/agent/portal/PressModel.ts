import { type LinearModel, likeliest, likelihoods, stemLength } from "./LinearModel.ts"
import { plain } from "./Plain.ts"
import type { Press } from "./Press.ts"

const wordsOf = (text: string) =>
  plain(text)
    .replace(/\d+/g, "9")
    .split(/[^a-z9ñ×✕]+/)
    .filter((word) => word !== "")

const stemOf = (word: string) => word.slice(0, stemLength)

/** Stems alone and in pairs, first and last, with their ending; arrows and questions. */
export const featuresOf = (text: string): ReadonlySet<string> => {
  const words = wordsOf(text)
  const stems = words.map(stemOf)
  const [first] = stems
  const found = new Set<string>([`^${first}`, `$${stems.at(-1)}`, `^^${stems.slice(0, 2).join(" ")}`])
  if (words.length === 1) found.add(`#one ${first}`)
  if (words.length <= 2) found.add("#short")
  if (words.length >= 5) found.add("#long")
  if (text.includes("?")) found.add("#?")
  if (/[»>→]/.test(text)) found.add("#>")
  if (/[«<←]/.test(text)) found.add("#<")
  if (/^[^\p{L}\d]*\+/u.test(text)) found.add("#+")
  words.forEach((word, at) => {
    const stem = stems[at] ?? ""
    found.add(stem)
    if (at > 0) found.add(`${stems[at - 1]} ${stem}`)
    if (at > 1) found.add(`${stems[at - 2]}_${stem}`)
    found.add(word.length > stemLength + 1 ? `${stem}~${word.slice(-2)}` : `=${word}`)
  })
  return found
}

// Laid out when it is first asked: a start needs none of it.
const model = (): LinearModel<Press> => require("./presses.json")

/**
 * What a button's words are most like, of two thousand that were written for it (scripts/language), and how surely. A
 * branch's name, or whatever else is mostly made of other words, is like none of them.
 */
export const readPress = (text: string): readonly [press: Press, certainty: number] => {
  const presses = model()
  const words = wordsOf(text)
  const known = words.filter((word) => Object.hasOwn(presses.weights, stemOf(word)))
  if (known.length * 2 <= words.length) return ["none", 0]
  return likeliest(likelihoods(presses, featuresOf(text))) ?? ["none", 0]
}
