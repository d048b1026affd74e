import type { Question } from "./Desk.ts"
import type { Field } from "./portal/Fields.ts"
import { isPlaceholder } from "./portal/Options.ts"

export const maxOptions = 500

/** What the portal calls a field. */
export const label = ({ control, key }: Field) =>
  (control.label || control.group || control.placeholder || key).replace(/[\s*:✱]+$/, "")

export const optionsOf = ({ control, radios }: Field) =>
  [...control.options.map(({ text }) => text), ...radios.map(({ label }) => label)].filter(
    (text) => !isPlaceholder(text)
  )

/** A field as it is put to a person. */
export const describe = (field: Field): Question["fields"][number] => {
  const { hint, maxLength, type } = field.control
  const named = { name: field.key, label: label(field), ...(hint === "" ? {} : { hint: hint.slice(0, 200) }) }
  const options = optionsOf(field)
  if (options.length > 0) return { ...named, type: "select", options: options.slice(0, maxOptions) }
  const limit = maxLength > 1 ? { maxLength } : {}
  return { ...named, ...limit, type: type === "date" || type === "number" ? type : "text" }
}

export const hostOf = ({ control }: Field) => URL.parse(control.frame.url())?.hostname ?? ""
