import { formatMoney } from "../../cfdi/Money.ts"
import { printedDate, type Sale, type SaleRow, type SaleState } from "../Sale.ts"
import type { Vendor } from "../Shop.ts"

export const vendor: Vendor = {
  name: "Farmacias Jacaranda Real",
  issuer: { rfc: "FJR110228W51", name: "FARMACIAS JACARANDA REAL", regime: "601", postalCode: "64000" }
}

const row = (
  folio: string,
  daysAgo: number,
  branch: string,
  register: string,
  total: bigint,
  paymentForm: string,
  state?: Exclude<SaleState, "open">
): SaleRow => ({
  folio,
  daysAgo,
  branch,
  register,
  total,
  paymentForm,
  description: "Artículos de cuidado personal",
  ...(state === undefined ? {} : { state })
})

export const rows: ReadonlyArray<SaleRow> = [
  row("118842", 2, "0447", "03", 51230n, "04"),
  row("118907", 1, "0447", "03", 8650n, "01"),
  row("118951", 1, "0447", "01", 24990n, "28"),
  row("204417", 4, "0512", "02", 137400n, "04"),
  row("204466", 3, "0512", "02", 19875n, "01"),
  row("204530", 2, "0512", "05", 66125n, "28"),
  row("330092", 6, "0608", "01", 43999n, "04"),
  row("330148", 5, "0608", "01", 7750n, "01"),
  row("330203", 1, "0608", "04", 92060n, "28"),
  row("117310", 45, "0447", "02", 30500n, "04", "expired"),
  row("204388", 5, "0512", "05", 71840n, "28", "invoiced"),
  row("330777", 1, "0608", "04", 15690n, "01", "missing")
]

export const print = (sale: Omit<Sale, "ticket">) => ({
  Tienda: sale.branch,
  Caja: sale.register,
  Ticket: sale.folio,
  Fecha: printedDate(sale.date),
  Total: `$${formatMoney(sale.total)}`
})
