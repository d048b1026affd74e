import { expect, test } from "bun:test"
import { splitName } from "../../../src/agent/portal/PersonName.ts"

test.each([
  ["XOCHILT CASAS CHAVEZ", "CACX7605101P8", "XOCHILT", "CASAS", "CHAVEZ"],
  ["KARLA FUENTE NOLASCO", "FUNK671228PH6", "KARLA", "FUENTE", "NOLASCO"],
  ["MARIA DE LA LUZ PEREZ LOPEZ", "PELL800101AB1", "MARIA DE LA LUZ", "PEREZ", "LOPEZ"],
  ["JUAN DE LA CRUZ", "CUJU800101AB1", "JUAN", "DE LA CRUZ", ""]
])("%s of %s", (name, rfc, firstName, paternalSurname, maternalSurname) => {
  expect(splitName(name, rfc)).toEqual({ firstName, paternalSurname, maternalSurname })
})
