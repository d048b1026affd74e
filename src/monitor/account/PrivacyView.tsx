import { privacyNotice } from "../Api.ts"
import { text } from "../Text.ts"
import { Loaded } from "../ui/Loaded.tsx"
import { useLoaded } from "../ui/Loader.ts"
import { Page } from "../ui/Page.tsx"

export const PrivacyView = () => {
  const t = text.value.privacy
  const notice = useLoaded(privacyNotice)
  return (
    <Page title={t.title} width="medium">
      <Loaded loader={notice}>
        {({ version, full }) => (
          <article class="card">
            <p class="hint">{t.version(version)}</p>
            <div class="prose" lang="es-MX">
              {full}
            </div>
          </article>
        )}
      </Loaded>
    </Page>
  )
}
