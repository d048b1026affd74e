import { Schema } from "effect"
import * as Catalogs from "../cfdi/Catalogs.ts"
import { says } from "./Form.ts"

/** tdCFDI's own pattern: the date part must be a plausible month and day. */
const rfcPattern = /^[A-ZÑ&]{3,4}[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[A-Z0-9]{2}[0-9A]$/
const generic = ["XAXX010101000", "XEXX010101000"]

export const TypedRfc = Schema.compose(Schema.Trim, Schema.Uppercase).pipe(
  Schema.pattern(rfcPattern, says("RFC inválido o no registrado en el SAT.")),
  Schema.filter((rfc) => !generic.includes(rfc), says("No es posible facturar en línea a un RFC genérico."))
)

const personType = (rfc: string) => (rfc.length === 12 ? "moral" : "individual")

export const regimesFor = (rfc: string) => Catalogs.fiscalRegimes.filter((regime) => regime[personType(rfc)])

export const usesFor = (rfc: string, regime: string) => Catalogs.usesFor(regime, personType(rfc))

const rejection = (path: "regimen" | "uso", message: string) => ({ path: [path], message })

/** Who the invoice is for, as a portal's visitor types it; the messages are what portals and the SAT answer. */
export const TypedReceiver = Schema.Struct({
  rfc: TypedRfc,
  nombre: Schema.compose(Schema.Trim, Schema.Uppercase).pipe(
    Schema.nonEmptyString(says("Capture el nombre o razón social.")),
    Schema.pattern(/^[^|]{1,300}$/u, says("El nombre o razón social contiene caracteres no permitidos."))
  ),
  cp: Schema.Trim.pipe(Schema.pattern(/^[0-9]{5}$/, says("El código postal debe tener 5 dígitos."))),
  regimen: Schema.String.pipe(Schema.filter(Schema.is(Catalogs.FiscalRegime), says("Régimen fiscal inválido."))),
  uso: Schema.String.pipe(Schema.filter(Schema.is(Catalogs.CfdiUse), says("Seleccione un uso de CFDI."))),
  correo: Schema.Trim.pipe(Schema.pattern(/^[^@\s]+@[^@\s]+\.[^@\s]{2,}$/, says("El correo electrónico no es válido.")))
}).pipe(
  Schema.filter(({ regimen, rfc, uso }) => {
    if (!regimesFor(rfc).some((regime) => regime.code === regimen)) {
      return rejection(
        "regimen",
        "CFDI40158 - La clave del campo RegimenFiscalR debe corresponder con el tipo de persona (física o moral)."
      )
    }
    if (!usesFor(rfc, regimen).some((use) => use.code === uso)) {
      return rejection(
        "uso",
        "CFDI40161 - La clave del campo UsoCFDI debe corresponder con el tipo de persona (física o moral) y el régimen correspondiente conforme al catálogo c_UsoCFDI."
      )
    }
    return undefined
  })
)
export type TypedReceiver = typeof TypedReceiver.Type

const companyType = /,?\s+(S\.?\s?A\.?(\s?P\.?\s?I\.?)?|S\.?\s+DE\s+R\.?\s?L\.?)(\s+DE\s+C\.?\s?V\.?)?$/u

/** CFDI 4.0 wants the name without its régimen societario: some portals drop it by themselves, others refuse it. */
export const hasCompanyType = (name: string) => companyType.test(name)
export const withoutCompanyType = (name: string) => name.replace(companyType, "")
