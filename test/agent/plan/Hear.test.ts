import { expect, test } from "bun:test"
import type { SeenText } from "../../../src/agent/page/Tab.ts"
import { hearQuietly, newSayings } from "../../../src/agent/plan/Hear.ts"
import { control } from "../../lib/controls.ts"
import { look, seenFrame } from "../../lib/looks.ts"

/** What a page that now shows this one text is understood to say. */
const heard = (text: string, tone: SeenText["tone"], afterStamp = false) => {
  const texts = [{ text, tone, dialog: 0, ref: 1, frame: seenFrame("https://portal.example.mx") }]
  return newSayings(look({ texts }), new Set(), [], afterStamp)[0]?.outcome
}

test.each([
  ["Esta compra ya la facturaste. ¿Quieres volver a descargar tus archivos?", "already_invoiced"],
  ["Tu compra es de hace más de un mes. Ya no podemos facturarla por políticas fiscales.", "expired"],
  ["Ese código no es de nosotros. Revisa que el ticket sea de alguna de nuestras sucursales.", "not_found"],
  ["Tu ticket es de hoy, ¡dale chance! Los tickets suben al portal durante la noche.", "not_yet"],
  ["Las tarjetas de regalo no son facturables", "data_rejected"],
  ["Estamos mejorando para ti. Volvemos el lunes 8 a las 9:00 a. m.", "closed"]
] as const)("«%s», said aloud, is %s although no list of phrases has it", (text, outcome) => {
  expect(heard(text, "alert")).toBe(outcome)
})

test("what stands in the text quietly is no answer only because it is like one", () => {
  expect(heard("Tu compra es de hace más de un mes. Ya no podemos facturarla.", "plain")).toBeUndefined()
  expect(heard("Régimen 612 · Uso G03", "plain")).toBeUndefined()
})

test("what is too short to be like anything is not taken for it", () => {
  expect(heard("Error", "alert")).toBeUndefined()
  expect(heard("R.F.C. del cliente", "alert")).toBeUndefined()
})

test("nothing is taken for an invoice, before the stamp, that is only like the word of one", () => {
  const text = "¡Eso es todo! Ya puedes bajar tu factura, no necesitas hacer nada más."
  expect(heard(text, "alert", true)).toBe("success")
  expect(heard(text, "alert", false)).not.toBe("success")
})

test("where nothing leads on, what stands there quietly is heard if it is surely a refusal", () => {
  const quiet = (text: string) => hearQuietly([{ text, inDialog: false, loud: false, outcome: undefined }])?.outcome
  expect(quiet("LA TRANSACCION YA FUE INCLUIDA EN LA FACTURA SB 20931.")).toBe("already_invoiced")
  expect(quiet("Su factura se generó correctamente")).toBeUndefined()
  expect(quiet("Régimen 612 · Uso G03")).toBeUndefined()
})

test("what is only likely to tell of an invoice made is not believed", () => {
  expect(heard("El recibo 879930 forma parte de la factura GT-10455.", "plain", true)).toBe("already_invoiced")
  expect(heard("Ya se le dio factura a ese ticket", "alert", true)).toBe("already_invoiced")
})

test("what is called a preview is no invoice, however much it looks like one", () => {
  expect(heard("COMPROBANTE FISCAL DIGITAL (VISTA PREVIA)", "plain", true)).toBeUndefined()
  expect(heard("Factura generada, sin validez fiscal", "alert", true)).toBeUndefined()
})

test("what a field of a dialog is called is no answer", () => {
  const frame = seenFrame("https://portal.example.mx")
  const text = "Razón social o nombre"
  const seen = look({ texts: [{ text, tone: "plain", dialog: 2, ref: 1, frame }] })
  const field = { ...control({ label: text }), frame }
  expect(newSayings(seen, new Set(), [], false)).toHaveLength(1)
  expect(newSayings({ ...seen, controls: [field] }, new Set(), [], false)).toEqual([])
  expect(newSayings({ ...seen, controls: [{ ...field, kind: "checkbox" }] }, new Set(), [], false)).toHaveLength(1)
})
