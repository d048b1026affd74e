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
