import { catalogs } from "./CatalogData.ts" with { type: "macro" }

const { regimes, uses } = catalogs()

type Person = "individual" | "moral"

/** A company's RFC has 12 characters and a person's 13; of any other length nothing is known yet. */
const personOf = (rfc: string): Person | undefined => {
  const { length } = rfc.replace(/[\s-]/g, "")
  return length === 12 ? "moral" : length === 13 ? "individual" : undefined
}

export const regimesFor = (rfc: string) => {
  const person = personOf(rfc)
  return person === undefined ? regimes : regimes.filter((regime) => regime[person])
}

/** What a buyer with this RFC and régimen may declare for a purchase. */
export const usesFor = (rfc: string, regimeCode: string) => {
  const regime = regimes.find(({ code }) => code === regimeCode)
  if (regime === undefined) return uses
  const person = personOf(rfc)
  const allowed = person === undefined ? [...regime.uses.individual, ...regime.uses.moral] : regime.uses[person]
  return uses.filter(({ code }) => allowed.includes(code))
}
