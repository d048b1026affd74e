import { privacyNotice } from "../Api.ts"
import { text } from "../Text.ts"
import { Loaded } from "../ui/Loaded.tsx"
import { useLoaded } from "../ui/Loader.ts"
import { NoticeLink } from "./NoticeLink.tsx"

/** The short notice, in the words of the server, and the way to the whole of it. */
export const Notice = () => {
  const notice = useLoaded(privacyNotice)
  return (
    <section class="notice" aria-label={text.value.privacy.title}>
      <Loaded loader={notice}>{({ short }) => <p lang="es-MX">{short}</p>}</Loaded>
      <p>
        <NoticeLink />
      </p>
    </section>
  )
}
