import type { FiscalProfile } from "../../cfdi/FiscalProfile.ts"
import type { FieldRole } from "./FieldRole.ts"
import type { Field } from "./Fields.ts"

const names: Partial<Record<FieldRole, string>> = {
  rfc: "el RFC",
  name: "el nombre o razón social",
  firstName: "el nombre",
  surnames: "los apellidos",
  paternalSurname: "el apellido paterno",
  maternalSurname: "el apellido materno",
  personType: "el tipo de persona",
  postalCode: "el código postal",
  regime: "el régimen fiscal",
  use: "el uso de CFDI",
  email: "el correo",
  total: "el total",
  date: "la fecha",
  time: "la hora",
  store: "la sucursal",
  register: "la caja",
  payment: "la forma de pago"
}

/** What a step calls a field: its role's name, else the portal's own label. */
export const nameOfField = ({ role, control, key }: Field) =>
  (role ? names[role] : undefined) ?? `«${control.label || control.placeholder || key}»`

const personal = new Set<FieldRole | undefined>([
  "rfc",
  "name",
  "firstName",
  "surnames",
  "paternalSurname",
  "maternalSurname",
  "postalCode",
  "email",
  "password",
  "username",
  "phone",
  "otp"
])

/** The taxpayer's data with all but its first letters hidden; the ticket's data as it is. */
export const mask = (role: FieldRole | undefined, value: string) =>
  personal.has(role) ? `${value.slice(0, role === "rfc" ? 3 : 1)}•••` : value

const maxQuote = 300

/** The portal's own words between quotation marks, with what they repeat of the taxpayer masked. */
export const quote = (text: string, profile: FiscalProfile) => {
  const own = [profile.email, profile.rfc, profile.fullName].filter((value) => value !== "")
  const veiled = own.reduce(
    (said, value) => said.replaceAll(new RegExp(RegExp.escape(value), "gi"), `${value.slice(0, 2)}•••`),
    text
  )
  return `«${veiled.slice(0, maxQuote)}»`
}
