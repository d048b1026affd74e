import { fiscalRegimes, usesFor } from "../../../src/cfdi/Catalogs.ts"
import { profiles } from "./Portal.ts"

export interface TypedReceiver {
  readonly rfc: string
  readonly name: string
  readonly postalCode: string
  /** c_RegimenFiscal */
  readonly regime: string
  /** c_UsoCFDI */
  readonly use: string
  readonly email: string
}

export type Fault =
  | "rfc"
  | "name"
  | "postalCode"
  | "regime"
  | "use"
  | "email"
  | "rfcUnlisted"
  | "nameDiffers"
  | "postalCodeDiffers"
  | "regimeDiffers"
  | "regimeOfOtherPerson"
  | "useOfOtherRegime"

/** What a portal says of each; the last six are the PAC's answers, passed on as they are. */
const words: Readonly<Record<Fault, string>> = {
  rfc: "RFC inválido.",
  name: "Capture el nombre o razón social.",
  postalCode: "El código postal debe ser de 5 dígitos.",
  regime: "Régimen fiscal inválido.",
  use: "Seleccione un uso de CFDI.",
  email: "El correo electrónico no es válido.",
  rfcUnlisted: "CFDI40143 - El RFC del receptor debe existir en la lista de RFC inscritos no cancelados del SAT.",
  nameDiffers:
    "CFDI40145 - El campo Nombre del receptor, debe pertenecer al nombre asociado al RFC registrado en el campo Rfc del Receptor.",
  postalCodeDiffers:
    "CFDI40147 - El campo DomicilioFiscalReceptor del receptor, debe encontrarse en la lista de RFC inscritos no cancelados en el SAT.",
  regimeDiffers:
    "CFDI40157 - El campo RegimenFiscalReceptor no corresponde al régimen registrado del RFC del receptor.",
  regimeOfOtherPerson:
    "CFDI40158 - La clave del campo RegimenFiscalReceptor debe corresponder con el tipo de persona (física o moral).",
  useOfOtherRegime:
    "CFDI40161 - La clave del campo UsoCFDI debe corresponder con el tipo de persona (física o moral) y el régimen correspondiente."
}

const rfcPattern = /^[A-ZÑ&]{3,4}[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[A-Z0-9]{2}[0-9A]$/

const personOf = (rfc: string) => (rfc.length === 12 ? "moral" : "individual")

export const regimesFor = (rfc: string) => fiscalRegimes.filter((regime) => regime[personOf(rfc)])

export const usesOf = (rfc: string, regime: string) => usesFor(regime, personOf(rfc))

/** The SAT's list of who exists: name, postal code and régimen must be those of the RFC, to the letter. */
const listed = [profiles.person, profiles.company]

const formFault = (typed: TypedReceiver): Fault | undefined => {
  if (!rfcPattern.test(typed.rfc)) return "rfc"
  if (!/^[^|]{1,300}$/u.test(typed.name)) return "name"
  if (!/^[0-9]{5}$/.test(typed.postalCode)) return "postalCode"
  if (!fiscalRegimes.some(({ code }) => code === typed.regime)) return "regime"
  if (!/^[A-Z]{1,2}[0-9]{2}$/.test(typed.use)) return "use"
  if (!/^[^@\s,;]+@[^@\s,;]+\.[^@\s,;]{2,}$/.test(typed.email)) return "email"
}

const pacFault = (typed: TypedReceiver): Fault | undefined => {
  const taxpayer = listed.find(({ rfc }) => rfc === typed.rfc)
  if (taxpayer === undefined) return "rfcUnlisted"
  if (typed.name !== taxpayer.fullName) return "nameDiffers"
  if (typed.postalCode !== taxpayer.postalCode) return "postalCodeDiffers"
  if (!regimesFor(typed.rfc).some(({ code }) => code === typed.regime)) return "regimeOfOtherPerson"
  if (typed.regime !== taxpayer.fiscalRegime) return "regimeDiffers"
  if (!usesOf(typed.rfc, typed.regime).some(({ code }) => code === typed.use)) return "useOfOtherRegime"
}

/** The first thing wrong with the data of the receiver, in the portal's own words where it has some. */
export const refusal = (typed: TypedReceiver, own: Partial<Record<Fault, string>> = {}) => {
  const fault = formFault(typed) ?? pacFault(typed)
  return fault === undefined ? undefined : (own[fault] ?? words[fault])
}

export const receiverOf = ({ name, postalCode, regime, rfc }: TypedReceiver) => ({ name, postalCode, regime, rfc })
