import type { Problem } from "../Problem.ts"
import { text } from "../Text.ts"
import { SelectField, TextField } from "../ui/Fields.tsx"
import type { InterventionField } from "../Wire.ts"

const controls = {
  text: { type: "text", autocomplete: "off" },
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
  const { label, name, options, type } = field
  const error = problem?.errors.find(({ pointer }) => pointer === `/answers/${name}`)?.detail
  const bound = { name, value, error, change: onChange }
  const said = <span lang="es-MX">{label}</span>
  if (options !== undefined || type === "select") {
    const offered = (options ?? []).map((option) => ({ value: option, name: option }))
    return <SelectField {...bound} label={said} none={text.value.ask.choose} options={offered} />
  }
  return <TextField {...bound} input={controls[type]} label={said} code={type === "text"} />
}
