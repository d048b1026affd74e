import { pdfFile, xmlFile } from "../../lib/ShopServer.ts"
import {
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  js,
  oneLine,
  openTill,
  options,
  printed,
  regimeOptions,
  same,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly lot: string
  readonly days: number
  readonly out: string
}

const stay: Sale = {
  ticket: "0410223188764152",
  lot: "31",
  days: 4,
  out: "21:37",
  cents: 68400n,
  description: "Servicio de estacionamiento",
  paymentForm: "01"
}
const closed: Sale = {
  ticket: "0409871120045523",
  lot: "31",
  days: 63,
  out: "08:05",
  cents: 28500n,
  description: "Servicio de estacionamiento",
  paymentForm: "01"
}
const off: Sale = { ...stay, ticket: "0398110277341906", lot: "30", days: 2, out: "12:10", cents: 34200n }

const lots: Readonly<Record<string, ReadonlyArray<{ value: string; text: string }>>> = {
  GDL: [
    { value: "11", text: "General T1" },
    { value: "12", text: "Larga estancia" }
  ],
  MTY: [
    { value: "21", text: "Terminal A" },
    { value: "22", text: "Terminal B / C" }
  ],
  MEX: [
    { value: "30", text: "Terminal 1 (E1 - E6)" },
    { value: "31", text: "Terminal 2" },
    { value: "32", text: "Pensión empleados" }
  ],
  CUN: [
    { value: "41", text: "Terminal 3" },
    { value: "42", text: "Terminal 4" }
  ]
}

/** What htmx 2 does, as far as these pages use it. */
const htmx = `(function(){
function find(el,sel){if(!sel||sel==='this')return el;if(sel.indexOf('closest ')===0)return el.closest(sel.slice(8));if(sel.indexOf('next ')===0)return el.parentElement.querySelector(sel.slice(5));return document.querySelector(sel)}
function attr(el,n){while(el&&el.getAttribute){if(el.hasAttribute(n))return el.getAttribute(n);el=el.parentElement}return null}
function issue(el,verb,path){if(el.classList.contains('htmx-request'))return;var ask=el.getAttribute('hx-confirm');if(ask&&!confirm(ask))return;
var data=new URLSearchParams();var form=el.tagName==='FORM'?el:el.closest('form');if(verb==='POST'&&form)new FormData(form).forEach(function(v,k){data.append(k,v)});else if(el.name)data.append(el.name,el.value);
var inc=el.getAttribute('hx-include');if(inc)document.querySelectorAll(inc).forEach(function(i){if(i.name&&!data.has(i.name))data.append(i.name,i.value)});
el.classList.add('htmx-request');var ind=attr(el,'hx-indicator');if(ind)document.querySelector(ind).classList.add('htmx-request');
var target=find(el,attr(el,'hx-target')),swap=attr(el,'hx-swap')||'innerHTML';
var url=verb==='GET'&&data.toString()?path+(path.indexOf('?')<0?'?':'&')+data:path;
fetch(url,{method:verb,headers:{'HX-Request':'true','HX-Target':target.id||'','HX-Current-URL':location.href},body:verb==='POST'?data:undefined}).then(function(r){return r.text()}).then(function(t){
el.classList.remove('htmx-request');if(ind)document.querySelector(ind).classList.remove('htmx-request');
if(swap==='outerHTML'){var tpl=document.createElement('template');tpl.innerHTML=t.trim();var kids=[].slice.call(tpl.content.children);target.replaceWith.apply(target,[].slice.call(tpl.content.childNodes));kids.forEach(scan)}
else{target.innerHTML=t;scan(target)}})}
function wire(el){if(el.__hx)return;el.__hx=1;var verb=el.hasAttribute('hx-post')?'POST':'GET',path=el.getAttribute('hx-post')||el.getAttribute('hx-get');
var trig=el.getAttribute('hx-trigger')||(el.tagName==='FORM'?'submit':/INPUT|SELECT/.test(el.tagName)?'change':'click');
var m=/^load(?: delay:(\\d+)ms)?/.exec(trig);if(m){setTimeout(function(){if(el.isConnected)issue(el,verb,path)},+(m[1]||0));return}
el.addEventListener(trig.split(' ')[0],function(e){if(trig==='submit'||el.tagName==='A'||(trig==='click'))e.preventDefault();issue(el,verb,path)})}
function scan(root){if(root.matches&&root.matches('[hx-post],[hx-get]'))wire(root);root.querySelectorAll('[hx-post],[hx-get]').forEach(wire)}
document.addEventListener('input',function(e){var t=e.target;if(t.matches('.boleto input')){t.value=t.value.replace(/\\D/g,'');if(t.value.length===4&&t.nextElementSibling)t.nextElementSibling.focus()}});
document.addEventListener('DOMContentLoaded',function(){scan(document.body)})})()`

const base = (
  body: string
) => `<!doctype html><html lang="es-mx"><head><meta charset="utf-8"><title>Parvelo Estacionamientos — Factura tu estancia</title><script src="/static/js/htmx.min.e7c1.js"></script><script defer src="/static/js/pico-theme.js"></script>
<style>body{font-family:system-ui;margin:0;color:#23323b}nav{background:#0b4f4a;padding:14px 12%}nav a{color:#d7fff8;margin-right:18px}main{max-width:680px;margin:24px auto}label{display:block;margin:12px 0 4px}input:not([type=checkbox]),select{padding:9px;border:1px solid #9bb;border-radius:6px;width:100%;box-sizing:border-box}
.boleto{display:flex;gap:8px}.boleto input{width:80px!important;text-align:center}.dos{display:grid;grid-template-columns:1fr 1fr;gap:0 14px}button{background:#0b7a6f;color:#fff;border:0;border-radius:6px;padding:11px 26px;margin-top:14px;cursor:pointer}.errorlist{color:#b00020;list-style:none;padding:8px;background:#fde8ea}.htmx-indicator{opacity:0}.htmx-request.htmx-indicator{opacity:1}small{color:#678}</style></head>
<body hx-headers='{"X-CSRFToken":"pV3"}'><nav><a href="/">Parvelo</a><a href="/reservar/">Reserva en línea</a><a href="/tarifas/">Tarifas</a><a href="/factura/">Factura</a></nav><main><h1>Factura tu estancia</h1>${body}<span id="cargando" class="htmx-indicator">Un momento…</span><p><small>Los boletos se facturan dentro del mes calendario en que saliste. Pensiones: facturacion@parvelo.example</small></p></main></body></html>`

interface Session {
  sale: Sale | undefined
  work: { polls: number; typed: Parameters<typeof stampOf>[2]; uuid: string } | undefined
}

const start = () => {
  const till = openTill(
    { rfc: "PAR110311R67", name: "PARVELO ESTACIONAMIENTOS", regime: "601", postalCode: "15620" },
    "78111807"
  )
  const stay1 = (field: (n: string) => string, error: string) => {
    const airport = field("aeropuerto")
    return `<form id="paso" hx-post="/factura/boleto/" hx-target="#paso" hx-swap="outerHTML" hx-indicator="#cargando" novalidate><input type="hidden" name="csrfmiddlewaretoken" value="pV3">${error === "" ? "" : `<ul class="errorlist nonfield"><li>${error}</li></ul>`}
<label for="id_aeropuerto">Aeropuerto</label><select name="aeropuerto" id="id_aeropuerto" hx-get="/factura/estacionamientos/" hx-target="#id_estacionamiento" hx-trigger="change" hx-swap="innerHTML"><option value="">---------</option>${options(
      [
        { value: "CUN", text: "Cancún" },
        { value: "MEX", text: "Ciudad de México (AICM)" },
        { value: "GDL", text: "Guadalajara" },
        { value: "MTY", text: "Monterrey" }
      ],
      airport
    )}</select>
<label for="id_estacionamiento">Estacionamiento</label><select name="estacionamiento" id="id_estacionamiento"><option value="">---------</option>${options(lots[airport] ?? [], field("estacionamiento"))}</select>
<label for="id_boleto_0">Número de boleto <small>(16 dígitos bajo el código de barras)</small></label><div class="boleto">${[0, 1, 2, 3].map((i) => `<input type="text" inputmode="numeric" maxlength="4" name="boleto_${i}" id="id_boleto_${i}" value="${escaped(field(`boleto_${i}`))}">`).join("")}</div>
<div class="dos"><div><label for="id_salida_0">Día de salida</label><input type="date" name="salida_0" id="id_salida_0" value="${escaped(field("salida_0"))}"></div><div><label for="id_salida_1">Hora de salida</label><input type="time" name="salida_1" id="id_salida_1" value="${escaped(field("salida_1"))}"></div></div>
<label for="id_pago">Cantidad pagada</label><input type="number" step="0.01" min="0" name="pago" id="id_pago" value="${escaped(field("pago"))}"><button>Localizar boleto</button></form>`
  }
  const fiscal = (
    sale: Sale,
    field: (n: string) => string,
    error: string
  ) => `<form id="paso" hx-post="/factura/emitir/" hx-target="#paso" hx-swap="outerHTML" hx-indicator="#cargando" novalidate><p>Boleto <b>…${sale.ticket.slice(-4)}</b>, salida ${ago(sale.days).slashes} ${sale.out}, <b>$${commas(sale.cents)}</b></p>${error === "" ? "" : `<ul class="errorlist"><li>${error}</li></ul>`}
<label for="id_rfc">RFC</label><input name="rfc" id="id_rfc" maxlength="13" value="${escaped(field("rfc"))}" hx-get="/factura/regimenes/" hx-target="#id_regimen" hx-trigger="change" hx-swap="innerHTML">
<label for="id_razon">Nombre o razón social</label><input name="razon" id="id_razon" value="${escaped(field("razon"))}">
<div class="dos"><div><label for="id_cp">Código postal</label><input name="cp" id="id_cp" maxlength="5" value="${escaped(field("cp"))}"></div><div><label for="id_correo">Correo</label><input type="email" name="correo" id="id_correo" value="${escaped(field("correo"))}"></div></div>
<label for="id_regimen">Régimen fiscal</label><select name="regimen" id="id_regimen" hx-get="/factura/usos/" hx-target="#id_uso" hx-include="#id_rfc" hx-swap="innerHTML"><option value="">---------</option>${field("rfc") === "" ? "" : regimeOptions(field("rfc").toUpperCase(), field("regimen"))}</select>
<label for="id_uso">Uso de CFDI</label><select name="uso" id="id_uso"><option value="">---------</option>${field("rfc") === "" ? "" : uses(field("rfc").toUpperCase(), field("regimen"), field("uso"))}</select>
<button type="submit">Emitir factura</button></form>`
  const uses = (rfc: string, regime: string, chosen = "") =>
    options(
      cfdiUses
        .filter(
          (use) =>
            use.fiscalRegimes.includes(regime) &&
            (rfc.length === 12 ? use.moral : use.individual) &&
            !use.code.startsWith("C")
        )
        .map(({ code, name }) => ({ value: code, text: `${name} (${code})` })),
      chosen
    )
  return shop<Session>({
    till,
    cookie: "sessionid",
    landing: "/factura/",
    fresh: () => ({ sale: undefined, work: undefined }),
    routes: {
      "GET /factura/": () => html(base(stay1(() => "", ""))),
      "GET /": () => html(base(`<p>Estaciona cerca de tu vuelo.</p><p><a href="/factura/">Factura tu boleto</a></p>`)),
      "GET /static/js/htmx.min.e7c1.js": () => js(htmx),
      "GET /static/js/pico-theme.js": () => js(""),
      "GET /factura/estacionamientos/": ({ field }) =>
        html(`<option value="">---------</option>${options(lots[field("aeropuerto")] ?? [])}`),
      "GET /factura/regimenes/": ({ field }) =>
        html(`<option value="">---------</option>${regimeOptions(field("rfc").toUpperCase())}`),
      "GET /factura/usos/": ({ field }) =>
        html(`<option value="">---------</option>${uses(field("rfc").toUpperCase(), field("regimen"))}`),
      "POST /factura/boleto/": ({ field, session }) => {
        const no = (text: string) => html(stay1(field, text))
        if (field("estacionamiento") === "30")
          return no(
            "Terminal 1 (E1 - E6): estamos dando mantenimiento al servidor de este estacionamiento y por ahora no podemos consultar sus boletos. Intenta de nuevo en unas horas."
          )
        const code = [0, 1, 2, 3].map((i) => field(`boleto_${i}`)).join("")
        if (!/^\d{16}$/.test(code)) return no("Escribe los 16 dígitos del boleto.")
        if (!/^\d{4}-\d\d-\d\d$/.test(field("salida_0")) || !/^\d\d:\d\d/.test(field("salida_1")))
          return no("Indica día y hora de salida.")
        const sale = [stay, closed, off].find((one) => one.ticket === code && one.lot === field("estacionamiento"))
        if (
          sale === undefined ||
          ago(sale.days).iso !== field("salida_0") ||
          sale.out !== field("salida_1").slice(0, 5) ||
          !same(Number(field("pago")).toFixed(2), sale.cents)
        )
          return no("No dimos con un boleto pagado con esos datos.")
        if (sale === closed)
          return no(
            `Tu salida fue el ${ago(sale.days).slashes}: ese mes está cerrado y su importe se incluyó en la factura global. No es posible emitirla.`
          )
        if (isStamped(till, sale)) return no("El boleto cuenta con factura.")
        session.sale = sale
        return html(fiscal(sale, () => "", ""))
      },
      "POST /factura/emitir/": ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || isStamped(till, sale) || session.work !== undefined)
          return html(stay1(() => "", "Vuelve a localizar tu boleto."))
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: oneLine(field("razon")),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("correo")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return html(fiscal(sale, field, `Revisa tus datos: ${wrong}.`))
        session.work = { polls: 0, typed, uuid: "" }
        return html(
          `<div id="paso" hx-get="/factura/estado/" hx-trigger="load delay:900ms" hx-target="#paso" hx-swap="outerHTML"><p aria-busy="true">Estamos timbrando tu factura ante el SAT, no cierres esta ventana…</p></div>`
        )
      },
      "GET /factura/estado/": async ({ session: { sale, work } }) => {
        if (sale === undefined || work === undefined) return html(stay1(() => "", ""))
        work.polls++
        if (work.polls < 3)
          return html(
            `<div id="paso" hx-get="/factura/estado/" hx-trigger="load delay:900ms" hx-target="#paso" hx-swap="outerHTML"><p aria-busy="true">Estamos timbrando tu factura ante el SAT, no cierres esta ventana… (${work.polls})</p></div>`
          )
        if (work.uuid === "") work.uuid = (await stampOf(till, sale, work.typed)).uuid
        return html(
          `<section id="paso"><h2>Factura emitida</h2><p>Folio fiscal: <code>${work.uuid}</code></p><p><a role="button" href="/factura/${work.uuid}/pdf/">PDF</a> &nbsp; <a role="button" href="/factura/${work.uuid}/xml/">XML</a></p><p>Enviamos una copia a ${escaped(work.typed.email)}.</p><a href="/factura/">Facturar otro boleto</a></section>`
        )
      },
      "GET /factura/*": ({ url }) => {
        const [, , uuid = "", kind] = url.pathname.split("/")
        const made = till.find(uuid)
        return made === undefined
          ? html("<h1>Not Found</h1>", 404)
          : kind === "xml"
            ? xmlFile(made)
            : pdfFile(made, "inline")
      }
    }
  })
}

const paper = (sale: Sale, place: string) => ({
  AEROPUERTO: "AICM",
  EST: place,
  BOLETO: (sale.ticket.match(/.{4}/g) ?? []).join(" "),
  ENTRADA: `${ago(sale.days + 1).short} 06:18`,
  SALIDA: `${ago(sale.days).short} ${sale.out}`,
  CAJERO: "AUT 14",
  TARIFA: "57.00 X HORA",
  "A PAGAR": `$${commas(sale.cents)}`,
  RECIBIDO: "$700.00"
})

export const portal: TestPortal = {
  id: "parvelo",
  traps: [
    "htmx: each step replaces the form",
    "parking lots by AJAX after the airport",
    "one code in four boxes that jump by themselves",
    "native date and time out of one printed text",
    "régimen after RFC, uso after régimen",
    "stamp polled for three seconds"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(stay, "TERMINAL 2"), expected: completed },
    { name: "that lot is under maintenance", ticket: paper(off, "TERMINAL 1 E3"), expected: failed("PORTAL_DOWN") },
    { name: "month closed", ticket: paper(closed, "TERMINAL 2"), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#id_aeropuerto").selectOption("MEX")
    await page.locator("#id_estacionamiento option[value='31']").waitFor({ state: "attached" })
    await page
      .locator("#id_estacionamiento")
      .selectOption(printed(ticket, "EST").startsWith("TERMINAL 2") ? "31" : "30")
    const parts = printed(ticket, "BOLETO").split(" ")
    for (const [i, part] of parts.entries()) await page.locator(`#id_boleto_${i}`).fill(part)
    const [date = "", time = ""] = printed(ticket, "SALIDA").split(" ")
    await page.locator("#id_salida_0").fill(`20${date.split("/").reverse().join("-")}`)
    await page.locator("#id_salida_1").fill(time)
    await page.locator("#id_pago").fill(printed(ticket, "A PAGAR").replace(/[$,]/g, ""))
    await page.getByRole("button", { name: "Localizar boleto" }).click()
    await page.locator("#id_rfc").fill(profile.rfc)
    await page.locator("#id_razon").fill(profile.fullName)
    await page.locator("#id_cp").fill(profile.postalCode)
    await page.locator("#id_correo").fill(profile.email)
    await page.locator(`#id_regimen option[value='${profile.fiscalRegime}']`).waitFor({ state: "attached" })
    await page.locator("#id_regimen").selectOption(profile.fiscalRegime)
    await page.locator(`#id_uso option[value='${profile.cfdiUse}']`).waitFor({ state: "attached" })
    await page.locator("#id_uso").selectOption(profile.cfdiUse)
    await page.getByRole("button", { name: "Emitir factura" }).click()
    await download(page, () => page.getByRole("button", { name: "XML" }).click())
  }
}
