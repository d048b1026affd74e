import { join } from "node:path"
import {
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  oneLine,
  openTill,
  pdfBytes,
  plain,
  printed,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  template,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale {
  readonly ticket: string
  readonly webId: string
  readonly station: string
  readonly cents: bigint
  readonly description: string
  readonly paymentForm: string
  readonly days: number
}

const open: Sale = {
  ticket: "008841573",
  webId: "A09X31KZ",
  station: "0739",
  cents: 150000n,
  description: "Gasolina Premium",
  paymentForm: "04",
  days: 2
}
const old: Sale = { ...open, ticket: "008790021", webId: "A07C88MN", cents: 72510n, days: 9 }
const prepaid: Sale = { ...open, ticket: "008841602", webId: "A09X77QD", cents: 40000n, paymentForm: "05" }
const sales = [open, old, prepaid]

const ticketOf = (sale: Sale) => ({
  ES: `${sale.station} MONTERREY GONZALITOS`,
  FOLIO: sale.ticket,
  WEBID: sale.webId,
  FECHA: ago(sale.days).words,
  HORA: "06:48",
  PRODUCTO: "PREMIUM",
  LTS: "56.201",
  TOTAL: `$${commas(sale.cents)}`,
  "FORMA DE PAGO": sale.paymentForm === "05" ? "MONEDERO PETRONORTE" : "T. CREDITO"
})

const words = {
  empty: "Faltan datos del receptor.",
  rfc: "RFC no registrado en la lista del SAT.",
  name: "La razón social no es igual a la registrada en el SAT para el RFC.",
  postalCode: "El domicilio fiscal no es el registrado en el SAT para el RFC.",
  regime: "El régimen no es el registrado en el SAT para el RFC.",
  use: "El uso no es aplicable al receptor.",
  email: "El correo de envío es inválido."
} as const

const start = () => {
  const till = openTill(
    { rfc: "PNO9408197E5", name: "PETRONORTE SERVICIOS", regime: "601", postalCode: "64460" },
    "15101514"
  )
  const uses = cfdiUses.filter(({ code }) => /^(G|I|S)/.test(code))
  const find = ({
    estacion,
    fecha,
    folio,
    webId
  }: Record<"estacion" | "folio" | "webId" | "fecha", string>): Sale | { status: number; mensaje: string } => {
    if (!/^\d{9}$/.test(folio))
      return { status: 4, mensaje: "El folio debe contener 9 dígitos, incluya los ceros a la izquierda." }
    const sale = sales.find(
      (one) =>
        one.station === estacion.padStart(4, "0") &&
        one.ticket === folio &&
        one.webId === webId.toUpperCase() &&
        ago(one.days).slashes === fecha
    )
    if (sale === undefined) return { status: 1, mensaje: "No existe información para los datos del ticket, verifique." }
    if (sale.days > 3)
      return {
        status: 2,
        mensaje: "Han pasado más de 72 horas desde su carga; el ticket se incluyó en la venta a público en general."
      }
    if (sale.paymentForm === "05")
      return {
        status: 6,
        mensaje:
          "Los consumos pagados con Monedero PetroNorte no se facturan: la factura se entrega al recargar el saldo."
      }
    if (isStamped(till, sale)) return { status: 3, mensaje: "El ticket tiene factura." }
    return sale
  }
  return shop<object>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/KPortalExterno/"),
      "GET /KPortalExterno/": async () => html(await template(import.meta.dir, "page.html")),
      "GET /KPortalExterno/app.js": async () =>
        new Response(await Bun.file(join(import.meta.dir, "app.js")).text(), {
          headers: { "content-type": "text/javascript" }
        }),
      "POST /KPortalExterno/ws/verificaTicketWS2": async ({ field }) => {
        await Bun.sleep(800)
        const sale = find({
          estacion: field("estacion"),
          folio: field("folio"),
          webId: field("webId"),
          fecha: field("fecha")
        })
        return json(
          "status" in sale
            ? sale
            : {
                status: 0,
                ticket: { producto: sale.description, formaPago: "04 TARJETA DE CREDITO", importe: commas(sale.cents) }
              }
        )
      },
      "POST /KPortalExterno/ws/catalogos": () =>
        json({
          regimenes: fiscalRegimes.map(({ code, name }) => ({
            clave: code,
            descripcion: `${plain(name).toUpperCase()} - ${code}`
          })),
          usos: uses.map(({ code, name }) => ({ clave: code, descripcion: `${plain(name).toUpperCase()} - ${code}` }))
        }),
      "POST /KPortalExterno/ws/generaFacturaWS": async ({ field }) => {
        const [first = "", ...others] = field("tickets").split(",")
        const [estacion = "", folio = "", webId = "", fecha = ""] = first.split("|")
        const sale = find({ estacion, folio, webId, fecha })
        if ("status" in sale) return json(sale)
        if (others.length > 0) return json({ status: 7, mensaje: "Sólo un ticket por factura." })
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: oneLine(field("razonSocial")),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("correo")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ status: 9, mensaje: words[wrong] })
        await Bun.sleep(1600)
        const made = await stampOf(till, sale, typed)
        return json({
          status: 0,
          mensaje: `Factura PN-${sale.ticket} timbrada.`,
          nombre: made.fileName,
          b64Pdf: Buffer.from(await pdfBytes(made)).toString("base64"),
          xml: Buffer.from(await xmlText(made)).toString("base64")
        })
      }
    }
  })
}

export const portal: TestPortal = {
  id: "petronorte",
  traps: [
    "AngularJS markup without ids or names",
    "read-only date with a popup",
    "a list of tickets",
    "option values object:31",
    "window.confirm before the stamp",
    "files as base64 in JSON"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "expired", ticket: ticketOf(old), expected: failed("TICKET_EXPIRED") },
    { name: "paid with the chain's own card", ticket: ticketOf(prepaid), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const model = (name: string) => page.locator(`[ng-model="vm.${name}"]`)
    page.on("dialog", (dialog) => void dialog.accept())
    await model("ticket.estacion").fill(printed(ticket, "ES").slice(0, 4))
    await model("ticket.folio").fill(printed(ticket, "FOLIO"))
    await model("ticket.webId").fill(printed(ticket, "WEBID"))
    await page.locator('[ng-click="vm.abrir()"]').click()
    const [day = "", month = "", year = ""] = printed(ticket, "FECHA").split("-")
    const number =
      ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"].indexOf(month) + 1
    const cell = page.locator(`button[data-d="${day}/${String(number).padStart(2, "0")}/${year}"]`)
    if ((await cell.count()) === 0) await page.locator(".uib-left").click()
    await cell.click()
    await page.getByRole("button", { name: "Agregar" }).click()
    await page.getByRole("button", { name: "Siguiente" }).click()
    await model("receptor.rfc").fill(profile.rfc)
    await model("receptor.razonSocial").fill(profile.fullName)
    await model("receptor.cp").fill(profile.postalCode)
    await model("receptor.correo").fill(profile.email)
    for (const [name, code] of [
      ["regimen", profile.fiscalRegime],
      ["uso", profile.cfdiUse]
    ] as const) {
      const value = await model(`receptor.${name}`)
        .locator("option", { hasText: `- ${code}` })
        .getAttribute("value")
      await model(`receptor.${name}`).selectOption(value)
    }
    await page.getByRole("button", { name: "Facturar" }).click()
    await download(page, () => page.getByRole("button", { name: "XML" }).click())
  }
}
