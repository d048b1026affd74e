import { expect, test } from "bun:test"
import { understand, weigh, write } from "../../../src/monitor/order/Ticket.ts"

test("a line is a label up to its first colon, and a value", () => {
  expect(understand("Folio: 4521887\r\n  Hora : 14:05:33 \n\nWeb ID：99A7-X\nTotal=348.50\nCaja\t4").entries).toEqual([
    { label: "Folio", value: "4521887" },
    { label: "Hora", value: "14:05:33" },
    { label: "Web ID", value: "99A7-X" },
    { label: "Total", value: "348.50" },
    { label: "Caja", value: "4" }
  ])
})

test("facts side by side are parted, a value behind a gap is not", () => {
  expect(understand("Folio: 1   Caja: 2\nSucursal:    Centro Norte").entries).toEqual([
    { label: "Folio", value: "1" },
    { label: "Caja", value: "2" },
    { label: "Sucursal", value: "Centro Norte" }
  ])
})

test("what cannot be sent is told with its reason", () => {
  const { entries, ignored } = understand(
    ["GRACIAS POR SU COMPRA", "Folio:", ": 3", "Total: 1", "Total: 1", "Total: 2", `RFC: ${"x".repeat(501)}`].join("\n")
  )
  expect(entries).toEqual([{ label: "Total", value: "1" }])
  expect(ignored.map(({ trouble }) => trouble)).toEqual(["NO_COLON", "NO_VALUE", "NO_COLON", "TWICE", "TOO_LONG"])
})

test("the forty-first fact is one too many", () => {
  const lines = Array.from({ length: 41 }, (_, index) => `Dato ${index}: ${index}`)
  const { entries, ignored } = understand(lines.join("\n"))
  expect([entries.length, ignored]).toEqual([40, [{ line: "Dato 40: 40", trouble: "TOO_MANY" }]])
})

test("rows of the table are judged alike, and what is written of them reads the same", () => {
  const rows = [
    { label: "Folio", value: "4:5" },
    { label: "", value: "7" },
    { label: "Total", value: "" }
  ]
  const { entries, ignored } = weigh(rows)
  expect(ignored.map(({ trouble }) => trouble)).toEqual(["NO_LABEL", "NO_VALUE"])
  expect(understand(write(entries)).entries).toEqual([{ label: "Folio", value: "4:5" }])
})
