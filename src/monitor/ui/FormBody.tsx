import type { ComponentChildren } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { errorsAt } from "../Problem.ts"
import { ProblemAlert } from "./Alert.tsx"
import type { Form } from "./Form.ts"

interface Props<V> {
  readonly form: Form<V>
  readonly onSubmit: () => void
  readonly children: ComponentChildren
  /** What else can be done about the problem. */
  readonly help?: ComponentChildren
  /** Its button is as wide as its fields. */
  readonly stretch?: boolean
}

/** A form that leads to what was wrong: its first wrong field, or the words above it. */
export const FormBody = <V extends object>({ form, onSubmit, children, help, stretch = false }: Props<V>) => {
  const element = useRef<HTMLFormElement>(null)
  const problem = form.problem.value
  useEffect(() => {
    if (problem === undefined) return
    const wrong = element.current?.querySelector<HTMLElement>("[aria-invalid=true]")
    const words = element.current?.querySelector<HTMLElement>(".form-problem")
    ;(wrong ?? words)?.focus()
  }, [problem])
  const placed = Object.keys(form.values.value).flatMap((name) => (problem ? errorsAt(problem, `/${name}`) : []))
  const loose = problem?.errors.filter((error) => !placed.includes(error)) ?? []
  return (
    <form
      ref={element}
      class={stretch ? "stretch" : undefined}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {problem && (
        <div class="form-problem" tabIndex={-1}>
          <ProblemAlert problem={problem}>
            {loose.length > 0 && (
              <ul>
                {loose.map(({ pointer, code, detail }) => (
                  <li key={`${pointer} ${code}`}>{detail}</li>
                ))}
              </ul>
            )}
            {help}
          </ProblemAlert>
        </div>
      )}
      {children}
    </form>
  )
}
