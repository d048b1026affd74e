import { useEffect, useMemo } from "preact/hooks"
import { hostOf } from "../Format.ts"
import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import { Actions } from "../task/Actions.tsx"
import { followTask } from "../task/TaskStore.ts"
import { ProblemAlert } from "../ui/Alert.tsx"
import { Icon } from "../ui/Icon.tsx"
import { Loading } from "../ui/Loading.tsx"
import { Page } from "../ui/Page.tsx"
import { StatusBadge } from "../ui/StatusBadge.tsx"
import { Screen } from "./Screen.tsx"

/** The browser of one task as large as the window allows. */
export const LiveView = ({ id }: { readonly id: string }) => {
  const t = text.value
  const store = useMemo(() => followTask(id), [id])
  useEffect(() => store.close, [store])
  const task = store.task.value
  const problem = store.problem.value
  const vendor = task ? hostOf(task.vendor_url) : t.page.tasks
  return (
    <Page
      title={vendor}
      width="wide"
      before={
        <a class="back" href={hrefs.task(id)}>
          <Icon name="back" />
          {t.live.back}
        </a>
      }
      aside={task && <StatusBadge task={task} />}
    >
      {task && <Actions task={task} onDone={store.load} />}
      {task && (
        <p class="lead">{task.taken_over ? t.live.driven : task.current_live_url ? t.live.watched : t.live.over}</p>
      )}
      {task?.current_live_url && <Screen taskId={id} driven={task.taken_over} />}
      {!task && !problem && <Loading />}
      {!task && problem && <ProblemAlert problem={problem} />}
    </Page>
  )
}
