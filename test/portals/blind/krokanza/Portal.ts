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
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  usesFor,
  type Wrong,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly store: string
  readonly date: string
  readonly refusedBySat?: true
  readonly old?: true
}

const day = ago(1)
const oldDay = ago(41)
const stores = [
  "0012 - Krokanza Centro Mérida",
  "0047 - Krokanza Altabrisa",
  "0051 - Krokanza Ciudad Caucel",
  "0063 - Krokanza Kanasín",
  "0118 - Krokanza Chetumal Insurgentes"
]
const open: Sale = {
  ticket: "118-2-90417",
  store: "0047",
  date: day.iso,
  cents: 23900n,
  description: "PIZZA GRANDE 1 INGREDIENTE",
  paymentForm: "01"
}
const refused: Sale = { ...open, ticket: "118-2-90433", cents: 31400n, refusedBySat: true }
const old: Sale = { ...open, ticket: "114-1-77215", cents: 15900n, date: oldDay.iso, old: true }

const paper = (sale: Sale, total = sale.cents) => ({
  "Rest.": "KROKANZA ALTABRISA",
  RFC: "AKR1305217H4",
  Cuenta: sale.ticket,
  Pedido: "Mostrador 63",
  Fecha: `${sale.old ? oldDay.short : day.short}  Hora: 20:33`,
  "Le atendió": "Jesús A.",
  "Importe total": `$ ${money(total)}`,
  "Su pago EFECTIVO": "$ 500.00"
})

const layout = (body: string, flash = "") =>
  html(`<!DOCTYPE html>
<html lang="es"><head><meta charset="UTF-8"><title>Krokanza - Autofacturación</title>
<link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"><link rel="stylesheet" href="/vendor/select2/dist/css/select2.min.css">
<link rel="stylesheet" href="/vendor/bootstrap-datepicker/dist/css/bootstrap-datepicker3.min.css">
<style>body{background:#fff7ee}.tarjeta{max-width:620px;margin:30px auto;background:#fff;padding:26px;border-radius:8px;box-shadow:0 2px 10px #0002}.btn-naranja{background:#f26a21;color:#fff}.required:after{content:" *";color:#c00}</style>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/select2/dist/js/select2.full.min.js"></script><script src="/vendor/bootstrap-datepicker/dist/js/bootstrap-datepicker.min.js"></script><script src="/vendor/bootstrap-datepicker/dist/locales/bootstrap-datepicker.es.min.js"></script><script src="/vendor/bootstrap/dist/js/bootstrap.bundle.min.js"></script></head>
<body><nav class="navbar navbar-dark" style="background:#f26a21"><div class="container"><span class="navbar-brand">krokanza</span><ul class="navbar-nav flex-row"><li class="nav-item mx-2"><a class="nav-link active" href="/kafrema/kz/crear">Facturar ticket</a></li><li class="nav-item mx-2"><a class="nav-link" href="/kafrema/kz/recuperar">Recuperar factura</a></li></ul></div></nav>
<div class="container"><div class="tarjeta">${flash ? `<div class="alert alert-danger alert-dismissible fade show" role="alert">${escaped(flash)}<button type="button" class="btn-close" data-bs-dismiss="alert" aria-label="Close"></button></div>` : ""}${body}</div></div></body></html>`)

const err = (message: string | undefined) =>
  message ? `<div class="invalid-feedback d-block">${escaped(message)}</div>` : ""

interface Session {
  sale: Sale | undefined
  rfc: string
  typed: Typed | undefined
  uuid: string
}

const ticketForm = (v: (n: string) => string, errors: Record<string, string> = {}, flash = "") => {
  const box = (id: string, label: string, more = "") =>
    `<div class="mb-3"><label for="ticket_cv_${id}" class="form-label required">${label}</label><input type="text" id="ticket_cv_${id}" name="ticket_cv[${id}]" required="required" class="form-control${errors[id] ? " is-invalid" : ""}" value="${escaped(v(`ticket_cv[${id}]`))}" ${more}>${err(errors[id])}</div>`
  return layout(
    `<h4>Datos de tu ticket</h4><form name="ticket_cv" method="post" action="/kafrema/kz/crear" novalidate="novalidate"><div id="ticket_cv">
<div class="mb-3"><label class="form-label required" for="ticket_cv_store">Sucursal</label><select id="ticket_cv_store" name="ticket_cv[store]" required="required" class="select2 form-control" style="width:100%"><option value="">Selecciona…</option>${options(
      stores.map((text, i) => ({ value: String(i + 31), text })),
      v("ticket_cv[store]")
    )}</select>${err(errors.store)}</div>
${box("ticket", "Ticket")}${box("fecha", "Fecha", 'autocomplete="off" placeholder="aaaa-mm-dd"')}${box("total", "Total", 'inputmode="decimal"')}${box("rfc", "Tu RFC", 'maxlength="13"')}
<div class="mb-3"><button type="submit" id="ticket_cv_submit" name="ticket_cv[submit]" class="btn-naranja btn">Continuar</button></div>
<input type="hidden" id="ticket_cv__token" name="ticket_cv[_token]" value="b41c.Zx0VqT9"></div></form>
<script>$(".select2").select2({language:{noResults:function(){return "Sin resultados"}}});$("#ticket_cv_fecha").datepicker({format:"yyyy-mm-dd",language:"es",autoclose:true,endDate:"0d"});</script>`,
    flash
  )
}

const A = "appbundle_financial_clientes"
const F = (id: string) => `${A}[${id}]`

const clientForm = (session: Session, v: (n: string) => string, errors: Record<string, string> = {}) => {
  const box = (id: string, label: string, value = v(F(id)), more = "") =>
    `<div class="mb-3"><label for="${A}_${id}" class="form-label required">${label}</label><input type="text" id="${A}_${id}" name="${F(id)}" required="required" class="form-control${errors[id] ? " is-invalid" : ""}" value="${escaped(value)}" ${more}>${err(errors[id])}</div>`
  const list = (id: string, label: string, tags: string) =>
    `<div class="mb-3"><label for="${A}_${id}" class="form-label required">${label}</label><select id="${A}_${id}" name="${F(id)}" class="form-select${errors[id] ? " is-invalid" : ""}"><option value="" selected="selected">Elige una opción</option>${tags}</select>${err(errors[id])}</div>`
  const { rfc } = session
  return layout(`<h4>Datos del receptor</h4><p class="text-muted small">Captura los datos tal y como aparecen en tu Constancia de Situación Fiscal. No agregues S.A. de C.V. ni similares.</p><form name="${A}" method="post" action="/kafrema/kz/cliente" novalidate="novalidate"><div id="${A}">
${box("rfc", "RFC", rfc, 'readonly="readonly"')}${box("nombre", "Nombre / Razón social")}${box("domicilioFiscalReceptor", "C.P. del domicilio fiscal", v(F("domicilioFiscalReceptor")), 'maxlength="5"')}
${list(
  "regimenFiscal",
  "Régimen fiscal",
  options(
    regimesFor(rfc).map(({ code, name }) => ({ value: code, text: `${code}|${name}` })),
    v(F("regimenFiscal"))
  )
)}
${list(
  "usoCfdi",
  "Uso CFDI",
  options(
    usesFor(rfc).map(({ code, name }) => ({ value: code, text: `${code}|${name}` })),
    v(F("usoCfdi"))
  )
)}
${box("email", "Email")}
<div class="mb-3"><div class="form-check"><input type="checkbox" id="${A}_aviso" name="${F("aviso")}" class="form-check-input" value="1"><label class="form-check-label" for="${A}_aviso">He leído el aviso de privacidad</label></div>${err(errors.aviso)}</div>
<button type="submit" class="btn btn-naranja">Guardar y revisar</button><input type="hidden" id="${A}__token" name="${F("_token")}" value="77a0.QpL"></div></form>`)
}

const review = ({ sale, typed }: Session, flash = "") =>
  layout(
    `<h4>Revisa tu factura</h4><dl class="row"><dt class="col-4">Ticket</dt><dd class="col-8">${sale?.ticket}</dd><dt class="col-4">Total</dt><dd class="col-8">$${money(sale?.cents ?? 0n)}</dd><dt class="col-4">RFC</dt><dd class="col-8">${escaped(typed?.rfc ?? "")}</dd><dt class="col-4">Nombre</dt><dd class="col-8">${escaped(typed?.name ?? "")}</dd><dt class="col-4">C.P.</dt><dd class="col-8">${typed?.postalCode}</dd><dt class="col-4">Régimen</dt><dd class="col-8">${typed?.regime}</dd><dt class="col-4">Uso</dt><dd class="col-8">${typed?.use}</dd><dt class="col-4">Email</dt><dd class="col-8">${escaped(typed?.email ?? "")}</dd></dl>
<a class="btn btn-outline-secondary" href="/kafrema/kz/cliente">Corregir</a> <button type="button" class="btn btn-naranja" data-bs-toggle="modal" data-bs-target="#modalTimbrar">Facturar</button>
<div class="modal fade" id="modalTimbrar" tabindex="-1" aria-hidden="true"><div class="modal-dialog"><div class="modal-content"><div class="modal-header"><h5 class="modal-title">Confirmación</h5><button type="button" class="btn-close" data-bs-dismiss="modal" aria-label="Close"></button></div><div class="modal-body">Se emitirá el CFDI a nombre de ${escaped(typed?.name ?? "")}. ¿Continuar?</div><div class="modal-footer"><button type="button" class="btn btn-secondary" data-bs-dismiss="modal">No, regresar</button><form method="post" action="/kafrema/kz/timbrar"><button type="submit" class="btn btn-naranja">Facturar</button></form></div></div></div></div>`,
    flash
  )

const words: Record<Wrong, readonly [string, string]> = {
  empty: ["nombre", "Todos los campos son requeridos."],
  rfc: ["rfc", "Este RFC no existe."],
  name: ["nombre", "El nombre no es idéntico al registrado en el SAT."],
  postalCode: ["domicilioFiscalReceptor", "No es el código postal de tu domicilio fiscal."],
  regime: ["regimenFiscal", "No es tu régimen fiscal."],
  use: ["usoCfdi", "Elige un uso."],
  email: ["email", "Este valor no es una dirección de email válida."]
}

const start = () => {
  const till = openTill(
    { rfc: "AKR1305217H4", name: "ALIMENTOS KROKANZA", regime: "601", postalCode: "97130" },
    "90101501"
  )
  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ sale: undefined, rfc: "", typed: undefined, uuid: "" }),
    routes: {
      "GET /": () => seeOther("/kafrema/kz/crear"),
      "GET /kafrema/kz/crear": () => ticketForm(() => ""),
      "GET /kafrema/kz/recuperar": () =>
        layout(
          '<h4>Recuperar factura</h4><form method="post" action="/kafrema/kz/recuperar"><div class="mb-3"><label class="form-label" for="uuid">Folio fiscal (UUID)</label><input id="uuid" name="uuid" class="form-control"></div><button class="btn btn-naranja">Buscar</button></form>'
        ),
      "POST /kafrema/kz/crear": ({ field, session }) => {
        const v = (id: string) => field(`ticket_cv[${id}]`)
        const errors: Record<string, string> = {}
        for (const id of ["store", "ticket", "fecha", "total", "rfc"])
          if (v(id) === "") errors[id] = "Este valor no debería estar vacío."
        if (v("fecha") !== "" && !/^\d{4}-\d\d-\d\d$/.test(v("fecha"))) errors.fecha = "Este valor no es válido."
        if (v("total") !== "" && !/^\d+(\.\d{1,2})?$/.test(v("total")))
          errors.total = "Este valor debería ser un número."
        if (v("rfc") !== "" && !/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/i.test(v("rfc")))
          errors.rfc = "RFC con formato incorrecto."
        if (Object.keys(errors).length > 0) return ticketForm(field, errors)
        const store = stores[Number(v("store")) - 31]?.slice(0, 4)
        const sale = [open, refused, old].find(
          (s) => s.ticket === v("ticket") && s.store === store && s.date === v("fecha")
        )
        if (sale === undefined)
          return ticketForm(field, {}, "No localizamos ese ticket en la sucursal y fecha que elegiste.")
        if (!same(v("total"), sale.cents))
          return ticketForm(
            field,
            {},
            `No localizamos el ticket ${sale.ticket} por el importe indicado; revisa el total.`
          )
        if (sale.old)
          return ticketForm(
            field,
            {},
            "Los tickets de meses anteriores no pueden facturarse. El periodo de este ticket terminó."
          )
        if (isStamped(till, sale)) return ticketForm(field, {}, "El ticket tiene un CFDI vigente.")
        session.sale = sale
        session.rfc = v("rfc").toUpperCase()
        return seeOther("/kafrema/kz/cliente")
      },
      "GET /kafrema/kz/cliente": ({ session }) => {
        if (session.sale === undefined) return seeOther("/kafrema/kz/crear")
        const t = session.typed
        const values: Record<string, string> = t
          ? {
              [F("nombre")]: t.name,
              [F("domicilioFiscalReceptor")]: t.postalCode,
              [F("email")]: t.email,
              [F("regimenFiscal")]: t.regime,
              [F("usoCfdi")]: t.use
            }
          : {}
        return clientForm(session, (n) => values[n] ?? "")
      },
      "POST /kafrema/kz/cliente": ({ field, has, session }) => {
        if (session.sale === undefined) return seeOther("/kafrema/kz/crear")
        const typed: Typed = {
          rfc: session.rfc,
          name: field(F("nombre")),
          postalCode: field(F("domicilioFiscalReceptor")),
          regime: field(F("regimenFiscal")),
          use: field(F("usoCfdi")),
          email: field(F("email"))
        }
        const wrong = wrongOf(typed)
        const errors: Record<string, string> = {}
        if (wrong !== undefined) errors[words[wrong][0]] = words[wrong][1]
        if (!has(F("aviso"))) errors.aviso = "Debes aceptar el aviso de privacidad."
        if (Object.keys(errors).length > 0) return clientForm(session, field, errors)
        session.typed = typed
        return seeOther("/kafrema/kz/confirmar")
      },
      "GET /kafrema/kz/confirmar": ({ session }) =>
        session.typed === undefined ? seeOther("/kafrema/kz/crear") : review(session),
      "POST /kafrema/kz/timbrar": async ({ session }) => {
        const { sale, typed } = session
        if (sale === undefined || typed === undefined) return seeOther("/kafrema/kz/crear")
        if (sale.refusedBySat)
          return review(
            session,
            `El PAC rechazó el comprobante y no se emitió: CFDI40148 El valor del atributo Domicilio Fiscal Receptor (${typed.postalCode}) no es el que tiene asociado el RFC ${typed.rfc} en la lista LRFC del SAT. Actualiza tus datos y vuelve a intentarlo.`
          )
        if (!isStamped(till, sale)) session.uuid = (await stampOf(till, sale, typed)).uuid
        return seeOther(`/kafrema/kz/ver/${session.uuid}`)
      },
      "GET /kafrema/kz/ver/*": ({ url }) => {
        const made = till.find(url.pathname.split("/").at(-1) ?? "")
        return made === undefined
          ? html("404", 404)
          : layout(
              `<div class="alert alert-success">Tu CFDI está listo.</div><table class="table table-bordered"><tr><th>UUID</th><td>${made.uuid}</td></tr><tr><th>Receptor</th><td>${made.receiverRfc}</td></tr></table><div class="btn-group"><a class="btn btn-outline-dark" href="/kafrema/kz/archivo/xml/${made.uuid}">XML</a><a class="btn btn-outline-dark" href="/kafrema/kz/archivo/pdf/${made.uuid}">PDF</a></div>`
            )
      },
      "GET /kafrema/kz/archivo/*": async ({ url }) => {
        const [kind, uuid = ""] = url.pathname.split("/").slice(-2)
        const made = till.find(uuid)
        if (made === undefined) return html("404", 404)
        return kind === "xml"
          ? attachment(await xmlText(made), "text/xml", `${uuid}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${uuid}.pdf`)
      }
    }
  })
}

export const portal: TestPortal = {
  id: "krokanza",
  traps: [
    "select2 with store ids; the ticket prints only the shop's name",
    "yyyy-mm-dd bootstrap-datepicker",
    "two buttons Facturar: the first opens the modal, the second stamps",
    "the PAC refuses after the click and says nothing was issued"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "another total", ticket: paper(open, 29300n), expected: failed("TICKET_NOT_FOUND") },
    { name: "the PAC refuses the postal code", ticket: paper(refused), expected: failed("DATA_REJECTED") },
    { name: "a ticket of last month", ticket: paper(old), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const [d, m, y] = printed(ticket, "Fecha").slice(0, 8).split("/")
    await page.locator(".select2-selection").click()
    await page.locator(".select2-results__option", { hasText: "Altabrisa" }).click()
    await page.fill("#ticket_cv_ticket", printed(ticket, "Cuenta"))
    await page.locator("#ticket_cv_fecha").pressSequentially(`20${y}-${m}-${d}`, { delay: 10 })
    await page.keyboard.press("Tab")
    await page.fill("#ticket_cv_total", printed(ticket, "Importe total").replace("$ ", ""))
    await page.fill("#ticket_cv_rfc", profile.rfc)
    await page.click("#ticket_cv_submit")
    await page.fill(`#${A}_nombre`, profile.fullName)
    await page.fill(`#${A}_domicilioFiscalReceptor`, profile.postalCode)
    await page.selectOption(`#${A}_regimenFiscal`, profile.fiscalRegime)
    await page.selectOption(`#${A}_usoCfdi`, profile.cfdiUse)
    await page.fill(`#${A}_email`, profile.email)
    await page.check(`#${A}_aviso`)
    await page.getByText("Guardar y revisar").click()
    await page.locator('[data-bs-target="#modalTimbrar"]').click()
    await page.locator("#modalTimbrar.show form button").click()
    await download(page, () => page.getByRole("link", { name: "XML" }).click())
  }
}
