import type { Page } from "playwright-core"
import { usesOf } from "../../lib/Taxpayers.ts"
import { fits } from "../kit/checks.ts"
import {
  ago,
  attachment,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  money,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly tr: string
  readonly invoiced?: string
  readonly old?: true
}

const sale = (ticket: string, tr: string, cents: bigint): Sale => ({
  ticket,
  tr,
  cents,
  description: "Artículos de autoservicio",
  paymentForm: "28"
})

const sales: ReadonlyArray<Sale> = [
  sale("81302295441760209915", "04531", 124350n),
  { ...sale("81302295441760117402", "01188", 88790n), invoiced: ago(3).slashes },
  { ...sale("80951174220983364471", "07702", 41925n), old: true }
]

interface Session {
  sale?: Sale | undefined
  rfc: string
  cp: string
  typed?: Typed | undefined
  done?: string | undefined
}

const css = `body{margin:0;font-family:Bogle,Arial,Helvetica,sans-serif;font-size:14px;color:#2e2f32;background:#f2f8fd}
#header{background:#0071ce;color:#fff;padding:14px 32px}#header .logo{font-size:26px;font-weight:bold}#header .logo i{color:#ffc220;font-style:normal}
#menu{background:#004f9a;padding:8px 32px}#menu a{color:#fff;text-decoration:none;margin-right:26px}
#main{max-width:820px;margin:24px auto;background:#fff;padding:24px 36px;border-radius:6px}
h1{font-size:20px;color:#004f9a}.tblDatos td{padding:6px 8px;vertical-align:top}.tblDatos td:first-child{width:230px;text-align:right}
.textbox{width:300px;height:26px;border:1px solid #9ab;padding:0 6px}.boton{background:#0071ce;color:#fff;border:0;border-radius:16px;padding:8px 28px;cursor:pointer}
.botonGris{background:#babbbe}.ErrorLabel{color:#de1c24;font-weight:bold}.nota{font-size:12px;color:#74767c}.grid{border-collapse:collapse;width:100%}.grid th{background:#0071ce;color:#fff;padding:5px}.grid td{border:1px solid #ccd;padding:5px}
#footer{text-align:center;font-size:11px;color:#74767c;padding:20px}`

const C = "ctl00$ContentPlaceHolder1$"
const c = "ctl00_ContentPlaceHolder1_"

const form = (action: string, inner: string) =>
  html(`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head id="ctl00_Head1"><title>
	Zarkuma - Facturación Electrónica
</title><style type="text/css">${css}</style></head><body>
<form method="post" action="./${action}" id="aspnetForm">
<div class="aspNetHidden"><input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="" /><input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="" /><input type="hidden" name="__LASTFOCUS" id="__LASTFOCUS" value="" />
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1Mg9kFgJmD2QWAgIDD2QWAgIBD2QWBgIBDw8WAh4EVGV4dGVkZAIDDw8WAh8AZWRk" /></div>
<script type="text/javascript">
//<![CDATA[
var theForm = document.forms['aspnetForm'];
function __doPostBack(eventTarget, eventArgument) { if (!theForm.onsubmit || (theForm.onsubmit() != false)) { theForm.__EVENTTARGET.value = eventTarget; theForm.__EVENTARGUMENT.value = eventArgument; theForm.submit(); } }
//]]>
</script>
<div class="aspNetHidden"><input type="hidden" name="__VIEWSTATEGENERATOR" id="__VIEWSTATEGENERATOR" value="A2B1F3D0" /><input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="/wEdAAfq0mZbmFqkbdN4" /></div>
<div id="header"><span class="logo">Zarkuma <i>✱</i></span></div>
<div id="menu"><a href="frmDatos.aspx">Facturar mi compra</a><a href="frmPreguntas.aspx">Preguntas frecuentes</a><a href="frmAviso.aspx">Aviso de privacidad</a></div>
<div id="main">${inner}</div>
<div id="footer">Tiendas Zarkuma S. de R.L. de C.V. Av. Vallejo 1110, Azcapotzalco, Ciudad de México. Atención a clientes 55 5000 4410</div>
</form></body></html>`)

const row = (label: string, cell: string) => `<tr><td><span class="etiqueta">${label}</span></td><td>${cell}</td></tr>`
const box = (id: string, value: string, max: number, extra = "") =>
  `<input name="${C}${id}" type="text" value="${escaped(value)}" maxlength="${max}" id="${c}${id}" class="textbox" ${extra}/>`
const required = (id: string) => `<span id="${c}rfv${id}" class="ErrorLabel" style="display:none;">*</span>`

export const portal: TestPortal = {
  id: "zarkuma",
  traps: [
    "ASP.NET WebForms with full postbacks",
    "TC# printed in groups, the box takes twenty digits",
    "uso arrives after régimen by postback",
    "a summary before the stamp"
  ],
  profile: "person",
  start: () => {
    const till = openTill(
      { rfc: "TZA9709244W4", name: "TIENDAS ZARKUMA", regime: "601", postalCode: "02770" },
      "50192100"
    )
    const first = ({ field, session }: Visit<Session>, error = "") =>
      form(
        "frmDatos.aspx",
        `
<h1>Obtén tu factura</h1><p>Ten a la mano tu ticket de compra. Captura los siguientes datos para iniciar:</p>
<table class="tblDatos" border="0">
${row("RFC:", box("txtMemRFC", field(`${C}txtMemRFC`) || session.rfc, 13, 'style="text-transform:uppercase" ') + required("RFC"))}
${row("Código Postal de tu domicilio fiscal:", box("txtCP", field(`${C}txtCP`), 5) + required("CP"))}
${row("Número de Ticket (TC#):", `${box("txtTC", field(`${C}txtTC`), 20) + required("TC")}<br/><span class="nota">20 dígitos, sin espacios. Aparece en la parte inferior de tu ticket.</span>`)}
${row("Número de Transacción (TR#):", box("txtTR", field(`${C}txtTR`), 5) + required("TR"))}
<tr><td></td><td><span id="${c}lblMensaje" class="ErrorLabel">${error}</span></td></tr>
<tr><td></td><td><input type="submit" name="${C}btnAceptar" value="Continuar" id="${c}btnAceptar" class="boton" /></td></tr>
</table>`
      )

    const second = ({ field, session }: Visit<Session>, error = "") => {
      const regime = field(`${C}ddlregimenFiscal`)
      return form(
        "frmDatosFiscales.aspx",
        `<h1>Datos del receptor</h1>
<p>Verifica que tus datos sean iguales a los de tu Constancia de Situación Fiscal.</p>
<table class="tblDatos" border="0">
${row("RFC:", `<span id="${c}lblRFC">${escaped(session.rfc)}</span>`)}
${row("Código Postal:", `<span id="${c}lblCP">${escaped(session.cp)}</span>`)}
${row("Nombre o Razón Social:", box("txtRazonSocial", field(`${C}txtRazonSocial`), 254))}
${row(
  "Régimen Fiscal:",
  `<select name="${C}ddlregimenFiscal" onchange="javascript:setTimeout('__doPostBack(\\'${C}ddlregimenFiscal\\',\\'\\')', 0)" id="${c}ddlregimenFiscal" class="textbox"><option value="0">-- Selecciona --</option>${options(
    regimesFor(session.rfc).map(({ code, name }) => ({ value: code, text: `${code} ${name}` })),
    regime
  )}</select>`
)}
${row("Uso de CFDI:", `<select name="${C}ddlusoCFDI" id="${c}ddlusoCFDI" class="textbox"><option value="0">-- Selecciona --</option>${options(regime && regime !== "0" ? usesOf(session.rfc, regime).map(({ code, name }) => ({ value: code, text: `${code} ${name}` })) : [], field(`${C}ddlusoCFDI`))}</select>`)}
${row("Correo electrónico:", box("txtEmail", field(`${C}txtEmail`), 80))}
${row("Confirma tu correo:", box("txtEmail2", field(`${C}txtEmail2`), 80))}
<tr><td></td><td><span id="${c}lblMensaje" class="ErrorLabel">${error}</span></td></tr>
<tr><td><input type="submit" name="${C}btnRegresar" value="Regresar" id="${c}btnRegresar" class="boton botonGris" /></td><td><input type="submit" name="${C}btnContinuar" value="Continuar" id="${c}btnContinuar" class="boton" /></td></tr></table>`
      )
    }

    const third = ({ session }: Visit<Session>, error = "") => {
      const { sale, typed } = session
      if (!sale || !typed) return seeOther("frmDatos.aspx")
      return form(
        "frmResumen.aspx",
        `<h1>Resumen de tu factura</h1>
<table class="grid" cellspacing="0" id="${c}gvTickets"><tr><th scope="col">TC#</th><th scope="col">TR#</th><th scope="col">Total</th></tr><tr><td>${sale.ticket}</td><td>${sale.tr}</td><td>$${money(sale.cents)}</td></tr></table>
<table class="tblDatos">${row("RFC:", escaped(typed.rfc))}${row("Nombre o Razón Social:", escaped(typed.name))}${row("Código Postal:", typed.postalCode)}${row("Régimen Fiscal:", typed.regime)}${row("Uso de CFDI:", typed.use)}${row("Correo electrónico:", escaped(typed.email))}</table>
<p><span id="${c}lblMensaje" class="ErrorLabel">${error}</span></p>
<input type="submit" name="${C}btnModificar" value="Modificar datos" class="boton botonGris" id="${c}btnModificar" /> <input type="submit" name="${C}btnFacturar" value="Facturar" id="${c}btnFacturar" class="boton" onclick="this.style.opacity=.5" />`
      )
    }

    return shop<Session>({
      till,
      cookie: "ASP.NET_SessionId",
      fresh: () => ({ rfc: "", cp: "" }),
      routes: {
        "GET /": () => seeOther("/frmDatos.aspx"),
        "GET /frmDatos.aspx": (visit) => first(visit),
        "GET /frmPreguntas.aspx": () =>
          form(
            "frmPreguntas.aspx",
            "<h1>Preguntas frecuentes</h1><p>¿Cuánto tiempo tengo para facturar? Puedes hacerlo dentro del mes calendario de tu compra.</p><p>¿Dónde encuentro mi TC# y TR#? En la parte inferior de tu ticket.</p>"
          ),
        "GET /frmAviso.aspx": () =>
          form(
            "frmAviso.aspx",
            "<h1>Aviso de privacidad</h1><p>Tiendas Zarkuma trata tus datos para emitir tu comprobante.</p>"
          ),
        "POST /frmDatos.aspx": (visit) => {
          const { field, session } = visit
          const rfc = field(`${C}txtMemRFC`).toUpperCase()
          if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return first(visit, "El RFC no tiene el formato correcto.")
          if (!/^\d{5}$/.test(field(`${C}txtCP`))) return first(visit, "Captura tu código postal a 5 dígitos.")
          if (!/^\d{20}$/.test(field(`${C}txtTC`))) return first(visit, "El TC# consta de 20 dígitos.")
          if (!/^\d{5}$/.test(field(`${C}txtTR`))) return first(visit, "El TR# consta de 5 dígitos.")
          const found = sales.find(({ ticket, tr }) => ticket === field(`${C}txtTC`) && tr === field(`${C}txtTR`))
          if (!found)
            return first(
              visit,
              "No localizamos tu compra con el TC# y TR# capturados. Revísalos en tu ticket e inténtalo otra vez."
            )
          if (found.invoiced || isStamped(till, found))
            return first(
              visit,
              `La compra con TC# ${found.ticket} cuenta con una factura emitida el ${found.invoiced ?? ago(0).slashes}. Para aclaraciones llama al 55 5000 4410.`
            )
          if (found.old)
            return first(
              visit,
              "Tu compra corresponde a un mes que ya cerró; sólo es posible emitir el comprobante durante el mes en que compraste."
            )
          session.sale = found
          session.rfc = rfc
          session.cp = field(`${C}txtCP`)
          return seeOther("/frmDatosFiscales.aspx")
        },
        "GET /frmDatosFiscales.aspx": (visit) => (visit.session.sale ? second(visit) : seeOther("/frmDatos.aspx")),
        "POST /frmDatosFiscales.aspx": (visit) => {
          const { field, has, session } = visit
          if (!session.sale || has(`${C}btnRegresar`)) return seeOther("/frmDatos.aspx")
          if (!has(`${C}btnContinuar`)) return second(visit)
          const typed: Typed = {
            rfc: session.rfc,
            name: field(`${C}txtRazonSocial`).toUpperCase(),
            postalCode: session.cp,
            regime: field(`${C}ddlregimenFiscal`),
            use: field(`${C}ddlusoCFDI`),
            email: field(`${C}txtEmail`)
          }
          if (!typed.name) return second(visit, "Captura tu nombre o razón social.")
          if (typed.regime === "0") return second(visit, "Selecciona tu régimen fiscal.")
          if (typed.use === "0") return second(visit, "Selecciona el uso del CFDI.")
          if (wrongOf(typed) === "email") return second(visit, "El correo electrónico no es correcto.")
          if (field(`${C}txtEmail2`) !== typed.email) return second(visit, "Los correos electrónicos no son iguales.")
          session.typed = typed
          return seeOther("/frmResumen.aspx")
        },
        "GET /frmResumen.aspx": (visit) => third(visit),
        "POST /frmResumen.aspx": async (visit) => {
          const { has, session } = visit
          const { sale, typed } = session
          if (!sale || !typed) return seeOther("/frmDatos.aspx")
          if (!has(`${C}btnFacturar`)) return seeOther("/frmDatosFiscales.aspx")
          if (isStamped(till, sale)) return third(visit, "La compra cuenta con una factura emitida.")
          if (wrongOf(typed) || !fits(typed))
            return third(
              visit,
              "El SAT no reconoce los datos capturados. Verifica RFC, nombre, código postal, régimen y uso contra tu constancia."
            )
          await Bun.sleep(900)
          session.done = (await stampOf(till, sale, typed)).uuid
          return seeOther("/frmDescarga.aspx")
        },
        "GET /frmDescarga.aspx": ({ session }) => {
          const made = session.done ? till.find(session.done) : undefined
          if (!made) return seeOther("/frmDatos.aspx")
          return form(
            "frmDescarga.aspx",
            `<h1>¡Gracias por tu compra!</h1><p><span id="${c}lblResultado">Tu factura está lista. Folio fiscal ${made.uuid}. También la enviamos a ${escaped(session.typed?.email ?? "")}.</span></p>
<p><a id="${c}lnkXML" class="boton" href="javascript:__doPostBack('${C}lnkXML','')">Descargar XML</a> <a id="${c}lnkPDF" class="boton" href="javascript:__doPostBack('${C}lnkPDF','')">Descargar PDF</a></p><p><a href="frmDatos.aspx">Facturar otra compra</a></p>`
          )
        },
        "POST /frmDescarga.aspx": async ({ field, session }) => {
          const made = session.done ? till.find(session.done) : undefined
          if (!made) return seeOther("/frmDatos.aspx")
          return field("__EVENTTARGET").endsWith("lnkPDF")
            ? attachment(await pdfBytes(made), "application/pdf", `${made.uuid}.pdf`)
            : attachment(await xmlText(made), "text/xml", `${made.uuid}.xml`)
        }
      }
    })
  },
  cases: [
    {
      name: "ok",
      ticket: {
        "TDA#": "2295",
        "OP#": "00000417",
        "TE#": "012",
        "TR#": "04531",
        TOTAL: "$1,243.50",
        "TARJETA DEBITO": "1,243.50",
        "TC#": "8130 2295 4417 6020 9915",
        Fecha: ago(2).short,
        Hora: "18:22:07"
      },
      expected: completed
    },
    {
      name: "already invoiced, no copy",
      ticket: {
        "TDA#": "2295",
        "OP#": "00000417",
        "TE#": "004",
        "TR#": "01188",
        TOTAL: "$887.90",
        "TC#": "8130 2295 4417 6011 7402",
        Fecha: ago(4).short,
        Hora: "12:01:44"
      },
      expected: failed("ALREADY_INVOICED")
    },
    {
      name: "another transaction",
      ticket: {
        "TDA#": "2295",
        "OP#": "00000417",
        "TE#": "012",
        "TR#": "04581",
        TOTAL: "$1,243.50",
        "TC#": "8130 2295 4417 6020 9915",
        Fecha: ago(2).short,
        Hora: "18:22:07"
      },
      expected: failed("TICKET_NOT_FOUND")
    },
    {
      name: "another month",
      ticket: {
        "TDA#": "1174",
        "OP#": "00000208",
        "TE#": "007",
        "TR#": "07702",
        TOTAL: "$419.25",
        "TC#": "8095 1174 2209 8336 4471",
        Fecha: ago(45).short,
        Hora: "20:10:31"
      },
      expected: failed("TICKET_EXPIRED")
    }
  ],
  script: async (page: Page, ticket, profile) => {
    const at = (id: string) => page.locator(`#${c}${id}`)
    await at("txtMemRFC").fill(profile.rfc)
    await at("txtCP").fill(profile.postalCode)
    await at("txtTC").fill(printed(ticket, "TC#").replace(/ /g, ""))
    await at("txtTR").fill(printed(ticket, "TR#"))
    await at("btnAceptar").click()
    await at("txtRazonSocial").fill(profile.fullName)
    await at("ddlregimenFiscal").selectOption(profile.fiscalRegime)
    await page.waitForSelector(`#${c}ddlusoCFDI option[value="G03"]`, { state: "attached" })
    await at("ddlusoCFDI").selectOption(profile.cfdiUse)
    await at("txtEmail").fill(profile.email)
    await at("txtEmail2").fill(profile.email)
    await at("btnContinuar").click()
    await at("btnFacturar").click()
    await download(page, () => at("lnkXML").click())
  }
}
