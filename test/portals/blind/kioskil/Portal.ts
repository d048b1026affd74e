import type { Page } from "playwright-core"
import { plainAmount } from "../../lib/ScriptTools.ts"
import { fits, sameWorth } from "../kit/checks.ts"
import {
  ago,
  attachment,
  captchaCode,
  captchaImage,
  cfdiUses,
  completed,
  download,
  escaped,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  money,
  openTill,
  options,
  pdfBytes,
  printed,
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
  readonly store: string
  readonly date: string
  readonly closed?: true
}

const base = { description: "Alimentos, bebidas y abarrotes", paymentForm: "01" }
const sales: ReadonlyArray<Sale> = [
  { ...base, ticket: "15232202119450067", store: "1523", date: ago(3).slashes, cents: 13450n },
  { ...base, ticket: "15232202117730114", store: "1523", date: ago(38).slashes, cents: 28900n, closed: true }
]

interface Session {
  sales: Array<Sale>
  images: number
  done?: string | undefined
}

const css = `body{font-family:Verdana,Arial;font-size:12px;background:#fff;margin:0}table.marco{width:780px;margin:0 auto}td.cab{background:#d4251c;color:#fff;font-size:22px;font-weight:bold;padding:10px}td.franja{background:#00833e;height:6px}
td.etq{background:#eef6ee;text-align:right;font-weight:bold;width:240px;padding:5px}td.cam{padding:5px}input.txt{width:200px;border:1px solid #777;font-size:12px;padding:3px}select.txt{width:330px;font-size:12px}
.btn{background:#00833e;color:#fff;font-weight:bold;border:2px outset #7c7;padding:4px 16px;cursor:pointer}.error{color:#c00;font-weight:bold}table.lista{border-collapse:collapse;width:100%}table.lista th{background:#00833e;color:#fff}table.lista td{border:1px solid #999;text-align:center;padding:3px}`

const layout = (body: string) =>
  html(`<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html lang="es"><head><title>.:: Kioskil - Factura tu compra ::.</title><style>${css}</style></head><body><table class="marco" cellpadding="0" cellspacing="0"><tr><td class="cab">KIOSKIL <font size="2">&nbsp;Abierto siempre</font></td></tr><tr><td class="franja"></td></tr><tr><td style="padding:12px">${body}</td></tr>
<tr><td align="center"><font size="1" color="#777">Cadena Kioskil S.A. de C.V. &copy; 2019 - Sitio optimizado para 1024 x 768</font></td></tr></table></body></html>`)

const errors = (text: string) => (text ? `<ul class="error"><li>${text}</li></ul>` : "")

export const portal: TestPortal = {
  id: "kioskil",
  traps: [
    "JSP/Struts: .do actions, forms submitted by script",
    "tickets are gathered in a table before going on",
    "an image captcha before the stamp",
    "the table's button and the next step's are apart"
  ],
  profile: "person",
  start: () => {
    const till = openTill(
      { rfc: "CKI010614QM5", name: "CADENA KIOSKIL", regime: "601", postalCode: "64000" },
      "50192100"
    )
    const capture = ({ field, session }: Visit<Session>, error = "") =>
      layout(`${errors(error)}
<form name="ticketForm" method="post" action="/FacturaWeb/agregarTicket.do">
<p>Bienvenido. Capture los datos de su ticket y presione <b>Agregar</b>. Puede incluir hasta 5 tickets en una misma factura.</p>
<table width="100%" cellspacing="2">
<tr><td class="etq">No. de tienda:</td><td class="cam"><input type="text" name="tienda" maxlength="5" value="${escaped(field("tienda"))}" class="txt"></td></tr>
<tr><td class="etq">Folio de compra:</td><td class="cam"><input type="text" name="folio" maxlength="17" value="${escaped(field("folio"))}" class="txt"> (17 d&iacute;gitos)</td></tr>
<tr><td class="etq">Fecha de compra:</td><td class="cam"><input type="text" name="fecha" maxlength="10" value="${escaped(field("fecha"))}" class="txt"> dd/mm/aaaa</td></tr>
<tr><td class="etq">Importe total:</td><td class="cam"><input type="text" name="importe" maxlength="10" value="${escaped(field("importe"))}" class="txt"></td></tr>
<tr><td></td><td class="cam"><input type="submit" value="Agregar" class="btn"></td></tr></table></form>
${session.sales.length ? `<table class="lista"><tr><th>#</th><th>Tienda</th><th>Folio</th><th>Fecha</th><th>Importe</th><th>&nbsp;</th></tr>${session.sales.map((s, i) => `<tr><td>${i + 1}</td><td>${s.store}</td><td>${s.ticket}</td><td>${s.date}</td><td>$ ${money(s.cents)}</td><td><a href="quitarTicket.do?id=${i}">Quitar</a></td></tr>`).join("")}</table><form name="continuaForm" method="post" action="/FacturaWeb/datosFiscales.do"><p align="right"><input type="button" value="Continuar &gt;&gt;" class="btn" onclick="document.continuaForm.submit()"></p></form>` : ""}`)

    const key = (session: Session) => session.sales[0]?.ticket ?? ""
    const fiscal = ({ field, session }: Visit<Session>, error = "") =>
      layout(`${errors(error)}
<form name="facturaForm" method="post" action="/FacturaWeb/generarFactura.do">
<table width="100%" cellspacing="2"><tr><td colspan="2"><b>Datos de facturaci&oacute;n</b> (como aparecen en su Constancia de Situaci&oacute;n Fiscal)</td></tr>
<tr><td class="etq">R.F.C.:</td><td class="cam"><input type="text" name="cliente.rfc" maxlength="13" value="${escaped(field("cliente.rfc"))}" class="txt" onblur="this.value=this.value.toUpperCase()"></td></tr>
<tr><td class="etq">Nombre / Raz&oacute;n social:</td><td class="cam"><input type="text" name="cliente.razonSocial" maxlength="200" value="${escaped(field("cliente.razonSocial"))}" class="txt" style="width:330px"></td></tr>
<tr><td class="etq">C&oacute;digo postal:</td><td class="cam"><input type="text" name="cliente.cp" maxlength="5" value="${escaped(field("cliente.cp"))}" class="txt"></td></tr>
<tr><td class="etq">R&eacute;gimen fiscal:</td><td class="cam"><select name="cliente.idRegimen" class="txt"><option value="-1">Seleccione...</option>${options(
        fiscalRegimes.map(({ code, name }, i) => ({ value: String(i + 1), text: `${code}-${name}` })),
        field("cliente.idRegimen")
      )}</select></td></tr>
<tr><td class="etq">Uso CFDI:</td><td class="cam"><select name="cliente.idUso" class="txt"><option value="-1">Seleccione...</option>${options(
        cfdiUses.map(({ code, name }, i) => ({ value: String(i + 1), text: `${code}-${name}` })),
        field("cliente.idUso")
      )}</select></td></tr>
<tr><td class="etq">E-mail:</td><td class="cam"><input type="text" name="cliente.email" maxlength="80" value="${escaped(field("cliente.email"))}" class="txt" style="width:330px"></td></tr>
<tr><td class="etq">Escriba el texto de la imagen:</td><td class="cam"><img src="/FacturaWeb/jcaptcha.jpg?n=${session.images}" alt="" width="200" height="60"><br><input type="text" name="j_captcha_response" maxlength="8" class="txt" autocomplete="off"></td></tr>
<tr><td class="cam"><input type="button" value="&lt;&lt; Regresar" class="btn" onclick="location.href='inicio.do'"></td><td class="cam"><input type="button" value="Generar factura" class="btn" onclick="this.disabled=true;document.facturaForm.submit()"></td></tr></table></form>`)

    return shop<Session>({
      till,
      cookie: "JSESSIONID",
      fresh: () => ({ sales: [], images: 0 }),
      routes: {
        "GET /": () => seeOther("/FacturaWeb/inicio.do"),
        "GET /FacturaWeb/inicio.do": (visit) => capture(visit),
        "GET /FacturaWeb/quitarTicket.do": ({ session, url }) => {
          session.sales.splice(Number(url.searchParams.get("id")), 1)
          return seeOther("inicio.do")
        },
        "POST /FacturaWeb/agregarTicket.do": (visit) => {
          const { field, session } = visit
          if (!/^\d{1,5}$/.test(field("tienda")))
            return capture(visit, "El n&uacute;mero de tienda es requerido y debe ser num&eacute;rico.")
          if (!/^\d{17}$/.test(field("folio"))) return capture(visit, "El folio debe contener 17 d&iacute;gitos.")
          if (!/^\d{2}\/\d{2}\/\d{4}$/.test(field("fecha")))
            return capture(visit, "La fecha debe tener el formato dd/mm/aaaa.")
          if (!/^\d+(\.\d{1,2})?$/.test(field("importe")))
            return capture(visit, "El importe es requerido y debe ser num&eacute;rico.")
          const found = sales.find(
            (s) =>
              s.ticket === field("folio") && Number(s.store) === Number(field("tienda")) && s.date === field("fecha")
          )
          if (!found) return capture(visit, "No hay informaci&oacute;n para los datos del ticket capturados.")
          if (!sameWorth(field("importe"), found.cents)) return capture(visit, "El importe no corresponde al ticket.")
          if (found.closed)
            return capture(
              visit,
              "Ticket fuera de periodo. Las compras se facturan a m&aacute;s tardar el d&iacute;a &uacute;ltimo del mes en que se realizaron."
            )
          if (isStamped(till, found)) return capture(visit, "El ticket fue incluido en otra factura.")
          if (session.sales.some((s) => s.ticket === found.ticket))
            return capture(visit, "El ticket ya est&aacute; en la lista.")
          session.sales.push(found)
          return seeOther("inicio.do")
        },
        "POST /FacturaWeb/datosFiscales.do": (visit) =>
          visit.session.sales.length ? fiscal(visit) : seeOther("inicio.do"),
        "GET /FacturaWeb/jcaptcha.jpg": ({ session }) => captchaImage(captchaCode(key(session), session.images)),
        "POST /FacturaWeb/generarFactura.do": async (visit) => {
          const { field, session } = visit
          const sale = session.sales[0]
          if (!sale) return seeOther("inicio.do")
          const typed: Typed = {
            rfc: field("cliente.rfc").toUpperCase(),
            name: field("cliente.razonSocial").toUpperCase(),
            postalCode: field("cliente.cp"),
            regime: fiscalRegimes[Number(field("cliente.idRegimen")) - 1]?.code ?? "",
            use: cfdiUses[Number(field("cliente.idUso")) - 1]?.code ?? "",
            email: field("cliente.email")
          }
          const wrong = wrongOf(typed)
          if (wrong === "empty") return fiscal(visit, "Todos los datos son requeridos.")
          if (wrong === "email") return fiscal(visit, "E-mail incorrecto.")
          if (field("j_captcha_response").toUpperCase() !== captchaCode(sale.ticket, session.images)) {
            session.images++
            return fiscal(visit, "El texto de la imagen no es correcto.")
          }
          if (wrong || !fits(typed)) return fiscal(visit, "Los datos fiscales no son v&aacute;lidos ante el SAT.")
          await Bun.sleep(700)
          session.done = (await stampOf(till, sale, typed)).uuid
          session.sales = []
          return seeOther("resultado.do")
        },
        "GET /FacturaWeb/resultado.do": ({ session }) => {
          const made = session.done ? till.find(session.done) : undefined
          return made
            ? layout(
                `<p><b>Factura generada.</b> Se envi&oacute; copia a su e-mail.</p><table class="lista"><tr><th>Folio fiscal (UUID)</th><th>Total</th><th>Archivos</th></tr><tr><td>${made.uuid}</td><td>$ ${money(made.totalCents)}</td><td><a href="descarga.do?tipo=pdf">PDF</a> | <a href="descarga.do?tipo=xml">XML</a></td></tr></table><p><a href="inicio.do">Nueva factura</a></p>`
              )
            : seeOther("inicio.do")
        },
        "GET /FacturaWeb/descarga.do": async ({ session, url }) => {
          const made = session.done ? till.find(session.done) : undefined
          if (!made) return json({}, 404)
          return url.searchParams.get("tipo") === "xml"
            ? attachment(await xmlText(made), "application/octet-stream", `${made.uuid}.xml`)
            : attachment(await pdfBytes(made), "application/octet-stream", `${made.uuid}.pdf`)
        }
      }
    })
  },
  cases: [
    {
      name: "ok",
      ticket: {
        Tienda: "1523 GARZA SADA",
        Caja: "2",
        Cajero: "MARIANA G",
        Fecha: ago(3).slashes,
        Hora: "07:52",
        "Folio facturación": "15232202119450067",
        TOTAL: "$134.50",
        EFECTIVO: "$150.00",
        CAMBIO: "$15.50"
      },
      expected: {
        status: "ASKED",
        kind: "captcha",
        answers: { imagen: captchaCode("15232202119450067", 0) },
        then: completed
      }
    },
    {
      name: "month closed",
      ticket: {
        Tienda: "1523 GARZA SADA",
        Caja: "1",
        Fecha: ago(38).slashes,
        Hora: "19:20",
        "Folio facturación": "15232202117730114",
        TOTAL: "$289.00"
      },
      expected: failed("TICKET_EXPIRED")
    },
    {
      name: "folio misread",
      ticket: {
        Tienda: "1523 GARZA SADA",
        Caja: "2",
        Fecha: ago(3).slashes,
        Hora: "07:52",
        "Folio facturación": "15232202119450061",
        TOTAL: "$134.50"
      },
      expected: failed("TICKET_NOT_FOUND")
    }
  ],
  script: async (page: Page, ticket, profile) => {
    const at = (name: string) => page.locator(`[name="${name}"]`)
    await at("tienda").fill(printed(ticket, "Tienda").split(" ")[0] ?? "")
    await at("folio").fill(printed(ticket, "Folio facturación"))
    await at("fecha").fill(printed(ticket, "Fecha"))
    await at("importe").fill(plainAmount(printed(ticket, "TOTAL")))
    await page.locator("input[value=Agregar]").click()
    await page.locator("input[value^=Continuar]").click()
    await at("cliente.rfc").fill(profile.rfc)
    await at("cliente.razonSocial").fill(profile.fullName)
    await at("cliente.cp").fill(profile.postalCode)
    const regime = fiscalRegimes.findIndex(({ code }) => code === profile.fiscalRegime) + 1
    await at("cliente.idRegimen").selectOption(String(regime))
    await at("cliente.idUso").selectOption(String(cfdiUses.findIndex(({ code }) => code === profile.cfdiUse) + 1))
    await at("cliente.email").fill(profile.email)
    await at("j_captcha_response").fill(captchaCode(printed(ticket, "Folio facturación"), 0))
    await page.locator("input[value='Generar factura']").click()
    await download(page, () => page.getByText("XML", { exact: true }).click())
  }
}
