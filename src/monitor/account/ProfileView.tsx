import { useState } from "preact/hooks"
import { profile } from "../Api.ts"
import { success } from "../Problem.ts"
import { text } from "../Text.ts"
import { Loaded } from "../ui/Loaded.tsx"
import { useLoaded } from "../ui/Loader.ts"
import { Page } from "../ui/Page.tsx"
import type { Profile } from "../Wire.ts"
import { ConsentCard } from "./ConsentCard.tsx"
import { ProfileForm } from "./ProfileForm.tsx"

interface Props {
  readonly profile: Profile
  readonly onChange: (profile: Profile) => void
}

const Cards = (props: Props) => {
  // What is missing comes first, and stays where it is once it is given.
  const [consentFirst] = useState(props.profile.privacy_accepted_at === null)
  return (
    <>
      {consentFirst && <ConsentCard {...props} />}
      <ProfileForm {...props} />
      {!consentFirst && <ConsentCard {...props} />}
    </>
  )
}

export const ProfileView = () => {
  const t = text.value.profile
  const loader = useLoaded(profile)
  const onChange = (next: Profile) => {
    loader.state.value = success(next)
  }
  return (
    <Page title={t.title} width="medium">
      <p class="lead">{t.lead}</p>
      <Loaded loader={loader}>{(current) => <Cards profile={current} onChange={onChange} />}</Loaded>
    </Page>
  )
}
