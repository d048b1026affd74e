import { count, moment, until } from "../Format.ts"
import { text } from "../Text.ts"
import { Alert } from "../ui/Alert.tsx"
import { useNow } from "../ui/Now.ts"
import type { TaskDetail } from "../Wire.ts"

const NextAttempt = ({ at }: { readonly at: string }) => (
  <Alert kind="info">{text.value.task.nextAttempt(until(at, useNow()))}</Alert>
)

/** What was asked for, and when. */
export const Facts = ({ task }: { readonly task: TaskDetail }) => {
  const t = text.value.task
  return (
    <section class="card facts">
      <h2>{t.ticket}</h2>
      {task.next_attempt_at && <NextAttempt at={task.next_attempt_at} />}
      <dl>
        {Object.entries(task.ticket_details).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t.use}</dt>
          <dd>{task.cfdi_use}</dd>
        </div>
        <div>
          <dt>{t.asked}</dt>
          <dd>{moment(task.created_at)}</dd>
        </div>
        {task.completed_at && (
          <div>
            <dt>{t.finished}</dt>
            <dd>{moment(task.completed_at)}</dd>
          </div>
        )}
        {task.retry_count > 0 && (
          <div>
            <dt>{t.attempts}</dt>
            <dd>{count(task.retry_count)}</dd>
          </div>
        )}
      </dl>
      <p class="small">
        <a href={task.vendor_url} target="_blank" rel="noopener noreferrer">
          {task.vendor_url}
        </a>
      </p>
    </section>
  )
}
