import type { ListQuery } from "../Api.ts"
import { count } from "../Format.ts"
import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import type { Stats } from "../Wire.ts"

const order = ["all", "INTERVENTION_NEEDED", "RUNNING", "PENDING", "PAUSED", "COMPLETED", "FAILED"] as const

type Status = (typeof order)[number]

interface Props {
  readonly query: ListQuery
  readonly counts: Stats["by_status"] | undefined
}

/** The statuses that some invoice has. */
export const Filter = ({ query, counts }: Props) => {
  const t = text.value
  const total = counts && Object.values(counts).reduce((sum, n) => sum + n, 0)
  const counted = (status: Status) => (status === "all" ? total : counts?.[status])
  const offered = order.filter((status) => status === "all" || status === query.status || (counted(status) ?? 0) > 0)
  if (offered.length === 1) return null
  return (
    <nav aria-label={t.list.filter}>
      <ul class="filter">
        {offered.map((status) => {
          const n = counted(status)
          const wanted = status === "INTERVENTION_NEEDED" && n !== undefined && n > 0
          return (
            <li key={status}>
              <a
                href={hrefs.tasks({ page: 1, status })}
                class={wanted ? "wanted" : undefined}
                aria-current={query.status === status ? "page" : undefined}
              >
                {status === "all" ? t.list.all : t.statuses[status]}
                {n !== undefined && <span class="count">{count(n)}</span>}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
