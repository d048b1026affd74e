import { expect, test } from "bun:test"
import { type Press, pressOf } from "../../../src/agent/portal/Press.ts"

const presses: ReadonlyArray<readonly [string, Press]> = [
  ["Generar factura", "stamp"],
  ["Facturar", "stamp"],
  ["Timbrar", "stamp"],
  ["Emitir CFDI", "stamp"],
  ["Sí, generar", "stamp"],
  ["Siguiente", "next"],
  ["Buscar ticket", "next"],
  ["Validar", "next"],
  ["Agregar ticket", "next"],
  ["Aceptar", "accept"],
  ["Enviar", "accept"],
  ["Cerrar", "dismiss"],
  ["×", "dismiss"],
  ["Entendido", "dismiss"],
  ["Cancelar", "back"],
  ["Regresar", "back"],
  ["No", "back"],
  ["Facturar otro ticket", "back"],
  ["Descargar XML", "download_xml"],
  ["PDF", "download_pdf"],
  ["Descargar ZIP", "download"],
  ["Consultar factura", "recover"],
  ["Recuperar factura", "recover"],
  ["Facturación electrónica", "start"],
  ["Sí, timbrar", "stamp"],
  ["Los datos son correctos, facturar", "stamp"],
  ["Confirmar emisión", "stamp"],
  ["Consumos por facturar", "start"],
  ["Descargar XML y PDF", "download"],
  ["« Atrás", "back"],
  ["Capturar otro despacho", "back"],
  ["Cerrar sesión", "back"],
  ["Ahora no", "dismiss"],
  ["Sig.", "next"],
  ["Historial de facturas", "recover"],
  ["Aviso de privacidad", "none"],
  ["¿Dónde encuentro mi folio?", "none"],
  ["Iniciar sesión", "login"],
  ["ACCEDER A FACTURAR", "start"],
  ["Facturación rápida Sin crear una cuenta", "start"],
  ["Para verla e imprimirla oprima aquí", "download"],
  ["Código", "none"],
  ["E03134 LA HUASTECA, MONTERREY", "none"],
  ["Enviar otro código", "none"]
]

test.each(presses)("%s is for %s", (text, press) => {
  expect(pressOf({ text, id: "", className: "", href: "" })).toBe(press)
})

test("a picture without words is known by its name in the code", () => {
  expect(pressOf({ text: "", id: "btnBuscar", className: "", href: "" })).toBe("next")
})
