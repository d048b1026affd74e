import type { Problem } from "../Problem.ts"
import { text } from "../Text.ts"
import { SelectField, TextField } from "../ui/Fields.tsx"
import type { InterventionField } from "../Wire.ts"

// Nothing may change what is typed: a portal tells capitals from small letters.
const exact = {
  autocomplete: "off",
  autocapitalize: "none",
  autocorrect: "off",
  spellcheck: false,
  class: "code"
} as const

const controls = {
  text: { type: "text", ...exact },
  number: { type: "text", inputMode: "decimal", autocomplete: "off" },
  password: { type: "password", autocomplete: "off" },
  date: { type: "date" }
} as const

interface Props {
  readonly field: InterventionField
  readonly value: string
  readonly problem: Problem | undefined
  readonly onChange: (value: string) => void
}

/** One thing that the portal wants to know, in its own words. */
export const AskedField = ({ field, value, problem, onChange }: Props) => {
  const { hint, label, max_length, name, options, type } = field
  const error = problem?.errors.find(
    ({ pointer }) => pointer === `/answers/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`
  )?.detail
  const bound = { name, value, error, change: onChange }
  const said = <span lang="es-MX">{label}</span>
  const more = hint && <span lang="es-MX">{hint}</span>
  if (options !== undefined || type === "select") {
    const offered = (options ?? []).map((option) => ({ value: option, name: option }))
    return <SelectField {...bound} label={said} hint={more} none={text.value.ask.choose} options={offered} />
  }
  const input = max_length === undefined ? controls[type] : { ...controls[type], maxLength: max_length }
  return <TextField {...bound} input={input} label={said} hint={more} />
}
