import {
  ago,
  asked,
  attachment,
  captchaCode,
  captchaImage,
  cells,
  cfdiUses,
  completed,
  escaped,
  failed,
  fiscalRegimes,
  html,
  inline,
  isStamped,
  money,
  openTill,
  options,
  pdfBytes,
  printed,
  seeOther,
  shop,
  stampOf,
  svg,
  type TestPortal,
  type TillSale,
  type Typed,
  type Wrong,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly seat: string
  readonly from: string
  readonly to: string
  readonly travel: string
  readonly state?: "invoiced" | "late"
}

const trip = ago(3)
const lateTrip = ago(38)
const open: Sale = {
  ticket: "340817726095",
  seat: "14",
  from: "TUXTLA GUTIERREZ",
  to: "VILLAHERMOSA",
  travel: trip.slashes,
  cents: 61200n,
  description: "Servicio de autotransporte de pasajeros",
  paymentForm: "04"
}
const invoiced: Sale = { ...open, ticket: "340817726088", seat: "15", state: "invoiced" }
const late: Sale = { ...open, ticket: "340790011842", seat: "3", travel: lateTrip.slashes, state: "late" }

const paper = (sale: Sale, seat = sale.seat) => ({
  Boleto: sale.ticket,
  Pasajero: "X. CASAS",
  Tipo: "ADULTO",
  Origen: sale.from,
  Destino: sale.to,
  Salida: `${sale.state === "late" ? lateTrip.words : trip.words} 23:55 hrs`,
  "Asto.": seat,
  Andén: "7",
  Precio: `$${money(sale.cents)} MXN`,
  Pago: "TARJETA DE CREDITO"
})

interface Session {
  sale: Sale | undefined
  uuid: string
}

const layout = (body: string) =>
  html(`<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>.:: FETFS Facturaci&oacute;n de boletos ::.</title>
<style type="text/css">body{margin:0;font:12px Tahoma,Arial;background:#e8e8e8}.marco{background:#fff;margin:0 auto}.titulo{background:#7a0d3e;color:#fff;font-size:18px}.sub{background:#d9a441;font-weight:bold;padding:4px}.msgError{color:#c00;font-weight:bold}.campo{border:1px solid #999;font:12px Tahoma}.boton{background:#7a0d3e;color:#fff;border:2px outset #a33;font:bold 11px Tahoma;padding:3px 12px}td{padding:4px 6px}</style></head>
<body onload="if(document.forms[0]&&document.forms[0].elements[0])document.forms[0].elements[0].focus()"><table class="marco" width="780" cellspacing="0" border="0"><tr><td class="titulo" height="52">&nbsp;Grupo Turibaxa &nbsp;<font size="2">Facturaci&oacute;n Electr&oacute;nica de boletos</font></td></tr>
<tr><td><a href="/FETFS/inicio.do">Inicio</a> | <a href="/FETFS/consulta.do">Reimpresi&oacute;n de facturas</a> | <a href="/FETFS/ayuda.do">Ayuda</a></td></tr><tr><td>${body}</td></tr>
<tr><td align="center"><font size="1" color="#666">Sus boletos pueden facturarse hasta 7 d&iacute;as despu&eacute;s del mes del viaje. Autobuses Turibaxa S.A. de C.V.</font></td></tr></table></body></html>`)

const search = (v: (n: string) => string, error: string, attempt: number) =>
  layout(`<div class="sub">BOLETO A FACTURAR</div>${error ? `<span class="msgError">${escaped(error)}</span>` : ""}
<form name="boletoForm" method="post" action="/FETFS/buscaBoleto.do"><table align="center">
<tr><td align="right"><b>N&Uacute;M. FOLIO:</b></td><td><input type="text" name="boleto.folio" maxlength="13" size="20" value="${escaped(v("boleto.folio"))}" class="campo"></td><td rowspan="3"><img src="/FETFS/img/boleto.gif" width="150" height="80" alt="Ejemplo"></td></tr>
<tr><td align="right"><b>N&Uacute;M. ASIENTO:</b></td><td><input type="text" name="boleto.asiento" maxlength="2" size="4" value="${escaped(v("boleto.asiento"))}" class="campo"></td></tr>
<tr><td align="right">Escriba el texto de la imagen:</td><td><img src="/FETFS/Captcha.jpg?${attempt}" width="200" height="60" alt=""><br><input type="text" name="textoImagen" maxlength="5" size="10" autocomplete="off" class="campo"></td></tr>
<tr><td></td><td><input type="submit" name="method" value="Buscar" class="boton"> <input type="reset" value="Borrar" class="boton"></td></tr></table></form>`)

const fiscal = (sale: Sale, v: (n: string) => string, error: string) =>
  layout(`<div class="sub">BOLETO</div><table border="1" cellspacing="0" align="center"><tr bgcolor="#eeeeee"><td>Folio</td><td>Asiento</td><td>Origen</td><td>Destino</td><td>Fecha viaje</td><td>Importe</td></tr><tr>${cells(sale.ticket, sale.seat, sale.from, sale.to, sale.travel, `$${money(sale.cents)}`)}</tr></table>
<div class="sub">DATOS DE FACTURACI&Oacute;N</div>${error ? `<span class="msgError">${escaped(error)}</span>` : ""}
<form name="clienteForm" method="post" action="/FETFS/generaFactura.do" onsubmit="return valida(this)"><table align="center">
<tr><td align="right">* R.F.C.:</td><td nowrap><input type="text" name="rfc1" size="5" maxlength="4" value="${escaped(v("rfc1"))}" class="campo" onkeyup="this.value=this.value.toUpperCase()"> - <input type="text" name="rfc2" size="7" maxlength="6" value="${escaped(v("rfc2"))}" class="campo"> - <input type="text" name="rfc3" size="4" maxlength="3" value="${escaped(v("rfc3"))}" class="campo" onkeyup="this.value=this.value.toUpperCase()"> <font size="1">(letras, fecha, homoclave)</font></td></tr>
<tr><td align="right">* Nombre o raz&oacute;n social:</td><td><input type="text" name="razon" size="50" value="${escaped(v("razon"))}" class="campo"></td></tr>
<tr><td align="right">* C&oacute;digo postal:</td><td><input type="text" name="cp" size="6" maxlength="5" value="${escaped(v("cp"))}" class="campo"></td></tr>
<tr><td align="right">* R&eacute;gimen fiscal:</td><td><select name="regimen" class="campo"><option value="-1">-- Seleccione --</option>${options(
    fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${code}.- ${name}` })),
    v("regimen")
  )}</select></td></tr>
<tr><td align="right">* Uso de la factura:</td><td><select name="uso" class="campo"><option value="-1">-- Seleccione --</option>${options(
    cfdiUses
      .filter(({ code }) => /^(G03|S01|D0[1-9]|D10)$/.test(code))
      .map(({ code, name }) => ({ value: code, text: `${code}.- ${name}` })),
    v("uso")
  )}</select></td></tr>
<tr><td align="right">* E-mail:</td><td><input type="text" name="mail" size="40" value="${escaped(v("mail"))}" class="campo"></td></tr>
<tr><td></td><td><input type="button" value="Regresar" class="boton" onclick="location='/FETFS/inicio.do'"> <input type="submit" value="Generar" class="boton"></td></tr></table></form>
<script type="text/javascript">function valida(f){for(var i=0;i<f.elements.length;i++){var e=f.elements[i];if(e.name&&(e.value==''||e.value=='-1')){alert('Faltan datos obligatorios (*)');e.focus();return false}}return true}</script>`)

const done = (uuid: string) =>
  layout(
    `<div class="sub">FACTURA</div><p>Se gener&oacute; el comprobante con folio fiscal <b>${uuid}</b></p><form name="f"><table><tr><td>Seleccione el archivo que desea obtener: <select name="tipo" class="campo"><option value="pdf">PDF</option><option value="xml">XML</option></select></td><td><input type="button" class="boton" value="Obtener" onclick="window.open('/FETFS/descarga.do?tipo='+document.forms.f.tipo.value+'&amp;id=${uuid}','d','width=600,height=500')"></td></tr></table></form>`
  )

const words: Record<Wrong, string> = {
  empty: "Faltan datos obligatorios (*)",
  rfc: "El R.F.C. capturado no se encuentra inscrito.",
  name: "El nombre o razón social no es el registrado para el R.F.C.",
  postalCode: "El código postal no es el del domicilio fiscal.",
  regime: "El régimen fiscal no es del R.F.C.",
  use: "El uso de la factura no es válido.",
  email: "E-mail incorrecto."
}

const start = () => {
  const till = openTill(
    { rfc: "ATU710804EW7", name: "AUTOBUSES TURIBAXA", regime: "624", postalCode: "29000" },
    "78111802"
  )
  let attempt = 0
  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ sale: undefined, uuid: "" }),
    routes: {
      "GET /": () => seeOther("/FETFS/inicio.do"),
      "GET /FETFS/inicio.do": () => search(() => "", "", attempt),
      "GET /FETFS/ayuda.do": () =>
        layout(
          "<p>El folio son los 12 d&iacute;gitos del boleto; el asiento est&aacute; junto a la hora de salida.</p>"
        ),
      "GET /FETFS/img/boleto.gif": () =>
        svg(
          '<svg xmlns="http://www.w3.org/2000/svg" width="150" height="80"><rect width="150" height="80" fill="#fdf6e3" stroke="#999"/><path d="M10 20h90M10 35h60M10 50h110" stroke="#bbb" stroke-width="4"/></svg>'
        ),
      "GET /FETFS/Captcha.jpg": () => captchaImage(captchaCode("turibaxa", attempt)),
      "POST /FETFS/buscaBoleto.do": ({ field, session }) => {
        if (field("boleto.folio") === "" || field("boleto.asiento") === "")
          return search(field, "Capture folio y asiento.", attempt)
        if (field("textoImagen").toUpperCase() !== captchaCode("turibaxa", attempt)) {
          attempt++
          return search(field, "El texto no coincide con la imagen, intente con la nueva.", attempt)
        }
        const sale = [open, invoiced, late].find(
          (s) => s.ticket === field("boleto.folio") && Number(s.seat) === Number(field("boleto.asiento"))
        )
        if (sale === undefined) return search(field, "El boleto no existe. Verifique folio y asiento.", attempt)
        if (sale.state === "late")
          return search(
            field,
            `El boleto corresponde a un viaje del ${sale.travel} y excede los 7 días posteriores al mes del viaje. No procede su facturación.`,
            attempt
          )
        if (sale.state === "invoiced" || isStamped(till, sale))
          return search(field, `Boleto con factura emitida (A-${sale.ticket.slice(-6)}).`, attempt)
        session.sale = sale
        return fiscal(sale, () => "", "")
      },
      "POST /FETFS/generaFactura.do": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined) return seeOther("/FETFS/inicio.do")
        const typed: Typed = {
          rfc: (field("rfc1") + field("rfc2") + field("rfc3")).toUpperCase(),
          name: field("razon"),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("mail")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return fiscal(sale, field, words[wrong])
        if (isStamped(till, sale)) return search(() => "", "Boleto con factura emitida.", attempt)
        return done((await stampOf(till, sale, typed)).uuid)
      },
      "GET /FETFS/descarga.do": async ({ field }) => {
        const made = till.find(field("id"))
        if (made === undefined) return html("Archivo no encontrado", 404)
        return field("tipo") === "xml"
          ? attachment(await xmlText(made), "application/octet-stream", `${made.uuid}.xml`)
          : inline(await pdfBytes(made), "application/pdf", `${made.uuid}.pdf`)
      }
    }
  })
}

const captcha = { imagen: captchaCode("turibaxa", 0) }

export const portal: TestPortal = {
  id: "turibaxa",
  traps: [
    "an image captcha beside the ticket fields, its label far from 'captcha'",
    "RFC in three boxes",
    "the kind of file is chosen in a list, PDF first, and opens in a popup"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: asked(captcha, completed) },
    { name: "another seat", ticket: paper(open, "41"), expected: asked(captcha, failed("TICKET_NOT_FOUND")) },
    { name: "invoiced already", ticket: paper(invoiced), expected: asked(captcha, failed("ALREADY_INVOICED")) },
    { name: "too late", ticket: paper(late), expected: asked(captcha, failed("TICKET_EXPIRED")) }
  ],
  script: async (page, ticket, profile) => {
    const box = (name: string) => page.locator(`[name="${name}"]`)
    await box("boleto.folio").fill(printed(ticket, "Boleto"))
    await box("boleto.asiento").fill(printed(ticket, "Asto."))
    await box("textoImagen").fill(captchaCode("turibaxa", 0))
    await box("method").click()
    await box("rfc1").fill(profile.rfc.slice(0, -9))
    await box("rfc2").fill(profile.rfc.slice(-9, -3))
    await box("rfc3").fill(profile.rfc.slice(-3))
    await box("razon").fill(profile.fullName)
    await box("cp").fill(profile.postalCode)
    await box("regimen").selectOption(profile.fiscalRegime)
    await box("uso").selectOption(profile.cfdiUse)
    await box("mail").fill(profile.email)
    await page.locator('input[value="Generar"]').click()
    await box("tipo").selectOption("xml")
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.locator('input[value="Obtener"]').click()])
    await popup.waitForEvent("download").catch(() => undefined)
  }
}
