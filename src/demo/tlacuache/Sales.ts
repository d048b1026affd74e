import { formatMoney } from "../../cfdi/Money.ts"
import { printedDate, type Sale, type SaleRow } from "../Sale.ts"
import type { Vendor } from "../Shop.ts"

export const vendor: Vendor = {
  name: "Ferreterías El Tlacuache Azul",
  issuer: { rfc: "FTA140903X76", name: "FERRETERIAS EL TLACUACHE AZUL", regime: "601", postalCode: "44100" }
}

const row = (
  folio: string,
  daysAgo: number,
  branch: string,
  total: bigint,
  paymentForm: string,
  description: string
): SaleRow => ({ folio, daysAgo, branch, register: "2", total, paymentForm, description })

export const rows: ReadonlyArray<SaleRow> = [
  row("03812-7745-91", 2, "Guadalajara Centro", 127490n, "04", 'Taladro percutor 1/2" y brocas'),
  row("03812-7790-06", 1, "Guadalajara Centro", 18950n, "01", "Tornillería y taquetes"),
  row("03813-0014-58", 1, "Guadalajara Centro", 64300n, "28", "Pintura vinílica 4 L"),
  row("03790-4402-17", 7, "Zapopan", 351280n, "04", "Material eléctrico"),
  row("03790-4466-30", 6, "Zapopan", 8725n, "01", "Cinta y silicón"),
  row("03791-1183-72", 4, "Zapopan", 49999n, "28", "Llave mezcladora"),
  row("03791-1250-05", 3, "Zapopan", 22000n, "04", "Candado y herrajes"),
  row("03805-9031-44", 9, "Tlaquepaque", 101010n, "04", "Cemento gris y arena"),
  row("03805-9077-83", 5, "Tlaquepaque", 15475n, "01", "Guantes y lentes de seguridad"),
  row("03806-2208-69", 3, "Tlaquepaque", 78860n, "28", "Escalera de tijera 5 peldaños"),
  row("03806-2263-10", 2, "Tlaquepaque", 33315n, "04", "Lámpara LED & apagadores"),
  row("03806-2300-95", 1, "Tlaquepaque", 5999n, "01", "Manguera y conexiones")
]

export const print = (sale: Omit<Sale, "ticket">) => ({
  Tienda: sale.branch,
  ITU: sale.folio,
  "Fecha de compra": printedDate(sale.date),
  "Total a pagar": formatMoney(sale.total)
})
