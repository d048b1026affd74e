import { join } from "node:path"
import { usesOf } from "../../lib/Taxpayers.ts"
import {
  against,
  ago,
  cfdiUses,
  commas,
  escaped,
  failed,
  html,
  isStamped,
  json,
  openTill,
  type PortalCase,
  printed,
  regimesFor,
  same,
  script,
  shop,
  stampOf,
  type TestPortal,
  typedAs
} from "../kit/replies.ts"

const base = { ticket: "20418", cents: 34800n, description: "Consumo de alimentos", paymentForm: "28" }
const sales = [
  { ...base, unit: "118", iso: ago(1).iso, late: false },
  { ...base, ticket: "20377", cents: 51550n, unit: "118", iso: ago(2).iso, late: false },
  { ...base, ticket: "18822", cents: 27900n, unit: "74", iso: ago(38).iso, late: true }
]
const units = [
  ["12", "Tokarelli Aeropuerto T1"],
  ["31", "Tokarelli Cuernavaca Plan de Ayala"],
  ["74", "Tokarelli Insurgentes Sur"],
  ["75", "Tokarelli Insurgentes Mixcoac"],
  ["96", "Tokarelli León Plaza Mayor"],
  ["118", "Tokarelli Lindavista"],
  ["119", "Tokarelli Lindavista Parque Vía"],
  ["140", "Tokarelli Mérida Montejo"],
  ["152", "Tokarelli Satélite"],
  ["160", "Tokarelli Tlalpan"]
]

const words = {
  empty: "Completa todos los campos.",
  rfc: "El RFC no se encuentra inscrito en el SAT.",
  name: "La razón social no coincide con el SAT.",
  postalCode: "El código postal no coincide con el SAT.",
  regime: "El régimen fiscal no coincide con el SAT.",
  use: "Uso de CFDI inválido.",
  email: "El correo es inválido.",
  pair: "El uso de CFDI no aplica para el régimen."
}
const label = (id: string, text: string, control: string) =>
  `<div class="renglon"><label for="${id}" class="etiqueta">${text}</label><div class="campo">${control}<span class="k-widget k-tooltip k-tooltip-validation k-invalid-msg field-validation-error" data-for="${id}" role="alert" style="display:none"><span class="k-icon k-i-warning"></span> Dato requerido</span></div></div>`

const page =
  html(`<!DOCTYPE html><html lang="es"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width" /><title>Tokarelli - Facturación en línea</title><style>
body{font-family:"Segoe UI",Arial;margin:0;background:#f7f1e8;color:#3b2a1a}header{background:#6b1f12;color:#fff;padding:18px 40px;font:italic 30px Georgia}nav a{color:#fff;font:14px Arial;margin-left:24px}#wizard{width:760px;margin:24px auto;background:#fff;padding:24px;border:1px solid #dcc9ae}
#pasos{list-style:none;display:flex;padding:0}#pasos li{flex:1;padding:10px;background:#eee;text-align:center}#pasos li.k-state-active{background:#c8102e;color:#fff}.renglon{display:flex;margin:12px 0;align-items:center}.etiqueta{width:240px;text-align:right;margin-right:16px}.campo{width:380px}
.k-widget{box-sizing:border-box}.k-dropdown,.k-datepicker,.k-numerictextbox,.k-textbox{display:inline-block;width:300px}.k-dropdown-wrap,.k-picker-wrap,.k-numeric-wrap{display:flex;border:1px solid #c5c5c5;background:#f6f6f6;border-radius:4px;height:32px;align-items:center;cursor:pointer}.k-dropdown-wrap .k-input{flex:1;padding:0 8px;white-space:nowrap;overflow:hidden}.k-picker-wrap input,.k-numeric-wrap input{flex:1;border:0;height:28px;padding:0 8px;min-width:0}.k-textbox{height:32px;border:1px solid #c5c5c5;padding:0 8px;box-sizing:border-box;width:300px}
.k-select{width:28px;text-align:center;display:inline-block}.k-numeric-wrap .k-link{display:block;height:14px;line-height:14px;font-size:8px}.k-i-arrow-60-down:before{content:"▾"}.k-i-arrow-60-up:before{content:"▴"}.k-i-calendar:before{content:"▦"}.k-i-close:before{content:"×"}.k-popup{background:#fff;border:1px solid #bbb;box-shadow:0 2px 6px #0003}.k-item{padding:5px 10px;cursor:pointer;list-style:none}.k-item:hover{background:#ffe9d6}.k-state-selected{background:#c8102e;color:#fff}.k-reset{margin:0;padding:0}.k-list-filter{display:block;padding:5px}.k-list-filter .k-textbox{width:95%}
.k-state-disabled{opacity:.5}.k-calendar{padding:8px}.k-calendar .k-header{display:flex;justify-content:space-between}.k-link{color:#3b2a1a;text-decoration:none;padding:3px 6px;display:inline-block}.k-overlay{position:fixed;inset:0;background:#000}.k-window{position:fixed;background:#fff;border:1px solid #888}.k-window-titlebar{background:#6b1f12;color:#fff;padding:10px;display:flex;justify-content:space-between}.k-window-titlebar a{color:#fff;text-decoration:none}.k-window-content{padding:16px}.k-dialog-buttongroup{text-align:right}.k-button{padding:7px 16px;border:1px solid #c5c5c5;background:#f3f3f3;cursor:pointer;border-radius:4px}.k-primary{background:#c8102e;color:#fff;border-color:#c8102e}
.k-notification{padding:12px 18px;color:#fff;background:#287233}.k-notification-error{background:#d92800}.k-loading-mask{position:absolute;inset:0;background:#fffc;z-index:100}.k-invalid-msg{color:#c00;font-size:12px;margin-left:6px}</style></head>
<body><header>Tokarelli<nav style="float:right"><a href="/Menu">Menú</a><a href="/Sucursales">Sucursales</a><a href="/">Facturación</a></nav></header>
<div id="wizard"><ul id="pasos" class="k-tabstrip-items k-reset"><li class="k-item k-state-active">1. Tu cuenta</li><li class="k-item">2. Tus datos</li><li class="k-item">3. Tu CFDI</li></ul>
<div class="paso" id="paso1"><form id="frmTicket" action="/Ticket/Validar" method="post" autocomplete="off">
${label("IdUnidad", "Restaurante", `<input id="IdUnidad" name="IdUnidad" data-required />`)}
${label("FechaConsumo", "Fecha de tu visita", `<input id="FechaConsumo" name="FechaConsumo" data-required placeholder="dd/mm/aaaa" />`)}
${label("NumeroCuenta", "Número de cuenta", `<input id="NumeroCuenta" name="NumeroCuenta" class="k-textbox" data-required maxlength="8" />`)}
${label("ImporteCuenta", "Importe (sin propina)", `<input id="ImporteCuenta" name="ImporteCuenta" data-required />`)}
<div style="text-align:right"><button type="submit" class="k-button k-primary">Siguiente</button></div></form>
<p><small>Puedes facturar tu consumo sólo dentro del mes en que nos visitaste. La propina no forma parte del comprobante.</small></p></div>
<div class="paso" id="paso2" style="display:none"><p id="resumen"></p>
${label("Rfc", "RFC", `<input id="Rfc" name="Rfc" class="k-textbox" maxlength="13" />`)}${label("RazonSocial", "Nombre / Razón social", `<input id="RazonSocial" name="RazonSocial" class="k-textbox" />`)}${label("CodigoPostal", "C.P. de tu domicilio fiscal", `<input id="CodigoPostal" name="CodigoPostal" class="k-textbox" maxlength="5" />`)}
${label("Regimen", "Régimen", `<input id="Regimen" name="Regimen" />`)}${label("UsoCfdi", "Uso", `<input id="UsoCfdi" name="UsoCfdi" />`)}${label("Correo", "Correo", `<input id="Correo" name="Correo" type="email" class="k-textbox" />`)}
<div style="text-align:right"><button type="button" id="btnRegresar" class="k-button">Anterior</button> <button type="button" id="btnFacturar" class="k-button k-primary">Facturar</button></div></div>
<div class="paso" id="paso3" style="display:none"><div id="gracias"></div></div></div>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/Scripts/kendo.all.min.js"></script><script src="/Scripts/site.js"></script></body></html>`)

const start = async () => {
  const text = await page.clone().text()
  const files = await Promise.all(["kendo.js", "site.js"].map((name) => Bun.file(join(import.meta.dir, name)).text()))
  const till = openTill(
    { rfc: "TOK890415HV3", name: "RESTAURANTES TOKARELLI", regime: "601", postalCode: "07300" },
    "90101501"
  )
  const bad = (Mensaje: string) => json({ Exito: false, Mensaje })
  const reader = (field: (name: string) => string) =>
    typedAs((name) => (name === "Rfc" || name === "RazonSocial" ? field(name).toUpperCase() : field(name)), {
      rfc: "Rfc",
      name: "RazonSocial",
      postalCode: "CodigoPostal",
      regime: "Regimen",
      use: "UsoCfdi",
      email: "Correo"
    })
  return shop<{ key?: string; sale?: (typeof sales)[number] }>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({}),
    routes: {
      "GET /": () => html(text),
      "GET /Scripts/kendo.all.min.js": () => script(files[0] ?? "")(),
      "GET /Scripts/site.js": () => script(files[1] ?? "")(),
      "GET /Ticket/Unidades": async () => {
        await Bun.sleep(350)
        return json(units.map(([value, text]) => ({ value, text })))
      },
      "POST /Ticket/Validar": async ({ field, session }) => {
        await Bun.sleep(500)
        const parts = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(field("FechaConsumo"))
        if (parts === null) return bad("La fecha debe escribirse dd/mm/aaaa.")
        const sale = sales.find(
          (one) =>
            one.unit === field("IdUnidad") &&
            one.ticket === field("NumeroCuenta") &&
            one.iso === `${parts[3]}-${parts[2]}-${parts[1]}`
        )
        if (sale === undefined) return bad("No tenemos registrada esa cuenta en el restaurante y fecha indicados.")
        if (!same(Number(field("ImporteCuenta")).toFixed(2), sale.cents))
          return bad("El importe no es el de la cuenta. Recuerda capturarlo sin propina.")
        if (sale.late) return bad("Tu visita fue en un mes que ya cerramos; su venta se incluyó en la factura global.")
        if (isStamped(till, sale)) return bad("Esa cuenta ya tiene CFDI.")
        Object.assign(session, { sale, key: crypto.randomUUID() })
        return json({
          Exito: true,
          Llave: session.key,
          Resumen: `Cuenta ${sale.ticket} por $${commas(sale.cents)} M.N.`
        })
      },
      "GET /Cliente/Regimenes": async ({ field }) => {
        await Bun.sleep(300)
        return json(
          /^[A-Z&Ñ]{3,4}\d{6}\w{3}$/.test(field("rfc"))
            ? regimesFor(field("rfc")).map(({ code, name }, i) => ({ value: `${i + 1}`, text: `${code} - ${name}` }))
            : []
        )
      },
      "GET /Cliente/Usos": async ({ field }) => {
        await Bun.sleep(300)
        const regime = regimesFor(field("rfc"))[Number(field("regimen")) - 1]?.code ?? ""
        const fitting = new Set(usesOf(field("rfc"), regime).map(({ code }) => code as string))
        return json(
          cfdiUses
            .filter(({ code }) => fitting.has(code) && code !== "CP01" && code !== "CN01")
            .map(({ code, name }) => ({ value: code, text: `${name} (${code})` }))
        )
      },
      "POST /Factura/Revisar": async ({ field, session }) => {
        await Bun.sleep(400)
        if (session.sale === undefined || field("Llave") !== session.key)
          return bad("Tu sesión terminó, vuelve a empezar.")
        const typed = reader(field)
        const wrong = against({ ...typed, regime: regimesFor(typed.rfc)[Number(typed.regime) - 1]?.code ?? "" }, words)
        return wrong === undefined
          ? json({
              Exito: true,
              Resumen: `${escaped(typed.rfc)}<br>${escaped(typed.name)}<br>C.P. ${typed.postalCode}<br>Total $${commas(session.sale.cents)}`
            })
          : bad(wrong)
      },
      "POST /Factura/Generar": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || field("Llave") !== session.key || isStamped(till, sale))
          return bad("Tu sesión terminó, vuelve a empezar.")
        const raw = reader(field)
        const typed = { ...raw, regime: regimesFor(raw.rfc)[Number(raw.regime) - 1]?.code ?? "" }
        const wrong = against(typed, words)
        if (wrong !== undefined) return bad(wrong)
        const made = await stampOf(till, sale, typed)
        await Bun.sleep(1500)
        return json({
          Exito: true,
          Html: `<h3>¡Gracias por tu visita!</h3><p>Tu CFDI con folio fiscal <b>${made.uuid}</b> va en camino a <b>${escaped(typed.email)}</b>. Si no lo recibes en 10 minutos revisa tu bandeja de correo no deseado.</p>`
        })
      }
    }
  })
}

const paper = (rest: string, account: string, days: number, total: string, tip: string, paid: string) => ({
  Restaurante: rest,
  Mesero: "07 BRENDA",
  Mesa: "12",
  Personas: "2",
  Cuenta: account,
  Fecha: ago(days).short,
  Hora: "14:52",
  "Total cuenta": total,
  Propina: tip,
  "Cobrado tarjeta": paid
})
const email = { status: "COMPLETED", delivery: "email" } as const

export const portal: TestPortal = {
  id: "tokarelli",
  profile: "person",
  start,
  traps: [
    "Kendo widgets: a list with a filter, two inputs for one amount, a date picker",
    "options of régimen are indexes",
    "two restaurants with nearly one name",
    "two buttons Facturar",
    "notifications that go",
    "amount without tip"
  ],
  cases: [
    { name: "ok", ticket: paper("118 LINDAVISTA", "20418", 1, "348.00", "34.80", "382.80"), expected: email },
    {
      name: "amount misread",
      ticket: paper("118 LINDAVISTA", "20377", 2, "575.50", "57.55", "633.05"),
      expected: failed("TICKET_NOT_FOUND")
    },
    {
      name: "month closed",
      ticket: paper("074 INSURGENTES SUR", "18822", 38, "279.00", "30.00", "309.00"),
      expected: failed("TICKET_EXPIRED")
    }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    const pick = async (id: string, text: string | RegExp) => {
      await page.locator(`.k-dropdown[aria-owns=${id}_listbox][aria-disabled=false]`).click()
      await page.locator(`#${id}_listbox li`).filter({ hasText: text }).first().click()
    }
    const shop =
      { "118": "Tokarelli Lindavista", "074": "Tokarelli Insurgentes Sur" }[
        printed(ticket, "Restaurante").slice(0, 3)
      ] ?? ""
    await page.waitForResponse(/Unidades/).catch(() => {})
    await pick("IdUnidad", new RegExp(`^${shop}$`))
    const [day, month, year] = printed(ticket, "Fecha").split("/")
    await page.locator("#FechaConsumo").fill(`${day}/${month}/20${year}`)
    await page.locator("#NumeroCuenta").fill(printed(ticket, "Cuenta"))
    await page.locator(".k-formatted-value").click()
    await page.locator("#ImporteCuenta").pressSequentially(printed(ticket, "Total cuenta"))
    await page.getByRole("button", { name: "Siguiente" }).click()
    await page.locator("#Rfc").fill(profile.rfc)
    await page.locator("#RazonSocial").fill(profile.fullName)
    await page.locator("#CodigoPostal").fill(profile.postalCode)
    await pick("Regimen", profile.fiscalRegime)
    await pick("UsoCfdi", `(${profile.cfdiUse})`)
    await page.locator("#Correo").fill(profile.email)
    await page.locator("#btnFacturar").click()
    await page.locator(".k-window").getByRole("button", { name: "Facturar" }).click()
    await page.getByText("Gracias por tu visita").waitFor()
  }
}
