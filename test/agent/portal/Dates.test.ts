import { expect, test } from "bun:test"
import { dateFormat, parseDate, writeDate } from "../../../src/agent/portal/Dates.ts"
import { control } from "../../lib/controls.ts"

const day = { year: 2026, month: 11, day: 9 }

test.each([
  "2026-11-09",
  "09/11/2026",
  "9-11-26",
  "09.11.2026",
  "09-nov-2026",
  "9 de noviembre de 2026",
  "09/11/2026 14:35"
])("%s is the ninth of November", (text) => expect(parseDate(text)).toEqual(day))

test.each(["31/02/2026", "folio 12", "", "2026"])("%s is no date", (text) => expect(parseDate(text)).toBeUndefined())

test.each([
  [{ type: "date" }, "2026-11-09"],
  [{ placeholder: "dd/mm/aaaa" }, "09/11/2026"],
  [{ placeholder: "DD-MM-YYYY" }, "09-11-2026"],
  [{ placeholder: "mm/dd/yyyy" }, "11/09/2026"],
  [{ placeholder: "aaaa-mm-dd" }, "2026-11-09"],
  [{ placeholder: "dd/mm/aa" }, "09/11/26"],
  [{ label: "Fecha (dd/mm/aaaa)" }, "09/11/2026"],
  [{ value: "2026-11-23" }, "2026-11-09"],
  [{ value: "11/23/2026" }, "11/09/2026"],
  [{ maxLength: 8 }, "09/11/26"],
  [{}, "09/11/2026"]
] as const)("a field %j wants %s", (part, text) => {
  expect(writeDate(day, dateFormat(control(part)))).toBe(text)
})
