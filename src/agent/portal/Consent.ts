import type { SeenControl } from "../page/Tab.ts"
import type { Fact } from "./Facts.ts"
import { isKey } from "./Match.ts"
import { bare, plain } from "./Plain.ts"

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

/** Is this tick box the one of our ticket, in a list of what may be invoiced? Its row bears the ticket's key. */
export const selectsTicket = (control: SeenControl, facts: ReadonlyArray<Fact>) =>
  control.kind === "checkbox" &&
  control.row !== "" &&
  facts.some(
    ({ label, roles, value }) =>
      label !== "" && isKey(roles) && bare(value).length >= 4 && bare(control.row).includes(bare(value))
  )
