import type { FieldRole } from "./FieldRole.ts"
import type { Field } from "./Fields.ts"

/** What is true of a taxpayer beyond one ticket, and no CFDI asks for: it may be kept with the profile. */
const roles = new Set<FieldRole | undefined>([
  "phone",
  "country",
  "state",
  "city",
  "municipality",
  "neighborhood",
  "street",
  "exteriorNumber",
  "interiorNumber"
])

export const isPersonalRole = (role: FieldRole | undefined) => roles.has(role)

export const isPersonal = ({ role }: Pick<Field, "role">) => isPersonalRole(role)
