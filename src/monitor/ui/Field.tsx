import type { ComponentChildren } from "preact"
import { useId } from "preact/hooks"

export interface Described {
  readonly id: string
  readonly "aria-describedby"?: string
  readonly "aria-invalid": boolean
}

interface Props {
  readonly label: ComponentChildren
  readonly hint?: ComponentChildren
  readonly error?: string | undefined
  readonly children: (props: Described) => ComponentChildren
}

/** A control with its label, its hint and what was wrong with it, which a screen reader hears together. */
export const Field = ({ label, hint, error, children }: Props) => {
  const id = useId()
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ")
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
        "aria-invalid": error !== undefined
      })}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
