import { join } from "node:path"
import {
  ago,
  attachment,
  cfdiUses,
  commas,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  money,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  template,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale {
  /** Folio de la venta. */
  readonly ticket: string
  readonly folio: string
  readonly cents: bigint
  readonly description: string
  readonly paymentForm: string
  readonly days: number
}

const open: Sale = {
  ticket: "39814407",
  folio: "10RPD2051338",
  cents: 18650n,
  description: "Abarrotes y bebidas",
  paymentForm: "01",
  days: 1
}
const old: Sale = { ...open, ticket: "39240018", folio: "10RPD1974012", cents: 9900n, days: 40 }
const sales = [open, old]

const ticketOf = (sale: Sale, total = sale.cents) => ({
  Tienda: "50RPD PATRIA SUR",
  "Fecha/Hora": `${ago(sale.days).slashes} 07:58`,
  "Folio Vta": sale.folio,
  ID: sale.ticket,
  Caja: "2",
  Artículos: 5,
  TOTAL: `$${commas(total)}`,
  EFECTIVO: "$200.00",
  CAMBIO: `$${commas(20000n - total)}`
})

interface Session {
  step: "ticket" | "valid" | "data" | "done"
  sale: Sale | undefined
  uuid: string
  /** What AJAX has shown so far. */
  rfcKnown: boolean
  cpKnown: boolean
}

const states: Readonly<Record<string, string>> = { "36": "GUANAJUATO", "42": "HIDALGO" }

const words = {
  empty: "Complete los campos marcados con *",
  rfc: "El RFC no está inscrito en el SAT.",
  name: "El nombre o razón social difiere del registrado en el SAT.",
  postalCode: "El código postal difiere del registrado en el SAT.",
  regime: "El régimen fiscal difiere del registrado en el SAT.",
  use: "El uso de CFDI no aplica para el régimen.",
  email: "Correo electrónico no válido."
} as const

const start = () => {
  const till = openTill({ rfc: "SRA990630HJ1", name: "SUPER RAPIDITO", regime: "601", postalCode: "64000" }, "50192100")
  const usesOf = (regime: string) =>
    cfdiUses.filter((use) => use.fiscalRegimes.includes(regime) && !use.code.startsWith("C"))

  const message = (text: string, kind = "error") =>
    text === ""
      ? ""
      : `<div id="form:mensajes" class="ui-messages ui-widget" aria-live="polite"><div class="ui-messages-${kind} ui-corner-all"><ul><li><span class="ui-messages-${kind}-summary">${escaped(text)}</span></li></ul></div></div>`
  const row = (id: string, label: string, value: string, extra = "") =>
    `<tr><td><label id="form:lbl_${id}" class="ui-outputlabel ui-widget">${label}</label></td><td><input id="form:${id}" name="form:${id}" type="text" value="${escaped(value)}" class="ui-inputfield ui-inputtext ui-widget ui-state-default ui-corner-all" ${extra}/></td></tr>`
  const button = (id: string, text: string, script: string) =>
    `<button id="form:${id}" name="form:${id}" class="ui-button ui-widget ui-state-default ui-corner-all ui-button-text-only" onclick="${script};return false;" type="submit"><span class="ui-button-text ui-c">${text}</span></button>`
  const ab = (s: string, e = "") => `PrimeFaces.ab({s:'form:${s}',${e === "" ? "" : `e:'${e}',`}u:'form:contenido'})`
  const menu = (
    id: string,
    list: ReadonlyArray<{ readonly code: string; readonly name: string }>,
    chosen: string,
    ajax: boolean
  ) => {
    const items = [{ code: "", name: "" }, ...list].map(({ code, name }) => ({
      code,
      text: code === "" ? "Seleccione..." : `${code} - ${name}`
    }))
    const shown = items.find(({ code }) => code === chosen)?.text ?? "Seleccione..."
    const disabled = list.length === 0 ? " ui-state-disabled" : ""
    return `<div id="form:${id}" class="ui-selectonemenu ui-widget ui-state-default ui-corner-all${disabled}"${ajax ? ' data-ajax="1"' : ""}><div class="ui-helper-hidden-accessible"><input id="form:${id}_focus" name="form:${id}_focus" type="text" autocomplete="off" role="combobox" aria-haspopup="true" aria-expanded="false" /></div><div class="ui-helper-hidden-accessible"><select id="form:${id}_input" name="form:${id}_input" tabindex="-1" aria-hidden="true">${items.map(({ code, text }) => `<option value="${code}"${code === chosen ? ' selected="selected"' : ""}>${escaped(text)}</option>`).join("")}</select></div><label id="form:${id}_label" class="ui-selectonemenu-label ui-inputfield ui-corner-all">${escaped(shown)}</label><div class="ui-selectonemenu-trigger ui-state-default ui-corner-right"><span class="ui-icon ui-icon-triangle-1-s ui-c"></span></div></div><div id="form:${id}_panel" class="ui-selectonemenu-panel ui-widget ui-widget-content ui-corner-all ui-helper-hidden ui-shadow"><div class="ui-selectonemenu-items-wrapper"><ul id="form:${id}_items" class="ui-selectonemenu-items ui-selectonemenu-list" role="listbox">${items.map(({ text }) => `<li class="ui-selectonemenu-item ui-selectonemenu-list-item ui-corner-all" role="option">${escaped(text)}</li>`).join("")}</ul></div></div>`
  }

  const content = ({ field, session }: Visit<Session>, said = "", kind = "error") => {
    const value = (id: string) => field(`form:${id}`)
    const inner = (() => {
      switch (session.step) {
        case "ticket":
          return `<h3>Ingrese los datos de su ticket</h3><table class="ui-panelgrid ui-widget"><tbody><tr><td><label class="ui-outputlabel">*Fecha</label></td><td><span id="form:fecha" class="ui-calendar"><input id="form:fecha_input" name="form:fecha_input" type="text" value="${escaped(field("form:fecha_input"))}" readonly="readonly" class="ui-inputfield ui-widget ui-state-default ui-corner-all hasCal" /></span></td></tr>${row("folio", "*Folio", value("folio"), 'maxlength="12" ')}${row("venta", "*ID Venta", value("venta"), 'maxlength="10" ')}${row("total", "*Total", value("total"), 'placeholder="0.00" ')}</tbody></table>${button("validar", "Validar Ticket", ab("validar"))}`
        case "valid":
          return `<p>Compra del ${ago(session.sale?.days ?? 0).slashes} por $${money(session.sale?.cents ?? 0n)}</p>${button("continuar", "Continuar", ab("continuar"))} ${button("otro", "Cambiar ticket", ab("otro"))}`
        case "data": {
          const rfc = value("rfc").toUpperCase()
          const regimes = session.rfcKnown && session.cpKnown ? regimesFor(rfc) : []
          const regime = field("form:selectOneMenuRegFis_input")
          return `<h3>Datos de facturación</h3><table class="ui-panelgrid ui-widget"><tbody>${row("rfc", "*RFC", value("rfc"), `maxlength="13" onchange="${ab("rfc", "change")}" `)}${row("razon", "*Nombre o Razón Social", value("razon"), 'size="46" ')}${row("calle", "Calle", value("calle"))}${row("ext", "No. Exterior", value("ext"), 'size="6" ')}${row("int", "No. Interior", value("int"), 'size="6" ')}${row("codigo", "*Código Postal", value("codigo"), `maxlength="5" size="6" onchange="${ab("codigo", "change")}" `)}${row("colonia", "Colonia", value("colonia"))}${row("dele", "Delegación / Municipio", value("dele"))}${row("estado", "Estado", session.cpKnown ? (states[value("codigo").slice(0, 2)] ?? value("estado")) : value("estado"), 'readonly="readonly" ')}${row("correo", "*Correo electrónico", value("correo"), 'size="40" ')}<tr><td>*Régimen Fiscal</td><td>${menu("selectOneMenuRegFis", regimes, regime, true)}</td></tr><tr><td>*Uso de CFDI</td><td>${menu("selectOneMenuCFDI", regime === "" ? [] : usesOf(regime), field("form:selectOneMenuCFDI_input"), false)}</td></tr></tbody></table>${button("generar", "Generar", ab("generar"))}`
        }
        case "done":
          return `<p>Folio fiscal: ${session.uuid}</p><p><a id="form:pdf" href="#" class="ui-commandlink ui-widget" onclick="return PrimeFaces.addSubmitParam('form:pdf').submit('form')">Descargar PDF</a> &#160; <a id="form:xml" href="#" class="ui-commandlink ui-widget" onclick="return PrimeFaces.addSubmitParam('form:xml').submit('form')">Descargar XML</a></p>${button("nuevo", "Facturar otro ticket", "location.href='/facturacionElectronica-web/views/layout/inicio.do'")}`
      }
    })()
    return `<span id="form:contenido">${message(said, kind)}${inner}</span>`
  }

  const partial = (visit: Visit<Session>, said = "", kind = "error") =>
    new Response(
      `<?xml version='1.0' encoding='UTF-8'?>\n<partial-response id="j_id1"><changes><update id="form:contenido"><![CDATA[${content(visit, said, kind)}]]></update><update id="j_id1:javax.faces.ViewState:0"><![CDATA[${crypto.randomUUID()}]]></update></changes></partial-response>`,
      { headers: { "content-type": "text/xml;charset=UTF-8" } }
    )

  const post = async (visit: Visit<Session>): Promise<Response> => {
    const { field, has, session } = visit
    const made = till.find(session.uuid)
    if (has("form:xml") && made) return attachment(await xmlText(made), "application/xml", `${made.fileName}.xml`)
    if (has("form:pdf") && made) return attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
    await Bun.sleep(350)
    const source = field("javax.faces.source").replace("form:", "")
    if (session.step === "ticket" && source === "validar") {
      const date = field("form:fecha_input")
      const missing = [
        ["fecha_input", "Fecha"],
        ["folio", "Folio"],
        ["venta", "ID Venta"],
        ["total", "Total"]
      ].find(([id]) => field(`form:${id}`) === "")
      if (missing !== undefined) return partial(visit, `${missing[1]}: campo requerido.`)
      if (!/^\d+(\.\d{1,2})?$/.test(field("form:total")))
        return partial(visit, "Total: formato incorrecto, ejemplo 125.50")
      const sale = sales.find(
        ({ ticket, folio, days, cents }) =>
          ticket === field("form:venta") &&
          folio === field("form:folio") &&
          ago(days).slashes === date &&
          money(cents) === Number(field("form:total")).toFixed(2)
      )
      if (sale === undefined)
        return partial(
          visit,
          "La validación de su ticket no fue exitosa, compruebe que fecha, folio, venta y total estén escritos como en el ticket."
        )
      if (sale.days > 31)
        return partial(visit, "El ticket pertenece a un periodo que ya no está abierto para facturación.")
      if (isStamped(till, sale)) return partial(visit, "El ticket ya cuenta con una factura.")
      session.sale = sale
      session.step = "valid"
      return partial(visit, "Ticket correcto, presione Continuar.", "info")
    }
    if (source === "otro") {
      session.step = "ticket"
      return partial(visit)
    }
    if (session.step === "valid" && source === "continuar") {
      session.step = "data"
      session.rfcKnown = false
      session.cpKnown = false
      return partial(visit)
    }
    if (session.step === "data") {
      const rfc = field("form:rfc").toUpperCase()
      session.rfcKnown = /^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)
      session.cpKnown = /^\d{5}$/.test(field("form:codigo"))
      if (source === "rfc") return partial(visit, session.rfcKnown ? "" : "RFC: formato incorrecto.")
      if (source === "codigo") return partial(visit, session.cpKnown ? "" : "Código Postal: deben ser 5 dígitos.")
      if (source === "generar" && session.sale !== undefined) {
        const typed = {
          rfc,
          name: oneLine(field("form:razon")),
          postalCode: field("form:codigo"),
          regime: field("form:selectOneMenuRegFis_input"),
          use: field("form:selectOneMenuCFDI_input"),
          email: field("form:correo")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return partial(visit, words[wrong])
        if (!usesOf(typed.regime).some(({ code }) => code === typed.use)) return partial(visit, words.use)
        if (isStamped(till, session.sale)) return partial(visit, "El ticket ya cuenta con una factura.")
        await Bun.sleep(1500)
        const invoice = await stampOf(till, session.sale, typed)
        session.uuid = invoice.uuid
        session.step = "done"
        return partial(visit, "Su factura está lista y se envió a su correo.", "info")
      }
    }
    return partial(visit)
  }

  const home = "/facturacionElectronica-web/views/layout/inicio.do"
  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ step: "ticket", sale: undefined, uuid: "", rfcKnown: false, cpKnown: false }),
    routes: {
      "GET /": () => seeOther(home),
      [`GET ${home}`]: async (visit) => {
        visit.session.step = "ticket"
        return html(
          await template(import.meta.dir, "page.html", {
            content: content(visit).replace(/^<span id="form:contenido">|<\/span>$/g, ""),
            state: crypto.randomUUID()
          })
        )
      },
      [`POST ${home}`]: post,
      "GET /facturacionElectronica-web/javax.faces.resource/core.js.do": async () =>
        new Response(await Bun.file(join(import.meta.dir, "core.js")).text(), {
          headers: { "content-type": "text/javascript" }
        })
    }
  })
}

export const portal: TestPortal = {
  id: "rapidito",
  traps: [
    "JSF ids with colons and partial updates that replace the form",
    "read-only jQuery UI datepicker",
    "PrimeFaces selectOneMenu",
    "régimen after RFC and CP, uses after régimen",
    "files by command links"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "another total", ticket: ticketOf(open, 18605n), expected: failed("TICKET_NOT_FOUND") },
    { name: "another month", ticket: ticketOf(old), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const by = (id: string) => page.locator(`[id="form:${id}"]`)
    const date = printed(ticket, "Fecha/Hora").slice(0, 10)
    const [day = "", month = ""] = date.split("/")
    await page.getByRole("button", { name: "Aceptar" }).click()
    await by("fecha_input").click()
    const back = new Date().getMonth() + 1 - Number(month)
    for (let i = 0; i < back; i++) await page.locator(".ui-datepicker-prev").click()
    await page
      .locator(".ui-datepicker-calendar a")
      .getByText(String(Number(day)), { exact: true })
      .click()
    await by("folio").fill(printed(ticket, "Folio Vta"))
    await by("venta").fill(printed(ticket, "ID"))
    await by("total").fill(printed(ticket, "TOTAL").replace(/[$,]/g, ""))
    await by("validar").click()
    await by("continuar").click()
    await by("rfc").fill(profile.rfc)
    await by("rfc").blur()
    await page.locator("#bloqueo").waitFor({ state: "hidden" })
    await by("codigo").fill(profile.postalCode)
    await by("codigo").blur()
    await page.locator("#bloqueo").waitFor({ state: "hidden" })
    await by("razon").fill(profile.fullName)
    await by("correo").fill(profile.email)
    await by("selectOneMenuRegFis").click()
    await page.locator('[id="form:selectOneMenuRegFis_panel"] li', { hasText: profile.fiscalRegime }).click()
    await page.locator("#bloqueo").waitFor({ state: "hidden" })
    await by("selectOneMenuCFDI").click()
    await page.locator('[id="form:selectOneMenuCFDI_panel"] li', { hasText: profile.cfdiUse }).click()
    await by("generar").click()
    await download(page, () => by("xml").click())
  }
}
