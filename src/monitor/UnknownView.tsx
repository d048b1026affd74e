import { hrefs } from "./Route.ts"
import { text } from "./Text.ts"
import { Page } from "./ui/Page.tsx"

export const UnknownView = () => (
  <Page title={text.value.page.unknown} width="narrow">
    <p>
      <a href={hrefs.home}>{text.value.page.home}</a>
    </p>
  </Page>
)
