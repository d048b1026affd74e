import { expect, test } from "bun:test"
import { asksToConfirm, isAdvice, type Outcome, outcomeOf } from "../../../src/agent/portal/Outcome.ts"

const sayings: ReadonlyArray<readonly [string, Outcome | undefined]> = [
  ["La factura se generó exitosamente — Haga clic en Aceptar", "success"],
  ["¡Tu Factura ha sido generada correctamente!", "success"],
  ["La factura ha sido timbrada correctamente", "success"],
  ["Ya ha sido generada su factura!", "success"],
  ["CFDI generado", "success"],
  ["Reclamo Exitoso", "success"],
  ["Se ha generado la factura con el número de transacción 8812", "success"],
  ["Enhorabuena", "success"],
  ["Se generó y envió correctamente el documento.", "emailed"],
  ["La factura se generó y envió correctamente al correo a•••@x.mx", "emailed"],
  ["En unos minutos recibirás tu factura en tu correo", "emailed"],
  ["El ticket ingresado es válido", undefined],
  ["Ticket validado correctamente", undefined],
  ["Ticket ya se encuentra facturado", "already_invoiced"],
  ["Su ticket ya se encuentra facturado", "already_invoiced"],
  ["Este folio ya fue facturado anteriormente!", "already_invoiced"],
  ["Folio 8812 ya ha sido facturado.", "already_invoiced"],
  ["El consumo ya fue facturado", "already_invoiced"],
  ["Recibo ya facturado", "already_invoiced"],
  ["¿Desea recuperar su factura?", "already_invoiced"],
  ["Lo sentimos, no tuvo éxito su búsqueda", "not_found"],
  ["No se encontró orden con la información capturada.", "not_found"],
  ["No se encontró la referencia", "not_found"],
  ["No se encontró ningún ticket.", "not_found"],
  ["El folio no se encuentra con los datos proporcionados", "not_found"],
  ["Los datos del ticket no son validos", "not_found"],
  ["Monto del ticket Inválido", "not_found"],
  ["Código inválido, verifique con la estación", "not_found"],
  ["Estación inválida", "not_found"],
  ["El ticket aún no está disponible", "not_yet"],
  ["Solo se pueden facturar tickets del mes en curso.", "expired"],
  ["Recuerde que solo puede facturar consumos del mismo mes", "expired"],
  ["FACTURA EN LINEA SOLO EL MISMO MES DE COMPRA", "expired"],
  ["Ticket fuera del plazo de 2 días permitidos", "expired"],
  ["El plazo de facturación ha vencido", "expired"],
  [
    "Por favor verifica que los datos ingresados coinciden con los de tu constancia de situación fiscal",
    "data_rejected"
  ],
  ["RFC inválido o no registrado en el SAT.", "data_rejected"],
  ["Régimen fiscal inválido.", "data_rejected"],
  [
    "CFDI40147 - El campo DomicilioFiscalReceptor del receptor debe encontrarse en la lista de RFC inscritos",
    "data_rejected"
  ],
  ["Favor de omitir la sociedad", "data_rejected"],
  ["Captcha incorrecto", "captcha_wrong"],
  ["RFC o Correo Incorrectos", "login_failed"],
  ["Lo sentimos, el servicio está temporalmente inactivo.", "down"],
  ["El sistema de facturación en línea no está disponible", "down"],
  ["Bienvenido a nuestro portal", undefined]
]

test.each(sayings)("%s means %s", (text, outcome) => {
  expect(outcomeOf(text)).toBe(outcome as Outcome)
})

test("instructions and conditions are advice, answers are not", () => {
  expect(isAdvice("Recuerda que solo puedes facturar el mismo mes")).toBe(true)
  expect(isAdvice("Ingresa los datos de tu ticket")).toBe(true)
  expect(isAdvice("El ticket no existe")).toBe(false)
})

test("a question before the stamp is known from a message after it", () => {
  expect(asksToConfirm("¿Están correctos sus datos?")).toBe(true)
  expect(asksToConfirm("VERIFIQUE SUS DATOS antes de continuar")).toBe(true)
  expect(asksToConfirm("La factura se generó exitosamente")).toBe(false)
})
