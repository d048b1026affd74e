import { hostOf, moment, money } from "../Format.ts"
import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import { StatusBadge } from "../ui/StatusBadge.tsx"
import type { Task } from "../Wire.ts"

/** What came of it so far, in a few words. */
const Brief = ({ task }: { readonly task: Task }) => {
  const t = text.value
  const { failure_code, next_attempt_at, result, status } = task
  if (result?.cfdi) return <strong class="amount">{money(result.cfdi.total)}</strong>
  if (result) return <>{t.list.byEmail}</>
  if (status === "FAILED" && failure_code !== null && failure_code !== "CANCELLED")
    return <>{t.failures[failure_code][0]}</>
  if (next_attempt_at !== null) return <>{t.list.again(moment(next_attempt_at))}</>
  return null
}

export const TaskRow = ({ task }: { readonly task: Task }) => (
  <li>
    <a class="task" href={hrefs.task(task.id)}>
      <span class="task-vendor">
        <strong>{hostOf(task.vendor_url)}</strong>
        <span class="hint">{text.value.list.asked(moment(task.created_at))}</span>
      </span>
      <span class="task-brief">
        <Brief task={task} />
      </span>
      <StatusBadge task={task} />
    </a>
  </li>
)
