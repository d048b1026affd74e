import { expect, test } from "bun:test"
import { spelled } from "../../../src/agent/portal/Abbreviations.ts"

test.each([
  ["NO. TKT", "numero ticket"],
  ["F. COMPRA", "fecha compra"],
  ["Tot.", "total"],
  ["SUC", "sucursal"],
  ["LINDAVISTA NTE", "lindavista norte"],
  ["Check-out", "salida"],
  ["CodSeg", "codigo seguridad"],
  ["NUM.TICKET", "numero ticket"],
  ["Mesero", "mesero"],
  ["Folio", "folio"]
])("%s is read as %s", (text, words) => expect(spelled(text)).toBe(words))
