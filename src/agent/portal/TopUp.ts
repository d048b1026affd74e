import type { Assignment } from "../Assignment.ts"
import type { Fact } from "./Facts.ts"
import { plain } from "./Plain.ts"

const ofTopUp = /\brecargas?\b|tiempo aire/
const ofLine = /telefono|celular|linea|movil|\b(tel|cel)\b|numero/

/** The telephone on a ticket is the shop's, save where it was the line that was bought for: a top-up's. */
export const lineOf = (ticket: Assignment["ticket"]): ReadonlyArray<Fact> => {
  const entries = Object.entries(ticket)
  if (!entries.some(([label, value]) => ofTopUp.test(plain(`${label} ${value}`)))) return []
  const lines = entries.flatMap(([label, value]) => {
    const digits = value.replace(/\D/g, "")
    return ofLine.test(plain(label)) && digits.length === 10 ? [digits] : []
  })
  const [value] = lines
  if (value === undefined || lines.length > 1) return []
  const roles = new Map([["line", 12] as const, ["phone", 12] as const])
  return [{ roles, label: "", value, names: [] }]
}
