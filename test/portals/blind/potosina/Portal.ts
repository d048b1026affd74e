import type { TestPortal } from "../../lib/Portal.ts"
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
  type TillSale,
  template,
  usesFor,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly store: string
  readonly till: string
  readonly date: string
  readonly invoiced?: true
  readonly refused?: true
}
interface Session {
  sale: Sale | undefined
  uuid: string | undefined
}

const open: Sale = {
  ticket: "118273",
  store: "12",
  till: "4",
  date: ago(3).slashes,
  cents: 248690n,
  description: "Abarrotes",
  paymentForm: "04"
}
const gone: Sale = { ...open, ticket: "117904", till: "2", date: ago(6).slashes, cents: 55325n, invoiced: true }
const listed: Sale = { ...open, ticket: "118301", till: "6", cents: 13800n, refused: true }
const sales = [open, gone, listed]
const stores = [
  ["12", "012 CIUDAD VALLES CENTRO"],
  ["15", "015 TAMAZUNCHALE"],
  ["21", "021 RIOVERDE PLAZA"],
  ["34", "034 SLP CARRANZA"],
  ["35", "035 SLP MUÑOZ"]
] as const

const dir = import.meta.dir
const menu = (
  id: string,
  list: ReadonlyArray<{ value: string; text: string }>,
  chosen: string,
  disabled: boolean,
  change: boolean
) =>
  `<div id="frm:${id}" class="ui-selectonemenu ui-widget${disabled ? " ui-state-disabled" : ""}"${change ? ` data-cambio="frm:${id}"` : ""}><div class="ui-helper-hidden-accessible"><select id="frm:${id}_input" name="frm:${id}_input" tabindex="-1" aria-hidden="true">${options(list, chosen)}</select></div><span id="frm:${id}_label" class="ui-selectonemenu-label ui-inputfield">${escaped(list[0]?.text ?? "")}</span><div class="ui-selectonemenu-trigger"><span>▾</span></div></div>`

const start = () => {
  const till = openTill(
    { rfc: "SHU910304LW2", name: "SUPER LA HUASTECA", regime: "601", postalCode: "79000" },
    "50192100"
  )

  const content = ({ field, session }: Visit<Session>, blank = false) => {
    const f = (name: string) => (blank ? "" : field(`frm:${name}`))
    const waits = session.sale === undefined
    const rfc = f("rfc").toUpperCase()
    const whole = /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)
    const regime = f("regimen_input")
    const none = { value: "", text: "Seleccione uno" }
    const done = session.sale
    return template(dir, "contenido.html", {
      listo: done === undefined ? "" : "disabled",
      espera: waits ? "disabled" : "",
      trx: done?.ticket ?? f("trx"),
      caja: done?.till ?? f("caja"),
      fecha: done?.date ?? f("fecha_input"),
      tot: done === undefined ? f("tot") : money(done.cents),
      rfc,
      razon: f("razon"),
      codigo: f("codigo"),
      mail: f("mail"),
      tienda: menu(
        "tienda",
        [none, ...stores.map(([value, text]) => ({ value, text }))],
        done?.store ?? f("tienda_input"),
        !waits,
        false
      ),
      regimen: menu(
        "regimen",
        [none, ...(whole ? regimesFor(rfc).map(({ code, name }) => ({ value: code, text: `${name} (${code})` })) : [])],
        regime,
        waits || !whole,
        true
      ),
      uso: menu(
        "uso",
        [
          none,
          ...(regime === "" ? [] : usesFor(rfc).map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })))
        ],
        f("uso_input"),
        waits || regime === "",
        false
      )
    })
  }

  const verify = (visit: Visit<Session>): string => {
    const f = (name: string) => visit.field(`frm:${name}`)
    if (["tienda_input", "trx", "caja", "fecha_input", "tot"].some((name) => f(name) === ""))
      return "Error|Capture todos los datos de la compra."
    const sale = sales.find(
      (each) => each.ticket === f("trx") && each.store === f("tienda_input") && Number(each.till) === Number(f("caja"))
    )
    if (sale === undefined || sale.date !== f("fecha_input") || !same(f("tot"), sale.cents))
      return "Aviso|No se localizó la compra con la información capturada, verifique su ticket."
    if (sale.invoiced || isStamped(till, sale))
      return "Aviso|La transacción ya se encuentra facturada. Si requiere su comprobante acuda a Servicio al Cliente."
    visit.session.sale = sale
    return "Correcto|Compra verificada, continúe con sus datos fiscales."
  }

  const invoice = async (visit: Visit<Session>, sale: Sale): Promise<string> => {
    const f = (name: string) => visit.field(`frm:${name}`)
    const typed = {
      rfc: f("rfc").toUpperCase(),
      name: f("razon").toUpperCase(),
      postalCode: f("codigo"),
      regime: f("regimen_input"),
      use: f("uso_input"),
      email: f("mail")
    }
    if (isStamped(till, sale)) return "Aviso|La transacción ya se encuentra facturada."
    const wrong = wrongOf(typed)
    if (wrong !== undefined)
      return {
        empty: "Error|Faltan datos fiscales.",
        rfc: "Error|RFC inválido o no registrado en el SAT.",
        email: "Error|Correo no válido.",
        use: "Error|Uso inválido.",
        regime: "Error|Régimen fiscal inválido.",
        name: "Error|CFDI40145 - El campo Nombre del receptor, debe pertenecer al nombre asociado al RFC registrado.",
        postalCode: "Error|CFDI40147 - Código postal incorrecto."
      }[wrong]
    if (sale.refused)
      return "No fue posible timbrar|CFDI40144 - El campo Nombre del receptor, debe encontrarse en la lista de RFC inscritos no cancelados en el SAT."
    visit.session.uuid = (await stampOf(till, sale, typed)).uuid
    return "Correcto|CFDI emitido"
  }

  const partial = (updates: Readonly<Record<string, string>>) =>
    new Response(
      `<?xml version='1.0' encoding='UTF-8'?><partial-response id="j_id1"><changes>${Object.entries(updates)
        .map(([id, text]) => `<update id="${id}"><![CDATA[${text}]]></update>`)
        .join("")}<update id="j_id1:javax.faces.ViewState:0"><![CDATA[]]></update></changes></partial-response>`,
      { headers: { "content-type": "text/xml; charset=utf-8" } }
    )

  const post = async (visit: Visit<Session>) => {
    const { has, session } = visit
    const { uuid } = session
    if (has("frm:descXml") || has("frm:descPdf")) {
      const made = uuid === undefined ? undefined : till.find(uuid)
      if (made === undefined) return seeOther("/faces/index.xhtml")
      return has("frm:descXml")
        ? attachment(await xmlText(made), "application/octet-stream", `SHU_${open.ticket}.xml`)
        : attachment(await pdfBytes(made), "application/octet-stream", `SHU_${open.ticket}.pdf`)
    }
    await Bun.sleep(200)
    if (has("frm:limpiar")) {
      session.sale = undefined
      return partial({ "frm:contenido": await content(visit, true) })
    }
    if (has("frm:j_idt41")) {
      const growl = verify(visit)
      return partial({ "frm:contenido": await content(visit), "frm:growl": growl })
    }
    if (has("frm:j_idt88") && session.sale !== undefined) {
      const growl = await invoice(visit, session.sale)
      if (session.uuid === undefined) return partial({ "frm:contenido": await content(visit), "frm:growl": growl })
      return partial({
        "frm:contenido": `<fieldset class="ui-fieldset"><legend class="ui-fieldset-legend">Comprobante</legend><p>La factura se generó exitosamente. Folio fiscal <b>${session.uuid}</b></p><p>Se envió una copia a ${escaped(visit.field("frm:mail"))}</p><p><a id="frm:descPdf" href="#" class="ui-commandlink" onclick="return bajar('frm:descPdf')">Descargar PDF</a> &nbsp; <a id="frm:descXml" href="#" class="ui-commandlink" onclick="return bajar('frm:descXml')">Descargar XML</a></p></fieldset>`,
        "frm:growl": growl
      })
    }
    return partial({ "frm:contenido": await content(visit) })
  }

  const show = async (visit: Visit<Session>) => {
    visit.session.sale = undefined
    visit.session.uuid = undefined
    return html(await template(dir, "index.html", { contenido: await content(visit, true), vs: `${Date.now()}:-7731` }))
  }

  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ sale: undefined, uuid: undefined }),
    routes: {
      "GET /": () => seeOther("/faces/index.xhtml"),
      "GET /faces/index.xhtml": show,
      "POST /faces/index.xhtml": post,
      "GET /faces/reimpresion.xhtml": () =>
        html("<h2>Consultar factura</h2><p>Folio fiscal <input> RFC <input> <button>Consultar</button></p>"),
      "GET /faces/ayuda.xhtml": () =>
        html(
          "<h2>Preguntas frecuentes</h2><p>¿Cuánto tiempo tengo para facturar? Hasta el último día del mes de la compra.</p>"
        )
    }
  })
}

const paper = (sale: Sale, over: Record<string, string> = {}) => ({
  Tienda: "012 Cd. Valles Centro",
  TDA: `0${sale.store}`,
  CAJA: `0${sale.till}`,
  TRX: sale.ticket,
  CAJERO: "ROSA M.",
  FECHA: sale.date,
  HORA: "18:42",
  ARTICULOS: "37",
  TOTAL: money(sale.cents),
  "T. CREDITO": money(sale.cents),
  ...over
})

export const says = {
  "already invoiced": /ya se encuentra facturada/,
  "name not in the SAT's list": /CFDI40144/,
  "another total": /No se localizó la compra/
}

export const portal: TestPortal = {
  id: "potosina",
  traps: [
    "PrimeFaces select-one-menus whose panel hangs in the body",
    "partial-response updates; inert fieldset until the sale is verified",
    "a field called only Código",
    "a growl that fades",
    "a confirmation dialog before the stamp",
    "a jQuery UI calendar"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "already invoiced", ticket: paper(gone), expected: failed("ALREADY_INVOICED") },
    { name: "name not in the SAT's list", ticket: paper(listed), expected: failed("DATA_REJECTED") },
    {
      name: "another total",
      ticket: paper(open, { TOTAL: "2468.90", "T. CREDITO": "2468.90" }),
      expected: failed("TICKET_NOT_FOUND")
    }
  ],
  script: async (page, ticket, profile) => {
    const box = (name: string) => page.locator(`[id="frm:${name}"]`)
    const idle = () => page.locator("#bloq").waitFor({ state: "hidden" })
    const choose = async (id: string, text: string) => {
      await box(id).click()
      await page.locator(`[id="frm:${id}_panel"] li`, { hasText: text }).click()
      await idle()
    }
    await choose("tienda", "012")
    await box("trx").fill(printed(ticket, "TRX"))
    await box("caja").fill(printed(ticket, "CAJA"))
    await box("fecha_input").fill(printed(ticket, "FECHA"))
    await box("fecha_input").press("Tab")
    await page.locator("#ui-datepicker-div").waitFor({ state: "hidden" })
    await box("tot").fill(printed(ticket, "TOTAL"))
    await page.getByText("Verificar compra").click()
    await page.locator('[id="frm:rfc"]:enabled').fill(profile.rfc)
    await box("rfc").press("Tab")
    await page.locator('[id="frm:regimen"]:not(.ui-state-disabled)').waitFor()
    await idle()
    await choose("regimen", `(${profile.fiscalRegime})`)
    await choose("uso", profile.cfdiUse)
    await box("razon").fill(profile.fullName)
    await box("codigo").fill(profile.postalCode)
    await box("mail").fill(profile.email)
    await page.getByText("Generar factura").click()
    await page.getByText("Sí, generar").click()
    await download(page, () => page.getByText("Descargar XML").click())
  }
}
