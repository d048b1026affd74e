import {
  ago,
  attachment,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  pdfBytes,
  printed,
  regimeOptions,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  typedAs,
  useOptions,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly webid: string
  readonly blocked?: true
}
const base = { description: "21.044 L Gasolina Magna", paymentForm: "01" } as const
const open: Sale = { ...base, ticket: "1448203", webid: "9C4E", cents: 50000n }
const twin: Sale = { ...base, ticket: "1448377", webid: "0FA1", cents: 81250n }
const closed: Sale = { ...base, ticket: "1391120", webid: "B72D", cents: 30000n, blocked: true }
const sales = [open, twin, closed]
const stations = [
  ["E02118", "TRES CERRITOS LIBRAMIENTO NORTE"],
  ["E03340", "SERVICIO EL POCITO"],
  ["E04512", "TRES CERRITOS BLVD. SIGLO XXI"],
  ["E05126", "TRES CERRITOS SALIDA A CALVILLO"],
  ["E05127", "TRES CERRITOS OJOCALIENTE II"],
  ["E05172", "TRES CERRITOS OJOCALIENTE"],
  ["E07701", "GASOLINERA LOS POCITOS"],
  ["E08815", "MULTISERVICIOS RINCON DE ROMOS"],
  ["E09932", "COMBUSTIBLES PABELLON"],
  ["E11204", "TRES CERRITOS JESUS MARIA"]
] as const
const stationId = "37"
const words = {
  empty: "Todos los campos son requeridos.",
  rfc: "El R.F.C. no tiene la estructura correcta.",
  name: "CFDI40145: la razón social no es la asociada al R.F.C.",
  postalCode: "CFDI40147: verifique el C.P.",
  regime: "CFDI40157: el régimen no corresponde.",
  use: "El uso no aplica.",
  email: "E-mail incorrecto."
}
const ticketOf = (sale: Sale, days: number, webid = sale.webid) => ({
  Gasolinera: "TRES CERRITOS OJOCALIENTE II",
  "No. Estación": "E05127",
  "Permiso CRE": "PL/5127/EXP/ES/2015",
  FECHA: `${ago(days).slashes} 18:42:10`,
  FOLIO: sale.ticket,
  WEBID: webid,
  Bomba: "06",
  Despachador: "1148",
  Litros: "21.044",
  "P.U.": "23.76",
  TOTAL: `$${money(sale.cents)}`,
  Pago: "EFECTIVO"
})
interface Session {
  sale: Sale | undefined
}
export const portal: TestPortal = {
  id: "trescerritos",
  profile: "person",
  traps: [
    "a station list with near twins and internal ids",
    "an RFC modal in two steps, the stamp in its second",
    "cookie bar over the foot; promotions box stays off"
  ],
  start: () => {
    const till = openTill(
      { rfc: "TCE010203AB1", name: "COMBUSTIBLES TRES CERRITOS", regime: "601", postalCode: "20000" },
      "15101514"
    )
    return shop<Session>({
      till,
      cookie: "ASP.NET_SessionId",
      fresh: () => ({ sale: undefined }),
      routes: {
        "GET /": async () =>
          html(
            await template(import.meta.dir, "page.html", {
              estaciones: stations
                .map(([code, name], i) => `<option value="${33 + i}">${code} - ${name}</option>`)
                .join("")
            })
          ),
        "GET /Consulta": () =>
          html(
            "<h3>Consultar mis facturas</h3><label>Folio fiscal <input></label><button>Consultar</button><p><a href='/'>Regresar</a></p>"
          ),
        "POST /Ticket/Agregar": ({ field, session }) => {
          if (field("estacion") === "0" || field("folio") === "" || field("webid") === "")
            return json({ ok: false, mensaje: "Faltan datos del ticket." })
          const sale = sales.find(({ ticket }) => ticket === field("folio"))
          if (field("estacion") !== stationId || sale === undefined)
            return json({ ok: false, mensaje: "El despacho no pertenece a la gasolinera seleccionada." })
          if (sale.webid !== field("webid"))
            return json({ ok: false, mensaje: "El Web ID capturado es incorrecto para ese despacho." })
          if (sale.blocked)
            return json({
              ok: false,
              mensaje:
                "Despacho bloqueado: ya se reportó en la factura global del periodo y no admite factura individual."
            })
          if (isStamped(till, sale)) return json({ ok: false, mensaje: "El despacho ya cuenta con CFDI." })
          session.sale = sale
          return json({
            ok: true,
            estacion: "E05127",
            folio: sale.ticket,
            producto: "Magna",
            importe: money(sale.cents)
          })
        },
        "POST /Cliente/Buscar": ({ field }) =>
          /^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("rfc")) && field("rfc") !== "XAXX010101000"
            ? json({ ok: true, regimenes: regimeOptions(field("rfc")), usos: useOptions(field("rfc")) })
            : json({ ok: false, mensaje: words.rfc }),
        "POST /Factura/Generar": async ({ field, session }) => {
          const typed = typedAs(field, {
            rfc: "rfc",
            name: "nombre",
            postalCode: "cp",
            regime: "regimen",
            use: "uso",
            email: "correo"
          })
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return json({ ok: false, mensaje: words[wrong] })
          const { sale } = session
          if (sale === undefined) return json({ ok: false, mensaje: "No hay despachos en la lista." })
          session.sale = undefined
          const { uuid } = await stampOf(till, sale, typed)
          return json({ ok: true, id: uuid })
        },
        "GET /Factura/Xml": async ({ field }) => {
          const made = till.find(field("id"))
          return made ? attachment(await xmlText(made), "text/xml", `${made.uuid}.xml`) : html("404", 404)
        },
        "GET /Factura/Pdf": async ({ field }) => {
          const made = till.find(field("id"))
          return made ? attachment(await pdfBytes(made), "application/pdf", `${made.uuid}.pdf`) : html("404", 404)
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open, 1), expected: completed },
    { name: "wrong web id", ticket: ticketOf(twin, 1, "0FAl".toUpperCase()), expected: failed("TICKET_NOT_FOUND") },
    { name: "global", ticket: ticketOf(closed, 19), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    await page.getByRole("button", { name: "Acepto" }).click()
    await page.locator("#ddlGas").selectOption({ label: "E05127 - TRES CERRITOS OJOCALIENTE II" })
    await page.locator("#txtA").fill(printed(ticket, "FOLIO"))
    await page.locator("#txtB").fill(printed(ticket, "WEBID"))
    await page.locator("#btnAgregar").click()
    await page.locator("#btnContinuar").click()
    await page.locator("#cliRfc").fill(profile.rfc)
    await page.locator("#mdlOk").click()
    await page.locator("#cliNom").fill(profile.fullName)
    await page.locator("#cliCp").fill(profile.postalCode)
    await page.locator("#cliReg").selectOption(profile.fiscalRegime)
    await page.locator("#cliUso").selectOption(profile.cfdiUse)
    await page.locator("#cliMail").fill(profile.email)
    await page.getByRole("button", { name: "Generar Factura" }).click()
    await download(page, () => page.getByRole("link", { name: "XML" }).click())
  }
}
export const says = { "wrong web id": /Web ID capturado es incorrecto/, global: /factura global del periodo/ }
