import type { Fact } from "./Facts.ts"
import type { Field } from "./Fields.ts"
import { bare, plain } from "./Plain.ts"

const rfc = /\b[A-ZÑ&]{3,4}-?\d{6}-?[A-Z0-9]{3}\b/i

const another = /\b(otr[oa]|nuev[oa]|agregar|capturar)\b/

/** Does a list offer taxpayers that the portal knows by their RFC? */
export const listsReceivers = ({ control }: Field) => control.options.some(({ text }) => rfc.test(text))

/** Of such a list ours, else the way to name another one; nothing where it has neither. */
export const receiverOf = (field: Field, facts: ReadonlyArray<Fact>): Fact | undefined => {
  const own = facts.find(({ label, roles }) => label === "" && roles.has("rfc"))
  const { options } = field.control
  const option =
    options.find(({ text }) => own && bare(text).includes(bare(own.value))) ??
    options.find(({ text }) => another.test(plain(text)) && !rfc.test(text))
  return option && { roles: new Map(), label: field.key, value: option.text, names: [] }
}
