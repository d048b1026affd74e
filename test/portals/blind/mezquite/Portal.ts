import type { TestPortal } from "../../lib/Portal.ts"
import {
  ago,
  attachment,
  completed,
  download,
  failed,
  html,
  isStamped,
  money,
  openTill,
  options,
  pdfBytes,
  plain,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  svg,
  type TillSale,
  template,
  usesFor,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly station: string
  readonly digits: string
  readonly expired?: true
}
interface Session {
  sale: Sale | undefined
  uuid: string | undefined
}

const open: Sale = {
  ticket: "4418206",
  station: "08731",
  digits: "K7P2",
  cents: 85000n,
  description: "Gasolina Magna",
  paymentForm: "28"
}
const old: Sale = { ...open, ticket: "4391177", digits: "R3XD", cents: 62050n, expired: true }
const sales = [open, old]

const dir = import.meta.dir
const n = (name: string) => `ctl00$MainContent$${name}`
const picture = (text: string, color: string) =>
  svg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="26"><rect rx="6" width="120" height="26" fill="${color}"/><text x="60" y="17" font-size="12" font-family="Verdana" fill="#fff" text-anchor="middle">${text}</text></svg>`
  )

const start = () => {
  const till = openTill(
    { rfc: "CLM030512QX4", name: "COMBUSTIBLES Y LUBRICANTES EL MEZQUITE", regime: "601", postalCode: "25000" },
    "15101514"
  )

  const first = ({ field }: Visit<Session>, mensaje = "") =>
    template(dir, "paso1.html", {
      mensaje,
      estacion: field(n("TextBox1")),
      despacho: field(n("TextBox3")),
      digitos: field(n("TextBox2")),
      importe: field(n("TextBox7"))
    })

  const second = ({ field, has }: Visit<Session>, sale: Sale, mensaje = "") => {
    const rfc = field(n("TextBox10")).toUpperCase()
    const whole = /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)
    const regime = field(n("DropDownList1"))
    return template(dir, "paso2.html", {
      mensaje,
      rfc,
      despacho: sale.ticket,
      importe: money(sale.cents),
      litros: (Number(sale.cents) / 2419).toFixed(3),
      nombre: field(n("TextBox11")),
      cp: field(n("TextBox12")),
      correo: field(n("TextBox13")),
      promo: has(n("CheckBox1")) ? "checked" : "",
      regimenes: options(
        [
          { value: "0", text: whole ? "--SELECCIONE--" : "--CAPTURE SU RFC--" },
          ...(whole
            ? regimesFor(rfc).map(({ code, name }) => ({ value: code, text: `${code} ${plain(name).toUpperCase()}` }))
            : [])
        ],
        regime
      ),
      usos: options(
        [
          { value: "0", text: "--SELECCIONE--" },
          ...(whole && regime.length === 3
            ? usesFor(rfc).map(({ code, name }) => ({ value: code, text: `${code} ${plain(name).toUpperCase()}` }))
            : [])
        ],
        field(n("DropDownList2"))
      ),
      formas: options(
        [
          ["0", "--SELECCIONE--"],
          ["1", "01 EFECTIVO"],
          ["2", "04 TARJETA DE CREDITO"],
          ["3", "28 TARJETA DE DEBITO"],
          ["4", "05 MONEDERO ELECTRONICO"]
        ].map(([value = "", text = ""]) => ({ value, text })),
        field(n("DropDownList3"))
      )
    })
  }

  const third = (uuid: string) => template(dir, "paso3.html", { uuid })

  const search = (visit: Visit<Session>) => {
    const { field, session } = visit
    const [station, ticket, digits] = [field(n("TextBox1")), field(n("TextBox3")), field(n("TextBox2"))]
    if (station === "" || ticket === "" || digits === "" || field(n("TextBox7")) === "")
      return first(visit, "TODOS LOS CAMPOS SON OBLIGATORIOS")
    const sale = sales.find((each) => each.ticket === ticket && Number(each.station) === Number(station))
    if (sale === undefined) return first(visit, "EL DESPACHO NO EXISTE EN LA ESTACION INDICADA")
    if (sale.digits !== digits) return first(visit, "CODIGO INVALIDO, VERIFIQUE CON LA ESTACION")
    if (!same(field(n("TextBox7")), sale.cents)) return first(visit, "EL IMPORTE NO CORRESPONDE AL DESPACHO")
    if (sale.expired) return first(visit, "SU TICKET REBASA LAS 72 HRS. PERMITIDAS PARA FACTURAR")
    if (isStamped(till, sale)) return first(visit, "EL DESPACHO YA FUE FACTURADO")
    session.sale = sale
    return second(visit, sale)
  }

  const invoice = async (visit: Visit<Session>, sale: Sale) => {
    const { field, session } = visit
    const typed = {
      rfc: field(n("TextBox10")).toUpperCase(),
      name: field(n("TextBox11")),
      postalCode: field(n("TextBox12")),
      regime: field(n("DropDownList1")),
      use: field(n("DropDownList2")),
      email: field(n("TextBox13"))
    }
    if (isStamped(till, sale)) return first(visit, "EL DESPACHO YA FUE FACTURADO")
    if (field(n("DropDownList3")) === "0") return second(visit, sale, "SELECCIONE LA FORMA DE PAGO")
    const wrong = wrongOf(typed)
    if (wrong !== undefined)
      return second(
        visit,
        sale,
        {
          empty: "FALTAN DATOS",
          rfc: "RFC INVALIDO",
          email: "E-MAIL INCORRECTO",
          use: "SELECCIONE EL USO DEL CFDI",
          regime: "CFDI40157 EL REGIMEN FISCAL NO CORRESPONDE",
          name: "CFDI40145 EL NOMBRE NO PERTENECE AL RFC",
          postalCode: "CFDI40147 EL CP NO CORRESPONDE AL RFC"
        }[wrong]
      )
    const { uuid } = await stampOf(till, sale, typed)
    session.uuid = uuid
    return third(uuid)
  }

  const post = async (visit: Visit<Session>) => {
    const { field, has, session } = visit
    const target = field("__EVENTTARGET")
    if (target.includes("Lnk")) {
      const made = session.uuid === undefined ? undefined : till.find(session.uuid)
      if (made === undefined) return seeOther("Default.aspx")
      return target.endsWith("LnkXml")
        ? attachment(await xmlText(made), "text/xml", `${session.uuid}.xml`)
        : attachment(await pdfBytes(made), "application/pdf", `${session.uuid}.pdf`)
    }
    const panel =
      session.sale === undefined || has(`${n("ImageButton1")}.x`)
        ? await search(visit)
        : has(`${n("ImageButton2")}.x`)
          ? await first(visit)
          : has(`${n("ImageButton3")}.x`)
            ? await invoice(visit, session.sale)
            : await second(visit, session.sale)
    if (!has("__ASYNCPOST")) return html(await template(dir, "default.html", { panel, viewstate: crypto.randomUUID() }))
    await Bun.sleep(250)
    return new Response(`${btoa(crypto.randomUUID())}|${panel}`, {
      headers: { "content-type": "text/plain; charset=utf-8" }
    })
  }

  const show = async (visit: Visit<Session>) => {
    visit.session.sale = undefined
    return html(
      await template(dir, "default.html", { panel: await first(visit), viewstate: btoa(crypto.randomUUID()) })
    )
  }

  return shop<Session>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({ sale: undefined, uuid: undefined }),
    routes: {
      "GET /": show,
      "GET /Default.aspx": show,
      "GET /Inicio.aspx": () => seeOther("/Default.aspx"),
      "GET /Consulta.aspx": () =>
        html(
          "<h3>CONSULTA DE FACTURAS</h3>R.F.C. <input name=q> FOLIO FISCAL <input name=u> <button>CONSULTAR</button>"
        ),
      "GET /Contacto.aspx": () => html("<h3>QUEJAS</h3><textarea></textarea>"),
      "POST /Default.aspx": post,
      "GET /Imagenes/banner.svg": () =>
        svg(
          '<svg xmlns="http://www.w3.org/2000/svg" width="880" height="70"><rect width="880" height="70" fill="#f3c46b"/><text x="24" y="46" font-size="30" font-family="Georgia" fill="#7a3b00">El Mezquite - Facturación Electrónica</text></svg>'
        ),
      "GET /Imagenes/buscar.svg": () => picture("BUSCAR", "#3b7a00"),
      "GET /Imagenes/regresar.svg": () => picture("REGRESAR", "#888"),
      "GET /Imagenes/generar.svg": () => picture("GENERAR", "#7a3b00")
    }
  })
}

const paper = (sale: Sale, days: number, over: Record<string, string> = {}) => ({
  "E-": sale.station,
  Despacho: sale.ticket,
  DS: sale.digits,
  Bomba: "07",
  Turno: "2",
  Producto: "MAGNA",
  Fecha: ago(days).short,
  TOTAL: money(sale.cents),
  "Forma de pago": "TARJETA DEBITO",
  Aut: "339120",
  ...over
})

export const says = {
  "no such dispatch": /NO EXISTE EN LA ESTACION/,
  expired: /REBASA LAS 72 HRS/,
  "another security code": /CODIGO INVALIDO/
}

export const portal: TestPortal = {
  id: "mezquite",
  traps: [
    "WebForms: __doPostBack, UpdatePanel, image buttons, a table without labels",
    "régimen by postback after the RFC, uso after the régimen",
    "payment options are 1, 2, 3",
    "a promotion box"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open, 1), expected: completed },
    { name: "no such dispatch", ticket: paper(open, 1, { Despacho: "4418602" }), expected: failed("TICKET_NOT_FOUND") },
    { name: "expired", ticket: paper(old, 9), expected: failed("TICKET_EXPIRED") },
    { name: "another security code", ticket: paper(open, 1, { DS: "K7PZ" }), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    const box = (name: string) => page.locator(`#ctl00_MainContent_${name}`)
    const idle = () => page.locator("#up").waitFor({ state: "hidden" })
    await box("TextBox1").fill(printed(ticket, "E-"))
    await box("TextBox3").fill(printed(ticket, "Despacho"))
    await box("TextBox2").fill(printed(ticket, "DS"))
    await box("TextBox7").fill(printed(ticket, "TOTAL"))
    await box("ImageButton1").click()
    await box("TextBox10").fill(profile.rfc)
    await box("TextBox10").press("Tab")
    await box("DropDownList1").locator("option", { hasText: profile.fiscalRegime }).waitFor({ state: "attached" })
    await idle()
    await box("TextBox11").fill(profile.fullName)
    await box("TextBox12").fill(profile.postalCode)
    await box("DropDownList1").selectOption(profile.fiscalRegime)
    await box("DropDownList2").locator("option", { hasText: profile.cfdiUse }).waitFor({ state: "attached" })
    await idle()
    await box("DropDownList2").selectOption(profile.cfdiUse)
    await box("DropDownList3").selectOption("3")
    await box("TextBox13").fill(profile.email)
    await box("ImageButton3").click()
    await download(page, () => box("LnkXml").click())
  }
}
