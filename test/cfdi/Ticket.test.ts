import { describe, expect, test } from "bun:test"
import { Either, FastCheck, JSONSchema, Schema } from "effect"
import { TicketDetails } from "../../src/cfdi/Ticket.ts"

const decode = Schema.decodeUnknownEither(TicketDetails)
const refusal = (input: unknown) => Either.getOrThrow(Either.flip(decode(input))).message
const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]))

test("keeps labels as printed, trims, and turns numbers into text", () => {
  expect(decode({ " TC# ": " 0012 ", Total: 348.5, "Núm. de caja": 7, ITU: "ñ & Ñ" })).toEqual(
    Either.right({ "TC#": "0012", Total: "348.5", "Núm. de caja": "7", ITU: "ñ & Ñ" })
  )
})

test.each([
  [1e-7, "0.0000001"],
  [0.1, "0.1"],
  [1234567.25, "1234567.25"],
  [Number.MAX_SAFE_INTEGER, "9007199254740991"],
  [-5, "-5"],
  [-0, "0"]
])("prints %p without an exponent", (number, text) => {
  expect(decode({ n: number })).toEqual(Either.right({ n: text }))
})

test("every number that is taken is printed as the same number", () => {
  FastCheck.assert(
    FastCheck.property(
      FastCheck.double({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1, noNaN: true }).filter((n) => !Object.is(n, -0)),
      (n) => {
        const { n: text } = Either.getOrThrow(decode({ n }))
        return Number(text) === n && !/e/i.test(text ?? "e")
      }
    )
  )
})

test("takes 1 to 40 entries", () => {
  expect(Either.isRight(decode(entries(40)))).toBe(true)
  expect(refusal(entries(41))).toContain("1 to 40 entries, not 41")
  expect(refusal({})).toContain("1 to 40 entries, not 0")
})

test("takes labels up to 100 and values up to 500 characters", () => {
  expect(Either.isRight(decode({ ["l".repeat(100)]: "v".repeat(500) }))).toBe(true)
  expect(refusal({ ["l".repeat(101)]: "v", Total: "1" })).toContain("100")
  expect(refusal({ l: "v".repeat(501) })).toContain("500")
})

test("refuses a folio that JSON has already rounded", () => {
  expect(refusal(JSON.parse('{"folio":12345678901234567890}'))).toContain("loses digits")
})

test("refuses two labels that are one after trimming", () => {
  expect(refusal({ Folio: "1", "Folio ": "2" })).toContain("same label twice")
})

describe("refuses", () => {
  test.each([
    ["null", null],
    ["an array", ["1"]],
    ["text", "Folio: 1"],
    ["an empty label", { " ": "1", Total: "1" }],
    ["an empty value", { Folio: "  " }],
    ["true", { Folio: true }],
    ["a null value", { Folio: null }],
    ["an object as value", { Folio: { a: 1 } }],
    ["an infinite number", JSON.parse('{"Folio":1e400}')],
    ["NaN", { Folio: Number.NaN }],
    ["NUL in a value", { Folio: "1\0" }],
    ["NUL in a label", { "Fo\0lio": "1", Total: "1" }],
    ["half a surrogate pair", { Folio: "\ud800" }],
    ["half a surrogate pair in a label", { "\udc00": "1", Total: "1" }],
    ["a label that would set the prototype", JSON.parse('{"__proto__":"1","Folio":"2"}')]
  ])("%s", (_name, input) => {
    expect(Either.isLeft(decode(input))).toBe(true)
  })
})

test("encodes to itself and is documented as an object of texts and numbers", () => {
  expect(Schema.encodeSync(TicketDetails)({ Folio: "1" })).toEqual({ Folio: "1" })
  expect(JSONSchema.make(TicketDetails)).toMatchObject({ type: "object", maxProperties: 40 })
})
