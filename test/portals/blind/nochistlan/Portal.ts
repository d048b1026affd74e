import {
  ago,
  attachment,
  cfdiUses,
  completed,
  failed,
  fiscalRegimes,
  html,
  inline,
  isStamped,
  money,
  openTill,
  options,
  pdfBytes,
  plain,
  printed,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  typedAs,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly nis: string
  readonly back: number
  readonly closed?: true
}
const open: Sale = {
  ticket: "A-0917723",
  nis: "00481920",
  back: 20,
  cents: 41738n,
  description: "Servicio de agua potable",
  paymentForm: "01"
}
const closed: Sale = { ...open, ticket: "A-0733018", back: 430, cents: 38911n, closed: true }
const sales = [open, closed]
const names = [
  "ENERO",
  "FEBRERO",
  "MARZO",
  "ABRIL",
  "MAYO",
  "JUNIO",
  "JULIO",
  "AGOSTO",
  "SEPTIEMBRE",
  "OCTUBRE",
  "NOVIEMBRE",
  "DICIEMBRE"
]
const short = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
const periodOf = (back: number) => {
  const [y = "", m = ""] = ago(back).iso.split("-")
  return { month: Number(m), year: y }
}
const words = {
  empty: "DATOS INCOMPLETOS",
  rfc: "R.F.C. INVALIDO",
  name: "NOMBRE NO CORRESPONDE A LA CSF",
  postalCode: "C.P. NO CORRESPONDE A LA CSF",
  regime: "REGIMEN NO CORRESPONDE A LA CSF",
  use: "USO CFDI INVALIDO",
  email: "EMAIL INVALIDO"
}
const ticketOf = (sale: Sale, rec = sale.ticket) => {
  const { month, year } = periodOf(sale.back)
  return {
    ORGANISMO: "SISTEMA DE AGUA POTABLE DE NOCHISTLAN",
    USUARIO: "CASAS CHAVEZ XOCHILT",
    NIS: sale.nis,
    Medidor: "M-77120",
    Recibo: rec,
    Periodo: `${short[month - 1]} ${year}`,
    "Consumo m3": "17",
    "Total a pagar": `$${money(sale.cents)}`,
    "Pagado el": ago(Math.max(sale.back - 15, 1)).slashes,
    Caja: "02",
    "Ref. bancaria": "0048192009177230041738"
  }
}
export const portal: TestPortal = {
  id: "nochistlan",
  profile: "person",
  traps: [
    "a frameset: menu, banner and form are frames",
    "period in two lists",
    "the RFC in 10 and 3",
    "name in a textarea",
    "window.confirm",
    "the XML opens in a new window",
    "uppercase without accents"
  ],
  start: () => {
    const till = openTill(
      { rfc: "SAP840101HH4", name: "SISTEMA DE AGUA POTABLE DE NOCHISTLAN", regime: "603", postalCode: "99900" },
      "83101500"
    )
    const year = Number(ago(0).iso.slice(0, 4))
    const form = async (field: (n: string) => string, error = "") =>
      html(
        await template(import.meta.dir, "form.html", {
          error,
          nis: field("nis"),
          rec: field("rec"),
          meses: options(
            names.map((text, i) => ({ value: String(i + 1), text })),
            field("mes")
          ),
          anios: options(
            [0, 1, 2, 3].map((i) => ({ value: String(year - i), text: String(year - i) })),
            field("anio")
          )
        })
      )
    const data = async (sale: Sale, field: (n: string) => string, error = "") =>
      html(
        await template(import.meta.dir, "datos.html", {
          error,
          rec: sale.ticket,
          total: money(sale.cents),
          ...Object.fromEntries(["d_rfc1", "d_rfc2", "d_nom", "d_cp", "d_mail"].map((n) => [n, field(n)])),
          regs: options(
            fiscalRegimes.map(({ code, name }) => ({ value: code, text: plain(`${code}.- ${name}`).toUpperCase() })),
            field("d_reg")
          ),
          usos: options(
            cfdiUses.map(({ code, name }) => ({ value: code, text: plain(`${code}.- ${name}`).toUpperCase() })),
            field("d_uso")
          )
        })
      )
    return shop<Record<string, never>>({
      till,
      cookie: "PHPSESSID",
      fresh: () => ({}),
      routes: {
        "GET /": () =>
          html(
            `<html><head><title>SAPAN - Tramites en linea</title></head><frameset rows="70,*"><frame src="banner.php" name="arriba" scrolling="no"><frameset cols="190,*"><frame src="menu.php" name="menu"><frame src="inicio.php" name="centro"></frameset></frameset></html>`
          ),
        "GET /banner.php": () =>
          html(
            `<body bgcolor="#003399"><font color="white" size="5">SISTEMA DE AGUA POTABLE DE NOCHISTLAN</font></body>`
          ),
        "GET /menu.php": () =>
          html(
            `<body bgcolor="#cce0f0"><a href="inicio.php" target="centro">Inicio</a><br><br><a href="pagos.php" target="centro">Pago en linea</a><br><br><a href="recibos.php" target="centro">Comprobantes fiscales</a><br><br><a href="fugas.php" target="centro">Reporte de fugas</a></body>`
          ),
        "GET /inicio.php": () => html("<body><h3>Bienvenido</h3><p>Seleccione un tramite en el menu.</p></body>"),
        "GET /pagos.php": () =>
          html("<body><h3>Pago en linea</h3>NIS <input name=nis> <input type=button value=Continuar></body>"),
        "GET /fugas.php": () => html("<body><h3>Reporte de fugas</h3>Calle <input></body>"),
        "GET /ejemplo.php": () => html("<body><p>NIS 00012345, RECIBO A-0000001</p></body>"),
        "GET /recibos.php": () => form(() => ""),
        "GET /consulta.php": () => seeOther("/recibos.php"),
        "GET /timbra.php": () => seeOther("/recibos.php"),
        "POST /consulta.php": ({ field }) => {
          if (field("nis") === "" || field("rec") === "" || field("mes") === "0" || field("anio") === "0")
            return form(field, "CAPTURE TODOS LOS DATOS")
          const sale = sales.find(
            (s) =>
              s.nis === field("nis") &&
              s.ticket === field("rec").toUpperCase() &&
              periodOf(s.back).month === Number(field("mes")) &&
              periodOf(s.back).year === field("anio")
          )
          if (sale === undefined) return form(field, "NO HAY PAGO REGISTRADO PARA EL NIS, RECIBO Y PERIODO INDICADOS")
          if (sale.closed)
            return form(field, "EL PERIODO CORRESPONDE A UN EJERCICIO CERRADO, NO ES POSIBLE EXPEDIR COMPROBANTE")
          if (isStamped(till, sale)) return form(field, "EL RECIBO YA TIENE CFDI")
          return data(sale, () => "")
        },
        "POST /timbra.php": async ({ field }) => {
          const sale = sales.find((s) => s.ticket === field("rec"))
          if (sale === undefined || sale.closed || isStamped(till, sale)) return seeOther("/recibos.php")
          const raw = typedAs(field, {
            rfc: "d_rfc1",
            name: "d_nom",
            postalCode: "d_cp",
            regime: "d_reg",
            use: "d_uso",
            email: "d_mail"
          })
          const typed = { ...raw, rfc: (field("d_rfc1") + field("d_rfc2")).toUpperCase() }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return data(sale, field, words[wrong])
          const { uuid } = await stampOf(till, sale, typed)
          return html(
            `<body bgcolor="#e6f3fb"><center><b>CFDI EXPEDIDO</b><br><br>UUID ${uuid}<br><br><a href="ver.php?t=xml&u=${uuid}" target="_blank">ABRIR XML</a><br><a href="ver.php?t=pdf&u=${uuid}" target="_blank">ABRIR PDF</a></center></body>`
          )
        },
        "GET /ver.php": async ({ field }) => {
          const made = till.find(field("u"))
          return made === undefined
            ? html("404", 404)
            : field("t") === "xml"
              ? inline(await xmlText(made), "text/xml", "cfdi.xml")
              : attachment(await pdfBytes(made), "application/pdf", "cfdi.pdf")
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    {
      name: "no payment",
      ticket: ticketOf({ ...open, cents: 22000n }, "A-0917732"),
      expected: failed("TICKET_NOT_FOUND")
    },
    { name: "closed year", ticket: ticketOf(closed), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    page.on("dialog", (dialog) => void dialog.accept())
    const centre = page.frameLocator("frame[name=centro]")
    await page.frameLocator("frame[name=menu]").getByText("Comprobantes fiscales").click()
    await centre.locator("[name=nis]").fill(printed(ticket, "NIS"))
    await centre.locator("[name=rec]").fill(printed(ticket, "Recibo"))
    const [m = "", y = ""] = printed(ticket, "Periodo").split(" ")
    await centre.locator("[name=mes]").selectOption(String(short.indexOf(m) + 1))
    await centre.locator("[name=anio]").selectOption(y)
    await centre.getByText("CONSULTAR RECIBO").click()
    const cut = profile.rfc.length - 3
    await centre.locator("[name=d_rfc1]").fill(profile.rfc.slice(0, cut))
    await centre.locator("[name=d_rfc2]").fill(profile.rfc.slice(cut))
    await centre.locator("[name=d_nom]").fill(profile.fullName)
    await centre.locator("[name=d_cp]").fill(profile.postalCode)
    await centre.locator("[name=d_reg]").selectOption(profile.fiscalRegime)
    await centre.locator("[name=d_uso]").selectOption(profile.cfdiUse)
    await centre.locator("[name=d_mail]").fill(profile.email)
    await centre.getByText("GENERAR CFDI").click()
    const [shown] = await Promise.all([page.waitForEvent("popup"), centre.getByText("ABRIR XML").click()])
    await shown.waitForLoadState()
  }
}
export const says = { "no payment": /NO HAY PAGO REGISTRADO/, "closed year": /EJERCICIO CERRADO/ }
