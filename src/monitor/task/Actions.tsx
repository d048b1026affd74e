import { useSignal } from "@preact/signals"
import { type Action, act } from "../Api.ts"
import type { Problem } from "../Problem.ts"
import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import { ProblemAlert } from "../ui/Alert.tsx"
import { Button } from "../ui/Button.tsx"
import type { TaskDetail, TaskStatus } from "../Wire.ts"
import { Confirm } from "./Confirm.tsx"

/** What each status allows, as the contract has it. */
const byStatus: Readonly<Record<TaskStatus, ReadonlyArray<Action>>> = {
  PENDING: ["pause", "cancel"],
  RUNNING: ["pause", "cancel"],
  PAUSED: ["resume", "cancel"],
  INTERVENTION_NEEDED: ["pause", "cancel"],
  COMPLETED: [],
  FAILED: ["retry"]
}

/** With a browser to be seen, the user may also drive it themselves. */
const allowed = ({ status, taken_over, current_live_url }: TaskDetail): ReadonlyArray<Action> => {
  if (taken_over) return ["release", "cancel"]
  const actions = byStatus[status]
  return current_live_url === null ? actions : [...actions.slice(0, 1), "takeover", ...actions.slice(1)]
}

const isLeading = (action: Action) => action === "resume" || action === "release"

interface Props {
  readonly task: TaskDetail
  readonly onDone: () => Promise<void>
}

export const Actions = ({ task, onDone }: Props) => {
  const t = text.value
  const busy = useSignal<Action | undefined>(undefined)
  const asking = useSignal<"cancel" | "retry" | undefined>(undefined)
  const problem = useSignal<Problem | undefined>(undefined)
  const uncertain = task.failure_code === "SUBMIT_UNCERTAIN"

  const run = async (action: Action) => {
    if (busy.value !== undefined) return
    busy.value = action
    problem.value = undefined
    const done = await act(task.id, action, uncertain)
    if (!done.ok) problem.value = done.problem
    await onDone()
    busy.value = undefined
  }

  const press = (action: Action) => {
    if (action === "cancel" || (action === "retry" && uncertain)) asking.value = action
    else run(action)
  }

  const actions = allowed(task)
  const rival = problem.value?.code === "DUPLICATE_TICKET" ? problem.value.task_id : undefined
  return (
    <>
      {problem.value && (
        <ProblemAlert problem={problem.value}>
          {rival && <a href={hrefs.task(rival)}>{t.order.toDuplicate}</a>}
        </ProblemAlert>
      )}
      {actions.length > 0 && (
        <fieldset class="actions" aria-label={t.task.actions}>
          {actions.map((action) => (
            <Button
              key={action}
              kind={isLeading(action) ? "primary" : "plain"}
              icon={action}
              busy={busy.value === action}
              onClick={() => press(action)}
            >
              {t.actions[action]}
            </Button>
          ))}
        </fieldset>
      )}
      {asking.value && <Confirm action={asking.value} onYes={run} onClose={() => (asking.value = undefined)} />}
    </>
  )
}
