import { profiles } from "../../lib/Portal.ts"
import { usesOf } from "../../lib/Taxpayers.ts"
import {
  against,
  ago,
  commas,
  completed,
  download,
  escaped,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  money,
  openTill,
  type PortalCase,
  pdfFile,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  typedAs,
  useOptions,
  xmlFile
} from "../kit/replies.ts"

const base = { ticket: "114-0287716", cents: 125900n, description: "Cable HDMI y fuente de poder", paymentForm: "04" }
const sales = [
  { ...base, iso: ago(5).iso, state: "open" },
  { ...base, ticket: "114-0286903", cents: 84900n, iso: ago(9).iso, state: "old" },
  { ...base, ticket: "114-0279950", cents: 44800n, iso: ago(70).iso, state: "late" }
] as const

interface Session {
  sale?: (typeof sales)[number]
  typed?: ReturnType<typeof typedAs>
  made?: string
  form: Record<string, string>
}

const page = (title: string, content: string) =>
  html(`<!doctype html><html lang="es"><head><meta charset="utf-8"/><title>${title} | Voltrenik México</title>
<style>*{box-sizing:border-box}body{margin:0;font-family:'Open Sans',Arial,sans-serif;font-size:14px;color:#333}.panel.header{background:#1a1f71;color:#fff;padding:6px 30px;text-align:right}.panel.header a{color:#fff;margin-left:14px}
.header.content{padding:18px 30px;display:flex;gap:30px;align-items:center;border-bottom:1px solid #ddd}.logo strong{font-size:26px;color:#1a1f71}.block-search input{width:340px;padding:7px}.nav-sections{background:#f0f0f0;padding:10px 30px}.nav-sections a{margin-right:22px;color:#333;font-weight:600;text-decoration:none}
.page-main{max-width:1000px;margin:20px auto;padding:0 20px}.field{margin:0 0 16px}.field .label{display:block;font-weight:600;margin-bottom:5px}.field.required>.label:after,._required>.label:after{content:'*';color:#e02b27;margin-left:4px}
.input-text,select{width:100%;max-width:460px;height:34px;border:1px solid #c2c2c2;padding:0 9px}.mage-error[generated]{color:#e02b27;font-size:12px;margin-top:5px}.action.primary{background:#1979c3;color:#fff;border:1px solid #1979c3;padding:8px 18px;font-weight:600;cursor:pointer}.action{padding:8px 18px}
.message{padding:12px 20px;margin-bottom:12px}.message.error{background:#fae5e5;color:#e02b27}.message.notice{background:#fdf0d5;color:#6f4400}.message.success{background:#e5efe5;color:#006400}
.product.data.items{display:flex;flex-wrap:wrap;margin-bottom:20px}.data.item.title{order:0;border:1px solid #d1d1d1;background:#f6f6f6;margin-right:5px}.data.item.title a{display:block;padding:8px 20px;color:#7d7d7d;font-weight:600;text-decoration:none}.data.item.title.active{background:#fff;border-bottom:0}.data.item.title.active a{color:#333}.data.item.content{order:1;width:100%;border:1px solid #d1d1d1;padding:25px}
.page-footer{background:#f4f4f4;padding:25px 30px;margin-top:40px;font-size:12px}.cookie{position:fixed;bottom:0;left:0;right:0;background:#fff;border-top:2px solid #1979c3;padding:12px 30px}table.data{width:100%;border-collapse:collapse}table.data th{text-align:left}table.data td,table.data th{padding:7px;border-bottom:1px solid #ddd}</style></head>
<body data-container="body" class="facturacion-index-index page-layout-1column"><div class="page-wrapper"><header class="page-header"><div class="panel wrapper"><div class="panel header"><a class="action skip contentarea" href="#contentarea"></a><a href="/customer/account/login/">Inicia Sesión</a><a href="/customer/account/create/">Crear una cuenta</a></div></div>
<div class="header content"><a class="logo" href="/" title="Voltrenik"><strong>voltrenik</strong></a><div class="block block-search"><form class="form minisearch" id="search_mini_form" action="/catalogsearch/result/" method="get"><input id="search" type="text" name="q" placeholder="Buscar en toda la tienda..." class="input-text" maxlength="128" role="combobox" aria-expanded="false" autocomplete="off"/><button type="submit" title="Buscar" class="action search" disabled><span>Buscar</span></button></form></div><div data-block="minicart" class="minicart-wrapper"><a class="action showcart" href="/checkout/cart/"><span class="text">Mi carrito</span> <span class="counter qty empty"><span class="counter-number">0</span></span></a></div></div></header>
<div class="sections nav-sections"><nav class="navigation"><a class="level-top" href="/audio">Audio</a><a class="level-top" href="/cables">Cables</a><a class="level-top" href="/computo">Cómputo</a><a class="level-top" href="/energia">Energía</a><a class="level-top" href="/facturacion/">Facturación</a></nav></div>
<main id="maincontent" class="page-main"><a id="contentarea" tabindex="-1"></a><div class="page-title-wrapper"><h1 class="page-title"><span class="base">${title}</span></h1></div>
<div class="page messages"><div data-placeholder="messages"></div><div data-bind="scope: 'messages'" id="kmsg"></div></div><div class="columns"><div class="column main">${content}</div></div></main>
<footer class="page-footer"><form class="form subscribe" action="/newsletter/subscriber/new/" method="post" id="newsletter-validate-detail"><label for="newsletter">Suscríbete a nuestro boletín:</label> <input name="email" type="email" id="newsletter" placeholder="Ingresa tu correo electrónico" class="input-text" style="max-width:240px"/> <button class="action subscribe" title="Suscribirse" type="submit"><span>Suscribirse</span></button></form><p>© Voltrenik, S.A. de C.V. Precios en pesos mexicanos.</p></footer>
<div role="alertdialog" tabindex="-1" class="message global cookie" id="notice-cookie-block"><div role="document" class="content" tabindex="0"><p><strong>Usamos cookies para mejorar tu experiencia.</strong> <a href="/privacy-policy-cookie-restriction-mode/">Leer más</a>.</p><div class="actions"><button id="btn-cookie-allow" class="action allow primary"><span>Permitir cookies</span></button></div></div></div></div>
<script>(function(){var m=/mage-messages=([^;]*)/.exec(document.cookie);
document.getElementById('btn-cookie-allow').onclick=function(){document.getElementById('notice-cookie-block').remove();document.cookie='user_allowed_save_cookie=1;path=/'};
if(/user_allowed_save_cookie/.test(document.cookie))document.getElementById('notice-cookie-block').remove();
setTimeout(function(){if(!m||!m[1])return;document.cookie='mage-messages=;path=/;max-age=0';var a=JSON.parse(decodeURIComponent(m[1]));var h='<div role="alert" data-bind="foreach: { data: cookieMessages, as: \\'message\\' }" class="messages">';
a.forEach(function(x){h+='<div class="message-'+x.type+' '+x.type+' message" data-ui-id="message-'+x.type+'"><div data-bind="html: $parent.prepareMessageForHtml(message.text)">'+x.text+'</div></div>'});document.getElementById('kmsg').innerHTML=h+'</div>'},400);
[].forEach.call(document.querySelectorAll('form[data-mage-init]'),function(f){f.noValidate=true;f.addEventListener('submit',function(e){var bad=0;[].forEach.call(f.querySelectorAll('div.mage-error'),function(n){n.remove()});
[].forEach.call(f.querySelectorAll('[data-validate]'),function(i){var v=i.value.trim(),t='',r=i.getAttribute('data-validate');if(!v)t='Este es un campo obligatorio.';else if(/validate-email/.test(r)&&!/^[^@ ]+@[^@ ]+\\.[a-z]{2,}$/i.test(v))t='Por favor, ingresa un correo electrónico válido (p. ej. juan@dominio.com).';else if(/equalTo/.test(r)&&v!==document.querySelector('#email_cfdi').value)t='Ingresa el mismo valor nuevamente.';else if(/validate-number/.test(r)&&!/^[\\d.,]+$/.test(v))t='Por favor, ingresa un número válido en este campo.';
if(t){bad++;i.classList.add('mage-error');var d=document.createElement('div');d.setAttribute('for',i.id);d.setAttribute('generated','true');d.className='mage-error';d.id=i.id+'-error';d.textContent=t;i.parentNode.appendChild(d)}else i.classList.remove('mage-error')});
if(bad)e.preventDefault();else{var b=f.querySelector('button.primary');if(b)setTimeout(function(){b.disabled=true},0)}})})})()</script></body></html>`)

const say = (location: string, type: "error" | "success" | "notice", text: string) =>
  new Response(null, {
    status: 302,
    headers: { location, "set-cookie": `mage-messages=${encodeURIComponent(JSON.stringify([{ type, text }]))}; Path=/` }
  })

const field = (id: string, label: string, rules: string, extra = "", type = "text", cls = "") =>
  `<div class="field ${id} required"><label class="label" for="${id}"><span>${label}</span></label><div class="control"><input type="${type}" name="${id}" id="${id}" class="input-text ${cls}" data-validate="{${rules}}" ${extra}/></div></div>`

const words = {
  empty: "Completa los datos obligatorios.",
  rfc: "El RFC no está dado de alta ante el SAT.",
  name: "El nombre no corresponde al registrado en el SAT.",
  postalCode: "El código postal no corresponde al domicilio fiscal registrado.",
  regime: "El régimen no corresponde a tu RFC.",
  use: "Uso de CFDI no permitido.",
  email: "Correo electrónico no válido.",
  pair: "El uso de CFDI no está permitido para tu régimen."
}

const home = (form: Record<string, string>) =>
  page(
    "Genera tu factura",
    `<p>Podrás generar tu factura durante los 60 días siguientes a tu compra. ¿Tu compra fue en línea o en tienda?</p>
<div class="product data items" data-mage-init='{"tabs":{"openedState":"active"}}' role="tablist">
<div class="data item title ${form.tab === "tienda" ? "" : "active"}" data-role="collapsible" id="tab-label-online" role="tab" aria-controls="online" aria-selected="${form.tab !== "tienda"}" tabindex="0"><a class="data switch" tabindex="-1" data-toggle="trigger" href="#online" id="tab-label-online-title">Compra en línea</a></div>
<div class="data item content" id="online" role="tabpanel"${form.tab === "tienda" ? ` style="display:none" aria-hidden="true"` : ""}>
<form class="form" action="/facturacion/index/pedido/" method="post" data-mage-init='{"validation":{}}'><input name="form_key" type="hidden" value="kz81Hq0PaeWm2LxC"/>
${field("order_id", "Número de pedido", "required:true")}${field("order_email", "Correo con el que compraste", "required:true, 'validate-email':true")}
<div class="actions-toolbar"><button type="submit" class="action primary"><span>Buscar pedido</span></button></div></form></div>
<div class="data item title ${form.tab === "tienda" ? "active" : ""}" data-role="collapsible" id="tab-label-tienda" role="tab" aria-controls="tienda" aria-selected="${form.tab === "tienda"}" tabindex="-1"><a class="data switch" tabindex="-1" data-toggle="trigger" href="#tienda" id="tab-label-tienda-title">Compra en tienda física</a></div>
<div class="data item content" id="tienda" role="tabpanel"${form.tab === "tienda" ? "" : ` style="display:none" aria-hidden="true"`}>
<form class="form" action="/facturacion/index/buscar/" method="post" data-mage-init='{"validation":{}}'><input name="form_key" type="hidden" value="kz81Hq0PaeWm2LxC"/>
${field("ticket_number", "Número de ticket", "required:true", `value="${escaped(form.ticket_number ?? "")}"`)}
<div class="field required"><label class="label" for="purchase_date"><span>Fecha de compra</span></label><div class="control"><input type="text" name="purchase_date" id="purchase_date" class="input-text" placeholder="AAAA-MM-DD" data-validate="{required:true}" value="${escaped(form.purchase_date ?? "")}"/></div></div>
${field("grand_total", "Importe total", "required:true, 'validate-number':true", `value="${escaped(form.grand_total ?? "")}"`)}
<div class="actions-toolbar"><button type="submit" class="action primary"><span>Buscar ticket</span></button></div></form></div></div>
<script>[].forEach.call(document.querySelectorAll('[data-role=collapsible]'),function(t){t.onclick=function(e){e.preventDefault();[].forEach.call(document.querySelectorAll('[data-role=collapsible]'),function(o){var on=o===t,c=document.getElementById(o.getAttribute('aria-controls'));o.classList.toggle('active',on);o.setAttribute('aria-selected',on);c.style.display=on?'':'none';c.setAttribute('aria-hidden',!on)})}})</script>`
  )

const start = async () => {
  const till = openTill({ rfc: "VOL910805J72", name: "VOLTRENIK", regime: "601", postalCode: "02060" }, "26121600")
  const company = profiles.company
  const old = await till.archive(sales[1], {
    receiver: {
      rfc: company.rfc,
      name: company.fullName,
      postalCode: company.postalCode,
      regime: company.fiscalRegime
    },
    use: company.cfdiUse
  })
  const links = (uuid: string) =>
    `<div class="actions-toolbar"><div class="primary"><a class="action primary" href="/facturacion/descarga/xml/id/${uuid}/"><span>Descargar XML</span></a> <a class="action primary" href="/facturacion/descarga/pdf/id/${uuid}/"><span>Descargar PDF</span></a></div></div>`
  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ form: {} }),
    landing: "/facturacion/",
    routes: {
      "GET /": () => seeOther("/facturacion/"),
      "GET /facturacion/": ({ session }) => home(session.form),
      "POST /facturacion/index/pedido/": ({ session }) => {
        session.form = {}
        return say("/facturacion/", "error", "El pedido no existe o el correo no es el de la compra.")
      },
      "POST /facturacion/index/buscar/": ({ field, session }) => {
        session.form = {
          tab: "tienda",
          ticket_number: field("ticket_number"),
          purchase_date: field("purchase_date"),
          grand_total: field("grand_total")
        }
        if (!/^\d{4}-\d\d-\d\d$/.test(field("purchase_date")))
          return say("/facturacion/", "error", "La fecha debe tener el formato AAAA-MM-DD.")
        const sale = sales.find(
          (one) =>
            one.ticket === field("ticket_number") &&
            one.iso === field("purchase_date") &&
            same(field("grand_total"), one.cents)
        )
        if (sale === undefined)
          return say(
            "/facturacion/",
            "error",
            "No localizamos una compra con esos datos. Revisa tu ticket e inténtalo otra vez."
          )
        if (sale.state === "late")
          return say(
            "/facturacion/",
            "error",
            "Han transcurrido más de 60 días desde tu compra; este ticket ya no puede facturarse."
          )
        session.sale = sale
        if (sale.state === "old" || isStamped(till, sale))
          return say("/facturacion/index/recuperar/", "notice", "Este ticket ya cuenta con un CFDI emitido.")
        return seeOther("/facturacion/index/datos/")
      },
      "GET /facturacion/index/recuperar/": ({ session }) =>
        session.sale === undefined
          ? seeOther("/facturacion/")
          : page(
              "Recupera tu factura",
              `<p>Para obtener de nuevo los archivos del ticket <strong>${session.sale.ticket}</strong> escribe el RFC con el que se emitió.</p>
<form class="form" action="/facturacion/index/reenviar/" method="post" data-mage-init='{"validation":{}}'>${field("rfc_emitido", "RFC", "required:true", `maxlength="13"`)}<button type="submit" class="action primary"><span>Recuperar factura</span></button></form>`
            ),
      "POST /facturacion/index/reenviar/": ({ field, session }) => {
        const made = session.sale?.state === "old" ? old : undefined
        if (made === undefined || field("rfc_emitido").toUpperCase() !== made.receiverRfc)
          return say("/facturacion/index/recuperar/", "error", "El RFC no coincide con el de la factura emitida.")
        return page(
          "Recupera tu factura",
          `<p>Folio fiscal <strong>${made.uuid}</strong>, ${made.receiverRfc}, $${commas(made.totalCents)}</p>${links(made.uuid)}`
        )
      },
      "GET /facturacion/index/datos/": ({ session }) =>
        session.sale === undefined
          ? seeOther("/facturacion/")
          : page(
              "Datos de facturación",
              `<p>Ticket <strong>${session.sale.ticket}</strong> · $${commas(session.sale.cents)}</p>
<form class="form" action="/facturacion/index/guardar/" method="post" id="form-datos" data-mage-init='{"validation":{}}'><fieldset class="fieldset">
${field("rfc", "RFC", "required:true", `maxlength="13"`)}${field("razon_social", "Nombre, denominación o razón social", "required:true")}${field("postcode", "Código postal", "required:true", `maxlength="5"`)}
<div class="field required"><label class="label" for="regimen"><span>Régimen fiscal</span></label><div class="control"><select name="regimen" id="regimen" class="select" data-validate="{required:true}"><option value="">Por favor selecciona el régimen.</option>${fiscalRegimes.map(({ code, name }) => `<option value="${code}">${code} ${name}</option>`).join("")}</select></div></div>
<div class="field required"><label class="label" for="uso"><span>Uso de CFDI</span></label><div class="control"><select name="uso" id="uso" class="select" disabled data-validate="{required:true}"><option value="">Por favor selecciona el uso.</option></select></div></div>
${field("email_cfdi", "Correo electrónico", "required:true, 'validate-email':true", `value=""`)}${field("email_cfdi2", "Confirma tu correo electrónico", "required:true, equalTo:'#email_cfdi'", `onpaste="return false"`)}
</fieldset><button type="submit" class="action primary"><span>Continuar</span></button> <a class="action back" href="/facturacion/">Regresar</a></form>
<script>document.getElementById('regimen').onchange=function(){var u=document.getElementById('uso');u.disabled=true;var x=new XMLHttpRequest();x.open('GET','/facturacion/ajax/usos/?regimen='+this.value+'&rfc='+encodeURIComponent(document.getElementById('rfc').value));x.onload=function(){u.innerHTML='<option value="">Por favor selecciona el uso.</option>'+x.responseText;u.disabled=false};x.send()}</script>`
            ),
      "GET /facturacion/ajax/usos/": ({ field }) => {
        const rfc = field("rfc").toUpperCase()
        const fitting = new Set(usesOf(rfc, field("regimen")).map(({ code }) => code as string))
        return html(
          fitting.size === 0
            ? useOptions(rfc)
            : useOptions(rfc).replace(/<option value="(\w+)">[^<]*<\/option>/g, (all, code: string) =>
                fitting.has(code) ? all : ""
              )
        )
      },
      "POST /facturacion/index/guardar/": ({ field, session }) => {
        if (session.sale === undefined) return seeOther("/facturacion/")
        const typed = typedAs(
          (name) => (name === "rfc" || name === "razon_social" ? field(name).toUpperCase() : field(name)),
          {
            rfc: "rfc",
            name: "razon_social",
            postalCode: "postcode",
            regime: "regimen",
            use: "uso",
            email: "email_cfdi"
          }
        )
        const wrong =
          field("email_cfdi") !== field("email_cfdi2")
            ? "Los correos no coinciden."
            : !regimesFor(typed.rfc).some(({ code }) => code === typed.regime)
              ? words.regime
              : against(typed, words)
        if (wrong !== undefined) return say("/facturacion/index/datos/", "error", wrong)
        session.typed = typed
        return seeOther("/facturacion/index/resumen/")
      },
      "GET /facturacion/index/resumen/": ({ session: { sale, typed } }) =>
        sale === undefined || typed === undefined
          ? seeOther("/facturacion/")
          : page(
              "Revisa tu información",
              `<div class="message notice"><div>Una vez emitida, la factura no podrá modificarse.</div></div><table class="data table"><tbody>
<tr><th>Ticket</th><td>${sale.ticket}</td></tr><tr><th>Importe</th><td>$${commas(sale.cents)}</td></tr><tr><th>RFC</th><td>${escaped(typed.rfc)}</td></tr><tr><th>Razón social</th><td>${escaped(typed.name)}</td></tr><tr><th>Código postal</th><td>${typed.postalCode}</td></tr><tr><th>Régimen</th><td>${typed.regime}</td></tr><tr><th>Uso</th><td>${typed.use}</td></tr><tr><th>Correo</th><td>${escaped(typed.email)}</td></tr></tbody></table>
<form action="/facturacion/index/emitir/" method="post"><p><a class="action back" href="/facturacion/index/datos/">Editar</a> <button type="submit" class="action primary" title="Emitir factura"><span>Emitir factura</span></button></p></form>`
            ),
      "POST /facturacion/index/emitir/": async ({ session }) => {
        const { sale, typed } = session
        if (sale === undefined || typed === undefined || isStamped(till, sale))
          return say("/facturacion/", "error", "La sesión expiró.")
        session.made = (await stampOf(till, sale, typed)).uuid
        return say("/facturacion/index/exito/", "success", "Tu factura fue emitida.")
      },
      "GET /facturacion/index/exito/": ({ session }) => {
        const made = till.find(session.made ?? "")
        return made === undefined
          ? seeOther("/facturacion/")
          : page(
              "Gracias por tu compra",
              `<p>Folio fiscal: ${made.uuid}</p><p>Total: $${money(made.totalCents)}</p>${links(made.uuid)}`
            )
      },
      "GET /facturacion/descarga/*": ({ url }) => {
        const [, kind, uuid] = /descarga\/(xml|pdf)\/id\/([\w-]+)/.exec(url.pathname) ?? []
        const made = till.find(uuid ?? "")
        return made === undefined ? html("404", 404) : kind === "xml" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}

const paper = (ticket: string, days: number, total: string) => ({
  Tienda: "114 Plaza Galerías",
  Ticket: ticket,
  Vendedor: "2207",
  "Fecha de venta": ago(days).slashes,
  "Total a pagar": total,
  "Tarjeta de crédito": total,
  Autorización: "558120"
})

export const portal: TestPortal = {
  id: "voltrenik",
  profile: "company",
  start,
  traps: [
    "the tab that is open is for online orders",
    "messages drawn late from a cookie",
    "newsletter box also named email",
    "cookie bar",
    "uses by AJAX after the régimen",
    "e-mail twice",
    "review page with the stamp"
  ],
  cases: [
    { name: "ok", ticket: paper("114-0287716", 5, "$1,259.00"), expected: completed },
    {
      name: "invoiced before, recovered",
      ticket: paper("114-0286903", 9, "$849.00"),
      expected: { status: "COMPLETED", delivery: "download", recovered: true }
    },
    { name: "no such ticket", ticket: paper("114-0287176", 5, "$1,259.00"), expected: failed("TICKET_NOT_FOUND") },
    { name: "after 60 days", ticket: paper("114-0279950", 70, "$448.00"), expected: failed("TICKET_EXPIRED") }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    await page.getByText("Compra en tienda física").click()
    await page.locator("#ticket_number").fill(printed(ticket, "Ticket"))
    const [day, month, year] = printed(ticket, "Fecha de venta").split("/")
    await page.locator("#purchase_date").fill(`${year}-${month}-${day}`)
    await page.locator("#grand_total").fill(printed(ticket, "Total a pagar").replace(/[$,]/g, ""))
    await page.getByRole("button", { name: "Buscar ticket" }).click()
    await page.waitForURL(/datos|recuperar/)
    if (page.url().includes("recuperar")) {
      await page.locator("#rfc_emitido").fill(profile.rfc)
      await page.getByRole("button", { name: "Recuperar factura" }).click()
    } else {
      await page.locator("#rfc").fill(profile.rfc)
      await page.locator("#razon_social").fill(profile.fullName)
      await page.locator("#postcode").fill(profile.postalCode)
      await page.locator("#regimen").selectOption(profile.fiscalRegime)
      await page.locator("#uso:enabled").selectOption(profile.cfdiUse)
      await page.locator("#email_cfdi").fill(profile.email)
      await page.locator("#email_cfdi2").fill(profile.email)
      await page.getByRole("button", { name: "Continuar" }).click()
      await page.getByRole("button", { name: "Emitir factura" }).click()
    }
    await download(page, () => page.getByText("Descargar XML").click())
  }
}
