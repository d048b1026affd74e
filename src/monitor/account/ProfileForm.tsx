import { useSignal } from "@preact/signals"
import { changeProfile } from "../Api.ts"
import { text } from "../Text.ts"
import { Alert } from "../ui/Alert.tsx"
import { Button } from "../ui/Button.tsx"
import { TextField } from "../ui/Fields.tsx"
import { useForm } from "../ui/Form.ts"
import { FormBody } from "../ui/FormBody.tsx"
import { Pairs } from "../ui/Pairs.tsx"
import { WarningList } from "../ui/WarningList.tsx"
import type { Profile } from "../Wire.ts"
import { detailsOf, othersOf, pairsOf } from "./CompanyDetails.ts"
import { FiscalFields } from "./FiscalFields.tsx"

const valuesOf = (profile: Profile) => ({
  rfc: profile.rfc ?? "",
  full_name: profile.full_name ?? "",
  fiscal_regime: profile.fiscal_regime ?? "",
  postal_code: profile.postal_code ?? "",
  cfdi_use: profile.cfdi_use ?? "",
  email: profile.email,
  company_details: pairsOf(profile.company_details)
})

const emptied = (value: string) => (value.trim() === "" ? null : value)

interface Props {
  readonly profile: Profile
  readonly onChange: (profile: Profile) => void
}

export const ProfileForm = ({ profile, onChange }: Props) => {
  const t = text.value
  const form = useForm(valuesOf(profile))
  const saved = useSignal(false)
  const others = othersOf(profile.company_details)

  const submit = async () => {
    saved.value = false
    const { full_name, cfdi_use, company_details, ...rest } = form.values.value
    const details = detailsOf(company_details, others)
    const changed = await form.submit(() =>
      changeProfile({
        ...rest,
        full_name: emptied(full_name),
        cfdi_use: emptied(cfdi_use),
        company_details: Object.keys(details).length === 0 ? null : details
      })
    )
    if (changed === undefined) return
    saved.value = true
    form.values.value = valuesOf(changed)
    onChange(changed)
  }

  const details = form.field("company_details")
  return (
    <FormBody form={form} onSubmit={submit}>
      <section class="card">
        <h2>{t.fiscal.title}</h2>
        {profile.warnings.length > 0 && (
          <Alert kind="warning">
            <WarningList codes={profile.warnings} />
          </Alert>
        )}
        <FiscalFields field={form.field} />
        <TextField {...form.field("email")} input={{ type: "email", autocomplete: "email" }} label={t.fiscal.email} />
        <details open={details.value.length > 0}>
          <summary>{t.fiscal.details}</summary>
          <p class="hint">{t.fiscal.detailsHint}</p>
          <Pairs legend={t.fiscal.details} pairs={details.value} onChange={details.change} />
          {Object.keys(others).length > 0 && (
            <>
              <p class="hint">{t.profile.kept}</p>
              <pre class="code">{JSON.stringify(others, null, 2)}</pre>
            </>
          )}
          {details.error && <p class="field-error">{details.error}</p>}
        </details>
      </section>
      <div class="row">
        <Button kind="primary" type="submit" busy={form.busy.value}>
          {t.profile.save}
        </Button>
        <span role="status" class="saved">
          {saved.value && t.profile.saved}
        </span>
      </div>
    </FormBody>
  )
}
