import { expect, test } from "bun:test"
import type { Control } from "../../../src/agent/page/Look.ts"
import { best, readControl, readLabel } from "../../../src/agent/portal/Classify.ts"
import { control } from "../../lib/controls.ts"

const cases: ReadonlyArray<readonly [Partial<Control>, string | undefined]> = [
  [{ label: "RFC *" }, "rfc"],
  [{ label: "R.F.C.:" }, "rfc"],
  [{ label: "Seleccione los RFCs" }, "rfc"],
  [{ label: "Nombre o Razón Social" }, "name"],
  [{ label: "Denominación social" }, "name"],
  [{ label: "Apellido paterno" }, "paternalSurname"],
  [{ label: "Código Postal (domicilio fiscal)" }, "postalCode"],
  [{ label: "C.P." }, "postalCode"],
  [{ label: "Régimen Fiscal del receptor" }, "regime"],
  [{ label: "Uso de CFDI" }, "use"],
  [{ label: "¿Qué uso le dará a su factura? Uso del comprobante" }, "use"],
  [{ label: "Correo electrónico" }, "email"],
  [{ label: "Confirma tu e-mail" }, "email"],
  [{ label: "Número de ticket" }, "ticket"],
  [{ label: "Folio" }, "ticket"],
  [{ placeholder: "Buscar en toda la tienda..." }, "search"],
  [{ label: "Número Tokala (10 dígitos)" }, "line"],
  [{ label: "TC#" }, "ticket"],
  [{ label: "Web ID" }, "webId"],
  [{ label: "Código de facturación" }, "webId"],
  [{ label: "ITU" }, "webId"],
  [{ label: "Monto total" }, "total"],
  [{ label: "Monto del ticket" }, "total"],
  [{ label: "Fecha del ticket" }, "date"],
  [{ label: "Fecha de compra" }, "date"],
  [{ label: "Hora del consumo" }, "time"],
  [{ label: "Número de tienda" }, "store"],
  [{ label: "No. de caja" }, "register"],
  [{ label: "Forma de pago" }, "payment"],
  [{ label: "Teléfono" }, "phone"],
  [{ label: "Escribe el código de la imagen" }, "captcha"],
  [{ label: "* TICKET:" }, "ticket"],
  [{ label: "Referencia para facturar" }, "webId"],
  [{ label: "Cadena de facturación" }, "webId"],
  [{ label: "Invoice code" }, "webId"],
  [{ label: "Número de movimiento" }, "transaction"],
  [{ label: "Confirmation number" }, "transaction"],
  [{ label: "Approval number" }, "authorization"],
  [{ label: "Número largo debajo de las líneas verticales" }, "barcode"],
  [{ label: "Total sin impuestos" }, "subtotal"],
  [{ label: "Gratificación al mesero" }, "tip"],
  [{ label: "¿Qué día hiciste tu compra?" }, "date"],
  [{ label: "Transaction time" }, "time"],
  [{ label: "Terminal de autobuses donde adquirió el boleto" }, "store"],
  [{ label: "Lugar donde compró" }, "store"],
  [{ label: "Taquilla donde compró" }, "register"],
  [{ label: "Estación de cobro" }, "register"],
  [{ label: "Equipo de cobro" }, "register"],
  [{ label: "Forma de cobro" }, "payment"],
  [{ label: "¿En qué número termina tu tarjeta?" }, "card"],
  [{ label: "Nº factura simplificada" }, "ticket"],
  [{ label: "Número de guía" }, "ticket"],
  [{ label: "Tipo de documento" }, undefined],
  // The visible label counts, whatever the code calls it.
  [{ label: "Total de la compra", name: "txtReservationId" }, "total"],
  [{ placeholder: "XAXX010101000", name: "form-field-email" }, "rfc"],
  [{ label: "", name: "ctl00$txtRazonSocial" }, "name"],
  [{ label: "", id: "form:fecha_input", name: "form:fecha_input" }, "date"],
  [{ type: "email", label: "" }, "email"],
  [{ label: "Algo raro", name: "x1" }, undefined]
]

test.each(cases)("%j is known as %s", (part, role) => {
  expect(best(readControl(control(part)))?.role as string | undefined).toBe(role)
})

test("the head of a phrase decides: the date of a ticket is a date, its number a key", () => {
  expect(best(readLabel("Fecha del ticket"))?.role).toBe("date")
  expect(best(readLabel("Número del ticket"))?.role).toBe("ticket")
})
