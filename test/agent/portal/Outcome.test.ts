import { expect, test } from "bun:test"
import { asksToConfirm, foretells, isAdvice, type Outcome, outcomeOf } from "../../../src/agent/portal/Outcome.ts"

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
  ["Lo sentimos, el servicio está temporalmente inactivo.", "closed"],
  ["El sistema de facturación en línea no está disponible", "closed"],
  ["Bienvenido a nuestro portal", undefined]
]

/** The same said in other words, as portals that nobody here has seen may say it. */
const otherWords: Readonly<Partial<Record<Outcome, ReadonlyArray<string>>>> = {
  already_invoiced: [
    "La referencia CT2-47906 está ligada al comprobante CT 65112 y no puede usarse de nuevo",
    "El recibo 879930 forma parte de la factura GT-10455.",
    "El ticket 20533 tiene un comprobante vigente.",
    "El cruce amparado por este código cuenta con el comprobante QB-7712; no es posible emitir otro.",
    "Este ticket ya cuenta con factura",
    "Ticket facturado anteriormente",
    "La compra ya tiene un CFDI asociado",
    "El folio ya se facturó",
    "Este ticket ya fue utilizado para generar una factura",
    "La venta ya fue facturada el 12/11/2026",
    "Ya existe una factura para este ticket",
    "El ticket ingresado ya ha sido facturado previamente",
    "Ya se emitió un comprobante para esta compra",
    "Ticket previamente facturado, ¿desea descargarlo?",
    "Esta nota ya está timbrada",
    "El consumo se encuentra facturado",
    "TICKET YA FACTURADO",
    "La transacción ya fue procesada en una factura",
    "Esta orden fue facturada con anterioridad",
    "Ya generaste la factura de esta compra"
  ],
  expired: [
    "El mes de octubre ya fue cerrado por el restaurante y sus consumos quedaron en la factura global.",
    "El ticket pertenece a un periodo que ya no está abierto para facturación.",
    "Han transcurrido más de 30 días desde la venta, el ticket dejó de ser facturable.",
    "El consumo es del 16/10/2026. Únicamente se facturan consumos del mes corriente.",
    "El plazo para facturar ha concluido",
    "Ticket vencido",
    "El tiempo para facturar este ticket expiró",
    "Su ticket excede los 30 días permitidos",
    "Ya no es posible facturar este ticket",
    "Ticket fuera de fecha",
    "La fecha de compra está fuera del periodo de facturación",
    "Solo puede facturar tickets de los últimos 7 días",
    "El ticket no puede facturarse por haber pasado el mes de compra",
    "Periodo de facturación cerrado",
    "La vigencia para facturar terminó el 31 de octubre",
    "Han pasado más de 15 días desde su compra",
    "El ticket ha caducado",
    "Lo sentimos, el límite para facturar es de 72 horas",
    "Solo se permite facturar dentro del mismo mes",
    "La compra no corresponde al mes en curso",
    "Este ticket ya no está disponible para facturar",
    "No es posible facturar consumos de meses anteriores",
    "Tu ticket tiene más de 30 días"
  ],
  not_found: [
    "El total capturado no es igual al de la referencia",
    "Los datos que nos proporciona difieren de los registrados en la sucursal",
    "No se encontró el ticket",
    "Ticket no encontrado",
    "El ticket no existe",
    "Ticket inválido",
    "Los datos ingresados son incorrectos",
    "No encontramos tu compra, verifica los datos",
    "Folio no registrado",
    "No hay información para el folio capturado",
    "El número de ticket es incorrecto",
    "No existe un consumo con esos datos",
    "Verifique los datos del ticket",
    "El código no es válido",
    "No se localizaron registros",
    "Datos incorrectos, favor de verificar",
    "El total no coincide con el ticket",
    "La información proporcionada no coincide con nuestros registros",
    "No pudimos validar tu ticket",
    "Referencia no válida",
    "Su búsqueda no arrojó resultados",
    "Ticket inexistente",
    "No fue posible localizar la venta",
    "El importe capturado es incorrecto",
    "Sucursal incorrecta",
    "No identificamos ninguna compra con ese número",
    "Clave de facturación incorrecta",
    "Código de facturación no reconocido",
    "El monto no corresponde",
    "No hay coincidencias"
  ],
  not_yet: [
    "Tu ticket aún no está disponible para facturar, intenta en 24 horas",
    "La venta todavía no se refleja en el sistema",
    "El ticket estará disponible mañana",
    "Su compra aún no ha sido procesada, intente más tarde",
    "Espere 24 horas después de su compra para facturar"
  ],
  data_rejected: [
    "La cuenta fue cancelada por el restaurante",
    "Los consumos pagados con monedero no se facturan",
    "El RFC no es válido",
    "RFC no registrado en el SAT",
    "El nombre no coincide con el registrado en el SAT",
    "El código postal no corresponde al domicilio fiscal",
    "El régimen fiscal no corresponde al RFC",
    "CFDI40145 - El campo Nombre del receptor debe pertenecer al nombre asociado al RFC",
    "El uso de CFDI no es válido para el régimen",
    "Error del PAC: CFDI40147",
    "Datos fiscales incorrectos",
    "Los datos no coinciden con la Constancia de Situación Fiscal",
    "RFC incorrecto",
    "El correo electrónico no es válido",
    "El RFC del receptor no se encuentra en la lista de RFC inscritos no cancelados del SAT",
    "La razón social no debe incluir el régimen societario",
    "El SAT rechazó los datos del receptor"
  ],
  closed: [
    "El servicio no está disponible en este momento",
    "Sitio en mantenimiento",
    "Estamos realizando labores de mantenimiento",
    "Portal temporalmente fuera de servicio",
    "Servicio suspendido",
    "El sistema de facturación no está disponible, intente más tarde"
  ],
  down: [
    "Ocurrió un error, intente más tarde",
    "Error interno del servidor",
    "No se pudo conectar con el servidor",
    "Ocurrió un error inesperado",
    "Tiempo de espera agotado, intente nuevamente",
    "Error al timbrar, intente más tarde",
    "Ha ocurrido un error al procesar su solicitud",
    "Problemas de comunicación con el PAC"
  ],
  success: [
    "Tu factura se generó correctamente",
    "Factura generada con éxito",
    "¡Listo! Tu factura está lista",
    "Su CFDI ha sido timbrado",
    "Facturación exitosa",
    "Factura emitida",
    "Su factura ha sido generada",
    "Descarga tu factura",
    "La factura fue creada exitosamente",
    "¡Gracias! Ya puedes descargar tu factura",
    "Comprobante fiscal generado correctamente",
    "Folio fiscal: 85F775C6-E1F6-4E61-ADCC-853C14301E78",
    "Hemos generado tu factura"
  ],
  emailed: [
    "Tu factura fue enviada a tu correo",
    "Recibirás tu factura por correo electrónico",
    "Hemos enviado los archivos a x@y.com",
    "Revisa tu bandeja de entrada",
    "La factura se envió al correo x@y.com",
    "En breve recibirás un correo con tu factura",
    "Te enviamos tu CFDI por e-mail"
  ],
  captcha_wrong: [
    "Los caracteres no son los de la imagen",
    "El captcha es incorrecto",
    "Código de seguridad incorrecto",
    "Los caracteres no coinciden con la imagen",
    "Captcha inválido",
    "El texto de la imagen no coincide"
  ],
  login_failed: [
    "Usuario o contraseña incorrectos",
    "La contraseña es incorrecta",
    "Credenciales inválidas",
    "El usuario no existe",
    "Acceso incorrecto, verifica tu usuario y contraseña"
  ],
  blocked: ["Access denied", "Verifica que eres humano", "Acceso denegado"]
}

const silent = [
  "El RFC no se encuentra en nuestro padrón, capture sus datos.",
  "El plazo para facturar es de 30 días",
  "Tienes 30 días para facturar",
  "¿Ya facturaste? Recupera tu factura",
  "Consulta tu factura",
  "Una vez generada la factura no hay cambios",
  "El ticket es válido",
  "Ticket encontrado",
  "Régimen fiscal",
  "No encontramos el RFC en nuestra base de clientes. Si es tu primera factura, regístrate.",
  "¿Los datos capturados coinciden con los de su Constancia de Situación Fiscal?"
]

test.each(Object.entries(otherWords).flatMap(([outcome, texts]) => texts.map((text) => [text, outcome] as const)))(
  "%s means %s as well",
  (text, outcome) => {
    expect(outcomeOf(text)).toBe(outcome as Outcome)
  }
)

test.each(silent)("%s tells of no outcome", (text) => {
  expect(outcomeOf(text)).toBeUndefined()
})

test("an invoice that was made is ours after the stamp and somebody's before it, unless it says that it was made before", () => {
  const made = "Su compra fue facturada con el número de transacción 77458021"
  expect([outcomeOf(made), outcomeOf(made, true)]).toEqual(["already_invoiced", "success"])
  expect(outcomeOf("Su compra ya fue facturada anteriormente", true)).toBe("already_invoiced")
})

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

test.each([
  "La factura no pudo ser generada.",
  "No se generó su factura",
  "Su factura no fue timbrada",
  "Error: el CFDI no fue generado correctamente",
  "La solicitud no pudo completarse",
  "El correo no fue enviado",
  "El folio 00231102 pertenece a una factura emitida anteriormente.",
  "La factura de este ticket fue emitida a otro RFC"
])("«%s» is no success, before the stamp or after it", (text) => {
  expect(["success", "emailed"]).not.toContain(outcomeOf(text) ?? "")
  expect(["success", "emailed"]).not.toContain(outcomeOf(text, true) ?? "")
})

test("a page that says what going on will do has not done it", () => {
  expect(foretells("Verifique los datos. Al continuar se emitirá su factura y no será posible modificarla.")).toBe(true)
  expect(foretells("Se emitió su factura. Al continuar podrá descargarla.")).toBe(false)
})
