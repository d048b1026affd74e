import { useMemo } from "preact/hooks"
import { createTask, profile } from "../Api.ts"
import { usesFor } from "../Catalogs.ts"
import { errorsAt } from "../Problem.ts"
import { go, hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import { Button } from "../ui/Button.tsx"
import { CheckField, SelectField, TextField } from "../ui/Fields.tsx"
import { useForm } from "../ui/Form.ts"
import { FormBody } from "../ui/FormBody.tsx"
import { useLoaded } from "../ui/Loader.ts"
import { Page } from "../ui/Page.tsx"
import { blank, idempotencyKeys, orderOf } from "./Order.ts"
import { OrderHelp } from "./OrderHelp.tsx"
import { TicketFields } from "./TicketFields.tsx"

export const OrderView = () => {
  const t = text.value.order
  const form = useForm(blank)
  const keyOf = useMemo(idempotencyKeys, [])
  // Only for what its régimen may declare: without it all uses are offered, and the server judges.
  const known = useLoaded(profile).state.value
  const uses = known?.ok ? usesFor(known.value.rfc ?? "", known.value.fiscal_regime ?? "") : usesFor("", "")
  const problem = form.problem.value

  const submit = async () => {
    const created = await form.submit(async () => {
      const order = orderOf(form.values.value)
      return order.ok ? createTask(order.value, keyOf(order.value)) : order
    })
    if (created !== undefined) go(hrefs.task(created.taskId))
  }

  return (
    <Page title={t.title} width="medium">
      <FormBody form={form} onSubmit={submit} help={problem && <OrderHelp problem={problem} />}>
        <section class="card">
          <TextField
            {...form.field("vendor_url")}
            input={{ type: "url", autocomplete: "off", required: true, placeholder: "facturacion.comercio.mx" }}
            label={t.vendor}
            hint={t.vendorHint}
          />
          <TicketFields
            field={form.field("ticket_details")}
            errors={problem ? errorsAt(problem, "/ticket_details") : []}
          />
          <details>
            <summary>{t.more}</summary>
            <SelectField
              {...form.field("cfdi_use")}
              label={t.use}
              none={t.profileUse}
              options={uses.map(({ code, name }) => ({ value: code, name: `${code} · ${name}` }))}
            />
            <CheckField {...form.field("confirm_before_submit")} label={t.confirm} hint={t.confirmHint} />
            <CheckField {...form.field("retry_not_found")} label={t.notFound} hint={t.notFoundHint} />
          </details>
        </section>
        <Button kind="primary" type="submit" busy={form.busy.value}>
          {t.submit}
        </Button>
      </FormBody>
    </Page>
  )
}
