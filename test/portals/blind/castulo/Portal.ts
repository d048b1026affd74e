import { profiles } from "../../lib/Portal.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import {
  ago,
  completed,
  escaped,
  failed,
  html,
  inline,
  money,
  oneLine,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  type TestPortal,
  type TillSale,
  usesFor,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly store: string
  readonly day: ReturnType<typeof ago>
  readonly expired?: true
}

const pizza = { store: "07310-00027", description: "Consumo de alimentos", paymentForm: "01" }
const open: Sale = { ...pizza, ticket: "0027118842", cents: 35900n, day: ago(6) }
const old: Sale = { ...pizza, ticket: "0027117006", cents: 21800n, day: ago(13) }
const expired: Sale = { ...pizza, ticket: "0027109515", cents: 47700n, day: ago(44), expired: true }
const sales = [open, old, expired]
const stores = Array.from({ length: 64 }, (_, n) => ({
  value: String(311 + n * 3),
  text: `07310-${String(n + 3).padStart(5, "0")}`
}))

interface Session {
  readonly token: string
  readonly claims: Map<string, { sale: Sale; rfc: string; uuid?: string }>
}

const tidy = (text: string) =>
  text
    ? `<span class="help-block"><ul class="list-unstyled"><li><span class="glyphicon glyphicon-exclamation-sign"></span> ${escaped(text)}</li></ul></span>`
    : ""

const layout = (body: string, alert = "") =>
  html(`<!DOCTYPE html><html><head><meta charset="UTF-8" /><title>Analítica 360 | Don Cástulo</title><link rel="stylesheet" href="/vendor/jquery-ui-dist/jquery-ui.min.css" />
<style>body{font:14px Helvetica,Arial,sans-serif;background:#fff;margin:0}.navbar{background:#f47b20;color:#fff;padding:14px 8%}.navbar a{color:#fff;margin-left:20px}.container{max-width:760px;margin:22px auto}.form-group{margin-bottom:14px}.control-label{display:block;font-weight:bold;margin-bottom:4px}.form-control{width:100%;box-sizing:border-box;padding:7px;border:1px solid #ccc;border-radius:4px}.has-error .control-label,.help-block{color:#a94442}.has-error .form-control{border-color:#a94442}.list-unstyled{list-style:none;padding:0;margin:4px 0}.btn{display:inline-block;padding:9px 18px;border:0;border-radius:4px;background:#f47b20;color:#fff;text-decoration:none;cursor:pointer}.alert{padding:14px;border-radius:4px;margin-bottom:16px}.alert-danger{background:#f2dede;color:#a94442}.alert-success{background:#dff0d8;color:#3c763d}table{width:100%;border-collapse:collapse}td,th{border-bottom:1px solid #ddd;padding:8px;text-align:left}
.sweet-overlay{position:fixed;inset:0;background:#0006;z-index:10000}.sweet-alert{position:fixed;left:50%;top:30%;width:440px;margin-left:-240px;background:#fff;padding:20px;border-radius:5px;text-align:center;z-index:99999}.sweet-alert button{padding:10px 30px;border:0;border-radius:5px;margin:8px;background:#8CD4F5;color:#fff;font-size:16px}.sweet-alert button.cancel{background:#C1C1C1}</style>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/jquery-ui-dist/jquery-ui.min.js"></script></head><body><nav class="navbar"><b>Pizzas Don Cástulo</b><a href="/cafrema/castulo/">Inicio</a><a href="/cafrema/castulo/crear">Facturar</a><a href="/cafrema/castulo/reimprimir">Reimprimir Factura</a></nav><div class="container">${alert}${body}</div></body></html>`)

const group = (form: string, name: string, label: string, input: string, error = "") =>
  `<div class="form-group${error ? " has-error" : ""}"><label class="control-label required" for="${form}_${name}">${label}</label>${input}${tidy(error)}</div>`
const text = (form: string, name: string, value: string, more = "") =>
  `<input type="text" id="${form}_${name}" name="${form}[${name}]" required="required" class="form-control" value="${escaped(value)}" ${more}/>`
const select = (form: string, name: string, list: Parameters<typeof options>[0], chosen: string) =>
  `<select id="${form}_${name}" name="${form}[${name}]" required="required" class="form-control"><option value="">Seleccione una opción</option>${options(list, chosen)}</select>`

const start = async () => {
  const till = openTill(
    { rfc: "PDC100322BB9", name: "PIZZAS DON CASTULO", regime: "601", postalCode: "80200" },
    "90101501"
  )
  const { person } = profiles
  const before = await till.archive(old, {
    receiver: { rfc: person.rfc, name: person.fullName, postalCode: person.postalCode, regime: "612" },
    use: "G03"
  })
  const made = new Map<string, { uuid: string; rfc: string }>([[old.ticket, { uuid: before.uuid, rfc: person.rfc }]])
  const F = "ticket_cv"
  const C = "appbundle_financial_clientes"

  type Visit = {
    field: (name: string) => string
    has: (name: string) => boolean
    session: Session
    method: string
    url: URL
  }

  const create = ({ field, method, session }: Visit) => {
    const typed = (name: string) => field(`${F}[${name}]`)
    const errors: Record<string, string> = {}
    let alert = ""
    if (method === "POST") {
      for (const name of ["store", "ticket", "fecha", "total", "rfc"])
        if (typed(name) === "") errors[name] = "Este valor no debería estar vacío."
      if (typed("_token") !== session.token)
        alert = "El token CSRF no es válido. Por favor, pruebe a enviar nuevamente el formulario."
      if (typed("fecha") !== "" && !/^\d{4}-\d\d-\d\d$/.test(typed("fecha")))
        errors.fecha = "Este valor no es una fecha válida."
      if (typed("total") !== "" && !/^\d+(\.\d{1,2})?$/.test(typed("total"))) errors.total = "Este valor no es válido."
      if (typed("rfc") !== "" && !/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(typed("rfc").toUpperCase()))
        errors.rfc = "Este valor no es válido."
      if (Object.keys(errors).length === 0 && alert === "") {
        const store = stores.find(({ value }) => value === typed("store"))?.text
        const sale = sales.find((one) => one.store === store && one.ticket === typed("ticket"))
        if (
          sale === undefined ||
          sale.day.iso !== typed("fecha") ||
          Number(typed("total")).toFixed(2) !== money(sale.cents)
        )
          alert =
            "No localizamos una venta con esa tienda, ticket, fecha y total. Revise la información de su comprobante de venta."
        else if (sale.expired)
          alert = "Han transcurrido más de 30 días desde la venta, el ticket dejó de ser facturable."
        else if (made.has(sale.ticket))
          alert = `Para el ticket ${sale.ticket} se generó factura. Si la extravió, puede obtenerla en <a href="/cafrema/castulo/reimprimir">Reimprimir Factura</a>.`
        else {
          const id = crypto.randomUUID().slice(0, 13)
          session.claims.set(id, { sale, rfc: typed("rfc").toUpperCase() })
          return seeOther(`/cafrema/castulo/validar/${id}`)
        }
      }
    }
    return layout(
      `<h2>Datos del ticket</h2><form name="${F}" method="post" novalidate="novalidate"><div id="${F}">${group(F, "store", "Tienda", select(F, "store", stores, typed("store")), errors.store)}${group(F, "ticket", "No. de ticket", text(F, "ticket", typed("ticket")), errors.ticket)}${group(F, "fecha", "Fecha del ticket", text(F, "fecha", typed("fecha"), 'readonly="readonly" placeholder="aaaa-mm-dd"'), errors.fecha)}${group(F, "total", "Total", text(F, "total", typed("total")), errors.total)}${group(F, "rfc", "RFC", text(F, "rfc", typed("rfc"), 'maxlength="13"'), errors.rfc)}<button type="submit" id="${F}_save" name="${F}[save]" class="btn">Enviar</button><input type="hidden" id="${F}__token" name="${F}[_token]" value="${session.token}" /></div></form>
<script>$(function(){$('#${F}_fecha').datepicker({dateFormat:'yy-mm-dd',maxDate:0,changeMonth:true,dayNamesMin:['Do','Lu','Ma','Mi','Ju','Vi','Sa'],monthNamesShort:['Ene','Feb','Mar','Abr','May','Jun','Jul','Ago','Sep','Oct','Nov','Dic'],prevText:'Anterior',nextText:'Siguiente'})});</script>`,
      alert && `<div class="alert alert-danger" role="alert">${alert}</div>`
    )
  }

  const validate = async ({ field, method, session, url }: Visit) => {
    const id = url.pathname.split("/").at(-1) ?? ""
    const claim = session.claims.get(id)
    if (claim === undefined) return seeOther("/cafrema/castulo/crear")
    if (claim.uuid !== undefined) return seeOther(`/cafrema/castulo/factura/${id}`)
    const typed = (name: string) => field(`${C}[${name}]`)
    let alert = ""
    if (method === "POST") {
      const receiver = {
        rfc: claim.rfc,
        name: oneLine(typed("nombre")),
        postalCode: typed("domicilioFiscalReceptor"),
        regime: typed("regimenFiscal"),
        use: typed("usoCfdi"),
        email: typed("email")
      }
      const fault = typed("_token") === session.token ? refusal(receiver) : "El token CSRF no es válido."
      if (fault !== undefined) alert = fault
      else if (made.has(claim.sale.ticket)) alert = "El ticket se facturó en otra ventana."
      else {
        made.set(claim.sale.ticket, { uuid: "", rfc: claim.rfc })
        const { uuid } = await till.stamp(claim.sale, { receiver: receiverOf(receiver), use: receiver.use })
        made.set(claim.sale.ticket, { uuid, rfc: claim.rfc })
        claim.uuid = uuid
        await Bun.sleep(1500)
        return seeOther(`/cafrema/castulo/factura/${id}`)
      }
    }
    return layout(
      `<h2>Validar RFC</h2><form name="${C}" method="post" novalidate="novalidate" id="frm"><div id="${C}">${group(C, "rfc", "RFC", text(C, "rfc", claim.rfc, 'readonly="readonly"'))}${group(C, "nombre", "Nombre / Razón social", text(C, "nombre", typed("nombre")))}${group(
        C,
        "regimenFiscal",
        "Régimen fiscal",
        select(
          C,
          "regimenFiscal",
          regimesFor(claim.rfc).map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
          typed("regimenFiscal")
        )
      )}${group(C, "domicilioFiscalReceptor", "Domicilio fiscal (CP)", text(C, "domicilioFiscalReceptor", typed("domicilioFiscalReceptor"), 'maxlength="5"'))}${group(C, "email", "Correo electrónico", text(C, "email", typed("email")))}${group(
        C,
        "usoCfdi",
        "Uso CFDI",
        select(
          C,
          "usoCfdi",
          usesFor(claim.rfc).map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
          typed("usoCfdi")
        )
      )}
<div class="checkbox"><label><input type="checkbox" id="${C}_promos" name="${C}[promos]" value="1" /> Deseo recibir cupones y promociones</label></div><button type="submit" class="btn">Enviar</button><input type="hidden" id="${C}__token" name="${C}[_token]" value="${session.token}" /></div></form>
<script>$('#frm').on('submit',function(e){var f=this,v=true;$(f).find('[required]').each(function(){var g=$(this).closest('.form-group');g.find('.help-block').remove();if(!this.value){v=false;g.addClass('has-error').append('<span class="help-block">Este valor no debería estar vacío.</span>')}else g.removeClass('has-error')});if(!v)return false;if(f.ok)return true;e.preventDefault();
var a=$('<div class="sweet-overlay"></div><div class="sweet-alert showSweetAlert visible"><h2>¿Están bien sus datos?</h2><p>Se emitirá la factura a '+$('#${C}_rfc').val()+'. Esta operación no se puede deshacer.</p><button class="cancel">Revisar</button><button class="confirm">Sí, facturar</button></div>').appendTo('body');a.find('.cancel').on('click',function(){a.remove()});a.find('.confirm').on('click',function(){a.remove();f.ok=true;$(f).find('.btn').prop('disabled',true).text('Procesando...');f.submit()})});</script>`,
      alert && `<div class="alert alert-danger" role="alert">${escaped(alert)}</div>`
    )
  }

  const files = (uuid: string, sale: { ticket: string }) =>
    `<table><thead><tr><th>Ticket</th><th>Folio fiscal</th><th>Archivos</th></tr></thead><tbody><tr><td>${sale.ticket}</td><td>${uuid.toUpperCase()}</td><td><a target="_blank" href="/cafrema/castulo/archivo/${uuid}/xml">Ver XML</a> &nbsp; <a target="_blank" href="/cafrema/castulo/archivo/${uuid}/pdf">Ver PDF</a></td></tr></tbody></table>`

  const reprint = ({ field, method }: Visit) => {
    let alert = ""
    let found = ""
    if (method === "POST") {
      const one = made.get(field("reimprimir[ticket]"))
      if (one !== undefined && one.uuid !== "" && one.rfc === field("reimprimir[rfc]").toUpperCase())
        found = files(one.uuid, { ticket: field("reimprimir[ticket]") })
      else alert = "Sin resultados para el ticket y RFC indicados."
    }
    return layout(
      `<h2>Reimprimir Factura</h2>${found || `<form name="reimprimir" method="post">${group("reimprimir", "ticket", "No. de ticket", text("reimprimir", "ticket", ""))}${group("reimprimir", "rfc", "RFC", text("reimprimir", "rfc", "", 'maxlength="13"'))}<button class="btn">Buscar</button></form>`}`,
      alert && `<div class="alert alert-danger">${alert}</div>`
    )
  }

  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ token: crypto.randomUUID().replaceAll("-", ""), claims: new Map() }),
    routes: {
      "GET /": () => seeOther("/cafrema/castulo/"),
      "GET /cafrema/castulo/": () =>
        layout(
          `<h1>Facturación electrónica</h1><p>Genere la factura de su compra en nuestras tiendas o vuelva a imprimir una ya generada. Cuenta con 30 días a partir de su compra.</p><p><a class="btn" href="/cafrema/castulo/crear">Generar Factura</a> <a class="btn" href="/cafrema/castulo/reimprimir">Reimprimir Factura</a></p>`
        ),
      "GET /cafrema/castulo/crear": create,
      "POST /cafrema/castulo/crear": create,
      "GET /cafrema/castulo/validar/*": validate,
      "POST /cafrema/castulo/validar/*": validate,
      "GET /cafrema/castulo/reimprimir": reprint,
      "POST /cafrema/castulo/reimprimir": reprint,
      "GET /cafrema/castulo/factura/*": ({ session, url }) => {
        const claim = session.claims.get(url.pathname.split("/").at(-1) ?? "")
        return claim?.uuid === undefined
          ? seeOther("/cafrema/castulo/")
          : layout(
              `<h2>Su factura</h2>${files(claim.uuid, claim.sale)}`,
              `<div class="alert alert-success">La factura quedó timbrada. En unos minutos la recibirá por correo.</div>`
            )
      },
      "GET /cafrema/castulo/archivo/*": async ({ url }) => {
        const [uuid = "", kind] = url.pathname.split("/").slice(-2)
        const one = till.find(uuid)
        if (one === undefined) return seeOther("/cafrema/castulo/")
        return kind === "xml"
          ? inline(await xmlText(one), "text/xml; charset=utf-8", `${uuid}.xml`)
          : inline(await pdfBytes(one), "application/pdf", `${uuid}.pdf`)
      }
    }
  }).then((running) => ({ ...running, url: new URL("/cafrema/castulo/", running.url) }))
}

const ticketOf = (sale: Sale, ticket = sale.ticket) => ({
  TIENDA: sale.store,
  TICKET: ticket,
  CAJERO: "ALEJANDRA",
  FECHA: `${sale.day.slashes} 20:13:44`,
  TOTAL: money(sale.cents),
  EFECTIVO: money(sale.cents + 4100n),
  CAMBIO: "41.00"
})

export const portal: TestPortal = {
  id: "castulo",
  traps: [
    "a read-only date with a calendar",
    "64 stores by an inner id",
    "an alert's second button stamps",
    "new tabs",
    "an old invoice under another menu"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "unknown ticket", ticket: ticketOf(open, "0027118824"), expected: failed("TICKET_NOT_FOUND") },
    { name: "expired", ticket: ticketOf(expired), expected: failed("TICKET_EXPIRED") },
    { name: "already invoiced, recovered", ticket: ticketOf(old), expected: { ...completed, recovered: true } }
  ],
  script: async (page, ticket, profile) => {
    const [day = "", month = "", year = ""] = printed(ticket, "FECHA").slice(0, 10).split("/")
    await page.getByRole("link", { name: "Generar Factura" }).click()
    await page.locator("#ticket_cv_store").selectOption({ label: printed(ticket, "TIENDA") })
    await page.locator("#ticket_cv_ticket").fill(printed(ticket, "TICKET"))
    await page.locator("#ticket_cv_fecha").click()
    for (let n = 0; n < 4; n++) {
      if (Number(await page.locator(".ui-datepicker-month").inputValue()) === Number(month) - 1) break
      await page.locator(".ui-datepicker-prev").click()
    }
    await page
      .locator(`td[data-month="${Number(month) - 1}"][data-year="${year}"] a`)
      .getByText(String(Number(day)), { exact: true })
      .click()
    await page.locator("#ticket_cv_total").fill(printed(ticket, "TOTAL"))
    await page.locator("#ticket_cv_rfc").fill(profile.rfc)
    await page.locator("#ticket_cv_save").click()
    const field = (name: string) => page.locator(`#appbundle_financial_clientes_${name}`)
    await field("nombre").fill(profile.fullName)
    await field("regimenFiscal").selectOption(profile.fiscalRegime)
    await field("domicilioFiscalReceptor").fill(profile.postalCode)
    await field("email").fill(profile.email)
    await field("usoCfdi").selectOption(profile.cfdiUse)
    await page.getByRole("button", { name: "Enviar" }).click()
    await page.getByText("Sí, facturar").click()
    const [tab] = await Promise.all([page.waitForEvent("popup"), page.getByText("Ver XML").click()])
    await tab.waitForLoadState()
  }
}
