import { join } from "node:path"
import { pdfFile, xmlFile } from "../../lib/ShopServer.ts"
import {
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  js,
  json,
  oneLine,
  openTill,
  plain,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  wrongOf
} from "../kit/kit.ts"

interface Folio extends TillSale {
  readonly window: string
}
interface Stay {
  readonly conf: string
  readonly hotel: string
  readonly last: string
  readonly guest: string
  readonly room: string
  readonly days: number
  readonly folios: ReadonlyArray<Folio>
}

const folio = (ticket: string, window: string, cents: bigint, description: string): Folio => ({
  ticket,
  window,
  cents,
  description,
  paymentForm: "04"
})
const business: Stay = {
  conf: "44719026",
  hotel: "R222",
  last: "ARMENTA RUIZ",
  guest: "ARMENTA RUIZ/OFELIA MS",
  room: "512",
  days: 4,
  folios: [
    folio("88213", "1", 386240n, "Hospedaje"),
    folio("88214", "2", 59800n, "Alimentos y bebidas"),
    folio("88215", "3", 21000n, "Lavandería")
  ]
}
const offline: Stay = {
  ...business,
  conf: "90218834",
  hotel: "APT1",
  last: "OLGUIN",
  guest: "OLGUIN/BRAULIO MR",
  room: "207",
  days: 2,
  folios: [folio("30177", "1", 168900n, "Hospedaje")]
}
const stays = [business, offline]

const hotels = [
  { value: "APT1", text: "Hospelia Aeropuerto MTY" },
  { value: "QRO3", text: "Hospelia Querétaro Centro Sur" },
  { value: "R222", text: "Hospelia Reforma" },
  { value: "STF2", text: "Hospelia Santa Fe" }
]

const page = `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>e-Folio | Hospelia Hotels</title><style>
body{margin:0;font:13px helvetica,arial;background:#f5f5f5}#cab{background:#2b3a55;color:#e8d9b0;padding:14px 24px;font-size:20px}.x-panel{background:#fff;border:1px solid #c2c2c2;margin:14px 24px;max-width:760px}.x-panel-header,.x-window-header{background:#5e7092;color:#fff;padding:8px;display:flex;justify-content:space-between}.x-panel-body,.x-window-body{padding:10px}.x-form-item{display:flex;margin-bottom:6px}.x-form-item-label{width:180px;padding-top:5px}.x-form-trigger-wrap{display:flex;border:1px solid #b5b8c8}.x-form-text{border:0;padding:5px;width:260px}.x-form-invalid-field{background:#fdd}.x-form-trigger{width:22px;background:#eee;cursor:pointer;text-align:center}.x-form-arrow-trigger:before{content:"▾"}.x-form-date-trigger:before{content:"▦"}
.x-btn{display:inline-block;background:#5e7092;color:#fff;padding:5px 14px;margin:4px 6px 4px 0;cursor:pointer;border-radius:3px}.x-layer{position:absolute;z-index:20000;background:#fff;border:1px solid #99a}.x-list-plain{list-style:none;margin:0;padding:0;max-height:200px;overflow:auto}.x-boundlist-item{padding:4px 6px;cursor:pointer}.x-boundlist-item:hover{background:#d6e1f5}.x-mask{position:fixed;inset:0;background:#0004;z-index:18999}#loadmask-1002{z-index:30000}.x-window{position:fixed;left:25%;top:120px;width:520px;z-index:19001}.x-message-box{z-index:19501;top:170px;width:420px}.x-tool-close{width:16px;cursor:pointer}.x-tool-close:before{content:"×"}.x-toolbar{padding:6px;text-align:center}
.x-grid-item,.x-grid-header-ct{width:100%;table-layout:fixed}.x-grid-header-ct{display:grid;grid-template-columns:repeat(6,1fr);background:#eee}.x-grid-cell{padding:5px;cursor:pointer}.x-grid-item-selected{background:#d6e1f5}.x-grid-row-checker{width:14px;height:14px;border:1px solid #888}.x-grid-item-selected .x-grid-row-checker{background:#2b3a55}.x-datepicker-header{display:flex;justify-content:space-between;padding:6px}.x-datepicker-date{padding:4px;cursor:pointer}.x-datepicker-prevday{color:#bbb}</style></head>
<body class="x-body x-webkit x-chrome"><div id="cab">HOSPELIA <small>hotels &amp; suites &mdash; e-Folio</small></div><p style="margin:14px 24px">Facture cada folio de su cuenta dentro del mes de su salida. Los folios pagados a una agencia en línea los factura la agencia.</p><div id="viewport-1001" class="x-viewport"></div><script id="hoteles" type="application/json">${JSON.stringify(hotels)}</script><script src="/efolio/classic/app.js?_dc=1732300000"></script></body></html>`

const start = async () => {
  const till = openTill(
    { rfc: "HOS990701N24", name: "HOSPELIA HOTELES", regime: "601", postalCode: "06600" },
    "90111501"
  )
  const client = await Bun.file(join(import.meta.dir, "client.js")).text()
  const no = (text: string) => json({ success: false, msg: text })
  return shop<{ stay?: Stay }>({
    till,
    cookie: "JSESSIONID_EF",
    landing: "/efolio/",
    fresh: () => ({}),
    routes: {
      "GET /": () => html(page),
      "GET /efolio/": () => html(page),
      "GET /efolio/classic/app.js": () => js(client),
      "POST /efolio/folios.do": async ({ field, session }) => {
        await Bun.sleep(400)
        if (field("hotel") === offline.hotel)
          return no(
            "No hay comunicación con el sistema de recepción de Hospelia Aeropuerto MTY (interfaz detenida). Intente más tarde."
          )
        const last = plain(field("guestLast").toUpperCase()).trim()
        const stay = stays.find(
          (one) =>
            one.conf === field("confNo") &&
            one.hotel === field("hotel") &&
            ago(one.days).slashes === field("coDate") &&
            (one.last === last || one.last.split(" ")[0] === last)
        )
        if (stay === undefined)
          return no("No existe una estancia con esa reservación, huésped y salida en el hotel elegido.")
        session.stay = stay
        return json({
          success: true,
          rows: stay.folios.map((one) => ({
            id: one.ticket,
            cells: [
              one.ticket,
              one.window,
              one.description,
              commas(one.cents),
              isStamped(till, one) ? "Facturado" : "Cerrado"
            ]
          }))
        })
      },
      "GET /efolio/regimes.do": ({ field }) =>
        json(regimesFor(field("taxId")).map(({ code, name }) => ({ value: code, text: `${code} ${name}` }))),
      "GET /efolio/uses.do": ({ field }) =>
        json(
          cfdiUses
            .filter(
              (use) =>
                use.fiscalRegimes.includes(field("regime")) &&
                !/^C/.test(use.code) &&
                (field("taxId").length === 12 ? use.moral : use.individual)
            )
            .map(({ code, name }) => ({ value: code, text: `${code} ${name}` }))
        ),
      "POST /efolio/stamp.do": async ({ field, session }) => {
        const sale = session.stay?.folios.find(({ ticket }) => ticket === field("folio"))
        if (sale === undefined || isStamped(till, sale)) return no("El folio no está disponible.")
        await Bun.sleep(1400)
        const typed = {
          rfc: field("taxId").toUpperCase(),
          name: oneLine(field("taxName")),
          postalCode: field("zip"),
          regime: field("regime"),
          use: field("use"),
          email: field("email")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return no(`El timbrado fue rechazado: dato ${wrong} del receptor.`)
        return json({ success: true, uuid: (await stampOf(till, sale, typed)).uuid })
      },
      "GET /efolio/file.do": ({ field }) => {
        const made = till.find(field("uuid"))
        return made === undefined ? html("", 404) : field("kind") === "xml" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}

const paper = (stay: Stay, at: number, hotel: string, conf = stay.conf) => {
  const bill = stay.folios[at]
  if (bill === undefined) throw new Error("no such folio")
  return {
    Property: hotel,
    "Conf. No.": conf,
    "Folio No.": bill.ticket,
    "Room No.": stay.room,
    Guest: stay.guest,
    Arrival: ago(stay.days + 2).words,
    Departure: ago(stay.days).words,
    Window: bill.window,
    "Total MXN": commas(bill.cents),
    "Credit card": commas(bill.cents),
    Balance: "0.00"
  }
}

export const portal: TestPortal = {
  id: "hospelia",
  traps: [
    "Ext JS-like: comboboxes with forceSelection and bound lists, links as buttons, message boxes",
    "a bill in English, a form in Spanish",
    "the guest is not the receiver; his surname out of SURNAME/NAME",
    "one of three folios chosen in a grid",
    "download through a hidden iframe"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(business, 1, "HOSPELIA REFORMA"), expected: completed },
    {
      name: "no such stay",
      ticket: paper(business, 1, "HOSPELIA REFORMA", "44719062"),
      expected: failed("TICKET_NOT_FOUND")
    },
    {
      name: "that hotel's system is offline",
      ticket: paper(offline, 0, "HOSPELIA AEROPUERTO MTY"),
      expected: failed("PORTAL_DOWN")
    }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (name: string, text: string) => {
      const item = page.locator(`.x-field:has([name=${name}])`)
      for (let i = 0; i < 20 && (await page.locator(".x-boundlist:visible").count()) === 0; i++) {
        await item.locator(".x-form-trigger").click()
        await page.waitForTimeout(60)
      }
      await page.locator(".x-boundlist:visible .x-boundlist-item", { hasText: new RegExp(text, "i") }).click()
    }
    await choose("hotel", printed(ticket, "Property"))
    await page.locator("[name=confNo]").fill(printed(ticket, "Conf. No."))
    await page.locator("[name=guestLast]").fill(printed(ticket, "Guest").split("/")[0] ?? "")
    const names = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
    const [day, month = "", year] = printed(ticket, "Departure").split("-")
    await page.locator("[name=coDate]").fill(`${day}/${String(names.indexOf(month) + 1).padStart(2, "0")}/${year}`)
    await page.getByRole("button", { name: "Consultar folios" }).click()
    await page.locator(".x-grid-row", { hasText: printed(ticket, "Folio No.") }).click()
    await page.getByRole("button", { name: "Facturar folio" }).click()
    await page.locator("[name=taxId]").fill(profile.rfc)
    await page.locator("[name=taxName]").fill(profile.fullName)
    await page.locator("[name=zip]").fill(profile.postalCode)
    await choose("regime", profile.fiscalRegime)
    await choose("use", profile.cfdiUse)
    await page.locator("[name=email]").fill(profile.email)
    await page.getByRole("button", { name: "Facturar", exact: true }).click()
    await page.getByRole("button", { name: "Sí" }).click()
    await download(page, () => page.getByRole("button", { name: "XML" }).click())
  }
}
