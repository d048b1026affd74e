import type { ComponentChildren } from "preact"
import type { Problem } from "../Problem.ts"
import { text } from "../Text.ts"
import { Icon } from "./Icon.tsx"

interface Props {
  readonly kind: "error" | "warning" | "info" | "success"
  readonly title?: string | undefined
  readonly children?: ComponentChildren
}

export const Alert = ({ kind, title, children }: Props) => (
  <div class={`alert ${kind}`} role={kind === "error" ? "alert" : "status"}>
    <Icon name={kind === "success" ? "completed" : kind === "info" ? "info" : "error"} />
    <div>
      {title && <p class="alert-title">{title}</p>}
      {children}
    </div>
  </div>
)

interface ProblemProps {
  readonly problem: Problem
  readonly children?: ComponentChildren
}

/** What the server said; its request id where only the operator can tell more. */
export const ProblemAlert = ({ problem, children }: ProblemProps) => (
  <Alert kind="error">
    <p>{problem.code === "VALIDATION" ? text.value.problem.fields : problem.detail}</p>
    {problem.status >= 500 && problem.request_id && (
      <p class="small">
        {text.value.problem.reference}: <code>{problem.request_id}</code>
      </p>
    )}
    {children}
  </Alert>
)
