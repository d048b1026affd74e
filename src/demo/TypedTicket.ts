import { Schema } from "effect"
import { formatMoney } from "../cfdi/Money.ts"
import { says } from "./Form.ts"
import type { Sale } from "./Sale.ts"

/** A field of the ticket that must not be left empty. */
export const required = (message: string) =>
  Schema.Trim.pipe(Schema.nonEmptyString(says(message)), Schema.maxLength(60, says(message)))

export const TypedTotal = Schema.Trim.pipe(
  Schema.pattern(/^[0-9]{1,7}(\.[0-9]{1,2})?$/, says("Monto del ticket inválido."))
)

/** To the cent, whether typed as 348, 348.0 or 348.00. */
export const sameTotal = (typed: typeof TypedTotal.Type, sale: Pick<Sale, "total">) =>
  Number(typed).toFixed(2) === formatMoney(sale.total)
