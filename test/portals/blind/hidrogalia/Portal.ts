import type { Page } from "playwright-core"
import { fits, sameWorth } from "../kit/checks.ts"
import {
  ago,
  attachment,
  cfdiUses,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly station: string
  readonly code: string
  readonly used?: true
  readonly offline?: true
}

const base = { description: "Gasolina regular menor a 91 octanos", paymentForm: "01" }
const sales: ReadonlyArray<Sale> = [
  { ...base, ticket: "9038812", station: "4471", code: "5F2AK", cents: 81250n },
  { ...base, ticket: "9038107", station: "4471", code: "8TQ1Z", cents: 50000n, used: true },
  { ...base, ticket: "2210459", station: "7713", code: "M3P7C", cents: 60000n, offline: true }
]
const stations: Readonly<Record<string, string>> = {
  "4471": "Hidrogalia Tlalpan",
  "7713": "Hidrogalia Cuautla",
  "5120": "Hidrogalia Taxqueña"
}

interface State {
  [key: string]: string
}
interface Session {
  sale?: Sale | undefined
  done?: string | undefined
  state: State
}

const css = `*{box-sizing:border-box}body{margin:0;font-family:Figtree,ui-sans-serif,system-ui,sans-serif;background:#f3f4f6;color:#111827}.bar{background:#fff;border-bottom:1px solid #e5e7eb;padding:14px 28px;font-weight:700;color:#b45309;font-size:20px}.max-w-2xl{max-width:42rem;margin:24px auto}.card{background:#fff;border-radius:.5rem;box-shadow:0 1px 3px #0002;padding:24px}
.block{display:block}.text-sm{font-size:14px}.font-medium{font-weight:500}.mt-1{margin-top:4px}.mt-4{margin-top:16px}.w-full{width:100%}.inp{border:1px solid #d1d5db;border-radius:.375rem;padding:8px 12px;font-size:15px}.text-red-600{color:#dc2626}.btn{background:#b45309;color:#fff;border:0;border-radius:.375rem;padding:9px 18px;font-weight:600;font-size:13px;letter-spacing:.05em;text-transform:uppercase;cursor:pointer}.btn[disabled]{opacity:.4}.btn2{background:#fff;color:#374151;border:1px solid #d1d5db}.grid2{display:grid;grid-template-columns:1fr 1fr;gap:0 16px}.alerta{background:#fef2f2;color:#991b1b;border-radius:.375rem;padding:12px 14px;margin-bottom:14px}.verde{background:#ecfdf5;color:#065f46}.flex{display:flex;justify-content:space-between}`

const attr = (text: string) => escaped(text)

/** One Livewire component; its HTML comes back whole and is morphed in. */
const component = (
  s: Session,
  till: { find: (uuid: string) => { uuid: string; totalCents: bigint } | undefined },
  errors: State = {}
) => {
  const { sale, state } = s
  const err = (key: string) => (errors[key] ? `<p class="text-sm text-red-600 mt-1">${errors[key]}</p>` : "")
  const input = (key: string, label: string, extra = "", live = false) =>
    `<div class="mt-4"><label class="block font-medium text-sm text-gray-700" for="${key}">${label}</label><input class="inp border-gray-300 rounded-md shadow-sm mt-1 block w-full" id="${key}" type="text" wire:model${live ? ".blur" : ""}="${key}" value="${attr(state[key] ?? "")}" ${extra}>${err(key)}</div>`
  const select = (key: string, label: string, opts: string, live = false) =>
    `<div class="mt-4"><label class="block font-medium text-sm text-gray-700" for="${key}">${label}</label><select class="inp border-gray-300 rounded-md shadow-sm mt-1 block w-full" id="${key}" wire:model${live ? ".live" : ""}="${key}"><option value="">Seleccione una opción</option>${opts}</select>${err(key)}</div>`
  const alert = errors.general ? `<div class="alerta" role="alert">${errors.general}</div>` : ""
  const made = s.done ? till.find(s.done) : undefined
  let body = ""
  if (made)
    body = `<div class="alerta verde">Comprobante emitido correctamente.</div><dl><dt class="text-sm">Folio fiscal</dt><dd>${made.uuid}</dd><dt class="text-sm">Total</dt><dd>$${money(made.totalCents)}</dd></dl><div class="mt-4"><a class="btn" style="text-decoration:none" href="/comprobante/${made.uuid}/xml">XML</a> <a class="btn btn2" style="text-decoration:none" href="/comprobante/${made.uuid}/pdf">PDF</a></div>`
  else if (!sale)
    body = `<h2>Factura tu consumo</h2><p class="text-sm">Los datos se encuentran en la parte inferior de tu ticket.</p>${alert}<form wire:submit="buscar">${input("estacion", "Número de estación", 'maxlength="4" inputmode="numeric"', true)}${state.nombreEstacion ? `<p class="text-sm mt-1">${state.nombreEstacion}</p>` : ""}<div class="grid2">${input("folio", "Folio del ticket", 'maxlength="10"')}${input("codigo", "Código de facturación", 'maxlength="5"')}</div>${input("monto", "Monto", 'placeholder="0.00"')}<div class="mt-4" style="text-align:right"><button type="submit" class="btn" wire:loading.attr="disabled">Buscar</button></div></form>`
  else
    body = `<h2>Datos de facturación</h2><p class="text-sm">Estación ${sale.station} · Folio ${sale.ticket} · $${money(sale.cents)}</p>${alert}<form wire:submit="facturar">${input("rfc", "RFC", 'maxlength="13" style="text-transform:uppercase"', true)}${input("razon_social", "Razón social")}${input("codigo_postal", "Código postal", 'maxlength="5"')}${select("regimen", "Régimen fiscal", options(state.rfc && /^.{12,13}$/.test(state.rfc) ? regimesFor(state.rfc.toUpperCase()).map(({ code, name }) => ({ value: code, text: `${code} | ${name}` })) : [], state.regimen), true)}${select(
      "uso",
      "Uso de CFDI",
      options(
        cfdiUses
          .filter(({ fiscalRegimes }) => fiscalRegimes.includes(state.regimen ?? ""))
          .map(({ code, name }) => ({ value: code, text: `${code} | ${name}` })),
        state.uso
      )
    )}${select(
      "forma_pago",
      "Forma de pago",
      options(
        [
          { value: "1", text: "01 | Efectivo" },
          { value: "2", text: "04 | Tarjeta de crédito" },
          { value: "3", text: "28 | Tarjeta de débito" },
          { value: "4", text: "08 | Vales de despensa" }
        ],
        state.forma_pago
      )
    )}${input("correo", "Correo electrónico", 'autocomplete="email"')}<div class="mt-4 flex"><button type="button" class="btn btn2" wire:click="regresar">Regresar</button><button type="submit" class="btn" wire:loading.attr="disabled" wire:confirm="¿Los datos son correctos? Se generará la factura.">Facturar</button></div></form>`
  const snapshot = JSON.stringify({
    data: state,
    memo: { id: "kP3xYtWq9", name: "facturacion.ticket", path: "/", method: "GET" }
  })
  return `<div wire:id="kP3xYtWq9" wire:snapshot="${attr(snapshot)}" class="card">${body}</div>`
}

const livewire = `(function(){var root=function(){return document.querySelector('[wire\\\\:id]')},pending={};
function prop(el){for(var i=0;i<el.attributes.length;i++){var n=el.attributes[i].name;if(n.indexOf('wire:model')===0)return{key:el.attributes[i].value,mod:n.slice(11)}}}
function collect(){root().querySelectorAll('input,select').forEach(function(el){var p=prop(el);if(p)pending[p.key]=el.value})}
function morph(from,to){if(from.nodeType!==to.nodeType||from.nodeName!==to.nodeName){from.replaceWith(to);return}
 if(from.nodeType===3){if(from.data!==to.data)from.data=to.data;return}
 if(from.nodeType!==1)return;
 Array.from(from.attributes).forEach(function(a){if(!to.hasAttribute(a.name))from.removeAttribute(a.name)});Array.from(to.attributes).forEach(function(a){if(from.getAttribute(a.name)!==a.value)from.setAttribute(a.name,a.value)});
 var a=Array.from(from.childNodes),b=Array.from(to.childNodes);for(var i=0;i<b.length;i++){if(!a[i])from.appendChild(b[i]);else if(a[i].nodeType===1&&b[i].nodeType===1&&a[i].id!==b[i].id&&(a[i].id||b[i].id))a[i].replaceWith(b[i]);else morph(a[i],b[i])}for(;i<a.length;i++)a[i].remove();
}
function models(f){root().querySelectorAll('input,select').forEach(function(el){var p=prop(el);if(p)f(el,p.key)})}
var queue=Promise.resolve();
function call(method){return queue=queue.then(function(){return send(method)})}
function send(method){collect();var sent=Object.assign({},pending),busy=root().querySelectorAll('[wire\\\\:loading\\\\.attr]');if(method)busy.forEach(function(b){b.disabled=true});
 return fetch('/livewire/update',{method:'POST',headers:{'Content-Type':'application/json','X-Livewire':''},body:JSON.stringify(Object.assign({_token:'q8d',_method:method||'$refresh'},pending))}).then(function(r){return r.json()}).then(function(r){busy.forEach(function(b){b.disabled=false});var t=document.createElement('template');t.innerHTML=r.components[0].effects.html;var fresh={},now={};Array.from(t.content.querySelectorAll('input,select')).forEach(function(el){var p=prop(el);if(p)fresh[p.key]=el.nodeName==='SELECT'?((el.querySelector('option[selected]')||{}).value||''):(el.getAttribute('value')||'')});models(function(el,k){now[k]=el.value});morph(root(),t.content.firstElementChild);models(function(el,k){var want=!(k in now)||fresh[k]!==sent[k]?fresh[k]:now[k];if(el.value!==want)el.value=want})})}
document.addEventListener('submit',function(e){var m=e.target.getAttribute('wire:submit');if(!m)return;e.preventDefault();var c=e.submitter&&e.submitter.getAttribute('wire:confirm');if(c&&!window.confirm(c))return;call(m)});
document.addEventListener('click',function(e){var b=e.target.closest&&e.target.closest('[wire\\\\:click]');if(b)call(b.getAttribute('wire:click'))});
document.addEventListener('change',function(e){var p=prop(e.target);if(p&&(p.mod==='live'||p.mod==='blur'))call()});})();`

export const portal: TestPortal = {
  id: "hidrogalia",
  traps: [
    "Laravel Livewire: the component comes back whole and is morphed",
    "régimen arrives after the RFC, use after the régimen, by the server",
    "window.confirm before the stamp",
    "form of payment by index"
  ],
  profile: "person",
  start: () => {
    const till = openTill(
      { rfc: "GHI040312P57", name: "GASOLINERAS HIDROGALIA", regime: "601", postalCode: "14000" },
      "15101514"
    )
    return shop<Session>({
      till,
      cookie: "hidrogalia_session",
      fresh: () => ({ state: {} }),
      routes: {
        "GET /": ({ session }) => {
          session.sale = undefined
          session.done = undefined
          session.state = {}
          return html(
            `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><meta name="csrf-token" content="q8d"><title>Hidrogalia | Facturación</title><style>${css}</style></head><body class="font-sans antialiased"><nav class="bar">⛽ Hidrogalia</nav><main class="max-w-2xl">${component(session, till)}</main><script src="/livewire/livewire.js?id=38dc8241" data-csrf="q8d" data-update-uri="/livewire/update"></script></body></html>`
          )
        },
        "GET /livewire/livewire.js": () => new Response(livewire, { headers: { "content-type": "text/javascript" } }),
        "POST /livewire/update": async ({ field, has, session }) => {
          for (const key of [
            "estacion",
            "folio",
            "codigo",
            "monto",
            "rfc",
            "razon_social",
            "codigo_postal",
            "regimen",
            "uso",
            "forma_pago",
            "correo"
          ])
            if (has(key)) session.state[key] = field(key)
          const { state } = session
          const answer = (errors: State = {}) =>
            json({
              components: [{ snapshot: "", effects: { returns: [null], html: component(session, till, errors) } }],
              assets: []
            })
          await Bun.sleep(250)
          state.nombreEstacion = stations[state.estacion ?? ""] ?? ""
          const method = field("_method")
          if (method === "regresar") {
            session.sale = undefined
            return answer()
          }
          if (method === "buscar") {
            const errors: State = {}
            for (const [key, name] of [
              ["estacion", "número de estación"],
              ["folio", "folio del ticket"],
              ["codigo", "código de facturación"],
              ["monto", "monto"]
            ] as const)
              if (!state[key]) errors[key] = `El campo ${name} es obligatorio.`
            if (Object.keys(errors).length) return answer(errors)
            if (!/^\d+(\.\d{1,2})?$/.test(state.monto ?? ""))
              return answer({ monto: "El campo monto debe ser un número." })
            if (!state.nombreEstacion) return answer({ estacion: "La estación no pertenece a Grupo Hidrogalia." })
            await Bun.sleep(500)
            const found = sales.find(
              (s) =>
                s.station === state.estacion &&
                s.ticket === state.folio &&
                s.code === state.codigo?.toUpperCase() &&
                sameWorth(state.monto ?? "", s.cents)
            )
            if (!found) return answer({ general: "Ningún consumo coincide con los datos capturados." })
            if (found.offline)
              return answer({
                general:
                  "Por el momento no hay comunicación con la estación. Te pedimos volver a intentarlo en unos minutos."
              })
            if (found.used || isStamped(till, found))
              return answer({
                general: "El consumo tiene un CFDI emitido, consulta en la estación si requieres una copia."
              })
            session.sale = found
            return answer()
          }
          const { sale } = session
          if (method !== "facturar" || !sale) return answer()
          if (isStamped(till, sale)) return answer({ general: "El consumo tiene un CFDI emitido." })
          const typed: Typed = {
            rfc: (state.rfc ?? "").toUpperCase(),
            name: (state.razon_social ?? "").toUpperCase(),
            postalCode: state.codigo_postal ?? "",
            regime: state.regimen ?? "",
            use: state.uso ?? "",
            email: state.correo ?? ""
          }
          const errors: State = {}
          for (const [key, name] of [
            ["rfc", "RFC"],
            ["razon_social", "razón social"],
            ["codigo_postal", "código postal"],
            ["regimen", "régimen fiscal"],
            ["uso", "uso de CFDI"],
            ["forma_pago", "forma de pago"],
            ["correo", "correo electrónico"]
          ] as const)
            if (!state[key]) errors[key] = `El campo ${name} es obligatorio.`
          if (Object.keys(errors).length) return answer(errors)
          const wrong = wrongOf(typed)
          if (wrong === "email")
            return answer({ correo: "El campo correo electrónico debe ser una dirección de correo válida." })
          if (state.forma_pago !== "1")
            return answer({ forma_pago: "La forma de pago no es la registrada en el despacho." })
          await Bun.sleep(1200)
          if (wrong || !fits(typed)) return answer({ general: "Tus datos fiscales no son válidos para el SAT." })
          session.done = (await stampOf(till, sale, typed)).uuid
          return answer()
        },
        "GET /comprobante/*": async ({ url }) => {
          const [, , uuid = "", kind] = url.pathname.split("/")
          const made = till.find(uuid)
          if (!made) return json({}, 404)
          return kind === "xml"
            ? attachment(await xmlText(made), "text/xml", `${uuid}.xml`)
            : attachment(await pdfBytes(made), "application/pdf", `${uuid}.pdf`)
        }
      }
    })
  },
  cases: [
    {
      name: "ok",
      ticket: {
        "E.S.": "4471",
        Folio: "9038812",
        Código: "5F2AK",
        Fecha: `${ago(1).slashes} 08:31`,
        Bomba: "06",
        Producto: "REGULAR",
        Litros: "34.114",
        "Precio/L": "$23.82",
        Total: "$812.50",
        "Forma de pago": "EFECTIVO"
      },
      expected: completed
    },
    {
      name: "already invoiced, no copy",
      ticket: {
        "E.S.": "4471",
        Folio: "9038107",
        Código: "8TQ1Z",
        Fecha: `${ago(2).slashes} 19:02`,
        Bomba: "03",
        Producto: "REGULAR",
        Litros: "20.991",
        Total: "$500.00",
        "Forma de pago": "EFECTIVO"
      },
      expected: failed("ALREADY_INVOICED")
    },
    {
      name: "station not reachable",
      ticket: {
        "E.S.": "7713",
        Folio: "2210459",
        Código: "M3P7C",
        Fecha: `${ago(0).slashes} 07:10`,
        Bomba: "01",
        Producto: "REGULAR",
        Litros: "25.189",
        Total: "$600.00",
        "Forma de pago": "EFECTIVO"
      },
      expected: failed("PORTAL_DOWN")
    },
    {
      name: "folio misread",
      ticket: {
        "E.S.": "4471",
        Folio: "9033812",
        Código: "5F2AK",
        Fecha: `${ago(1).slashes} 08:31`,
        Bomba: "06",
        Total: "$812.50",
        "Forma de pago": "EFECTIVO"
      },
      expected: failed("TICKET_NOT_FOUND")
    }
  ],
  script: async (page: Page, ticket, profile) => {
    page.on("dialog", (dialog) => void dialog.accept())
    const settled = (key: string) =>
      page.waitForResponse((r) => r.url().endsWith("/livewire/update")).then(() => page.locator(key).waitFor())
    await page.locator("#estacion").fill(printed(ticket, "E.S."))
    await Promise.all([settled("#folio"), page.locator("#estacion").blur()])
    await page.getByText("Hidrogalia ", { exact: false }).nth(1).waitFor()
    await page.locator("#folio").fill(printed(ticket, "Folio"))
    await page.locator("#codigo").fill(printed(ticket, "Código"))
    await page.locator("#monto").fill(printed(ticket, "Total").slice(1))
    await page.getByRole("button", { name: "Buscar" }).click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#rfc").blur()
    await page.locator('#regimen option[value="612"]').waitFor({ state: "attached" })
    await page.locator("#regimen").selectOption(profile.fiscalRegime)
    await page.locator('#uso option[value="G03"]').waitFor({ state: "attached" })
    await page.locator("#uso").selectOption(profile.cfdiUse)
    await page.locator("#forma_pago").selectOption({ label: "01 | Efectivo" })
    await page.locator("#razon_social").fill(profile.fullName)
    await page.locator("#codigo_postal").fill(profile.postalCode)
    await page.locator("#correo").fill(profile.email)
    await page.getByRole("button", { name: "Facturar" }).click()
    await download(page, () => page.getByText("XML", { exact: true }).click())
  }
}
