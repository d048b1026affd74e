import { describe, expect, test } from "bun:test"
import { FastCheck, Option } from "effect"
import { formatMoney, parseDecimal, parseMoney } from "../../src/cfdi/Money.ts"

describe("parseMoney", () => {
  test.each([
    ["$1,234.50", 123450n],
    ["1234.5", 123450n],
    ["1,234", 123400n],
    ["1.234,50", 123450n],
    ["116", 11600n],
    ["MXN 116.00", 11600n],
    ["$ 116.00 M.N.", 11600n],
    ["116.00 pesos", 11600n],
    ["$116.00MXN", 11600n],
    ["\u00a0$\u00a01 234.50 ", 123450n],
    ["1,234,567.89", 123456789n],
    ["1.234.567,89", 123456789n],
    ["1.234.567", 123456700n],
    ["1234,5", 123450n],
    [".50", 50n],
    ["0.05", 5n],
    ["116.000000", 11600n],
    ["348.0000", 34800n],
    ["1234.565", 123457n],
    ["0.994", 99n],
    ["1,234.567", 123457n]
  ])("reads %j", (text, cents) => {
    expect(parseMoney(text)).toEqual(Option.some(cents))
  })

  test.each([
    "",
    "gratis",
    "$",
    "1.234",
    "12,34,567.00",
    "1,23.00",
    "1,2345",
    "12 34",
    "116.",
    "-116.00",
    "(116.00)",
    "USD 116.00",
    "US$116.00",
    "116.00 y 20.00",
    "1e5",
    "٣٤٨.00",
    "1".repeat(41)
  ])("does not guess at %j", (text) => {
    expect(parseMoney(text)).toEqual(Option.none())
  })

  const cents = FastCheck.bigInt({ min: 0n, max: 10n ** 15n })

  test("reads back what formatMoney writes, and the same with separators", () => {
    FastCheck.assert(
      FastCheck.property(cents, (amount) => {
        const plain = formatMoney(amount)
        const parted = plain.replace(/\B(?=(\d{3})+\.)/g, ",")
        const european = parted.replace(/[.,]/g, (sign) => (sign === "." ? "," : "."))
        return [plain, `$${parted}`, european].every((text) => Option.contains(parseMoney(text), amount))
      })
    )
  })
})

describe("parseDecimal", () => {
  test.each([
    ["116", 11600n],
    ["116.5", 11650n],
    ["116.005", 11601n],
    ["1.234", 123n]
  ])("reads %s", (text, cents) => {
    expect(parseDecimal(text)).toEqual(Option.some(cents))
  })

  test.each(["", "1,234.00", "$1", " 1", "-1", "1.", ".5", "1e3", "1.1234567"])("refuses %j", (text) => {
    expect(parseDecimal(text)).toEqual(Option.none())
  })
})

test.each([
  [123450n, "1234.50"],
  [5n, "0.05"],
  [0n, "0.00"],
  [-50n, "-0.50"]
])("%p cents are written %s", (cents, text) => {
  expect(formatMoney(cents)).toBe(text)
})
