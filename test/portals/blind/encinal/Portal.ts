import { join } from "node:path"
import {
  ago,
  cfdiUses,
  commas,
  escaped,
  failed,
  html,
  isStamped,
  json,
  openTill,
  options,
  plain,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  template,
  useOptions,
  type Visit,
  wrongOf
} from "../kit/kit.ts"

interface Sale {
  readonly ticket: string
  readonly webId: string
  readonly station: string
  readonly cents: bigint
  readonly description: string
  readonly paymentForm: string
  readonly state?: "late" | "refused"
}

const stations = [
  "0912 - EL ENCINAL CENTRO",
  "2231 - EL ENCINAL LA ESTANCIA",
  "2237 - EL ENCINAL AEROPUERTO",
  "4870 - EL ENCINAL JESUS MARIA",
  "5516 - EL ENCINAL CARRETERA 45 NORTE",
  "5517 - EL ENCINAL CARRETERA 45 SUR"
]

const open: Sale = {
  ticket: "1184092",
  webId: "7C1F",
  station: "5517",
  cents: 120050n,
  description: "Diesel",
  paymentForm: "01"
}
const late: Sale = { ...open, ticket: "1184377", webId: "0E9A", cents: 50000n, state: "late" }
const refused: Sale = { ...open, ticket: "1183905", webId: "B26D", cents: 77700n, state: "refused" }
const sales = [open, late, refused]

const ticketOf = (sale: Sale) => ({
  Estación: `PL/5517 EL ENCINAL CARR. 45 SUR`,
  "No. Ticket": sale.ticket,
  "ID Web": sale.webId,
  Bomba: "3",
  Fecha: `${ago(sale.state === "late" ? 0 : 2).slashes}`,
  Producto: "DIESEL",
  Importe: `$ ${commas(sale.cents)}`,
  "Forma pago": "EFECTIVO"
})

interface Session {
  sale: Sale | undefined
  rfc: string
  sent: string
}

const words = {
  empty: "Complete los campos obligatorios.",
  rfc: "CFDI40143 - El valor del campo Rfc del receptor no se encuentra en la lista de RFC.",
  name: "CFDI40145 - El campo Nombre del receptor debe pertenecer al nombre asociado al RFC.",
  postalCode: "CFDI40147 - El domicilio fiscal del receptor no es el registrado.",
  regime: "CFDI40157 - El régimen fiscal del receptor no es el registrado.",
  use: "CFDI40161 - El uso de CFDI no corresponde.",
  email: "Correo electrónico incorrecto."
} as const

const start = () => {
  const till = openTill(
    { rfc: "GGE980311LM7", name: "GRUPO GASOLINERO EL ENCINAL", regime: "601", postalCode: "20290" },
    "15101505"
  )

  const label = (text: string, good = false) =>
    `<div class="alert alert-${good ? "success" : "danger"}" id="lblMensaje">${escaped(text)}</div>`
  const rfcPart = (rfc: string, locked: boolean) =>
    `<div class="row mb-2"><div class="col-md-2">RFC:</div><div class="col-md-4"><input name="inputRfc2" type="text" maxlength="13" id="inputRfc2" class="form-control" value="${escaped(rfc)}"${locked ? ' readonly="readonly"' : ""} /></div><div class="col-md-3">${locked ? "" : `<input type="submit" name="btnAgregarRfc" value="Agregar" id="btnAgregarRfc" class="btn btn-secondary" onclick="__doAsync('btnAgregarRfc')" />`}</div></div>`
  const fiscalPart = (rfc: string, { field }: Visit<Session>) => {
    const uses = field("cmbRegimen") === "" ? "" : useOptions(rfc, field("cmbUsos"))
    return `<div class="row mb-2"><div class="col-md-2">Razón Social:</div><div class="col-md-8"><input name="inputRazon" type="text" id="inputRazon" class="form-control" value="${escaped(field("inputRazon"))}" /></div></div>
<div class="row mb-2"><div class="col-md-2">Correo:</div><div class="col-md-5"><input name="inputCorreo" type="text" id="inputCorreo" class="form-control" value="${escaped(field("inputCorreo"))}" /></div><div class="col-md-1">C.P.:</div><div class="col-md-2"><input name="inputCp" type="text" maxlength="5" id="inputCp" class="form-control" value="${escaped(field("inputCp"))}" /></div></div>
<div class="row mb-2"><div class="col-md-2">Régimen Fiscal:</div><div class="col-md-8"><select name="cmbRegimen" id="cmbRegimen" class="form-select" onchange="__doAsync('cmbRegimen')"><option value="">Seleccione</option>${options(
      regimesFor(rfc).map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
      field("cmbRegimen")
    )}</select></div></div>
<div class="row mb-2"><div class="col-md-2">Uso CFDI:</div><div class="col-md-8"><select name="cmbUsos" id="cmbUsos" class="form-select"><option value="">Seleccione</option>${uses}</select></div></div>
<div class="row mb-2"><div class="offset-md-2 col-md-8"><input type="submit" name="btnGenerarFactura" value="Generar Factura" id="btnGenerarFactura" class="btn gas" onclick="__doAsync('btnGenerarFactura')" /></div></div>`
  }
  const delta = (panel: string) => {
    const state = Buffer.from(crypto.randomUUID()).toString("base64")
    return new Response(
      [
        ["updatePanel", "UpdatePanel1", panel],
        ["hiddenField", "__VIEWSTATE", state]
      ]
        .map(([type, id, body]) => `${(body ?? "").length}|${type}|${id}|${body}|`)
        .join(""),
      { headers: { "content-type": "text/plain; charset=utf-8" } }
    )
  }
  const saleLine = (sale: Sale) =>
    `<table class="table table-sm table-bordered" id="gvTicket"><tr><th>Folio</th><th>Producto</th><th>Total</th></tr><tr><td>${sale.ticket}</td><td>${sale.description}</td><td>$ ${commas(sale.cents)}</td></tr></table>`

  const post = async (visit: Visit<Session>) => {
    const { field, session } = visit
    const target = field("__EVENTTARGET")
    if (target === "btnConsultar") {
      session.sale = undefined
      session.rfc = ""
      let station = ""
      try {
        station = String(JSON.parse(field("rstation_ClientState")).value)
      } catch {
        return delta(label("Seleccione la estación de la lista."))
      }
      if (!/^\d{5,10}$/.test(field("despacho")) || !/^[0-9A-F]{4}$/.test(field("webId")))
        return delta(label("Capture el folio (sólo números) y el WebID de 4 caracteres."))
      const sale = sales.find(
        (one) => one.station === station && one.ticket === field("despacho") && one.webId === field("webId")
      )
      if (sale === undefined)
        return delta(label("No hay ningún despacho con ese folio y WebID en la estación elegida."))
      if (sale.state === "late")
        return delta(
          label("La estación todavía no transmite este despacho a la central. Intente nuevamente dentro de 4 horas.")
        )
      if (isStamped(till, sale)) return delta(label("El despacho ya tiene factura emitida."))
      session.sale = sale
      return delta(
        label("Despacho localizado. Capture el RFC y presione Agregar.", true) + saleLine(sale) + rfcPart("", false)
      )
    }
    const { sale } = session
    if (sale === undefined) return delta(label("La sesión ha caducado."))
    if (target === "btnAgregarRfc") {
      const rfc = field("inputRfc2").toUpperCase()
      if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc))
        return delta(saleLine(sale) + label("El RFC no es válido.") + rfcPart(rfc, false))
      session.rfc = rfc
      return delta(saleLine(sale) + rfcPart(rfc, true) + fiscalPart(rfc, visit))
    }
    const { rfc } = session
    const again = (text = "") =>
      delta(saleLine(sale) + rfcPart(rfc, true) + (text === "" ? "" : label(text)) + fiscalPart(rfc, visit))
    if (target !== "btnGenerarFactura" || rfc === "") return again()
    const typed = {
      rfc,
      name: plain(field("inputRazon").toUpperCase()),
      postalCode: field("inputCp"),
      regime: field("cmbRegimen"),
      use: field("cmbUsos"),
      email: field("inputCorreo")
    }
    const wrong = wrongOf(typed)
    if (wrong !== undefined)
      return again(
        wrong === "empty" || wrong === "email" ? words[wrong] : `No se pudo timbrar la factura: ${words[wrong]}`
      )
    if (!cfdiUses.some(({ code }) => code === typed.use)) return again("Uso de CFDI inválido.")
    if (sale.state === "refused")
      return again(
        "No se pudo timbrar la factura: CFDI40147 - El campo DomicilioFiscalReceptor del receptor no corresponde al registrado en la lista de RFC del SAT."
      )
    if (isStamped(till, sale)) return again("El despacho ya tiene factura emitida.")
    await Bun.sleep(1500)
    await stampOf(till, sale, typed)
    session.sale = undefined
    return delta(
      label(
        `Factura GE${sale.ticket} generada. Se ha enviado a ${typed.email}; si no la recibe en unos minutos revise su bandeja de correo no deseado.`,
        true
      )
    )
  }

  return shop<Session>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({ sale: undefined, rfc: "", sent: "" }),
    routes: {
      "GET /": () => seeOther("/generar_factura.aspx"),
      "GET /generar_factura.aspx": async ({ session }) => {
        session.sale = undefined
        return html(
          await template(import.meta.dir, "page.html", {
            viewstate: Buffer.from("inicio").toString("base64"),
            panel: ""
          })
        )
      },
      "POST /generar_factura.aspx": post,
      "GET /rstation.ashx": ({ field }) =>
        json(
          stations
            .filter((one) => one.includes(plain(field("text")).toUpperCase()))
            .map((Text) => ({ Text, Value: Text.slice(0, 4) }))
        ),
      "GET /Scripts/Ajax.js": async () =>
        new Response(await Bun.file(join(import.meta.dir, "ajax.js")).text(), {
          headers: { "content-type": "text/javascript" }
        })
    }
  })
}

export const portal: TestPortal = {
  id: "encinal",
  traps: [
    "RadComboBox with load on demand, its list at the end of the body",
    "everything in an UpdatePanel",
    "uses by postback after régimen",
    "only by e-mail"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "not yet uploaded", ticket: ticketOf(late), expected: failed("TICKET_NOT_FOUND") },
    { name: "refused by the SAT", ticket: ticketOf(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#rstation_Input").click()
    await page.locator("#rstation_Input").pressSequentially("5517")
    await page.locator(".rcbList li").getByText("SUR").click()
    await page.locator("#despacho").fill(printed(ticket, "No. Ticket"))
    await page.locator("#webId").fill(printed(ticket, "ID Web"))
    await page.locator("#btnConsultar").click()
    await page.locator("#inputRfc2").fill(profile.rfc)
    await page.locator("#btnAgregarRfc").click()
    await page.locator("#inputRazon").fill(profile.fullName)
    await page.locator("#inputCorreo").fill(profile.email)
    await page.locator("#inputCp").fill(profile.postalCode)
    await page.locator("#cmbRegimen").selectOption(profile.fiscalRegime)
    await page.locator("#cmbUsos option").nth(2).waitFor({ state: "attached" })
    await page.locator("#cmbUsos").selectOption(profile.cfdiUse)
    await page.locator("#btnGenerarFactura").click()
    await page.getByText("Se ha enviado a").waitFor()
  }
}
