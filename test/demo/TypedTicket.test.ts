import { expect, test } from "bun:test"
import { Either, Schema } from "effect"
import { sameTotal, TypedTotal } from "../../src/demo/TypedTicket.ts"

const accepts = (typed: string, total: bigint) =>
  Either.match(Schema.decodeUnknownEither(TypedTotal)(typed), {
    onLeft: () => false,
    onRight: (right) => sameTotal(right, { total })
  })

test.each(["348", "348.0", " 348.00 "])("%p is a way to type a total of 348 pesos", (typed) => {
  expect(accepts(typed, 34800n)).toBe(true)
})

test.each(["348.01", "3480", "34.800", "$348.00", "348,00", "348.000", "-348", "3.48e2", ""])("%p is not", (typed) => {
  expect(accepts(typed, 34800n)).toBe(false)
})
