import { expect, test } from "bun:test"
import { selectsTicket } from "../../../src/agent/portal/Consent.ts"
import { factsOf } from "../../../src/agent/portal/Facts.ts"
import { invoicedRow, likeliestRow } from "../../../src/agent/portal/Rows.ts"
import { assignment } from "../../lib/agent.ts"
import { control } from "../../lib/controls.ts"
import { seenFrame } from "../../lib/looks.ts"

const facts = factsOf(
  assignment(new URL("https://portal.example.mx"), {
    Plaza: "TRES MARIAS",
    "Fecha/Hora": "11/11/2026 17:42:08",
    "Pago TAG": "$104.00"
  })
)

const row = "11/11/2026 17:42:08 Tres Marías 07 1A $104.00 Disponible"
const others = ["11/11/2026 06:51:33 Palmillas 03 1A $67.00 Disponible", "09/11/2026 17:11:00 Tepotzotlán $88.00"]

test("in a list without keys the row that shows most of the ticket is its own", () => {
  expect(likeliestRow([...others, row], facts)).toBe(row)
})

test("no row is the ticket's where two show as much of it, or one shows but the day", () => {
  expect(likeliestRow([row, `${row} `], facts)).toBeUndefined()
  expect(likeliestRow(others, facts)).toBeUndefined()
})

test("a purchase of the same day, place and amount at another hour is not the ticket's", () => {
  expect(likeliestRow(["11/11/2026 06:51:33 Tres Marías 03 1A $104.00 Disponible"], facts)).toBeUndefined()
})

test("a row that is ours and was put into an invoice tells that there is one", () => {
  expect(invoicedRow([...others, "11/11/2026 17:42:08 $104.00 Incluido en factura T-551"], facts)).toContain("T-551")
  expect(invoicedRow([...others, row], facts)).toBeUndefined()
})

test("what is drawn as a row and is none is known by its tick box's label", () => {
  const boxes = ["8834120077 · $200.00", "8834120078 · $200.00"].map((label, ref) => ({
    ...control({ kind: "checkbox", label, ref }),
    frame: seenFrame("https://portal.example.mx")
  }))
  const topUp = factsOf(assignment(new URL("https://portal.example.mx"), { Folio: "8834120077" }))
  expect(selectsTicket(boxes, topUp)).toEqual(boxes.slice(0, 1))
})
