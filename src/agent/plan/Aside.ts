import type { SeenControl } from "../page/Tab.ts"
import { type FieldRole, isOurs } from "../portal/FieldRole.ts"
import type { Field } from "../portal/Fields.ts"
import { plain } from "../portal/Plain.ts"
import { type Press, pressOf } from "../portal/Press.ts"
import type { Front } from "./Front.ts"

/** Which form of which frame something stands in. */
export const formOf = ({ frame, form }: Pick<SeenControl, "frame" | "form">) => `${frame.url()} ${form}`

const searching = /\bbusc|search/

// A shop's site asks in a dialog where its visitor lives, to show what it has there.
const isForVisitor = ({ role, control }: Field) =>
  role === "email" || role === "name" || (role === "postalCode" && control.dialog !== 0)

/**
 * A form of its own that asks for no more than an address to write to: a newsletter, a contact. Once something was given,
 * it may be all that is asked for next, unless that was given too.
 */
export const sideForms = (fields: ReadonlyArray<Field>, given: ReadonlySet<FieldRole>) => {
  const forms = new Map<string, ReadonlyArray<Field>>()
  for (const field of fields) forms.set(formOf(field.control), [...(forms.get(formOf(field.control)) ?? []), field])
  const isSide = (group: ReadonlyArray<Field>) =>
    !group.some(({ control }) => control.kind === "password") &&
    group.every((field) => !isOurs(field.role) || isForVisitor(field)) &&
    group.some(
      ({ role, control }) =>
        (role !== undefined && role !== "captcha" && role !== "otp") ||
        (control.kind === "text" &&
          searching.test(plain(`${control.placeholder} ${control.label} ${control.title} ${control.name}`)))
    )
  const side = [...forms].filter(([, group]) => isSide(group)).map(([form]) => form)
  const goesOn = given.size > 0 && fields.some(({ role }) => role === undefined || (isOurs(role) && !given.has(role)))
  return new Set<string>(side.length === forms.size && goesOn ? [] : side)
}

const carries = new Set<Press>(["stamp", "next", "accept", "login"])

/** Does it stand before a button that finds an old invoice, and before none that carries a new one on? */
export const isForLookUp = ({ control, radios }: Field, fields: ReadonlyArray<Field>, front: Front) => {
  if (radios.length > 0) return false
  const after = front.buttons
    .filter(({ frame, order }) => frame === control.frame && order > control.order)
    .map((button) => ({ order: button.order, press: pressOf(button) }))
  const first = after.find(({ press }) => press === "recover" || carries.has(press))
  if (first?.press !== "recover") return false
  const nextField = fields.find((field) => field.control.frame === control.frame && field.control.order > first.order)
  return !after.some(
    ({ press, order }) => carries.has(press) && order < (nextField?.control.order ?? Number.POSITIVE_INFINITY)
  )
}
