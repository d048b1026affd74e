import type { ComponentChildren, InputHTMLAttributes } from "preact"
import { useId } from "preact/hooks"
import { Field } from "./Field.tsx"
import type { Bound } from "./Form.ts"

interface Labelled {
  readonly label: ComponentChildren
  readonly hint?: ComponentChildren
}

interface TextProps extends Bound<string>, Labelled {
  /** Which keyboard, which memory of the browser: what else is said of the control. */
  readonly input?: InputHTMLAttributes
  /** Of characters that all count, as in an RFC: nothing may correct what is typed. */
  readonly code?: boolean
}

const uncorrected = { class: "code", autocapitalize: "characters", autocorrect: "off", spellcheck: false } as const

export const TextField = ({ name, value, error, change, label, hint, input = {}, code = false }: TextProps) => (
  <Field label={label} hint={hint} error={error}>
    {(described) => (
      <input
        {...input}
        {...described}
        {...(code ? uncorrected : {})}
        name={name}
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
    )}
  </Field>
)

export interface Option {
  readonly value: string
  readonly name: string
}

type SelectProps = Bound<string> & Labelled & { readonly options: ReadonlyArray<Option>; readonly none: string }

export const SelectField = ({ name, value, error, change, label, hint, options, none }: SelectProps) => (
  <Field label={label} hint={hint} error={error}>
    {(described) => (
      <select {...described} name={name} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
        <option value="">{none}</option>
        {options.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    )}
  </Field>
)

export const CheckField = ({ name, value, error, change, label, hint }: Bound<boolean> & Labelled) => {
  const id = useId()
  const more = error ?? hint
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        name={name}
        checked={value}
        aria-invalid={error !== undefined}
        aria-describedby={more === undefined ? undefined : `${id}-more`}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
      <div>
        <label for={id}>{label}</label>
        {more && (
          <p class={error ? "field-error" : "hint"} id={`${id}-more`}>
            {more}
          </p>
        )}
      </div>
    </div>
  )
}
