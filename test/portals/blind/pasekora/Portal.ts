import { pdfFile, xmlFile } from "../../lib/ShopServer.ts"
import {
  ago,
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
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  useOptions,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
  readonly time: string
  readonly plaza: string
  readonly lane: string
  readonly state?: string
}

const cross = (
  ticket: string,
  days: number,
  time: string,
  plaza: string,
  lane: string,
  cents: bigint,
  state?: string
): Sale => ({
  ticket,
  days,
  time,
  plaza,
  lane,
  cents,
  description: `Peaje ${plaza}`,
  paymentForm: "05",
  ...(state === undefined ? {} : { state })
})
const wanted = cross("88140237", 12, "17:42:08", "T. Morada 1", "07", 10400n)
const taken = cross("88140115", 13, "06:51:33", "Palmas Altas", "03", 6700n, "Incluido en factura T-55102")
const crossings = [
  cross("88141902", 1, "20:14:55", "Vía Lomas", "11", 4300n, "En conciliación"),
  cross("88140911", 8, "09:03:12", "T. Morada 1", "02", 10400n),
  wanted,
  cross("88140219", 12, "08:10:46", "T. Morada 1", "05", 10400n),
  cross("88140188", 12, "07:22:19", "Palmas Altas", "01", 6700n),
  taken
]
const tag = "IMDM29301184"
const login = { user: "xochilt@example.com", password: "Kilate#2041" }

interface Session {
  known: boolean
  picked: ReadonlyArray<Sale>
}

/** What jquery.validate.unobtrusive does for required fields and patterns. */
const validation = `document.addEventListener('submit',function(e){var f=e.target;if(f.noValidate&&f.dataset.off)return;var bad=null;f.querySelectorAll('[data-val=true]').forEach(function(i){
var m='',v=i.type==='checkbox'?(i.checked?'1':''):i.value.trim();if(i.dataset.valRequired&&!v)m=i.dataset.valRequired;else if(i.dataset.valRegexPattern&&v&&!new RegExp('^(?:'+i.dataset.valRegexPattern+')$','i').test(v))m=i.dataset.valRegex;else if(i.dataset.valEqualto&&v!==f.querySelector('[name="'+i.dataset.valEqualtoOther.replace('*','Input')+'"]').value)m=i.dataset.valEqualto;
var s=f.querySelector('[data-valmsg-for="'+i.name+'"]');if(s){s.textContent=m;s.className='text-danger field-validation-'+(m?'error':'valid')}i.classList.toggle('input-validation-error',!!m);if(m&&!bad)bad=i});
if(bad){e.preventDefault();bad.focus()}},true)`

const layout = (title: string, body: string, known: boolean) => `<!DOCTYPE html>
<html lang="es"><head><meta charset="utf-8" /><title>${title} - Pasekora.Clientes.Web</title><link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css" /><link rel="stylesheet" href="/css/site.css?v=pAGv4ietcJNk" /></head>
<body><header b-l4qc3vphz6><nav b-l4qc3vphz6 class="navbar navbar-expand-sm border-bottom box-shadow mb-3 bg-warning"><div class="container"><a class="navbar-brand" href="/">Pasekora TAG</a><ul class="navbar-nav flex-row gap-3">${known ? `<li class="nav-item"><a class="nav-link" href="/Cruces">Mis cruces</a></li><li class="nav-item"><a class="nav-link" href="/Recargas">Recargas</a></li><li class="nav-item"><a class="nav-link" href="/Facturas">Mis facturas</a></li><li class="nav-item"><form method="post" action="/Identity/Account/Logout" data-off="1" novalidate><button type="submit" class="nav-link btn btn-link">Salir</button></form></li>` : `<li class="nav-item"><a class="nav-link" href="/Identity/Account/Register">Registrarse</a></li><li class="nav-item"><a class="nav-link" href="/Identity/Account/Login">Iniciar sesión</a></li>`}</ul></div></nav></header>
<div b-l4qc3vphz6 class="container"><main b-l4qc3vphz6 role="main" class="pb-3">${body}</main></div><footer class="border-top footer text-muted"><div class="container">&copy; 2026 - Pasekora - <a href="/Privacy">Privacidad</a></div></footer><script src="/js/validation.min.js"></script></body></html>`

const token = `<input name="__RequestVerificationToken" type="hidden" value="CfDJ8LqW0pasekora" />`
const group = (name: string, label: string, control: string) =>
  `<div class="form-group mb-3"><label class="control-label" for="${name.replace(".", "_")}">${label}</label>${control}<span class="text-danger field-validation-valid" data-valmsg-for="${name}" data-valmsg-replace="true"></span></div>`
const text = (name: string, label: string, value = "", extra = "", type = "text") =>
  group(
    name,
    label,
    `<input class="form-control" type="${type}" data-val="true" data-val-required="El campo ${label} es obligatorio." id="${name.replace(".", "_")}" name="${name}" value="${escaped(value)}" ${extra} />`
  )
const select = (name: string, label: string, inner: string) =>
  group(
    name,
    label,
    `<select class="form-select" data-val="true" data-val-required="El campo ${label} es obligatorio." id="${name.replace(".", "_")}" name="${name}">${inner}</select>`
  )
const summary = (error: string) =>
  error === ""
    ? `<div class="text-danger validation-summary-valid" data-valmsg-summary="true"><ul><li style="display:none"></li></ul></div>`
    : `<div class="text-danger validation-summary-errors" data-valmsg-summary="true"><ul><li>${error}</li></ul></div>`

const start = () => {
  const till = openTill(
    { rfc: "PAK130605U88", name: "PASEKORA OPERADORA", regime: "601", postalCode: "01210" },
    "95111602"
  )
  const signIn = (user: string, error: string) =>
    html(
      layout(
        "Iniciar sesión",
        `<h1>Iniciar sesión</h1><div class="row"><div class="col-md-4"><form id="account" method="post" novalidate>${summary(error)}${text("Input.Usuario", "Correo electrónico", user, 'autocomplete="username"')}${text("Input.Password", "Contraseña", "", 'autocomplete="current-password"', "password")}<div class="checkbox mb-3"><label><input type="checkbox" data-val="true" name="Input.RememberMe" value="true" id="Input_RememberMe" /> Recordarme</label></div><button id="login-submit" type="submit" class="w-100 btn btn-lg btn-primary">Entrar</button><p class="mt-2"><a href="/Identity/Account/ForgotPassword">¿Olvidó su contraseña?</a></p><p><a href="/Identity/Account/Register">Crear una cuenta</a></p>${token}</form></div></div>`,
        false
      )
    )
  const list = (field: (n: string) => string, error: string, searched: boolean) => {
    const from = field("Filtro.Desde") || ago(7).iso
    const to = field("Filtro.Hasta") || ago(0).iso
    const rows = crossings.filter(({ days }) => ago(days).iso >= from && ago(days).iso <= to)
    return html(
      layout(
        "Mis cruces",
        `<h1>Cruces</h1><p>Elija los cruces que desea incluir en una misma factura. Solo cruces del mes en curso y del anterior.</p>
<form method="get" action="/Cruces" class="row" novalidate><div class="col-md-4">${select("Filtro.Tag", "Dispositivo", options([{ value: "40118", text: `${tag} - JETTA` }], "40118"))}</div><div class="col-md-3">${text("Filtro.Desde", "Desde", from, "", "date")}</div><div class="col-md-3">${text("Filtro.Hasta", "Hasta", to, "", "date")}</div><div class="col-md-2 pt-4"><button class="btn btn-secondary" type="submit">Filtrar</button></div></form>
${
  !searched
    ? ""
    : rows.length === 0
      ? `<p class="alert alert-info">Sin cruces de este dispositivo entre las fechas elegidas.</p>`
      : `<form method="post" action="/Cruces?handler=Seleccion" data-off="1" novalidate>${summary(error)}<table class="table table-striped"><thead><tr><th></th><th>Fecha y hora</th><th>Plaza de cobro</th><th>Carril</th><th>Clase</th><th class="text-end">Tarifa</th><th>Estatus</th></tr></thead><tbody>${rows
          .map(
            (one, i) =>
              `<tr><td><input type="checkbox" class="form-check-input" id="Cruces_${i}__Elegido" name="Elegidos" value="${one.ticket}"${one.state !== undefined || isStamped(till, one) ? " disabled" : ""} /></td><td>${ago(one.days).slashes} ${one.time}</td><td>${one.plaza}</td><td>${one.lane}</td><td>1A</td><td class="text-end">$${commas(one.cents)}</td><td>${one.state ?? (isStamped(till, one) ? "Facturado" : "Disponible")}</td></tr>`
          )
          .join(
            ""
          )}</tbody></table><button type="submit" class="btn btn-primary">Facturar seleccionados</button>${token}</form>`
}`,
        true
      )
    )
  }
  const create = (sales: ReadonlyArray<Sale>, field: (n: string) => string, error: string) => {
    const first = field("Input.Rfc") === ""
    const was = (name: string, saved: string) => (first ? saved : field(name))
    return html(
      layout(
        "Nueva factura",
        `<h1>Nueva factura</h1><h4>${sales.length} cruce(s): $${commas(sales.reduce((sum, { cents }) => sum + cents, 0n))}</h4><ul>${sales.map((one) => `<li>${one.plaza} ${ago(one.days).slashes} ${one.time}</li>`).join("")}</ul><hr /><div class="row"><div class="col-md-6"><form method="post" novalidate>${summary(error)}
${text("Input.Rfc", "RFC", was("Input.Rfc", "TUDE850412QZ5"), 'maxlength="13" data-val-regex="El RFC no es válido." data-val-regex-pattern="[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}"')}${text("Input.Denominacion", "Nombre, denominación o razón social", was("Input.Denominacion", "ERNESTO TRUJILLO DIAZ"))}${text("Input.DomicilioFiscal", "Domicilio fiscal (código postal)", was("Input.DomicilioFiscal", "03020"), 'maxlength="5"')}
${select("Input.RegimenId", "Régimen fiscal", `<option value="">Seleccione</option>${regimeOptions(undefined, was("Input.RegimenId", "605"))}`)}${select("Input.UsoId", "Uso del CFDI", `<option value="">Seleccione</option>${useOptions(undefined, was("Input.UsoId", "S01"))}`)}${text("Input.Correo", "Enviar a", was("Input.Correo", "ernesto.td@example.org"))}
<div class="form-check mb-3"><input type="checkbox" class="form-check-input" id="Input_Guardar" name="Input.Guardar" value="true" /><label class="form-check-label" for="Input_Guardar">Guardar como mis datos predeterminados</label></div><button type="submit" class="btn btn-primary">Emitir factura</button> <a href="/Cruces">Volver a cruces</a>${token}</form></div></div>`,
        true
      )
    )
  }
  const guarded = (session: Session, then: () => Response | Promise<Response>) =>
    session.known ? then() : seeOther("/Identity/Account/Login?ReturnUrl=%2FCruces")

  return shop<Session>({
    till,
    cookie: "Identity.Application",
    landing: "/Cruces",
    fresh: () => ({ known: false, picked: [] }),
    routes: {
      "GET /": ({ session }) => guarded(session, () => seeOther("/Cruces")),
      "GET /js/validation.min.js": () => js(validation),
      "GET /Identity/Account/Login": () => signIn("", ""),
      "POST /Identity/Account/Login": ({ field, session }) => {
        if (field("Input.Usuario").toLowerCase() !== login.user || field("Input.Password") !== login.password)
          return signIn(field("Input.Usuario"), "Intento de inicio de sesión no válido.")
        session.known = true
        return seeOther("/Cruces")
      },
      "POST /Identity/Account/Logout": ({ session }) => {
        session.known = false
        return seeOther("/")
      },
      "GET /Cruces": ({ field, session, url }) =>
        guarded(session, () => list(field, "", url.searchParams.has("Filtro.Desde"))),
      "POST /Cruces": ({ all, session }) =>
        guarded(session, () => {
          const picked = all("Elegidos").flatMap((id) =>
            crossings.filter((one) => one.ticket === id && one.state === undefined && !isStamped(till, one))
          )
          if (picked.length === 0)
            return list((n) => (n === "Filtro.Desde" ? ago(30).iso : ""), "Elija al menos un cruce disponible.", true)
          session.picked = picked
          return seeOther("/Facturas/Crear")
        }),
      "GET /Facturas/Crear": ({ session }) => guarded(session, () => create(session.picked, () => "", "")),
      "POST /Facturas/Crear": ({ field, session }) =>
        guarded(session, async () => {
          const [sale] = session.picked
          if (sale === undefined || isStamped(till, sale)) return seeOther("/Cruces")
          const typed = {
            rfc: field("Input.Rfc").toUpperCase(),
            name: oneLine(field("Input.Denominacion")),
            postalCode: field("Input.DomicilioFiscal"),
            regime: field("Input.RegimenId"),
            use: field("Input.UsoId"),
            email: field("Input.Correo")
          }
          const wrong = typed.rfc === "TUDE850412QZ5" ? undefined : wrongOf(typed)
          if (wrong !== undefined)
            return create(session.picked, field, `No se pudo certificar: dato del receptor incorrecto (${wrong}).`)
          const cents = session.picked.reduce((sum, one) => sum + one.cents, 0n)
          const made = await stampOf(till, { ...sale, cents }, typed)
          return seeOther(`/Facturas/Detalle/${made.uuid}`)
        }),
      "GET /Facturas/Detalle/*": ({ url }) => {
        const made = till.find(url.pathname.split("/").at(-1) ?? "")
        if (made === undefined) return seeOther("/Cruces")
        return html(
          layout(
            "Factura",
            `<div class="alert alert-success alert-dismissible" role="alert">Factura emitida.</div><dl class="row"><dt class="col-sm-2">Serie y folio</dt><dd class="col-sm-10">T-55240</dd><dt class="col-sm-2">Receptor</dt><dd class="col-sm-10">${made.receiverRfc}</dd><dt class="col-sm-2">UUID</dt><dd class="col-sm-10">${made.uuid}</dd></dl><a class="btn btn-outline-primary" href="/Facturas/Archivo?id=${made.uuid}&amp;tipo=pdf">Descargar PDF</a> <a class="btn btn-outline-primary" href="/Facturas/Archivo?id=${made.uuid}&amp;tipo=xml">Descargar XML</a>`,
            true
          )
        )
      },
      "GET /Facturas/Archivo": ({ field }) => {
        const made = till.find(field("id"))
        return made === undefined ? seeOther("/Cruces") : field("tipo") === "xml" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}

const paper = (sale: Sale) => ({
  "TAG No.": `${tag.slice(0, 4)} ${tag.slice(4)}`,
  PLAZA: sale.plaza.toUpperCase(),
  CARRIL: sale.lane,
  CLASE: "1A",
  "FECHA/HORA": `${ago(sale.days).slashes} ${sale.time}`,
  "PAGO TAG": `$${commas(sale.cents)}`,
  SALDO: "$418.00"
})

const asked = (then: TestPortal["cases"][number]["expected"]) =>
  ({
    status: "ASKED",
    kind: "login",
    answers: { Correo: login.user, Usuario: login.user, Contraseña: login.password },
    then
  }) as const

const missing = { ...wanted, days: 20, time: "11:02:40", plaza: "Palmas Altas", lane: "02", cents: 6700n }

export const portal: TestPortal = {
  id: "pasekora",
  traps: [
    "log-in",
    "a crossing chosen in a table among alike ones, by its time",
    "date filter that hides it at first",
    "another taxpayer's data prefilled, régimen and uso too",
    "Razor Pages with unobtrusive validation"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(wanted), expected: asked(completed) },
    { name: "no such crossing", ticket: paper(missing), expected: asked(failed("TICKET_NOT_FOUND")) },
    { name: "in an earlier invoice", ticket: paper(taken), expected: asked(failed("ALREADY_INVOICED")) }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#Input_Usuario").fill(login.user)
    await page.locator("#Input_Password").fill(login.password)
    await page.locator("#login-submit").click()
    const when = printed(ticket, "FECHA/HORA")
    const iso = when.slice(0, 10).split("/").reverse().join("-")
    await page.locator("#Filtro_Desde").fill(iso)
    await page.locator("#Filtro_Hasta").fill(iso)
    await page.getByRole("button", { name: "Filtrar" }).click()
    await page.getByRole("row", { name: when }).getByRole("checkbox").check()
    await page.getByRole("button", { name: "Facturar seleccionados" }).click()
    await page.locator("#Input_Rfc").fill(profile.rfc)
    await page.locator("#Input_Denominacion").fill(profile.fullName)
    await page.locator("#Input_DomicilioFiscal").fill(profile.postalCode)
    await page.locator("#Input_RegimenId").selectOption(profile.fiscalRegime)
    await page.locator("#Input_UsoId").selectOption(profile.cfdiUse)
    await page.locator("#Input_Correo").fill(profile.email)
    await page.getByRole("button", { name: "Emitir factura" }).click()
    await download(page, () => page.getByRole("link", { name: "Descargar XML" }).click())
  }
}
