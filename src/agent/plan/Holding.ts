import { saysSame } from "../act/Type.ts"
import type { Fact } from "../portal/Facts.ts"
import type { Field } from "../portal/Fields.ts"
import { findOption, isPlaceholder } from "../portal/Options.ts"

export const isList = (field: Field) =>
  field.control.kind === "select" || field.control.kind === "chooser" || field.radios.length > 0

/** Does a field hold what a fact says, written as `text`? */
export const holds = (field: Field, fact: Fact, text: string) => {
  if (field.radios.length > 0) {
    const ticked = field.radios.find(({ checked }) => checked)
    return ticked !== undefined && findOption([{ text: ticked.label, value: "", disabled: false }], fact) !== undefined
  }
  if (isList(field) || field.control.kind === "combobox") {
    const { value } = field.control
    if (isPlaceholder(value)) return false
    return findOption([{ text: value, value: "", disabled: false }], fact) !== undefined || saysSame(value, text)
  }
  return saysSame(field.control.value, text)
}

/** Can it be given to the field as it stands now? */
export const offers = (field: Field, fact: Fact) => {
  if (field.control.kind === "select") return findOption(field.control.options, fact) !== undefined
  if (field.radios.length === 0) return true
  return (
    findOption(
      field.radios.map(({ label, ref }) => ({ text: label, value: String(ref), disabled: false })),
      fact
    ) !== undefined
  )
}

/** Is anything in it, ours or not? */
export const isFilled = (field: Field) =>
  isList(field)
    ? field.radios.length > 0
      ? field.radios.some(({ checked }) => checked)
      : !isPlaceholder(field.control.value)
    : field.control.value.trim() !== ""
