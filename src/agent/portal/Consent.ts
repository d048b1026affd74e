import type { SeenControl } from "../page/Tab.ts"
import type { Fact } from "./Facts.ts"
import { bare, plain } from "./Plain.ts"
import { isOurRow, likeliestRow } from "./Rows.ts"

const wanted =
  /terminos|condiciones|aviso de privacidad|privacidad|acepto|aceptar|de acuerdo|he (leido|verificado|revisado|comprobado)|confirmo|autorizo|enviar( \S+){0,4} (correo|e-?mail)|(correctos|correcta|veridic)/
const unwanted =
  /complemento|\bine\b|partido|donativo|promocion|publici|fines (comercial|secundari)|\bclub\b|cupon|descuento|catalogo|beneficios|rewards|monedero|seguro|sorteo|boletin|newsletter|ofertas|mercadotecnia|noticias|novedades|marketing|extranjer|guardar|recordar|recuerdame|recibir|otra direccion/

/** Is this tick box a consent to terms, privacy or delivery by mail? Everything else stays as it is. */
export const isConsent = (control: SeenControl) => {
  const said = plain(`${control.label} ${control.label === "" ? `${control.name} ${control.id}` : ""}`)
  return control.kind === "checkbox" && wanted.test(said) && !unwanted.test(said)
}

/** Is it the one of our taxpayer, in a list of those to whom the portal may invoice? Its row bears the RFC. */
export const selectsTaxpayer = (control: SeenControl, facts: ReadonlyArray<Fact>) =>
  control.kind === "radio" &&
  facts.some(({ label, roles, value }) => label === "" && roles.has("rfc") && bare(control.row).includes(bare(value)))

/** The tick boxes of our ticket in a list of what may be invoiced: where no row bears its key, the row that shows most of it. */
export const selectsTicket = (controls: ReadonlyArray<SeenControl>, facts: ReadonlyArray<Fact>) => {
  const ticks = controls.filter(({ kind }) => kind === "checkbox")
  // What is drawn as a row and is none has it all in its label.
  const ours = ticks.filter(({ row, label }) => isOurRow(row || label, facts))
  if (ours.length > 0) return ours
  const boxes = ticks.filter(({ row }) => row !== "")
  const row = likeliestRow([...new Set(boxes.map((box) => box.row))], facts)
  return boxes.filter((box) => box.row === row)
}
