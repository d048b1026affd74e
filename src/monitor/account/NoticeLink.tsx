import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import { Icon } from "../ui/Icon.tsx"

/** In another tab, so that a form half filled in is not lost. */
export const NoticeLink = () => {
  const t = text.value.privacy
  return (
    <a href={hrefs.privacy} target="_blank" rel="noopener">
      {t.link} <Icon name="external" />
      <span class="hidden">{t.newTab}</span>
    </a>
  )
}
