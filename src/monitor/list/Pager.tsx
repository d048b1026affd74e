import { type ListQuery, pageSize } from "../Api.ts"
import { count } from "../Format.ts"
import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"

interface Props {
  readonly query: ListQuery
  readonly shown: number
  readonly total: number
}

export const Pager = ({ query, shown, total }: Props) => {
  const t = text.value.list
  const { page } = query
  const before = (page - 1) * pageSize
  if (total <= pageSize && page === 1) return null
  return (
    <nav class="pager" aria-label={t.pages}>
      {page > 1 ? (
        <a class="button plain" rel="prev" href={hrefs.tasks({ ...query, page: page - 1 })}>
          {t.previous}
        </a>
      ) : (
        <span />
      )}
      <span class="hint">{t.range(before + 1, before + shown, count(total))}</span>
      {before + shown < total ? (
        <a class="button plain" rel="next" href={hrefs.tasks({ ...query, page: page + 1 })}>
          {t.next}
        </a>
      ) : (
        <span />
      )}
    </nav>
  )
}
