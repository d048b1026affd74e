import type { Button } from "../page/Look.ts"
import { plain, words } from "./Plain.ts"
import { readPress } from "./PressModel.ts"

/** What pressing something is for. */
export type Press =
  | "stamp"
  | "next"
  | "accept"
  | "dismiss"
  | "back"
  | "download_xml"
  | "download_pdf"
  | "download"
  | "start"
  | "recover"
  | "login"
  | "none"

const invoice = "(factura|cfdi|comprobante|timbre)"

// In order: the first that speaks wins.
const kinds: ReadonlyArray<readonly [Press, RegExp]> = [
  ["dismiss", /^(ahora no|cerrar (el )?aviso|no volver a mostrar|ok,? entendid|recordarme)/],
  [
    "start",
    /^(comenzar|empezar|iniciar) a facturar|^factura\S*( \S+){0,2} (sin (registr|usuario|(crear )?(una )?cuenta)|como invitado)/
  ],
  [
    "back",
    /cerrar sesion|log ?out|sign ?out|\b(otr[oa]|nuev[oa]|another) (boleto|consulta|consumo|cruce|compra|despacho|factura|folio|nota|ticket|venta)|^(cambiar (de )?(estacion|mis datos|rfc|sucursal|tienda)|descartar|empezar de nuevo|ir al inicio|paso anterior|restablecer|vaciar)|^(no\b|cancel|regres|volver|atras|anterior|limpiar|borrar|corregir|modificar|editar|salir|eliminar|quitar|reiniciar|inicio$|nuev[oa] (busqueda|consulta|ticket|factura)|facturar otr|otra factura|otro ticket|generar otr|rechaz|reset|clear|back|go back|previous|edit\b)|no,? (gracias|cancel|corregir)/
  ],
  ["download_xml", /^(?!.*\bpdf\b).*\bxml\b/],
  ["download_pdf", /^(?!.*\bxml\b).*\bpdf\b|representacion impresa/],
  [
    "download",
    /(ver|obten\S*|imprim\S*|descarg\S*|baj\S*|consult\S*)l[oa]s?\b( \S+){0,6} (aqui|liga|enlace|icono)\b|descarg|download|\bzip\b|obtener (los |sus |mis )?(archivos|documentos)|\bbajar\b|guardar (archivos?|factura)|ver (mi |la |tu |su )?(factura|cfdi|comprobante)|abrir (factura|cfdi)|xml.*pdf|pdf.*xml/
  ],
  [
    "recover",
    /^(recuper|reenvi|reimpri|historial|retrieve|find my invoice)|reimpresion|(recuper|reenvi|reimpri|consult|busc)\S*( \S+){0,4} (factura|cfdi|comprobante)s?|perdi(ste|o)( \S+){0,3} factura|mis facturas|facturas (emitidas|anteriores)|ya (tengo|facture)/
  ],
  [
    "none",
    /aviso|privacidad|terminos|condiciones|ayuda|preguntas|contacto|faq|tutorial|video|manual|chat|whatsapp|facebook|twitter|instagram|youtube|donde (encuentro|esta)|ejemplo|ver ticket|como factur|mapa|promocion|bolsa de trabajo|imprimir|print/
  ],
  [
    "login",
    /^(entrar|ingresar|acceder)$|iniciar sesion|inicia sesion|entrar con|log ?in|sign ?in|acceder|ingresar$|^(ir a )?mi cuenta$|registr|crear (una )?cuenta|sign ?up/
  ],
  [
    "stamp",
    new RegExp(
      `^si,? .*(facturar|timbrar|emitir)|(enviar a|solicitar|proceder al) timbra|(elaborar|hacer|procesar|issue|stamp|create|concluir|ejecutar|terminar|finalizar|confirmar)( \\S+){0,3} (factura(cion)?|cfdi|timbrado|emision|invoice)\\b|^(?!.*\\b(para|por|sin) ).{0,40} (facturar|timbrar|emitir)( ahora)?$|(generar?|emitir?|crear?|timbrar?|obten\\S*|solicitar?|realizar?|expedir?|finalizar?|tramitar?|facturar|confirmar)( \\S+){0,4} ${invoice}|^(timbrar?|facturar|emitir|generar)\\b|^solicitar$|facturar (conceptos|ahora|ticket|compra|consumo)|(generate|create|issue|request|get) (my |your |the )?invoice`
    )
  ],
  [
    "next",
    /siguiente|^sig\b|proseguir|\bseguir\b|encontrar|checar|check ticket|identificar|^ir al? (datos|paso)|traer (datos|ticket)|mostrar (compras|consumos|cruces|tickets)|obtener (compra|consumo|venta)|continuar?\b|buscar?\b|validar?\b|consultar?\b|verificar?\b|agregar?\b|anadir|comprobar|avanzar|cargar|localizar|revisar|habilitar|activar|desbloquear|comenzar|empezar|vista previa|previsualizar|preview|\b(next|continue|search|add|find|validate|look ?up)\b|obtener (datos|ticket|informacion)|guardar y continuar|capturar|^(seleccionar?|elegir|escoger)$/
  ],
  [
    "accept",
    /^(si\b|accept|acept|esta bien|estoy de acuerdo|save|son correctos|ok\b|okay|confirm|correcto|de acuerdo|enviar?\b|finaliz|terminar|guardar?\b|actualizar?\b|procesar|submit|send|registrar|listo|adelante|proceder|yes\b|looks good|all good|agree|proceed)/
  ],
  ["dismiss", /^(x|×|✕|✖|cerrar|close|entendid|enterad|omitir|saltar|skip|mas tarde|no volver|got it|continuar sin)/],
  ["start", /factur|invoice|cfdi|comprobantes? (fiscal|digital|electronic)/]
]

/** Where a portal keeps what it has made for its user. */
export const listsOurs = /^(acceder a |ver |ir a |consultar )?mis (facturas|cfdi|comprobantes)/

/** Less sure than this, the model of buttons is not asked. */
const sure = 0.6

const bySaying = (text: string, said: string): Press => {
  const [press, certainty] = readPress(text)
  return certainty >= sure ? press : (kinds.find(([, pattern]) => pattern.test(said))?.[0] ?? "none")
}

type Named = Pick<Button, "text" | "id" | "className" | "href">

const readBefore = new WeakMap<Named, Press>()

/** What a button is for by what it says, or, where it says nothing, by its name in the code. */
export const pressOf = (button: Named): Press => {
  // One look at a page asks this some ten times of each of its buttons.
  const press = readBefore.get(button) ?? readPressOf(button)
  readBefore.set(button, press)
  return press
}

const readPressOf = (button: Named): Press => {
  const said = plain(button.text).replace(/^[^\p{L}\d×✕✖]+(?=\p{L})/u, "")
  if (/cookies/.test(said)) return "dismiss"
  if (said.length > 0 && !/^[^\p{L}\d×✕✖]*$/u.test(said)) return bySaying(button.text, said)
  if (/close|cerrar|dismiss/i.test(`${button.id} ${button.className}`)) return "dismiss"
  const coded = words(button.id)
  return coded === ""
    ? "none"
    : (kinds.find(
        ([kind, pattern]) => kind !== "start" && pattern.test(coded.replace(/^(btn|boton|button|cmd|lnk|img) ?/, ""))
      )?.[0] ?? "none")
}
