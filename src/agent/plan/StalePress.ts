import type { SeenButton } from "../page/Tab.ts"
import { best } from "../portal/Classify.ts"
import type { Fact } from "../portal/Facts.ts"
import type { FieldRole } from "../portal/FieldRole.ts"
import type { Field } from "../portal/Fields.ts"
import { plain } from "../portal/Plain.ts"
import type { Form } from "./Form.ts"
import type { Front } from "./Front.ts"
import type { Candidate } from "./Presses.ts"

const postalCode = /\b(?:c\.? ?p\.?|codigo postal) ?:? ?(\d{5})\b/
const mends = /^(editar|modificar|actualizar|corregir|cambiar)( \S+){0,2} (datos|cliente|receptor|domicilio|perfil)\b/
const unlocks = /^(editar|modificar|corregir|cambiar)( (mis|los|tus|sus))?( (datos|informacion))?$/

const kept = new Set<FieldRole>(["name", "postalCode", "regime"])

/** A field of the taxpayer's that is shut, and empty or not ours. */
const isStale = ({ control, role }: Field, facts: ReadonlyArray<Fact>) => {
  if (role === undefined || !kept.has(role) || (!control.readOnly && control.enabled)) return false
  const ours = facts.find(({ label, roles }) => label === "" && best(roles)?.role === role)?.value
  if (control.kind !== "text") return control.value === ""
  return ours !== undefined && plain(control.value) !== plain(ours)
}

/**
 * The way to mend what the portal keeps of our taxpayer, where it shows another postal code than ours and asks for none,
 * or holds something else in fields that are shut: the SAT would refuse the invoice for it.
 */
export const stalePress = (
  front: Front,
  form: Form,
  facts: ReadonlyArray<Fact>,
  wasPressed: (button: SeenButton) => boolean
): Candidate | undefined => {
  const press = (words: RegExp): Candidate | undefined => {
    const button = front.buttons.find((seen) => seen.enabled && words.test(plain(seen.text)) && !wasPressed(seen))
    return button && { button, press: "start" }
  }
  if (form.fields.some((field) => isStale(field, facts))) return press(unlocks) ?? press(mends)
  if (form.roles.has("postalCode")) return undefined
  const ours = facts.find(({ label, roles }) => label === "" && best(roles)?.role === "postalCode")?.value
  const shown = front.texts.flatMap((text) => postalCode.exec(plain(text))?.[1] ?? [])
  return ours === undefined || shown.length === 0 || shown.includes(ours) ? undefined : press(mends)
}
