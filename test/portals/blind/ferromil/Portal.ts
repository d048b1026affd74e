import type { Page } from "playwright-core"
import { fits } from "../kit/checks.ts"
import {
  ago,
  attachment,
  cfdiUses,
  completed,
  download,
  escaped,
  failed,
  fiscalRegimes,
  html,
  inline,
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
  readonly code: string
  readonly date: string
  readonly token: string
}

const base = { description: "Material de ferretería", paymentForm: "28" }
const sales: ReadonlyArray<Sale> = [
  {
    ...base,
    ticket: "00042-003-0017",
    code: "k7q2m",
    date: ago(4).iso,
    token: "3b1f0c52-8e0a-4a6f-9a53-0b8f3d2e7c11",
    cents: 215640n
  },
  {
    ...base,
    ticket: "00042-001-0133",
    code: "x4t9a",
    date: ago(6).iso,
    token: "97de1a40-22c4-4b0e-8f4c-5aa0c7f1be02",
    cents: 74900n
  },
  {
    ...base,
    ticket: "00039-002-0208",
    code: "w8h3d",
    date: ago(47).iso,
    token: "0c4411aa-7be1-4d80-93f7-e5d6a2b8f903",
    cents: 38200n
  }
]

const css = `body{font-family:"Odoo Unicode Support Noto",Inter,sans-serif}header{border-bottom:1px solid #ddd}.btn-primary{--bs-btn-bg:#8f3b1b;--bs-btn-border-color:#8f3b1b;--bs-btn-hover-bg:#732f15}#wrap{min-height:60vh}footer{background:#f3f2f2;padding:24px 0;margin-top:40px}.o_portal_sidebar_content{border-right:1px solid #ddd}`

const layout = (title: string, body: string) =>
  html(`<!DOCTYPE html><html lang="es-MX" data-website-id="1" data-main-object="website.page(4,)"><head><meta charset="utf-8"/><meta name="generator" content="Odoo"/><title>${title} | Ferromil</title><link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"/><style>${css}</style></head><body><div id="wrapwrap">
<header id="top" data-anchor="true" data-name="Header" class="o_header_standard"><nav data-name="Navbar" class="navbar navbar-expand-lg navbar-light o_colored_level o_cc shadow-sm"><div id="o_main_nav" class="o_main_nav container"><a data-name="Navbar Logo" href="/" class="navbar-brand logo me-4"><b>Ferromil</b></a><ul id="top_menu" role="menu" class="nav navbar-nav o_menu_loading flex-grow-1"><li role="presentation" class="nav-item"><a role="menuitem" href="/" class="nav-link"><span>Inicio</span></a></li><li role="presentation" class="nav-item"><a role="menuitem" href="/pos/ticket" class="nav-link"><span>Factura tu compra</span></a></li><li role="presentation" class="nav-item"><a role="menuitem" href="/contactus" class="nav-link"><span>Contáctenos</span></a></li></ul><ul class="navbar-nav align-items-center gap-1"><li class="nav-item o_no_autohide_item"><a href="/web/login" class="btn btn-outline-secondary">Iniciar sesión</a></li></ul></div></nav></header>
<main>${body}</main><footer id="bottom" data-anchor="true" data-name="Footer" class="o_footer o_colored_level o_cc"><div class="container"><h5>Ferromil Materiales y Herramientas</h5><p>Calz. Independencia 804, Irapuato, Gto. · 462 555 0190 · ventas@ferromil.example</p><p class="small">Con la tecnología de Odoo - Comercio electrónico de código abierto</p></div></footer></div></body></html>`)

const ticketPage = ({ field }: Visit<unknown>, error = "") =>
  layout(
    "Solicitud de factura",
    `<div id="wrap" class="oe_structure oe_empty"><div class="container mt-4"><h2>¿Necesita una factura de su compra?</h2><p class="text-muted">Ingrese los datos que vienen impresos al pie de su ticket.</p>${error ? `<div class="alert alert-danger" role="alert">${error}</div>` : ""}
<form action="/pos/ticket" method="post" class="row"><input type="hidden" name="csrf_token" value="c81ad6aa1"/><div class="col-lg-6">
<div class="mb-3"><label for="pos_reference" class="col-form-label">Número de ticket</label><input type="text" id="pos_reference" name="pos_reference" class="form-control" placeholder="Ej. 00000-000-0000" required="required" value="${escaped(field("pos_reference"))}"/></div>
<div class="mb-3"><label for="date_order" class="col-form-label">Fecha de la compra</label><input type="date" id="date_order" name="date_order" class="form-control" required="required" value="${escaped(field("date_order"))}"/></div>
<div class="mb-3"><label for="ticket_code" class="col-form-label">Código único</label><input type="text" id="ticket_code" name="ticket_code" class="form-control" placeholder="Ej. a1b2c" maxlength="5" required="required" value="${escaped(field("ticket_code"))}"/></div>
<button type="submit" class="btn btn-primary">Solicitar factura</button></div></form></div></div>`
  )

const regimes = fiscalRegimes.map(({ code, name }) => ({ value: code, text: name }))
const uses = cfdiUses.map(({ code, name }) => ({ value: code, text: name }))

const validatePage = (sale: Sale, { field }: Visit<unknown>, error = "") =>
  layout(
    "Datos de facturación",
    `<div id="wrap"><div class="container mt-4"><h3>Su compra</h3><table class="table table-sm o_portal_my_doc_table"><thead><tr><th>Ticket</th><th>Fecha</th><th class="text-end">Total</th></tr></thead><tbody><tr><td>${sale.ticket}</td><td>${sale.date}</td><td class="text-end">$ <span class="oe_currency_value">${money(sale.cents)}</span></td></tr></tbody></table>
<h3>Datos de facturación</h3>${error ? `<div class="alert alert-danger" role="alert">${error}</div>` : ""}<form action="/pos/ticket/validate?access_token=${sale.token}" method="post" class="row o_portal_details"><input type="hidden" name="csrf_token" value="c81ad6aa1"/><input type="hidden" name="access_token" value="${sale.token}"/>
<div class="mb-3 col-xl-6"><label class="col-form-label" for="name">Nombre o razón social</label><input type="text" name="name" id="name" class="form-control" required="required" value="${escaped(field("name"))}"/></div>
<div class="mb-3 col-xl-6"><label class="col-form-label" for="email">Correo electrónico</label><input type="email" name="email" id="email" class="form-control" required="required" value="${escaped(field("email"))}"/></div>
<div class="mb-3 col-xl-6"><label class="col-form-label label-optional" for="phone">Teléfono <span class="text-muted">(opcional)</span></label><input type="tel" name="phone" id="phone" class="form-control" value="${escaped(field("phone"))}"/></div>
<div class="mb-3 col-xl-6"><label class="col-form-label" for="vat">RFC</label><input type="text" name="vat" id="vat" class="form-control" required="required" value="${escaped(field("vat"))}"/></div>
<div class="mb-3 col-xl-6"><label class="col-form-label label-optional" for="street">Calle <span class="text-muted">(opcional)</span></label><input type="text" name="street" id="street" class="form-control" value="${escaped(field("street"))}"/></div>
<div class="mb-3 col-xl-6"><label class="col-form-label label-optional" for="city">Ciudad <span class="text-muted">(opcional)</span></label><input type="text" name="city" id="city" class="form-control" value="${escaped(field("city"))}"/></div>
<div class="mb-3 col-xl-6"><label class="col-form-label" for="zipcode">C.P.</label><input type="text" name="zipcode" id="zipcode" class="form-control" required="required" value="${escaped(field("zipcode"))}"/></div>
<div class="mb-3 col-xl-6"><label class="col-form-label" for="country_id">País</label><select name="country_id" id="country_id" class="form-select"><option value="">País...</option><option value="49">Colombia</option><option value="233">Estados Unidos</option><option value="156" selected="selected">México</option></select></div>
<div class="mb-3 col-xl-6"><label class="col-form-label" for="l10n_mx_edi_fiscal_regime">Régimen fiscal</label><select name="l10n_mx_edi_fiscal_regime" id="l10n_mx_edi_fiscal_regime" class="form-select" required="required"><option value=""></option>${options(regimes, field("l10n_mx_edi_fiscal_regime"))}</select></div>
<div class="mb-3 col-xl-6"><label class="col-form-label" for="l10n_mx_edi_usage">Uso</label><select name="l10n_mx_edi_usage" id="l10n_mx_edi_usage" class="form-select" required="required"><option value=""></option>${options(uses, field("l10n_mx_edi_usage"))}</select></div>
<div class="clearfix text-end mb-5"><button type="submit" class="btn btn-primary">Obtener mi factura</button></div></form></div></div>`
  )

export const portal: TestPortal = {
  id: "ferromil",
  traps: [
    "Odoo 17 point-of-sale invoice request",
    "régimen and uso are named without their SAT key",
    "optional boxes that the profile cannot fill",
    "the invoice is a portal page with a preview and downloads",
    "the ticket is asked for from the shop's own front page"
  ],
  profile: "company",
  start: async () => {
    const till = openTill(
      { rfc: "FMI110325KJ8", name: "FERROMIL MATERIALES Y HERRAMIENTAS", regime: "601", postalCode: "36500" },
      "27110000"
    )
    const earlier = await till.archive(sales[1] as Sale, {
      receiver: { rfc: "EKU9003173C9", name: "ESCUELA KEMPER URGATE", postalCode: "42501", regime: "601" },
      use: "G03"
    })
    const issued = new Map([[(sales[1] as Sale).token, earlier]])
    const invoicePage = (token: string) =>
      `/my/invoices/${8800 + sales.findIndex((s) => s.token === token)}?access_token=${token}`
    const byUrl = (url: URL) => issued.get(url.searchParams.get("access_token") ?? "")
    return shop<object>({
      till,
      cookie: "session_id",
      fresh: () => ({}),
      routes: {
        "GET /": () =>
          layout(
            "Inicio",
            `<div id="wrap"><section class="container py-5"><h1>Todo para tu obra y tu hogar</h1><p>Más de 12 mil productos de ferretería, plomería y electricidad.</p><div class="row"><div class="col-md-4"><h4>Sucursales</h4><p>Irapuato, Salamanca y León.</p></div><div class="col-md-4"><h4>Facturación</h4><p>Obtén la factura de tu compra en mostrador.</p><a class="btn btn-primary" href="/pos/ticket">Factura tu compra</a></div><div class="col-md-4"><h4>Cotizaciones</h4><p>Escríbenos y te respondemos el mismo día.</p></div></div></section></div>`
          ),
        "GET /contactus": () =>
          layout(
            "Contáctenos",
            `<div id="wrap" class="container py-4"><h2>Contáctenos</h2><p>ventas@ferromil.example</p></div>`
          ),
        "GET /web/login": () =>
          layout(
            "Iniciar sesión",
            `<div id="wrap" class="container py-4"><form class="oe_login_form"><label>Correo electrónico <input name="login" class="form-control"/></label><label>Contraseña <input type="password" name="password" class="form-control"/></label><button class="btn btn-primary">Iniciar sesión</button></form></div>`
          ),
        "GET /pos/ticket": (visit) => ticketPage(visit),
        "POST /pos/ticket": (visit) => {
          const { field } = visit
          const found = sales.find(
            (s) =>
              s.ticket === field("pos_reference") && s.date === field("date_order") && s.code === field("ticket_code")
          )
          if (!found)
            return ticketPage(
              visit,
              "No hemos podido encontrar su pedido. Compruebe el número de ticket, la fecha y el código único."
            )
          if (found.ticket === "00039-002-0208")
            return ticketPage(
              visit,
              "Este ticket ya no puede facturarse: la fecha límite era el último día del mes de la compra."
            )
          return seeOther(
            issued.has(found.token) ? invoicePage(found.token) : `/pos/ticket/validate?access_token=${found.token}`
          )
        },
        "GET /pos/ticket/validate": (visit) => {
          const found = sales.find((s) => s.token === visit.url.searchParams.get("access_token"))
          if (!found) return seeOther("/pos/ticket")
          return issued.has(found.token) ? seeOther(invoicePage(found.token)) : validatePage(found, visit)
        },
        "POST /pos/ticket/validate": async (visit) => {
          const { field } = visit
          const found = sales.find((s) => s.token === field("access_token"))
          if (!found) return seeOther("/pos/ticket")
          if (issued.has(found.token) || isStamped(till, found)) return seeOther(invoicePage(found.token))
          const typed: Typed = {
            rfc: field("vat").toUpperCase(),
            name: field("name").toUpperCase(),
            postalCode: field("zipcode"),
            regime: field("l10n_mx_edi_fiscal_regime"),
            use: field("l10n_mx_edi_usage"),
            email: field("email")
          }
          const wrong = wrongOf(typed)
          if (wrong === "empty" || field("country_id") !== "156")
            return validatePage(found, visit, "Algunos campos requeridos están vacíos.")
          if (wrong === "email")
            return validatePage(found, visit, "¡Correo electrónico inválido! Ingrese una dirección válida.")
          if (wrong === "rfc") return validatePage(found, visit, "El RFC no parece ser válido.")
          await Bun.sleep(1800)
          if (wrong || !fits(typed))
            return validatePage(
              found,
              visit,
              "El PAC no pudo firmar el documento: los datos del cliente no coinciden con el SAT."
            )
          issued.set(found.token, await stampOf(till, found, typed))
          return seeOther(invoicePage(found.token))
        },
        "GET /my/invoices/*": async ({ url }) => {
          const made = byUrl(url)
          if (!made) return seeOther("/pos/ticket")
          const token = url.searchParams.get("access_token")
          if (url.searchParams.get("report_type") === "pdf")
            return url.searchParams.has("download")
              ? attachment(await pdfBytes(made), "application/pdf", `INV_2026_${made.ticket}.pdf`)
              : inline(await pdfBytes(made), "application/pdf", "factura.pdf")
          const here = `${url.pathname}?access_token=${token}`
          return layout(
            "Factura",
            `<div id="wrap" class="o_portal_wrap"><div class="container mt-3"><div class="row o_portal_invoice_sidebar"><aside class="col-lg-4 o_portal_sidebar_content" id="sidebar_content"><h2 class="mb-0"><b>$ <span class="oe_currency_value">${money(made.totalCents)}</span></b></h2><div class="d-flex flex-column gap-2 mt-3"><div class="o_download_pdf d-flex gap-2"><a class="btn btn-primary o_download_btn flex-grow-1" title="Descargar" href="${here}&amp;report_type=pdf&amp;download=true">Descargar</a><a class="btn btn-secondary o_print_btn" id="print_invoice_report" title="Vista previa" href="${here}&amp;report_type=pdf" target="_blank">Vista previa</a></div><a class="btn btn-secondary" href="/web/content/${made.uuid}?access_token=${token}&amp;download=true">CFDI (XML)</a></div><div class="mt-4 small text-muted"><b>Facturado a</b><br/>${escaped(made.receiverRfc)}</div></aside>
<div id="invoice_content" class="col-lg-8 o_portal_content"><div class="o_portal_html_view p-3 border"><h3>Factura INV/2026/11/0${made.ticket.slice(-3)}</h3><p>Origen: ${made.ticket}</p><p>RFC receptor: ${escaped(made.receiverRfc)}</p><p>Folio fiscal: <span>${made.uuid}</span></p></div><div class="mt-4"><h4>Historial de comunicación</h4><textarea class="form-control" placeholder="Escriba un mensaje..." aria-label="Mensaje"></textarea><button type="button" class="btn btn-primary mt-2">Enviar</button></div></div></div></div></div>`
          )
        },
        "GET /web/content/*": async ({ url }) => {
          const made = byUrl(url)
          return made
            ? attachment(await xmlText(made), "application/xml", `INV-2026-11-${made.ticket}-MX-Invoice-4.0.xml`)
            : json({}, 404)
        }
      }
    })
  },
  cases: [
    {
      name: "ok",
      ticket: {
        Ticket: "Orden 00042-003-0017",
        Fecha: `${ago(4).slashes} 13:22:41`,
        "Atendido por": "Luis Medina",
        TOTAL: "$ 2,156.40",
        "Tarjeta de débito": "2,156.40",
        "Código único": "k7q2m",
        Facturación: "ferromil.example/pos/ticket"
      },
      expected: completed
    },
    {
      name: "invoiced before",
      ticket: {
        Ticket: "Orden 00042-001-0133",
        Fecha: `${ago(6).slashes} 10:05:12`,
        "Atendido por": "Rocío P.",
        TOTAL: "$ 749.00",
        "Código único": "x4t9a"
      },
      expected: { ...completed, recovered: true }
    },
    {
      name: "month closed",
      ticket: {
        Ticket: "Orden 00039-002-0208",
        Fecha: `${ago(47).slashes} 17:48:03`,
        TOTAL: "$ 382.00",
        "Código único": "w8h3d"
      },
      expected: failed("TICKET_EXPIRED")
    },
    {
      name: "unique code misread",
      ticket: {
        Ticket: "Orden 00042-003-0017",
        Fecha: `${ago(4).slashes} 13:22:41`,
        TOTAL: "$ 2,156.40",
        "Código único": "k7g2m"
      },
      expected: failed("TICKET_NOT_FOUND")
    }
  ],
  script: async (page: Page, ticket, profile) => {
    await page.locator("#wrap a[href='/pos/ticket']").click()
    await page.locator("#pos_reference").fill(printed(ticket, "Ticket").slice("Orden ".length))
    const [day, month, year] = printed(ticket, "Fecha").split(/[/ ]/)
    await page.locator("#date_order").fill(`${year}-${month}-${day}`)
    await page.locator("#ticket_code").fill(printed(ticket, "Código único"))
    await page.getByText("Solicitar factura").click()
    if (printed(ticket, "Código único") !== "x4t9a") {
      await page.locator("#name").fill(profile.fullName)
      await page.locator("#email").fill(profile.email)
      await page.locator("#vat").fill(profile.rfc)
      await page.locator("#zipcode").fill(profile.postalCode)
      await page.locator("#l10n_mx_edi_fiscal_regime").selectOption(profile.fiscalRegime)
      await page.locator("#l10n_mx_edi_usage").selectOption(profile.cfdiUse)
      await page.getByText("Obtener mi factura").click()
    }
    await download(page, () => page.getByText("CFDI (XML)").click())
  }
}
