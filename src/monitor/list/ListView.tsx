import { useEffect, useMemo } from "preact/hooks"
import type { ListQuery } from "../Api.ts"
import { RegisterWarnings } from "../account/RegisterWarnings.tsx"
import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import { Alert, ProblemAlert } from "../ui/Alert.tsx"
import { Button } from "../ui/Button.tsx"
import { Icon } from "../ui/Icon.tsx"
import { Loading } from "../ui/Loading.tsx"
import { Page } from "../ui/Page.tsx"
import { Empty } from "./Empty.tsx"
import { Filter } from "./Filter.tsx"
import { Pager } from "./Pager.tsx"
import { followList, type TaskList } from "./TaskList.ts"
import { TaskRow } from "./TaskRow.tsx"

interface Props {
  readonly query: ListQuery
}

const Rows = ({ list, query }: Props & { readonly list: TaskList }) => {
  const listed = list.listed.value
  if (listed === undefined) return null
  if (listed.tasks.length === 0) return <Empty query={query} />
  return (
    <>
      <ul class="tasks">
        {listed.tasks.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </ul>
      <Pager query={query} shown={listed.tasks.length} total={listed.total} />
    </>
  )
}

export const ListView = ({ query }: Props) => {
  const t = text.value
  const list = useMemo(() => followList(query), [query.page, query.status])
  useEffect(() => list.close, [list])
  const loaded = list.listed.value !== undefined
  const problem = list.problem.value
  return (
    <Page
      title={t.list.title}
      width="medium"
      aside={
        <a class="button primary" href={hrefs.new}>
          <Icon name="plus" />
          {t.page.newTask}
        </a>
      }
    >
      <RegisterWarnings />
      <Filter query={query} counts={list.counts.value} />
      {problem && loaded && <Alert kind="warning">{t.list.stale}</Alert>}
      {problem && !loaded && (
        <ProblemAlert problem={problem}>
          <Button icon="retry" onClick={list.load}>
            {t.page.retry}
          </Button>
        </ProblemAlert>
      )}
      {!problem && !loaded && <Loading />}
      <Rows list={list} query={query} />
    </Page>
  )
}
