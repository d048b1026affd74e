import { hrefs } from "../Route.ts"
import { expired, logIn } from "../Session.ts"
import { text } from "../Text.ts"
import { Alert } from "../ui/Alert.tsx"
import { Button } from "../ui/Button.tsx"
import { TextField } from "../ui/Fields.tsx"
import { useForm } from "../ui/Form.ts"
import { FormBody } from "../ui/FormBody.tsx"
import { Page } from "../ui/Page.tsx"

/** Stands before every view but those that need no account, and leaves for the one that was asked for. */
export const LoginView = () => {
  const t = text.value.login
  const form = useForm({ email: "", password: "" })
  const submit = () => {
    const { email, password } = form.values.value
    return form.submit(() => logIn(email.trim(), password))
  }
  return (
    <Page title={t.title} width="narrow">
      <p class="lead">{t.lead}</p>
      {expired.value && <Alert kind="info">{t.expired}</Alert>}
      <section class="card">
        <FormBody form={form} onSubmit={submit} stretch>
          <TextField
            {...form.field("email")}
            input={{ type: "email", autocomplete: "username", required: true }}
            label={t.email}
          />
          <TextField
            {...form.field("password")}
            input={{ type: "password", autocomplete: "current-password", required: true }}
            label={t.password}
          />
          <Button kind="primary" type="submit" busy={form.busy.value}>
            {t.submit}
          </Button>
        </FormBody>
      </section>
      <p class="foot">
        {t.noAccount} <a href={hrefs.register}>{t.register}</a>
      </p>
    </Page>
  )
}
