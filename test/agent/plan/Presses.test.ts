import { expect, test } from "bun:test"
import type { SeenButton } from "../../../src/agent/page/Tab.ts"
import { confirmPress, dismissals, noticePress } from "../../../src/agent/plan/DialogPress.ts"
import { readForm, withoutTicket } from "../../../src/agent/plan/Form.ts"
import { type Front, frontOf } from "../../../src/agent/plan/Front.ts"
import { nextPress } from "../../../src/agent/plan/NextPress.ts"
import { pressesIn } from "../../../src/agent/plan/Presses.ts"
import { searchPress } from "../../../src/agent/plan/SearchPress.ts"
import { guestPress, rowPress, tabPress } from "../../../src/agent/plan/StartPress.ts"
import { factsOf } from "../../../src/agent/portal/Facts.ts"
import { assignment } from "../../lib/agent.ts"
import { control } from "../../lib/controls.ts"
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

test("beside a log-in the way without one is taken, once", () => {
  const ways = ["Iniciar sesión", "Crear cuenta", "FACTURACIÓN SIN USUARIO"].map((text, ref) => button({ ref, text }))
  expect(guestPress(front(ways), never)?.button.text).toBe("FACTURACIÓN SIN USUARIO")
  expect(guestPress(front(ways), ({ ref }) => ref === 2)).toBeUndefined()
  expect(guestPress(front(ways.slice(0, 2)), never)).toBeUndefined()
})

test("the headings and cells of a table lead nowhere", () => {
  const cells = ["Código", "Siguiente"].map((text, ref) => button({ ref, text, role: "columnheader", row: "Código" }))
  expect(pressesIn(front(cells)).map(({ press }) => press)).toEqual(["none", "none"])
})

const known = facts({ Folio: "7561043", Estación: "LA PRESA CELAYA" })

test("a list that is drawn as a button is not pressed on", () => {
  const frame = seenFrame("https://portal.example.mx/")
  const folio = { ...control({ ref: 1, order: 1, label: "Folio", value: "7561043" }), frame }
  const list = { text: "Confirmar", label: "Estación", className: "chosen-single", role: "div" }
  const seen = look({
    controls: [folio],
    buttons: [button({ ref: 2, order: 2, ...list, frame }), button({ ref: 3, order: 3, text: "Agregar Ticket", frame })]
  })
  const form = readForm(frontOf(seen), known, () => undefined, new Set(), [])
  const press = nextPress(
    frontOf(seen),
    form,
    { given: new Set(), presses: { wasPressed: ({ ref }) => ref === 3, isNew: () => false } },
    known
  )
  expect(press).toBeUndefined()
})

test("the captcha that a ticket was listed with is not asked for again", () => {
  const frame = seenFrame("https://portal.example.mx/")
  const fields = ["Folio", "Escriba el código de la imagen"].map((label, at) => ({
    ...control({ ref: at + 1, order: at + 1, label }),
    frame
  }))
  const form = readForm(frontOf(look({ controls: fields })), known, () => undefined, new Set(), [])
  expect(form.captcha).toBeDefined()
  expect(withoutTicket(form, true).captcha).toBeUndefined()
  expect(withoutTicket(form, false).captcha).toBeDefined()
})

test("a code in groups is written without what parts them once it was refused so", () => {
  const grouped = facts({ "Ticket No.": "0457-1220-8843-917", Cheque: "3,451,112" })
  const written = (label: string, ungrouped: boolean) => {
    const controls = [{ ...control({ ref: 1, order: 1, label }), frame: seenFrame("https://portal.example.mx/") }]
    const { entries } = readForm(frontOf(look({ controls })), grouped, () => undefined, new Set(), [], ungrouped)
    return entries.map((entry) => (entry._tag === "Type" ? entry.text : entry._tag))
  }
  expect(written("Ticket No.", false)).toEqual(["0457-1220-8843-917"])
  expect(written("Ticket No.", true)).toEqual(["045712208843917"])
  expect(written("Cheque", false)).toEqual(["3451112"])
})

test("a portal that only empties its form after the stamp is searched for its user's invoices, by its first page", () => {
  const frame = seenFrame("https://portal.example.mx/")
  const form = (value: string) => [{ ...control({ label: "Folio", value }), frame }]
  const page = (value: string, ...texts: ReadonlyArray<string>) =>
    frontOf(look({ controls: form(value), buttons: texts.map((text, ref) => button({ ref: ref + 2, text, frame })) }))
  const search = (front: Front, keepsList: boolean) => searchPress(front, { keepsList, searching: false })?.button.text
  expect(search(page("", "Inicio", "Acceder a mis facturas"), true)).toBe("Acceder a mis facturas")
  expect(search(page("", "Inicio", "Cerrar sesión"), true)).toBe("Inicio")
  expect(search(page("", "Inicio", "Cerrar sesión"), false)).toBeUndefined()
  expect(search(page("7561043", "Inicio", "Mis facturas"), true)).toBeUndefined()
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
