import { useSignal } from "@preact/signals"
import { useEffect, useMemo } from "preact/hooks"
import { hostOf } from "../Format.ts"
import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import { ProblemAlert } from "../ui/Alert.tsx"
import { Button } from "../ui/Button.tsx"
import { Icon } from "../ui/Icon.tsx"
import { Loading } from "../ui/Loading.tsx"
import { Page } from "../ui/Page.tsx"
import { StatusBadge, statusText } from "../ui/StatusBadge.tsx"
import type { TaskDetail } from "../Wire.ts"
import { Actions } from "./Actions.tsx"
import { Facts } from "./Facts.tsx"
import { Failed } from "./Failed.tsx"
import { InterventionPanel } from "./InterventionPanel.tsx"
import { Outcome } from "./Outcome.tsx"
import { Picture } from "./Picture.tsx"
import { Steps } from "./Steps.tsx"
import { followTask, type TaskStore } from "./TaskStore.ts"

interface Props {
  readonly id: string
}

const Task = ({ store, task }: { readonly store: TaskStore; readonly task: TaskDetail }) => {
  /** The step whose picture the user holds on to; undefined follows the newest one. */
  const pinned = useSignal<number | undefined>(undefined)
  const { failure_code, intervention, status } = task
  return (
    <>
      <Actions task={task} onDone={store.load} />
      {task.taken_over && <p class="lead">{text.value.live.driven}</p>}
      {intervention && <InterventionPanel key={intervention.id} task={task} ask={intervention} onDone={store.load} />}
      {task.result && <Outcome task={task} result={task.result} />}
      {status === "FAILED" && failure_code && <Failed code={failure_code} reason={task.failure_reason} />}
      <div class="watch">
        <Picture task={task} steps={store.steps.value} pinned={pinned} />
        <Steps steps={store.steps.value} running={status === "RUNNING"} pinned={pinned} />
      </div>
      <Facts task={task} />
    </>
  )
}

export const TaskView = ({ id }: Props) => {
  const t = text.value.task
  const store = useMemo(() => followTask(id), [id])
  useEffect(() => store.close, [store])
  const task = store.task.value
  const problem = store.problem.value
  const vendor = task ? hostOf(task.vendor_url) : text.value.page.tasks
  const connection = store.connection.value
  return (
    <Page
      title={vendor}
      tab={task ? `${statusText(task)} · ${vendor}` : vendor}
      width="wide"
      before={
        <a class="back" href={hrefs.home}>
          <Icon name="back" />
          {t.back}
        </a>
      }
      aside={
        <div class="state">
          {task && (
            <>
              <StatusBadge task={task} />
              <span class={`connection ${connection}`}>{t.connection[connection]}</span>
            </>
          )}
        </div>
      }
    >
      <p class="hidden" role="status">
        {task && t.status(statusText(task))}
      </p>
      {task && <Task store={store} task={task} />}
      {!task && !problem && <Loading />}
      {!task && problem && (
        <ProblemAlert problem={problem}>
          <Button icon="retry" onClick={store.load}>
            {text.value.page.retry}
          </Button>
        </ProblemAlert>
      )}
    </Page>
  )
}
