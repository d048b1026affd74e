import { useSignal } from "@preact/signals"
import { register } from "../Api.ts"
import { go, hrefs } from "../Route.ts"
import { logIn } from "../Session.ts"
import { text } from "../Text.ts"
import { Button } from "../ui/Button.tsx"
import { CheckField, TextField } from "../ui/Fields.tsx"
import { useForm } from "../ui/Form.ts"
import { FormBody } from "../ui/FormBody.tsx"
import { Page } from "../ui/Page.tsx"
import { type Pair, Pairs } from "../ui/Pairs.tsx"
import { detailsOf } from "./CompanyDetails.ts"
import { FiscalFields } from "./FiscalFields.tsx"
import { Notice } from "./Notice.tsx"
import { warnings } from "./RegisterWarnings.tsx"

const blank = {
  email: "",
  password: "",
  rfc: "",
  full_name: "",
  fiscal_regime: "",
  postal_code: "",
  cfdi_use: "",
  company_details: [] as ReadonlyArray<Pair>,
  accept_privacy: false
}

const accountOf = ({ full_name, cfdi_use, company_details, ...rest }: typeof blank) => ({
  ...rest,
  email: rest.email.trim(),
  ...(full_name === "" ? {} : { full_name }),
  ...(cfdi_use === "" ? {} : { cfdi_use }),
  ...(company_details.length === 0 ? {} : { company_details: detailsOf(company_details) })
})

export const RegisterView = () => {
  const t = text.value
  const form = useForm(blank)
  const created = useSignal(false)

  const submit = async () => {
    const account = accountOf(form.values.value)
    // Where only the log-in failed the account is there already, and is not asked for again.
    if (!created.value) {
      const registered = await form.submit(() => register(account))
      if (registered === undefined) return
      created.value = true
      warnings.value = registered.warnings ?? []
    }
    const entered = await form.submit(() => logIn(account.email, account.password))
    if (entered) go(hrefs.home)
  }

  const details = form.field("company_details")
  return (
    <Page title={t.register.title} width="medium">
      <p class="lead">{t.register.lead}</p>
      <FormBody form={form} onSubmit={submit}>
        <section class="card">
          <h2>{t.register.account}</h2>
          <div class="columns">
            <TextField
              {...form.field("email")}
              input={{ type: "email", autocomplete: "username", required: true }}
              label={t.login.email}
            />
            <TextField
              {...form.field("password")}
              input={{ type: "password", autocomplete: "new-password", required: true }}
              label={t.login.password}
              hint={t.register.passwordHint}
            />
          </div>
        </section>
        <section class="card">
          <h2>{t.fiscal.title}</h2>
          <FiscalFields field={form.field} />
          <details>
            <summary>{t.fiscal.details}</summary>
            <p class="hint">{t.fiscal.detailsHint}</p>
            <Pairs legend={t.fiscal.details} pairs={details.value} onChange={details.change} />
            {details.error && <p class="field-error">{details.error}</p>}
          </details>
        </section>
        <section class="card">
          <h2>{t.privacy.title}</h2>
          <Notice />
          <CheckField {...form.field("accept_privacy")} label={t.privacy.consent} />
        </section>
        <Button kind="primary" type="submit" busy={form.busy.value}>
          {t.register.submit}
        </Button>
      </FormBody>
      <p class="foot">
        {t.register.hasAccount} <a href={hrefs.home}>{t.login.title}</a>
      </p>
    </Page>
  )
}
