import { HttpRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Schema } from "effect"
import { readForm, says, textField } from "../Form.ts"
import type { Site } from "../Portal.ts"
import { requestIs, stamping } from "../RequestLog.ts"
import { printedDate } from "../Sale.ts"
import type { Shop } from "../Shop.ts"
import { TypedReceiver, withoutCompanyType } from "../TypedReceiver.ts"
import { required, sameTotal, TypedTotal } from "../TypedTicket.ts"
import { acceptedForms, download, formPage, resultPage } from "./Pages.ts"
import { print, rows, vendor } from "./Sales.ts"

const Typed = Schema.Struct({
  sucursal: textField,
  folio: textField,
  fecha: textField,
  total: textField,
  formaPago: textField,
  rfc: textField,
  nombre: textField,
  cp: textField,
  regimen: textField,
  uso: textField,
  correo: textField,
  terminos: textField
})

const readTyped = readForm(
  Schema.extend(
    Schema.Struct({
      sucursal: required("Selecciona una sucursal."),
      folio: required("Captura el folio de tu ticket."),
      fecha: Schema.Trim.pipe(
        Schema.pattern(/^[0-9]{2}\/[0-9]{2}\/[0-9]{4}$/, says("La fecha debe tener el formato dd/mm/aaaa."))
      ),
      total: TypedTotal,
      formaPago: Schema.String.pipe(
        Schema.filter((code) => acceptedForms.includes(code), says("Selecciona la forma de pago."))
      ),
      terminos: Schema.Literal("si").annotations(says("Debes aceptar los términos y condiciones."))
    }),
    TypedReceiver
  )
)

const invoice = Effect.fn("Cenzontle.invoice")(function* (shop: Shop, typed: typeof Typed.Type) {
  const { fecha, folio, formaPago, sucursal, total, ...receiver } = yield* readTyped(typed)
  const sale = yield* shop.find(
    folio,
    (sale) => sale.branch === sucursal && printedDate(sale.date) === fecha && sameTotal(total, sale)
  )
  return yield* stamping(shop.stamp(sale, { ...receiver, nombre: withoutCompanyType(receiver.nombre) }, formaPago))
})

const submit = Effect.fn("Cenzontle.submit")(function* (shop: Shop) {
  yield* requestIs("submit")
  const typed = yield* HttpServerRequest.schemaBodyUrlParams(Typed)
  const refuse = (message: string) => Effect.succeed(formPage(typed, message))
  return yield* invoice(shop, typed).pipe(
    Effect.map((stamp) => HttpServerResponse.redirect(`/factura/${stamp.uuid}`, { status: 303 })),
    Effect.catchTags({
      FormRefused: (refusal) => refuse(refusal.text),
      TicketNotFound: () =>
        refuse("No se encontró ningún ticket con los datos capturados. Verifica folio, fecha y total."),
      TicketExpired: () => refuse("El plazo de 30 días para facturar este ticket ha vencido."),
      TicketInvoiced: () => refuse("El ticket ya se encuentra facturado.")
    })
  )
})

const stampOf = Effect.fn("Cenzontle.stampOf")(function* (shop: Shop) {
  const { uuid } = yield* HttpRouter.schemaPathParams(Schema.Struct({ uuid: Schema.String }))
  const stamps = yield* shop.stamps
  return yield* Effect.fromNullable(stamps.find((stamp) => stamp.uuid === uuid))
})

export const cenzontle: Site = {
  key: "a",
  vendor,
  rows,
  print,
  productCode: "90101501",
  routes: (shop) =>
    HttpRouter.empty.pipe(
      HttpRouter.get(
        "/",
        Effect.sync(() => formPage({}, ""))
      ),
      HttpRouter.post("/facturar", submit(shop)),
      HttpRouter.get("/factura/:uuid", Effect.map(stampOf(shop), resultPage)),
      HttpRouter.get(
        "/factura/:uuid/xml",
        stampOf(shop).pipe(
          Effect.map((stamp) => download(stamp.xml, `${stamp.fileName}.xml`, "application/xml")),
          Effect.zipLeft(requestIs("file"))
        )
      ),
      HttpRouter.get(
        "/factura/:uuid/pdf",
        stampOf(shop).pipe(
          Effect.map((stamp) => download(stamp.pdf, `${stamp.fileName}.pdf`, "application/pdf")),
          Effect.zipLeft(requestIs("file"))
        )
      )
    )
}
