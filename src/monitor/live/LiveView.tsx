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
import type { TaskDetail } from "../Wire.ts"
import { Screen } from "./Screen.tsx"

const leadOf = ({ current_live_url, intervention, taken_over }: TaskDetail) => {
  const t = text.value.live
  if (current_live_url === null) return t.over
  if (taken_over) return t.driven
  return intervention?.kind === "takeover" ? t.asked : t.watched
}

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
      {task && <p class="lead">{leadOf(task)}</p>}
      {task?.current_live_url && <Screen task={task} />}
      {!task && !problem && <Loading />}
      {!task && problem && <ProblemAlert problem={problem} />}
    </Page>
  )
}
