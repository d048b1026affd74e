import { expect, test } from "bun:test"
import { dateFormat, isTime, parseDate, timeIn, writeDate } from "../../../src/agent/portal/Dates.ts"
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
  [{ pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}" }, "2026-11-09"],
  [{}, "09/11/2026"]
] as const)("a field %j wants %s", (part, text) => {
  expect(writeDate(day, dateFormat(control(part)))).toBe(text)
})

test.each([
  ["14:07:33", "14:07:33"],
  ["2:05 p.m.", "14:05"],
  ["12:30 AM", "00:30"],
  ["09/11/2026 7:18", "07:18"],
  ["25:00", undefined],
  ["folio 1407", undefined]
])("the hour in %s is %s", (text, time) => expect(timeIn(text)).toBe(time))

test("a text that tells more than the hour is no hour", () => {
  expect(["14:07", "2:05 p.m.", "08:41 hrs"].map(isTime)).toEqual([true, true, true])
  expect(["21/11/26 08:41", "Caja 3"].map(isTime)).toEqual([false, false])
})

test("a date is read month first only where it can be nothing else", () => {
  expect(parseDate("11/23/2026 1:07 PM")).toEqual({ year: 2026, month: 11, day: 23 })
  expect(parseDate("11/09/2026")).toEqual({ year: 2026, month: 9, day: 11 })
  expect(parseDate("13/13/2026")).toBeUndefined()
})
