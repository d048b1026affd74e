import { regimesFor, usesFor } from "../Catalogs.ts"
import { text } from "../Text.ts"
import { SelectField, TextField } from "../ui/Fields.tsx"
import type { Bound } from "../ui/Form.ts"

export interface Fiscal {
  readonly rfc: string
  readonly full_name: string
  readonly fiscal_regime: string
  readonly postal_code: string
  readonly cfdi_use: string
}

const options = (rows: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  rows.map(({ code, name }) => ({ value: code, name: `${code} · ${name}` }))

interface Props {
  readonly field: (name: keyof Fiscal) => Bound<string>
}

/** What every portal asks of whom the invoice is for. The lists offer what goes together, as the SAT has it. */
export const FiscalFields = ({ field }: Props) => {
  const t = text.value.fiscal
  const rfc = field("rfc")
  const regime = field("fiscal_regime")
  const use = field("cfdi_use")
  return (
    <>
      <div class="columns">
        <TextField {...rfc} code input={{ required: true, maxLength: 20 }} label={t.rfc} hint={t.rfcHint} />
        <TextField
          {...field("postal_code")}
          input={{ required: true, inputMode: "numeric", maxLength: 10 }}
          label={t.postalCode}
        />
      </div>
      <TextField
        {...field("full_name")}
        input={{ autocomplete: "organization", autocapitalize: "characters", spellcheck: false, maxLength: 300 }}
        label={t.fullName}
        hint={t.fullNameHint}
      />
      <SelectField {...regime} label={t.regime} none={t.choose} options={options(regimesFor(rfc.value))} />
      <SelectField
        {...use}
        label={t.use}
        hint={t.useHint}
        none={t.choose}
        options={options(usesFor(rfc.value, regime.value))}
      />
    </>
  )
}
