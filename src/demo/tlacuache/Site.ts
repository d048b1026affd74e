import { HttpRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Random, Schema } from "effect"
import { zipSync } from "fflate"
import { formatMoney } from "../../cfdi/Money.ts"
import { FormRefused, readForm, says, textField } from "../Form.ts"
import { htmlText } from "../Html.ts"
import type { Site } from "../Portal.ts"
import { requestIs, stamping } from "../RequestLog.ts"
import { paidWith, printedDate } from "../Sale.ts"
import type { Shop, Stamp } from "../Shop.ts"
import { hasCompanyType, regimesFor, TypedReceiver, TypedRfc, usesFor } from "../TypedReceiver.ts"
import { required, sameTotal, TypedTotal } from "../TypedTicket.ts"
import pageHtml from "./page.html" with { type: "text" }
import { print, rows, vendor } from "./Sales.ts"

const TypedTicket = Schema.Struct({
  folio: required("Capture el ITU de su ticket."),
  fecha: Schema.Trim.pipe(Schema.pattern(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, says("Capture la fecha de compra."))),
  total: TypedTotal
})

const ticketText = { folio: textField, fecha: textField, total: textField }

const receiverText = {
  rfc: textField,
  nombre: textField,
  cp: textField,
  regimen: textField,
  uso: textField,
  correo: textField,
  correo2: textField
}

const readTicket = readForm(TypedTicket)
const readReceiver = readForm(TypedReceiver)
const readRfc = readForm(Schema.Struct({ rfc: TypedRfc }))

const answer = (status: number, mensaje: string, campos: FormRefused["problems"] = []) =>
  HttpServerResponse.json({ mensaje, campos }, { status })

const refusals = {
  FormRefused: ({ problems, text }: FormRefused) => answer(422, text, problems),
  TicketNotFound: () => answer(404, "El folio no se encuentra con los datos proporcionados."),
  TicketExpired: () => answer(410, "El plazo de 30 días para facturar este ticket ha vencido."),
  TicketInvoiced: () => answer(409, "El ticket ya se encuentra facturado.")
}

/** In milliseconds, and more on a bad day, is what such services take. */
const taking = (least: number, most: number) =>
  Effect.flatMap(Random.nextIntBetween(least, most), (millis) => Effect.sleep(millis))

const find = (shop: Shop, ticket: typeof TypedTicket.Type) =>
  shop.find(ticket.folio, (sale) => sale.date === ticket.fecha && sameTotal(ticket.total, sale))

const lookUp = Effect.fn("Tlacuache.lookUp")(function* (shop: Shop) {
  yield* requestIs("lookup")
  const typed = yield* HttpServerRequest.schemaBodyJson(Schema.Struct(ticketText))
  return yield* readTicket(typed).pipe(
    Effect.flatMap((ticket) => find(shop, ticket)),
    Effect.zipLeft(taking(150, 350)),
    Effect.flatMap((sale) =>
      HttpServerResponse.json({
        tienda: sale.branch,
        fecha: printedDate(sale.date),
        total: formatMoney(sale.total),
        formaPago: paidWith(sale)
      })
    ),
    Effect.catchTags(refusals)
  )
})

const listed = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  HttpServerResponse.json(entries.map(({ code, name }) => ({ clave: code, descripcion: name })))

const regimes = Effect.gen(function* () {
  yield* requestIs("lookup")
  const query = yield* HttpServerRequest.schemaSearchParams(Schema.Struct({ rfc: textField }))
  yield* taking(300, 600)
  return yield* readRfc(query).pipe(
    Effect.flatMap(({ rfc }) => listed(regimesFor(rfc))),
    Effect.catchTag("FormRefused", refusals.FormRefused)
  )
})

const uses = Effect.gen(function* () {
  yield* requestIs("lookup")
  const query = yield* HttpServerRequest.schemaSearchParams(Schema.Struct({ rfc: textField, regimen: textField }))
  yield* taking(300, 600)
  return yield* readRfc(query).pipe(
    Effect.flatMap(({ rfc }) => listed(usesFor(rfc, query.regimen))),
    Effect.catchTag("FormRefused", refusals.FormRefused)
  )
})

const nameRefused = new FormRefused({
  problems: [
    {
      campo: "nombre",
      mensaje:
        "CFDI40145 - El campo Nombre del receptor, debe pertenecer al nombre asociado al RFC registrado en el campo Rfc del Receptor."
    }
  ]
})

const emailsDiffer = new FormRefused({
  problems: [{ campo: "correo2", mensaje: "Los correos electrónicos no coinciden." }]
})

const zipped = (stamp: Stamp) =>
  zipSync({
    [`${stamp.fileName}.xml`]: new TextEncoder().encode(stamp.xml),
    [`${stamp.fileName}.pdf`]: stamp.pdf
  }).toBase64()

const invoice = Effect.fn("Tlacuache.invoice")(function* (shop: Shop) {
  yield* requestIs("submit")
  const typed = yield* HttpServerRequest.schemaBodyJson(Schema.Struct({ ...ticketText, ...receiverText }))
  return yield* Effect.gen(function* () {
    const ticket = yield* readTicket(typed)
    const receiver = yield* readReceiver(typed)
    if (typed.correo2.trim() !== receiver.correo) return yield* emailsDiffer
    if (hasCompanyType(receiver.nombre)) return yield* nameRefused
    const sale = yield* find(shop, ticket)
    return yield* stamping(shop.stamp(sale, receiver, sale.paymentForm))
  }).pipe(
    Effect.exit,
    Effect.zipLeft(taking(1000, 2000)),
    Effect.flatten,
    Effect.flatMap((stamp) =>
      HttpServerResponse.json({ uuid: stamp.uuid, archivo: stamp.fileName, zip: zipped(stamp) })
    ),
    Effect.catchTags(refusals)
  )
})

export const tlacuache: Site = {
  key: "b",
  vendor,
  rows,
  print,
  productCode: "31162800",
  routes: (shop) =>
    HttpRouter.empty.pipe(
      HttpRouter.get(
        "/",
        Effect.sync(() => HttpServerResponse.html(htmlText(pageHtml)))
      ),
      HttpRouter.post("/api/tickets", lookUp(shop)),
      HttpRouter.get("/api/regimenes", regimes),
      HttpRouter.get("/api/usos", uses),
      HttpRouter.post("/api/facturas", invoice(shop))
    )
}
