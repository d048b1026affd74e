import { signal } from "@preact/signals"
import { type Listed, type ListQuery, stats, tasks } from "../Api.ts"
import type { Problem } from "../Problem.ts"
import type { Stats } from "../Wire.ts"

const interval = 2_000

/** A page of the list that keeps itself up to date while somebody looks at it. */
export const followList = (query: ListQuery) => {
  const listed = signal<Listed | undefined>(undefined)
  const counts = signal<Stats["by_status"] | undefined>(undefined)
  /** Why what is shown may be old. */
  const problem = signal<Problem | undefined>(undefined)
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const load = async () => {
    clearTimeout(timer)
    const [page, counted] = await Promise.all([tasks(query, abort.signal), stats(abort.signal)])
    if (abort.signal.aborted) return
    if (page.ok) listed.value = page.value
    if (counted.ok) counts.value = counted.value.by_status
    problem.value = page.ok ? undefined : page.problem
    if (!document.hidden) timer = setTimeout(load, interval)
  }

  const onVisible = () => {
    if (!document.hidden) load()
  }

  document.addEventListener("visibilitychange", onVisible)
  load()

  const close = () => {
    abort.abort()
    clearTimeout(timer)
    document.removeEventListener("visibilitychange", onVisible)
  }

  return { listed, counts, problem, load, close }
}

export type TaskList = ReturnType<typeof followList>
