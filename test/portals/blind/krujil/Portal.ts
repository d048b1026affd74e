import {
  ago,
  commas,
  escaped,
  failed,
  html,
  isStamped,
  oneLine,
  openTill,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  typedAs,
  usesFor,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly brand: "1" | "2"
  readonly days: number
  readonly before?: string
  readonly refused?: true
}

const description = "Consumo en restaurante"
const good: Sale = { ticket: "KJ0412-118764-3", brand: "1", days: 2, cents: 41900n, description, paymentForm: "04" }
const done: Sale = {
  ticket: "KJ0412-117902-8",
  brand: "1",
  days: 6,
  cents: 27850n,
  description,
  paymentForm: "01",
  before: "4C1D7A90"
}
const refused: Sale = {
  ticket: "PZ0208-045513-1",
  brand: "2",
  days: 3,
  cents: 51200n,
  description,
  paymentForm: "28",
  refused: true
}
const sales = [good, done, refused]

interface Session {
  view: string
  sale?: Sale | undefined
}

const c = "ctl00$cphCuerpo$"
const i = "ctl00_cphCuerpo_"

const required = (control: string, text: string, group: string, expression = "") =>
  `<span data-val-controltovalidate="${i}${control}" data-valgroup="${group}"${expression === "" ? "" : ` data-val-expression="${expression}"`} id="${i}${expression === "" ? "rfv" : "rev"}${control}" class="oblig" style="display:none;">${text}</span>`

const box = (name: string, value: string, max: number, upper = true) =>
  `<input name="${c}${name}" type="text" maxlength="${max}" id="${i}${name}" class="caja" value="${escaped(value)}"${upper ? ' style="text-transform:uppercase;"' : ""} autocomplete="off" />`

const row = (text: string, control: string, validators: string) =>
  `<tr><td align="right"><span>${text}</span></td><td>${control} ${validators}</td></tr>`

const list = (name: string, choices: ReadonlyArray<readonly [string, string]>, chosen: string, change = "") =>
  `<select name="${c}${name}"${change} id="${i}${name}" class="lista">${[["0", "-- Seleccionar --"] as const, ...choices].map(([v, t]) => `<option${v === chosen ? ' selected="selected"' : ""} value="${v}">${escaped(t)}</option>`).join("")}</select>`

const start = async () => {
  const till = openTill(
    { rfc: "GKR030912QT7", name: "GRUPO KRUJIL RESTAURANTES", regime: "601", postalCode: "03900" },
    "90101500"
  )
  const fieldOf = (field: (name: string) => string) => (name: string) => field(c + name)

  const search = (get: (name: string) => string, message = "") => {
    const brand = (value: string, text: string) =>
      `<td><input id="${i}rblMarca_${Number(value) - 1}" type="radio" name="${c}rblMarca" value="${value}"${get("rblMarca") === value ? ' checked="checked"' : ""} /><label for="${i}rblMarca_${Number(value) - 1}">${text}</label></td>`
    return `<div id="${i}pnlBusqueda"><p>Capture la información tal como aparece en su ticket de consumo.</p><span id="${i}lblMensaje" class="msg">${message}</span>
<fieldset><legend>Datos del consumo</legend><table class="tabla" border="0">
<tr><td align="right"><span>Restaurante:</span></td><td><table id="${i}rblMarca" border="0"><tr>${brand("1", "Krujil Pollo")}${brand("2", "Pizzalín")}</tr></table>${required("rblMarca", "Elija el restaurante", "Busca")}</td></tr>
${row("R.F.C.:", box("txtRFC", get("txtRFC"), 13), required("txtRFC", "Requerido", "Busca") + required("txtRFC", "R.F.C. incorrecto", "Busca", "[A-Za-zÑñ&amp;]{3,4}[0-9]{6}[A-Za-z0-9]{3}"))}
${row("Folio:", box("txtFolio", get("txtFolio"), 20), required("txtFolio", "Requerido", "Busca"))}
${row("Total:", box("txtTotal", get("txtTotal"), 10, false), required("txtTotal", "Requerido", "Busca") + required("txtTotal", "Importe incorrecto", "Busca", "[0-9]+(\\.[0-9]{1,2})?"))}
${row("Correo:", box("txtCorreo", get("txtCorreo"), 100, false), required("txtCorreo", "Requerido", "Busca") + required("txtCorreo", "Correo incorrecto", "Busca", "\\S+@\\S+\\.\\S+"))}
<tr><td></td><td><input type="submit" name="${c}btnBuscar" value="Siguiente" id="${i}btnBuscar" class="boton" data-grupo="Busca" /></td></tr></table></fieldset></div>`
  }

  const keep = (get: (name: string) => string) =>
    ["rblMarca", "txtRFC", "txtFolio", "txtTotal", "txtCorreo"]
      .map((n) => `<input type="hidden" name="${c}${n}" value="${escaped(get(n))}" />`)
      .join("")

  const fiscal = (get: (name: string) => string, sale: Sale, message = "", asking = false) => {
    const rfc = get("txtRFC").toUpperCase()
    const uses =
      get("ddlRegimen") === "" || get("ddlRegimen") === "0"
        ? []
        : usesFor(rfc).map((u, n) => [String(n + 1), `${u.code} ${u.name}`] as const)
    const modal = asking
      ? `<div class="modalBackground" id="${i}mpeConfirma_backgroundElement"></div><div id="${i}pnlConfirma" class="modalPopup"><b>Confirmación</b><p>Se timbrará el comprobante por <b>$${commas(sale.cents)}</b> a nombre de:</p><p>${escaped(oneLine(get("txtNombre")))}<br />${escaped(rfc)}<br />C.P. ${escaped(get("txtCP"))}</p><p>El comprobante será enviado a ${escaped(get("txtCorreo"))}.</p><p align="right"><input type="submit" name="${c}btnNo" value="Corregir" id="${i}btnNo" /> <input type="submit" name="${c}btnSi" value="Facturar" id="${i}btnSi" class="boton" /></p></div>`
      : ""
    return `<div id="${i}pnlFiscal">${keep(get)}<span id="${i}lblError" class="msg">${message}</span>
<fieldset><legend>Consumo</legend><table class="tabla"><tr><td>Folio: <b>${sale.ticket}</b></td><td>Fecha: <b>${ago(sale.days).slashes}</b></td><td>Total: <b>$${commas(sale.cents)}</b></td><td>R.F.C.: <b>${escaped(rfc)}</b></td></tr></table></fieldset>
<fieldset><legend>Datos del receptor</legend><table class="tabla" border="0">
${row("Nombre o Raz&oacute;n Social:", box("txtNombre", get("txtNombre"), 250), required("txtNombre", "Requerido", "Timbra"))}
${row("C.P. domicilio fiscal:", box("txtCP", get("txtCP"), 5), required("txtCP", "Requerido", "Timbra") + required("txtCP", "5 dígitos", "Timbra", "[0-9]{5}"))}
${row(
  "R&eacute;gimen Fiscal:",
  list(
    "ddlRegimen",
    regimesFor(rfc).map((r) => [r.code, `${r.code} ${r.name}`] as const),
    get("ddlRegimen"),
    ` onchange="javascript:setTimeout('__doPostBack(\\'${c}ddlRegimen\\',\\'\\')', 0)"`
  ),
  ""
)}
${row("Uso CFDI:", list("ddlUso", uses, get("ddlUso")), "")}
<tr><td></td><td><input type="submit" name="${c}btnRegresar" value="Regresar" id="${i}btnRegresar" /> <input type="submit" name="${c}btnFacturar" value="Facturar" id="${i}btnFacturar" class="boton" data-grupo="Timbra" /></td></tr></table></fieldset>${modal}</div>`
  }

  const running = await shop<Session>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({ view: "" }),
    routes: {
      "GET /": () => seeOther("/Facturacion.aspx"),
      "GET /Facturacion.aspx": async ({ session }) => {
        session.view = `/wEPDwUK${crypto.randomUUID().replaceAll("-", "")}ZGQ=`
        session.sale = undefined
        return html(await template(import.meta.dir, "page.html", { viewstate: session.view, panel: search(() => "") }))
      },
      "POST /Facturacion.aspx": async ({ field, has, session }) => {
        const get = fieldOf(field)
        const delta = (panel: string) => {
          session.view = `/wEPDwUK${crypto.randomUUID().replaceAll("-", "")}ZGQ=`
          return new Response(
            `${panel.length}|updatePanel|${i}upFactura|${panel}|${session.view.length}|hiddenField|__VIEWSTATE|${session.view}|`,
            {
              headers: { "content-type": "text/plain; charset=utf-8" }
            }
          )
        }
        if (field("__VIEWSTATE") !== session.view)
          return delta(search(() => "", "Su sesión expiró, capture nuevamente."))
        await Bun.sleep(450)
        const { sale } = session
        if (has(`${c}btnBuscar`)) {
          if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/i.test(get("txtRFC")))
            return delta(search(get, "El R.F.C. no tiene el formato correcto."))
          if (!/^\d+(\.\d{1,2})?$/.test(get("txtTotal"))) return delta(search(get, "El total es incorrecto."))
          const found = sales.find(
            (s) =>
              s.brand === get("rblMarca") &&
              s.ticket === get("txtFolio").toUpperCase() &&
              same(Number(get("txtTotal")).toFixed(2), s.cents)
          )
          if (found === undefined)
            return delta(search(get, "El consumo no existe. Compruebe restaurante, folio y total."))
          if (found.before !== undefined || isStamped(till, found)) {
            return delta(
              search(
                get,
                `El consumo tiene un comprobante fiscal timbrado con anterioridad (${found.before ?? "KRJ"}…). No es posible emitir otro.`
              )
            )
          }
          session.sale = found
          return delta(fiscal(get, found))
        }
        if (sale === undefined || has(`${c}btnRegresar`)) return delta(search(get))
        if (has(`${c}btnNo`) || field("__EVENTTARGET") === `${c}ddlRegimen`) return delta(fiscal(get, sale))
        const rfc = get("txtRFC").toUpperCase()
        const typed = typedAs(
          (name) =>
            name === "txtRFC"
              ? rfc
              : name === "txtNombre"
                ? oneLine(get(name))
                : name === "ddlUso"
                  ? (usesFor(rfc)[Number(get(name)) - 1]?.code ?? "")
                  : get(name),
          {
            rfc: "txtRFC",
            name: "txtNombre",
            postalCode: "txtCP",
            regime: "ddlRegimen",
            use: "ddlUso",
            email: "txtCorreo"
          }
        )
        if (typed.regime === "0" || typed.use === "")
          return delta(fiscal(get, sale, "Seleccione régimen y uso de CFDI."))
        if (has(`${c}btnFacturar`)) return delta(fiscal(get, sale, "", true))
        if (!has(`${c}btnSi`)) return delta(fiscal(get, sale))
        await Bun.sleep(2600)
        const wrong = sale.refused ? "regime" : wrongOf(typed)
        if (wrong) {
          return delta(
            fiscal(
              get,
              sale,
              `No se pudo timbrar. Respuesta del SAT: ${{ empty: "faltan datos.", rfc: "el R.F.C. del receptor no está inscrito.", name: "el nombre del receptor no es el inscrito.", postalCode: "el C.P. del receptor no es el inscrito.", regime: "CFDI40157 - el régimen fiscal indicado no es uno de los que tiene asignados el receptor.", use: "el uso de CFDI no aplica.", email: "correo incorrecto." }[wrong]}`
            )
          )
        }
        if (isStamped(till, sale))
          return delta(search(get, "El consumo tiene un comprobante fiscal timbrado con anterioridad."))
        const { uuid } = await stampOf(till, sale, typed)
        session.sale = undefined
        return delta(
          `<div id="${i}pnlResultado"><span id="${i}lblResultado" class="ok">Comprobante KRJ-55821 timbrado. Folio fiscal ${uuid}.<br />Se envió a ${escaped(typed.email)} con sus archivos XML y PDF.</span><a href="Facturacion.aspx">Nueva solicitud</a></div>`
        )
      }
    }
  })
  return { ...running, url: new URL("/Facturacion.aspx", running.url) }
}

const ticketOf = (one: Sale) => ({
  Restaurante: one.brand === "1" ? "KRUJIL POLLO 0412 MIXCOAC" : "PIZZALIN 0208 PORTALES",
  Orden: "187",
  Fecha: `${ago(one.days).dashes} 20:11`,
  "Para llevar": "SI",
  "TOTAL A PAGAR": `$${commas(one.cents)}`,
  "FOLIO FACT": one.ticket
})

export const portal: TestPortal = {
  id: "krujil",
  traps: [
    "WebForms UpdatePanel: every step is a partial postback that draws the panel anew, with a veil",
    "labels are spans in another cell; hidden validator texts stand in the page",
    "régimen posts back and brings uso; two buttons called Facturar, the second in a modal stamps",
    "brand is a radio button; e-mail only"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(good), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "invoiced before", ticket: ticketOf(done), expected: failed("ALREADY_INVOICED") },
    { name: "régimen refused by the SAT", ticket: ticketOf(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const at = (name: string) => page.locator(`#${i}${name}`)
    await at(`rblMarca_${printed(ticket, "Restaurante").startsWith("KRUJIL") ? 0 : 1}`).check()
    await at("txtRFC").fill(profile.rfc)
    await at("txtFolio").fill(printed(ticket, "FOLIO FACT"))
    await at("txtTotal").fill(printed(ticket, "TOTAL A PAGAR").replace(/[$,]/g, ""))
    await at("txtCorreo").fill(profile.email)
    await at("btnBuscar").click()
    await at("txtNombre").fill(profile.fullName)
    await at("txtCP").fill(profile.postalCode)
    await at("ddlRegimen").selectOption(profile.fiscalRegime)
    const use = page.locator(`#${i}ddlUso option`, { hasText: `${profile.cfdiUse} ` })
    await use.waitFor({ state: "attached" })
    await at("ddlUso").selectOption((await use.getAttribute("value")) ?? "")
    await at("btnFacturar").click()
    await at("btnSi").click()
    await at("lblResultado").waitFor()
  }
}
