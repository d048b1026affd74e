import type { SeenButton } from "../page/Tab.ts"
import { best } from "../portal/Classify.ts"
import type { Fact } from "../portal/Facts.ts"
import { plain } from "../portal/Plain.ts"
import type { Form } from "./Form.ts"
import type { Front } from "./Front.ts"
import type { Candidate } from "./Presses.ts"

const postalCode = /\b(?:c\.? ?p\.?|codigo postal) ?:? ?(\d{5})\b/
const mends = /^(editar|modificar|actualizar|corregir|cambiar)( \S+){0,2} (datos|cliente|receptor|domicilio|perfil)\b/

/**
 * The way to mend what the portal keeps of our taxpayer, where it shows another postal code than ours and asks for none:
 * the SAT would refuse the invoice for it.
 */
export const stalePress = (
  front: Front,
  form: Form,
  facts: ReadonlyArray<Fact>,
  wasPressed: (button: SeenButton) => boolean
): Candidate | undefined => {
  if (form.roles.has("postalCode")) return undefined
  const ours = facts.find(({ label, roles }) => label === "" && best(roles)?.role === "postalCode")?.value
  const shown = front.texts.flatMap((text) => postalCode.exec(plain(text))?.[1] ?? [])
  if (ours === undefined || shown.length === 0 || shown.includes(ours)) return undefined
  const button = front.buttons.find((seen) => seen.enabled && mends.test(plain(seen.text)) && !wasPressed(seen))
  return button && { button, press: "start" }
}
