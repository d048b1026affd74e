import { changeProfile, privacyNotice } from "../Api.ts"
import { moment } from "../Format.ts"
import { text } from "../Text.ts"
import { Alert } from "../ui/Alert.tsx"
import { Button } from "../ui/Button.tsx"
import { useForm } from "../ui/Form.ts"
import { FormBody } from "../ui/FormBody.tsx"
import { useLoaded } from "../ui/Loader.ts"
import type { Profile } from "../Wire.ts"
import { Notice } from "./Notice.tsx"
import { NoticeLink } from "./NoticeLink.tsx"

interface Props {
  readonly profile: Profile
  readonly onChange: (profile: Profile) => void
}

/** Whether the user agreed, to which words and when; to agree, and to take it back, is one press. */
export const ConsentCard = ({ profile, onChange }: Props) => {
  const t = text.value.privacy
  const form = useForm({})
  const inForce = useLoaded(privacyNotice).state.value
  const { privacy_accepted_at: at, privacy_version: version } = profile
  const accepted = version !== null && at !== null
  const outdated = accepted && inForce?.ok === true && inForce.value.version !== version
  const asked = !accepted || outdated

  const submit = async () => {
    const changed = await form.submit(() => changeProfile({ accept_privacy: asked }))
    if (changed !== undefined) onChange(changed)
  }

  return (
    <section class="card">
      <h2>{t.title}</h2>
      {asked && <Alert kind="warning">{outdated ? t.outdated : t.pending}</Alert>}
      {asked && <Notice />}
      {accepted && <p>{t.accepted(version, moment(at))}</p>}
      {!asked && (
        <p>
          <NoticeLink />
        </p>
      )}
      <FormBody form={form} onSubmit={submit}>
        {asked && <p>{t.consent}</p>}
        <Button type="submit" kind={asked ? "primary" : "plain"} busy={form.busy.value}>
          {asked ? t.accept : t.withdraw}
        </Button>
      </FormBody>
    </section>
  )
}
