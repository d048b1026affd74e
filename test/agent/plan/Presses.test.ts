import { expect, test } from "bun:test"
import type { SeenButton } from "../../../src/agent/page/Tab.ts"
import { confirmPress, dismissals, noticePress } from "../../../src/agent/plan/DialogPress.ts"
import { type Front, frontOf } from "../../../src/agent/plan/Front.ts"
import { pressesIn } from "../../../src/agent/plan/Presses.ts"
import { rowPress, tabPress } from "../../../src/agent/plan/StartPress.ts"
import { factsOf } from "../../../src/agent/portal/Facts.ts"
import { assignment } from "../../lib/agent.ts"
import { button, look, seenFrame } from "../../lib/looks.ts"

const front = (buttons: ReadonlyArray<SeenButton>): Front => frontOf(look({ buttons }))
const facts = (ticket: Readonly<Record<string, string>>) =>
  factsOf(assignment(new URL("https://portal.example.mx"), ticket))
const never = () => false

test("the numbered steps of a way do not lead on, whatever they are called", () => {
  const stepper = ["1. Ticket", "2. Datos", "3. Facturar", "Facturar"].map((text, ref) => button({ ref, text }))
  expect(pressesIn(front(stepper)).map(({ press }) => press)).toEqual(["none", "none", "start", "stamp"])
})

test("what lies under something is confirmed with only where nothing else says yes", () => {
  const [under, free] = [button({ ref: 1, text: "Aceptar", covered: true }), button({ ref: 2, text: "Sí, facturar" })]
  expect(confirmPress(front([under, free]), never)?.button.text).toBe("Sí, facturar")
  const same = button({ ref: 3, text: "Aceptar" })
  expect(confirmPress(front([under, same]), never)?.button.ref).toBe(3)
})

test("the part of a page that the ticket names is opened, if it names one alone", () => {
  const tabs = ["Taquilla y app", "Dulcería y cafetería"].map((text, ref) => button({ ref, text, role: "tab" }))
  expect(tabPress(front(tabs), facts({ AREA: "DULCERIA" }))?.button.text).toBe("Dulcería y cafetería")
  expect(tabPress(front(tabs), facts({ AREA: "TAQUILLA", SALA: "DULCERIA" }))).toBeUndefined()
})

test("a row is chosen by the cell with the ticket's key", () => {
  const cells = ["88213", "88214"].flatMap((folio, row) =>
    [folio, "Hospedaje"].map((text, at) => button({ ref: row * 2 + at, text, row: `${folio} Hospedaje 598.00` }))
  )
  expect(rowPress(front(cells), facts({ "Folio No.": "88214" }), never)?.button.text).toBe("88214")
})

test("a page that a dialog frames stands in the dialog", () => {
  const [page, inner] = [seenFrame("https://portal.example.mx/"), seenFrame("https://portal.example.mx/popup")]
  Object.assign(inner, { parentFrame: () => page })
  const seen = look({
    dialogs: [{ ref: 9, text: "Comprobante emitido", framed: true, frame: page }],
    buttons: [
      button({ ref: 1, text: "X", dialog: 9, frame: page }),
      button({ ref: 2, text: "XML", frame: inner }),
      button({ ref: 3, text: "Confirmar", covered: true, frame: page })
    ]
  })
  expect(frontOf(seen).buttons.map(({ text }) => text)).toEqual(["X", "XML"])
})

test("the part for where the ticket was bought is opened, if it is not open yet", () => {
  const tabs = ["Compra en línea", "Compra en tienda"].map((text, ref) => button({ ref, text, role: "tab" }))
  expect(tabPress(front(tabs), facts({ Sucursal: "114 Galerías" }))?.button.text).toBe("Compra en tienda")
  const open = tabs.map((tab) => ({ ...tab, className: "item active" }))
  expect(tabPress(front(open), facts({ Sucursal: "114 Galerías" }))).toBeUndefined()
})

test("no notice is put away by a link to another page", () => {
  const more = button({ ref: 1, text: "Leer más", role: "link", href: "https://portal.example.mx/aviso" })
  const allow = button({ ref: 2, text: "Permitir cookies" })
  expect(noticePress(front([more, allow]))?.button.text).toBe("Permitir cookies")
  expect(dismissals(front([more]))).toEqual([])
})
