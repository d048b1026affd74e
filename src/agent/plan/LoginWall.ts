import { isOurs } from "../portal/FieldRole.ts"
import type { Field } from "../portal/Fields.ts"

/** A page that asks for nothing but who somebody is. */
export interface LoginWall {
  readonly username: Field
  readonly password: Field
}

/** None where a ticket is asked for as well: a log-in beside that is for the shop's own customers. */
export const loginWall = (fields: ReadonlyArray<Field>): LoginWall | undefined => {
  const password = fields.find(({ control }) => control.kind === "password")
  const username =
    password && fields.findLast(({ control }) => control.order < password.control.order && control.kind === "text")
  if (!password || !username) return undefined
  const alone = fields.every((field) => field === username || field === password || !isOurs(field.role))
  return alone ? { username, password } : undefined
}
