import { HttpRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Schema } from "effect"
import { cfdiUses, fiscalRegimes } from "../../cfdi/Catalogs.ts"
import { type FormRefused, readForm, textField } from "../Form.ts"
import { htmlText, withChoices } from "../Html.ts"
import type { Site } from "../Portal.ts"
import { requestIs, stamping } from "../RequestLog.ts"
import type { Shop } from "../Shop.ts"
import { TypedReceiver } from "../TypedReceiver.ts"
import { required, sameTotal, TypedTotal } from "../TypedTicket.ts"
import pageHtml from "./page.html" with { type: "text" }
import { print, rows, vendor } from "./Sales.ts"

type Catalog = ReadonlyArray<{ readonly code: string; readonly name: string }>

/** The selects carry the portal's own row numbers, and the SAT's keys only as text. */
const numbered = (catalog: Catalog) =>
  catalog.map(({ code, name }, index) => ({ value: String(index + 1), text: `${code} ${name}` }))

const codeOf = (catalog: Catalog, id: string) => catalog[Number(id) - 1]?.code ?? ""

const page = [
  { name: "ctl00$Main$ddlRegimen", catalog: fiscalRegimes },
  { name: "ctl00$Main$ddlUso", catalog: cfdiUses }
].reduce((html, { catalog, name }) => withChoices(html, name, numbered(catalog)), htmlText(pageHtml))

const ticketText = { tienda: textField, caja: textField, ticket: textField, monto: textField }

const receiverText = {
  rfc: textField,
  cliente: textField,
  codigo: textField,
  idRegimen: textField,
  idUso: textField,
  email: textField
}

const TypedTicket = Schema.Struct({
  tienda: required("Capture el número de tienda."),
  caja: required("Capture el número de caja."),
  ticket: required("Capture el número de ticket."),
  monto: TypedTotal
})

const readTicket = readForm(TypedTicket)
const readReceiver = readForm(TypedReceiver)

const answer = (Codigo: number, Mensaje: string) => HttpServerResponse.json({ d: { Codigo, Mensaje } })

const refusals = {
  TicketNotFound: () => answer(1, "No se encontró ningún ticket con la información capturada."),
  TicketInvoiced: () => answer(2, "El ticket ya se encuentra facturado."),
  TicketExpired: () => answer(3, "Ticket fuera del plazo de 30 días permitidos. El plazo de facturación ha vencido."),
  FormRefused: (refusal: FormRefused) => answer(4, refusal.text)
}

const find = Effect.fn("Jacaranda.find")(function* (shop: Shop, typed: typeof TypedTicket.Encoded) {
  const { caja, monto, ticket, tienda } = yield* readTicket(typed)
  return yield* shop.find(ticket, (sale) => sale.branch === tienda && sale.register === caja && sameTotal(monto, sale))
})

const lookUp = Effect.fn("Jacaranda.lookUp")(function* (shop: Shop) {
  yield* requestIs("lookup")
  const typed = yield* HttpServerRequest.schemaBodyJson(Schema.Struct(ticketText))
  return yield* find(shop, typed).pipe(
    Effect.flatMap(() => answer(0, "El ticket ingresado es válido. Capture sus datos de facturación.")),
    Effect.catchTags(refusals)
  )
})

const invoice = Effect.fn("Jacaranda.invoice")(function* (shop: Shop) {
  yield* requestIs("submit")
  const typed = yield* HttpServerRequest.schemaBodyJson(Schema.Struct({ ...ticketText, ...receiverText }))
  return yield* Effect.gen(function* () {
    const receiver = yield* readReceiver({
      rfc: typed.rfc,
      nombre: typed.cliente,
      cp: typed.codigo,
      regimen: codeOf(fiscalRegimes, typed.idRegimen),
      uso: codeOf(cfdiUses, typed.idUso),
      correo: typed.email
    })
    const sale = yield* find(shop, typed)
    return yield* stamping(shop.stamp(sale, receiver, sale.paymentForm))
  }).pipe(
    Effect.flatMap((stamp) =>
      answer(0, `La factura se generó y envió correctamente al correo ${stamp.email}. Gracias por su compra.`)
    ),
    Effect.catchTags(refusals)
  )
})

export const jacaranda: Site = {
  key: "c",
  vendor,
  rows,
  print,
  productCode: "53131600",
  routes: (shop) =>
    HttpRouter.empty.pipe(
      HttpRouter.get(
        "/",
        Effect.sync(() => HttpServerResponse.html(page))
      ),
      HttpRouter.post("/Facturacion.aspx/ValidarTicket", lookUp(shop)),
      HttpRouter.post("/Facturacion.aspx/GenerarFactura", invoice(shop))
    )
}
