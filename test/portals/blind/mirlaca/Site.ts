import {
  cfdiUses,
  fiscalRegimes,
  html,
  isStamped,
  json,
  openTill,
  options,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  wrongOf
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly iso: string
  readonly late?: true
  readonly invoiced?: true
}

const ids = {
  email: "field_3c1a2ff",
  name: "name",
  rfc: "email",
  postalCode: "field_81d07be",
  regime: "field_9be2210",
  use: "field_d1f6634",
  folios: "message",
  date: "field_a02c9d4",
  total: "field_58e4c07",
  payment: "field_77aa310",
  terms: "field_acc1b20",
  trap: "field_0f2e9aa"
} as const

const group = (id: string, type: string, label: string, inner: string, width = 50) =>
  `<div class="elementor-field-type-${type} elementor-field-group elementor-column elementor-field-group-${id} elementor-col-${width} elementor-field-required elementor-mark-required"><label for="form-field-${id}" class="elementor-field-label">${label}</label>${inner}</div>`

const input = (id: string, type: string, label: string, placeholder: string, width?: number, more = "") =>
  group(
    id,
    type,
    label,
    `<input size="1" type="${type === "number" ? "number" : type === "email" ? "email" : "text"}" name="form_fields[${id}]" id="form-field-${id}" class="elementor-field elementor-size-sm elementor-field-textual${type === "date" ? " elementor-date-field" : ""}" placeholder="${placeholder}" required="required" aria-required="true" ${more}>`,
    width
  )

const select = (id: string, label: string, list: ReadonlyArray<string>) =>
  group(
    id,
    "select",
    label,
    `<div class="elementor-field elementor-select-wrapper remove-before"><div class="select-caret-down-wrapper"></div><select name="form_fields[${id}]" id="form-field-${id}" class="elementor-field-textual elementor-size-sm" required="required" aria-required="true">${options([{ value: "", text: "Selecciona una opción" }, ...list.map((text) => ({ value: text, text }))])}</select></div>`
  )

const page = `<!DOCTYPE html><html lang="es-MX"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Prefacturación &#8211; Mirlaca</title><meta name="generator" content="WordPress 6.6.2"><meta name="generator" content="Elementor 3.24.7">
<link rel="stylesheet" href="/vendor/flatpickr/dist/flatpickr.min.css">
<style>body{margin:0;font-family:Poppins,Arial,sans-serif;color:#333}.site-header{display:flex;gap:28px;padding:18px 40px;align-items:center;border-bottom:1px solid #eee}.site-header a{color:#7a2a1d;text-decoration:none}.elementor-section{max-width:1000px;margin:0 auto;padding:26px}
.elementor-form-fields-wrapper{display:flex;flex-wrap:wrap}.elementor-field-group{box-sizing:border-box;padding:0 8px;margin-bottom:14px;width:100%}.elementor-col-50{width:50%}.elementor-col-33{width:33.3%}.elementor-field-label{display:block;margin-bottom:4px}.elementor-mark-required>.elementor-field-label:after{content:"*";color:red;padding-left:.2em}
.elementor-field-textual{box-sizing:border-box;width:100%;padding:8px 12px;border:1px solid #999;border-radius:3px;font:inherit}.elementor-button{background:#7a2a1d;color:#fff;border:0;padding:12px 24px;border-radius:3px;cursor:pointer}.elementor-message{margin:10px 0;font-size:1em}.elementor-message-success{color:#2c7a2c}.elementor-message-danger{color:#d9534f}
.elementor-form-waiting{opacity:.5;pointer-events:none}footer{background:#2b2320;color:#ddd}footer .elementor-field-textual{max-width:100%}.joinchat{position:fixed;right:20px;bottom:20px;background:#25d366;color:#fff;border-radius:30px;padding:14px 18px}</style></head>
<body class="page-template-default page page-id-1423 elementor-default elementor-kit-7 elementor-page elementor-page-1423">
<header class="site-header"><strong>Puente Mirlaca</strong><nav><a href="/">Inicio</a> &nbsp; <a href="/tarifas/">Tarifas</a> &nbsp; <a href="/telepeaje/">Telepeaje</a> &nbsp; <a href="/prefacturacion/">Prefacturación</a> &nbsp; <a href="/contacto/">Contacto</a></nav></header>
<div data-elementor-type="wp-page" data-elementor-id="1423" class="elementor elementor-1423"><section class="elementor-section"><div class="elementor-widget-container"><h2 class="elementor-heading-title elementor-size-default">Prefacturación</h2><p>Llena el formulario y nuestro equipo emitirá tu CFDI 4.0. Tienes 7 días naturales a partir de tu cruce. Captura tus datos tal como aparecen en tu Constancia de Situación Fiscal.</p></div>
<div class="elementor-element elementor-widget elementor-widget-form" data-widget_type="form.default"><div class="elementor-widget-container">
<form class="elementor-form" method="post" name="Prefacturación"><input type="hidden" name="post_id" value="1423"/><input type="hidden" name="form_id" value="5c1a9b2"/><input type="hidden" name="referer_title" value="Prefacturación"/><input type="hidden" name="queried_id" value="1423"/>
<div class="elementor-form-fields-wrapper elementor-labels-above">
${input(ids.email, "email", "Correo", "correo@empresa.com")}
${input(ids.name, "text", "Nombre o razón social", "Empresa S.A. DE C.V.")}
${input(ids.rfc, "text", "R.F.C.", "XXXX010101XX0", 50, 'maxlength="13"')}
${input(ids.postalCode, "text", "C.P.", "45000", 50, 'pattern="[0-9]{5}" title="5 dígitos"')}
${select(
  ids.regime,
  "Régimen fiscal",
  fiscalRegimes.map(({ code, name }) => `${code} ${name}`)
)}
${select(
  ids.use,
  "Uso de CFDI",
  cfdiUses.map(({ code, name }) => `${code} ${name.replace(/\.$/, "")}`)
)}
${group(ids.folios, "textarea", "Folios", `<textarea class="elementor-field-textual elementor-field elementor-size-sm" name="form_fields[${ids.folios}]" id="form-field-${ids.folios}" rows="2" placeholder="Si son varios sepáralos con una coma" required="required" aria-required="true"></textarea>`, 100)}
${input(ids.date, "date", "Fecha", "", 50, 'pattern="[0-9]{4}-[0-9]{2}-[0-9]{2}"')}
${input(ids.total, "number", "Monto total", "0.00", 50, 'step="0.01" min="0"')}
<div class="elementor-field-type-radio elementor-field-group elementor-column elementor-field-group-${ids.payment} elementor-col-100 elementor-field-required elementor-mark-required"><label for="form-field-${ids.payment}" class="elementor-field-label">Forma de pago</label><div class="elementor-field-subgroup">${["Efectivo", "Tarjeta de débito", "Tarjeta de crédito", "Telepeaje"].map((text, at) => `<span class="elementor-field-option"><input type="radio" value="${text}" id="form-field-${ids.payment}-${at}" name="form_fields[${ids.payment}]" required="required" aria-required="true"> <label for="form-field-${ids.payment}-${at}">${text}</label></span> `).join("")}</div></div>
<div class="elementor-field-type-acceptance elementor-field-group elementor-column elementor-field-group-${ids.terms} elementor-col-100"><div class="elementor-field-subgroup"><span class="elementor-field-option"><input type="checkbox" name="form_fields[${ids.terms}]" id="form-field-${ids.terms}" class="elementor-field elementor-size-sm elementor-acceptance-field" required="required" aria-required="true"> <label for="form-field-${ids.terms}">Acepto el aviso de privacidad</label></span></div></div>
<div class="elementor-field-type-text"><input size="1" type="text" name="form_fields[${ids.trap}]" id="form-field-${ids.trap}" class="elementor-field elementor-size-sm" style="display:none !important;"></div>
<div class="elementor-field-group elementor-column elementor-field-type-submit elementor-col-100 e-form__buttons"><button class="elementor-button elementor-size-sm" type="submit"><span class="elementor-button-content-wrapper"><span class="elementor-button-text">Solicitar</span></span></button></div></div></form></div></div></section></div>
<footer><section class="elementor-section"><h3>¿Dudas?</h3><form class="elementor-form" method="post" name="Contacto"><input type="hidden" name="form_id" value="77be01c"/><div class="elementor-form-fields-wrapper elementor-labels-">
<div class="elementor-field-group elementor-col-50"><input size="1" type="text" name="form_fields[name]" id="form-field-name" class="elementor-field elementor-field-textual" placeholder="Nombre"></div><div class="elementor-field-group elementor-col-50"><input size="1" type="email" name="form_fields[email]" id="form-field-email" class="elementor-field elementor-field-textual" placeholder="Correo electrónico" required="required"></div>
<div class="elementor-field-group"><textarea class="elementor-field-textual elementor-field" name="form_fields[message]" id="form-field-message" rows="2" placeholder="Mensaje"></textarea></div><div class="elementor-field-group"><button class="elementor-button" type="submit"><span class="elementor-button-text">Enviar</span></button></div></div></form><p>© Promotora Puente Mirlaca</p></section></footer><div class="joinchat">WhatsApp</div>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/flatpickr/dist/flatpickr.min.js"></script><script>jQuery(function ($) {
$('.elementor-date-field').each(function () { flatpickr(this, { allowInput: true, minDate: null, maxDate: null }) })
$('.elementor-form').on('submit', function (e) { e.preventDefault(); var f = $(this)
  f.find('.elementor-message').remove(); f.addClass('elementor-form-waiting')
  fetch('/wp-admin/admin-ajax.php', { method: 'POST', body: new URLSearchParams([...new FormData(this), ['action', 'elementor_pro_forms_send_form'], ['referrer', location.href]]) }).then(function (r) { return r.json() }).then(function (r) {
    f.removeClass('elementor-form-waiting')
    if (r.success) { f.trigger('reset') } else { $.each(r.data.errors || {}, function (id, m) { f.find('.elementor-field-group-' + id).addClass('elementor-error').append('<span class="elementor-message elementor-message-danger elementor-help-inline elementor-form-help-inline" role="alert">' + m + '</span>') }) }
    f.append('<div class="elementor-message ' + (r.success ? 'elementor-message-success' : 'elementor-message-danger') + '" role="alert">' + r.data.message + '</div>') }) })
})</script></body></html>`

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "PPM070411RS9", name: "PROMOTORA PUENTE MIRLACA", regime: "601", postalCode: "45680" },
    "95111602"
  )
  const no = (message: string, errors: Record<string, string> = {}) =>
    json({ success: false, data: { message, errors, data: [] } })

  const running = await shop<object>({
    till,
    cookie: "wp_woocommerce_session",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/prefacturacion/"),
      "GET /prefacturacion/": () => html(page),
      "GET /favicon.ico": () => new Response(null, { status: 204 }),
      "POST /wp-admin/admin-ajax.php": async ({ field }) => {
        await Bun.sleep(1400)
        if (field("form_id") !== "5c1a9b2")
          return json({ success: true, data: { message: "Gracias por tu mensaje.", data: [] } })
        const value = (key: keyof typeof ids) => field(`form_fields[${ids[key]}]`)
        if (value("trap") !== "") return no("Tu envío falló porque el formulario no es válido.")
        const errors: Record<string, string> = {}
        for (const [key, id] of Object.entries(ids))
          if (key !== "trap" && field(`form_fields[${id}]`) === "") errors[id] = "Este campo es obligatorio."
        if (value("rfc") !== "" && !/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(value("rfc")))
          errors[ids.rfc] = "Escribe el RFC en mayúsculas y sin guiones."
        if (value("date") !== "" && !/^\d{4}-\d\d-\d\d$/.test(value("date")))
          errors[ids.date] = "Formato de fecha no válido."
        if (Object.keys(errors).length > 0) return no("Hubo un error al enviar el formulario.", errors)
        const sale = sales.find(({ ticket }) => ticket === value("folios"))
        if (sale === undefined || sale.iso !== value("date") || !same(value("total"), sale.cents))
          return no("Los folios, la fecha o el monto no concuerdan con nuestros registros.")
        if (sale.invoiced || isStamped(till, sale))
          return no(`El folio ${sale.ticket} pertenece a una factura emitida anteriormente.`)
        if (sale.late)
          return no("Tu solicitud no puede procesarse: transcurrieron más de 7 días naturales desde el cruce.")
        if (value("payment") !== "Efectivo") return no("La forma de pago no concuerda con la del cruce.")
        const typed = {
          rfc: value("rfc"),
          name: value("name"),
          postalCode: value("postalCode"),
          regime: value("regime").slice(0, 3),
          use: value("use").split(" ")[0] ?? "",
          email: value("email")
        }
        if (wrongOf(typed) !== undefined) return no("Los datos fiscales no concuerdan con los del SAT.")
        await stampOf(till, sale, { ...typed, name: typed.name.toUpperCase() })
        return json({
          success: true,
          data: {
            message:
              "¡Gracias! Tu solicitud quedó registrada. Recibirás tu CFDI por correo en un máximo de 48 horas hábiles.",
            data: []
          }
        })
      }
    }
  })
  return { ...running, url: new URL("/prefacturacion/", running.url) }
}
