import { best, readControl } from "../portal/Classify.ts"
import type { Fact } from "../portal/Facts.ts"
import type { Field } from "../portal/Fields.ts"
import { plain } from "../portal/Plain.ts"

/** A field, or a row of boxes for a digit each, that wants what the portal has sent to its user. */
export interface OneTimeCode {
  readonly field: Field
  readonly boxes: ReadonlyArray<Field>
}

const sends =
  /\b(envi|mand)\S*( \S+){0,8} (codigo|clave|token|pin)\b|\b(codigo|clave|token|pin)\b( \S+){0,8} (envi|mand|lleg|recib)\S*|codigo( \S+){0,4} (temporal|de un solo uso|sms)|(dos pasos|doble factor|2fa)/

const wants = /codigo|clave|token|\bpin\b|\botp\b|verificacion|digitos/

const isCode = (field: Field, sent: boolean) => {
  const { autocomplete, label, name, placeholder } = field.control
  if (autocomplete === "one-time-code" || best(readControl(field.control))?.role === "otp") return true
  return sent && wants.test(plain(`${label} ${placeholder} ${name}`))
}

/** Known by the field's own word for itself, or by the portal's that it has sent a code. */
export const oneTimeCode = (fields: ReadonlyArray<Field>, texts: ReadonlyArray<string>): OneTimeCode | undefined => {
  const typed = fields.filter(({ control }) => control.kind === "text" || control.kind === "password")
  const sent = texts.some((text) => sends.test(plain(text)))
  const digits = typed.filter(({ control }) => control.maxLength === 1)
  const [first] = digits
  // The first box may take all of them, for who pastes the code.
  const lead = first && typed[typed.indexOf(first) - 1]
  const boxes = lead && lead.control.maxLength === digits.length + 1 ? [lead, ...digits] : digits
  const [begin] = boxes
  if (sent && begin && boxes.length >= 4 && boxes.length <= 8) return { field: begin, boxes }
  // A ticket may bear a code that was sent with it, but no page asks for that alone.
  const field = typed.find((field) => isCode(field, sent && typed.length === 1))
  return field && { field, boxes: [field] }
}

/** What of a code goes where: a digit into each box, or all of it into the one there is. */
export const codeParts = ({ boxes }: OneTimeCode, value: string) => {
  const fact: Fact = { roles: new Map([["otp", 12]]), label: "", value, names: [] }
  const digits = value.replace(/\s/g, "")
  return boxes.map((field, at) => [field, { fact, text: boxes.length === 1 ? value : (digits[at] ?? "") }] as const)
}
