import { Schema } from "effect"
import { cfdiUses, fiscalRegimes, usesFor } from "../cfdi/Catalogs.ts"
import type { PersonType } from "../cfdi/Rfc.ts"

const people = ["individual", "moral"] as const satisfies ReadonlyArray<PersonType>

/** A régimen of the SAT, and what a buyer of it may declare for a purchase. */
export class RegimeEntry extends Schema.Class<RegimeEntry>("FiscalRegime")({
  code: Schema.String,
  name: Schema.String,
  individual: Schema.Boolean,
  moral: Schema.Boolean,
  cfdi_uses: Schema.Struct({ individual: Schema.Array(Schema.String), moral: Schema.Array(Schema.String) })
}) {}

/** A use of the SAT, and the régimenes whose buyers may declare it. */
export class UseEntry extends Schema.Class<UseEntry>("CfdiUse")({
  code: Schema.String,
  name: Schema.String,
  individual: Schema.Boolean,
  moral: Schema.Boolean,
  fiscal_regimes: Schema.Array(Schema.String),
  for_purchases: Schema.Boolean
}) {}

export const regimes = () =>
  fiscalRegimes.map((regime) => {
    const codes = (person: PersonType) => (regime[person] ? usesFor(regime.code, person).map(({ code }) => code) : [])
    return new RegimeEntry({ ...regime, cfdi_uses: { individual: codes("individual"), moral: codes("moral") } })
  })

export const uses = () =>
  cfdiUses.map(
    (use) =>
      new UseEntry({
        code: use.code,
        name: use.name,
        individual: use.individual,
        moral: use.moral,
        fiscal_regimes: use.fiscalRegimes,
        for_purchases: people.some((person) =>
          use.fiscalRegimes.some((regime) => usesFor(regime, person).some(({ code }) => code === use.code))
        )
      })
  )
