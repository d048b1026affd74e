import type { ListQuery } from "../Api.ts"
import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import { Icon } from "../ui/Icon.tsx"

export const Empty = ({ query }: { readonly query: ListQuery }) => {
  const t = text.value.list
  if (query.status !== "all" || query.page > 1)
    return (
      <div class="empty">
        <p>{t.noneOfStatus}</p>
        <a href={hrefs.home}>{t.all}</a>
      </div>
    )
  return (
    <div class="empty">
      <Icon name="ticket" />
      <h2>{t.emptyTitle}</h2>
      <p>{t.emptyLead}</p>
      <a class="button primary" href={hrefs.new}>
        {t.first}
      </a>
    </div>
  )
}
