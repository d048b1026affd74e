import { type LinearModel, likeliest, likelihoods, stemLength } from "./LinearModel.ts"
import type { Outcome } from "./Outcome.ts"
import { plain } from "./Plain.ts"

/** A "no" turns the words that follow it. */
const reach = 4

const isNegation = (word: string) => /^(no|sin|ni|nunca|jamas|ningun[oa]?s?)$/.test(word)

/** What a number, an address or an identifier is matters; which one does not. */
const wordsOf = (text: string) =>
  plain(text)
    .replace(/\S+@\S+/g, " xmail ")
    .replace(/[\da-f]{8}-[\da-f-]{20,}/g, " xuuid ")
    .replace(/\b[a-z&]{3,4}\d{6}[a-z\d]{3}\b/g, " xrfc ")
    .replace(/cfdi ?4\d{4}|\b401\d\d\b/g, " xsat ")
    .replace(/\d+/g, " 9 ")
    .split(/[^a-z\d?¿!]+/)
    .filter((word) => word !== "")

/** Stems alone, after a negation, with their ending, and in pairs; and whether a stamp was asked for before. */
export const featuresOf = (text: string, afterStamp: boolean): ReadonlySet<string> => {
  const words = wordsOf(text)
  const stems = words.map((word) => word.slice(0, stemLength))
  const found = new Set<string>([afterStamp ? "#after" : "#before", `^${stems[0]}`])
  if (words.length <= 3) found.add("#short")
  let negated = 0
  words.forEach((word, at) => {
    const stem = stems[at] ?? ""
    found.add(stem)
    if (negated-- > 0) found.add(`!${stem}`)
    if (isNegation(word)) negated = reach
    if (at > 0) found.add(`${stems[at - 1]} ${stem}`)
    if (at > 1) found.add(`${stems[at - 2]}_${stem}`)
    if (word.length > stemLength + 2) found.add(`${stem}~${word.slice(-2)}`)
  })
  return found
}

export interface Reading {
  /** Undefined for what tells nothing of how it went. */
  readonly outcome: Outcome | undefined
  /** 0 to 1. */
  readonly certainty: number
}

// Laid out when it is first asked: a start needs none of it.
const model = (): LinearModel<Outcome | "none"> => require("./sayings.json")

const made = new Set<Outcome | "none">(["success", "emailed"])

/**
 * What a text that no phrase of `Sayings` knows is most like, of six thousand that were written for it (scripts/language):
 * a linear model over its words.
 */
export const readSaying = (text: string, afterStamp: boolean): Reading => {
  const all = likelihoods(model(), featuresOf(text, afterStamp))
  const [outcome, certainty] = likeliest(all) ?? ["none", 0]
  // "Se emitió y se le mandó": whichever of the two it is, it was made.
  const alike = made.has(outcome) ? [...made].reduce((sum, other) => sum + (all.get(other) ?? 0), 0) : certainty
  return { outcome: outcome === "none" ? undefined : outcome, certainty: alike }
}
