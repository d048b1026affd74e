import { expect, test } from "bun:test"
import { sameName } from "../../src/cfdi/CompanyName.ts"

test.each([
  ["ESCUELA KEMPER URGATE", "Escuela Kemper Urgate, S.A. de C.V."],
  ["EMPRESA", "EMPRESA SA DE CV"],
  ["EMPRESA", "EMPRESA, S.A.DE C.V."],
  ["EMPRESA", "EMPRESA S. A. P. I. DE C. V."],
  ["EMPRESA", "Empresa, S. de R.L. de C.V."],
  ["EMPRESA", "EMPRESA S DE RL MI"],
  ["EMPRESA", "EMPRESA SOCIEDAD ANÓNIMA DE CAPITAL VARIABLE"],
  ["EMPRESA", "EMPRESA, S.C."],
  ["ASOCIACIÓN DE VECINOS", "Asociacion de vecinos A.C."],
  ["PEÑA Y MUÑOZ", "PENA Y MUNOZ"],
  ["H & M", "H&M"],
  ["O'REILLY", "OREILLY"],
  ["JOSÉ  PÉREZ LÓPEZ", "jose perez lopez"]
])("%j and %j are one taxpayer", (one, other) => {
  expect(sameName(one, other)).toBe(true)
  expect(sameName(other, one)).toBe(true)
})

test.each([
  ["ESCUELA KEMPER", "ESCUELA KEMPER URGATE"],
  ["ROSA", "RO"],
  ["CASA", "CA"],
  ["JUAN PÉREZ", "JUANA PÉREZ"],
  ["SA DE CV", "EMPRESA SA DE CV"],
  ["", "EMPRESA"]
])("%j and %j are two", (one, other) => {
  expect(sameName(one, other)).toBe(false)
})
