import { DateTime, Option } from "effect"
import { paymentFormName } from "../cfdi/Catalogs.ts"
import { mexicoCity } from "./MexicoCity.ts"

/** What the portal answers for it: `missing` tickets were printed, but the portal has never heard of them. */
export type SaleState = "open" | "expired" | "invoiced" | "missing"

export interface Sale {
  readonly folio: string
  /** `2026-11-20`, in Mexico City. */
  readonly date: string
  readonly branch: string
  readonly register: string
  /** In cents, IVA included. */
  readonly total: bigint
  /** c_FormaPago */
  readonly paymentForm: string
  readonly description: string
  /** c_ClaveProdServ */
  readonly productCode: string
  readonly state: SaleState
  /** The printed ticket as its holder reads it: label and value. */
  readonly ticket: Readonly<Record<string, string>>
}

/** A line of a vendor's table of sales: how many days ago, where, what, how much and how it was paid. */
export type SaleRow = Pick<Sale, "folio" | "branch" | "register" | "total" | "paymentForm" | "description"> & {
  readonly daysAgo: number
  readonly state?: Exclude<SaleState, "open">
}

export const paidWith = (sale: Pick<Sale, "paymentForm">) =>
  Option.getOrElse(paymentFormName(sale.paymentForm), () => sale.paymentForm)

/** `20/11/2026`, as most Mexican tickets print it. */
export const printedDate = (isoDate: string) => isoDate.split("-").reverse().join("/")

/** Dates the rows back from `now`, and prints each one's ticket. */
export const makeSales = (options: {
  readonly now: DateTime.Utc
  readonly productCode: string
  readonly rows: ReadonlyArray<SaleRow>
  readonly print: (sale: Omit<Sale, "ticket">) => Readonly<Record<string, string>>
}): ReadonlyArray<Sale> => {
  const today = DateTime.setZone(options.now, mexicoCity)
  return options.rows.map(({ daysAgo, ...row }) => {
    const date = DateTime.formatIsoDate(DateTime.subtract(today, { days: daysAgo }))
    const sale = { state: "open" as const, ...row, date, productCode: options.productCode }
    return { ...sale, ticket: options.print(sale) }
  })
}
