import { formatMoney } from "../../cfdi/Money.ts"
import { paidWith, type Sale, type SaleRow } from "../Sale.ts"
import type { Vendor } from "../Shop.ts"

export const vendor: Vendor = {
  name: "Café Cenzontle",
  issuer: { rfc: "CCV170512QZ4", name: "CAFETERIAS CENZONTLE DEL VALLE", regime: "601", postalCode: "06700" }
}

export const branches = ["Roma Norte", "Coyoacán Centro", "Narvarte", "Aeropuerto T2"]

const row = (
  folio: string,
  daysAgo: number,
  branch: string,
  total: bigint,
  paymentForm: string,
  description: string
): SaleRow => ({ folio, daysAgo, branch, register: "1", total, paymentForm, description })

export const rows: ReadonlyArray<SaleRow> = [
  row("A-10482", 3, "Roma Norte", 34800n, "04", "Consumo de alimentos y bebidas"),
  row("A-10519", 2, "Roma Norte", 12650n, "01", "Consumo de alimentos y bebidas"),
  row("A-10533", 1, "Roma Norte", 8900n, "28", "Bebidas preparadas"),
  row("B-07731", 5, "Coyoacán Centro", 41275n, "04", "Consumo de alimentos y bebidas"),
  row("B-07764", 4, "Coyoacán Centro", 23500n, "28", "Consumo de alimentos y bebidas"),
  row("B-07802", 1, "Coyoacán Centro", 9950n, "01", "Bebidas preparadas"),
  row("C-21190", 6, "Narvarte", 118640n, "04", "Servicio de cafetería para reunión"),
  row("C-21244", 3, "Narvarte", 17700n, "28", "Consumo de alimentos y bebidas"),
  row("C-21301", 2, "Narvarte", 6400n, "01", "Bebidas preparadas"),
  row("T-00318", 8, "Aeropuerto T2", 28999n, "04", "Consumo de alimentos y bebidas"),
  row("T-00352", 4, "Aeropuerto T2", 15325n, "28", "Consumo de alimentos y bebidas"),
  row("T-00377", 1, "Aeropuerto T2", 20001n, "04", "Consumo de alimentos y bebidas")
]

export const print = (sale: Omit<Sale, "ticket">) => ({
  Folio: sale.folio,
  Sucursal: sale.branch,
  Fecha: sale.date,
  Total: formatMoney(sale.total),
  "Forma de pago": paidWith(sale)
})
