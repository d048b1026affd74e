import { usesOf } from "../../lib/Taxpayers.ts"
import type { Typed } from "./kit.ts"

/** Régimen and use go together, as the PAC has it. */
export const fits = (typed: Typed) => usesOf(typed.rfc, typed.regime).some(({ code }) => code === typed.use)

/** By what the amounts are worth: a sign, commas and missing cents are let by. */
export const sameWorth = (text: string, cents: bigint) => {
  const plain = text.replace(/[$,\s]/g, "")
  return /^\d+(\.\d{1,2})?$/.test(plain) && BigInt(Math.round(Number(plain) * 100)) === cents
}
