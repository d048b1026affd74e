import {
  ago,
  attachment,
  cfdiUses,
  clientBundle,
  commas,
  completed,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  money,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  shop,
  stampOf,
  svg,
  type TestPortal,
  type Till,
  template,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale {
  readonly ticket: string
  readonly brand: string
  readonly store: string
  readonly cents: bigint
  readonly description: string
  readonly paymentForm: string
  readonly days: number
  readonly state?: "invoiced" | "refused"
}

const brands = [
  { opc: "CafeMolino", nombre: "Café Molino", modo: "fecha", color: "#00704a" },
  { opc: "Trattoria", nombre: "Pizza Trattoria", modo: "total", color: "#c62828" },
  { opc: "Vapor", nombre: "Vapor Cantonés", modo: "total", color: "#6a1b9a" },
  { opc: "LaParrilla", nombre: "La Parrilla", modo: "fecha", color: "#e65100" },
  { opc: "Cobre", nombre: "Cobre Bar", modo: "total", color: "#5d4037" }
]

const open: Sale = {
  ticket: "4471902381",
  brand: "CafeMolino",
  store: "38254",
  cents: 21400n,
  description: "Consumo de alimentos",
  paymentForm: "04",
  days: 3
}
const taken: Sale = { ...open, ticket: "4471901127", cents: 16800n, days: 7, state: "invoiced" }
const refused: Sale = {
  ...open,
  ticket: "00812-0077145",
  brand: "Trattoria",
  store: "812",
  cents: 104900n,
  days: 1,
  state: "refused"
}
const sales = [open, taken, refused]

const ticketOf = (sale: Sale) =>
  sale.brand === "CafeMolino"
    ? {
        Establecimiento: "CAFE MOLINO ALTABRISA",
        "Tienda #": sale.store,
        Check: "1187",
        Fecha: `${ago(sale.days).iso} 08:15`,
        "A. Americano G": "$72.00",
        Total: `$${commas(sale.cents)}`,
        "Núm. facturación": sale.ticket
      }
    : {
        Establecimiento: "PIZZA TRATTORIA SATELITE",
        Sucursal: sale.store,
        Fecha: `${ago(sale.days).short} 20:44`,
        Total: `$${commas(sale.cents)}`,
        "Ticket para facturar": sale.ticket
      }

const words = {
  empty: "Todos los campos son obligatorios",
  rfc: "El RFC no es válido ante el SAT",
  name: "El nombre capturado no pertenece al RFC; escríbelo como está en tu constancia",
  postalCode: "El código postal fiscal es distinto al registrado en el SAT",
  regime: "El régimen fiscal es distinto al registrado en el SAT",
  use: "El uso de CFDI no está permitido para tu régimen",
  email: "El correo electrónico no es correcto"
} as const

type Made = NonNullable<ReturnType<Till["find"]>>

const start = async () => {
  const till = openTill(
    { rfc: "RSC990712QA2", name: "RESTAURANTES SABORES DEL CENTRO", regime: "601", postalCode: "06600" },
    "90101500"
  )
  const bundle = await clientBundle(`${import.meta.dir}/client.ts`)
  const old = await till.archive(taken, {
    receiver: { rfc: "CACX7605101P8", name: "XOCHILT CASAS CHAVEZ", postalCode: "36257", regime: "612" },
    use: "G03"
  })
  const usesOf = (regime: string) =>
    cfdiUses.filter((use) => use.fiscalRegimes.includes(regime) && !use.code.startsWith("C"))
  const regimeAt = (id: string) => fiscalRegimes[Number(id) - 101]?.code ?? ""
  const links = (made: Made) =>
    `<h5>Tu factura está disponible</h5><p>${made.uuid}</p><a class="btn btn-outline-dark" href="/descarga/${made.uuid}/pdf" target="_blank">PDF</a> &nbsp; <a class="btn btn-outline-dark" href="/descarga/${made.uuid}/xml" target="_blank">XML</a>`
  const find = (field: (name: string) => string): Sale | { nivel: number; mensaje: string } => {
    const brand = brands.find(({ opc }) => opc === field("opc"))
    const no = (mensaje: string) => ({ nivel: 1, mensaje })
    if (brand === undefined) return no("Selecciona la marca")
    if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/i.test(field("rfc"))) return no("RFC con formato incorrecto")
    const sale = sales.find((one) => one.brand === brand.opc && one.ticket === field("ticket"))
    const right =
      sale !== undefined &&
      (brand.modo === "fecha"
        ? sale.store === field("tienda") && ago(sale.days).slashes === field("fecha")
        : Number(field("total").replace(/[$,]/g, "")).toFixed(2) === money(sale.cents))
    if (sale === undefined || !right) return no("El consumo no fue localizado, revisa los datos de tu ticket")
    if (sale.state === "invoiced" || isStamped(till, sale))
      return {
        nivel: 98,
        mensaje: `El consumo ${sale.ticket} se facturó previamente. ¿Quieres consultar la factura emitida?`
      }
    return sale
  }
  const logo = (name: string, color: string) =>
    svg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="180" height="90"><rect width="180" height="90" rx="12" fill="${color}"/><text x="90" y="53" font-family="Georgia" font-size="20" fill="#fff" text-anchor="middle">${name}</text></svg>`
    )
  return shop<object>({
    till,
    cookie: "if",
    fresh: () => ({}),
    routes: {
      "GET /": async () => html(await template(import.meta.dir, "page.html")),
      "GET /main.js": bundle,
      "GET /assets/grupo.svg": () => logo("Sabores", "#333"),
      ...Object.fromEntries(
        brands.map(({ opc, nombre, color }) => [`GET /assets/${opc}.svg`, () => logo(nombre, color)])
      ),
      "POST /api/ObtieneMarcas": () => json({ marcas: brands }),
      "POST /api/ValidaPagina1": async ({ field }) => {
        await Bun.sleep(600)
        const sale = find(field)
        if ("nivel" in sale) return json(sale)
        const rfc = field("rfc").toUpperCase()
        return json({
          nivel: 2,
          importe: commas(sale.cents),
          fisica: rfc.length === 13,
          regimenes: regimesFor(rfc).map(({ code, name }) => ({
            id: fiscalRegimes.findIndex((one) => one.code === code) + 101,
            texto: name
          }))
        })
      },
      "POST /api/RecuperaFactura": ({ field }) => {
        const sale = sales.find(({ ticket }) => ticket === field("ticket"))
        const made =
          sale?.state === "invoiced"
            ? old
            : till.find(till.stamps().find(({ ticket }) => ticket === sale?.ticket)?.uuid ?? "")
        return json(
          made === undefined || made.receiverRfc !== field("rfc").toUpperCase()
            ? { nivel: 1, mensaje: "La factura pertenece a otro RFC" }
            : { nivel: 99, html: links(made) }
        )
      },
      "POST /api/ObtieneUsos": ({ field }) =>
        json({
          usos: usesOf(regimeAt(field("regimenFiscal"))).map(({ code, name }) => ({
            id: code,
            texto: `${code} ${name}`
          }))
        }),
      "POST /api/ValidaPagina2Facturar": async ({ field }) => {
        const sale = find(field)
        if ("nivel" in sale) return json(sale)
        const rfc = field("rfc").toUpperCase()
        const name = rfc.length === 13 ? `${field("nombres")} ${field("apellidos")}` : field("razonSocial")
        const typed = {
          rfc,
          name: oneLine(name),
          postalCode: field("codigoPostal"),
          regime: regimeAt(field("regimenFiscal")),
          use: field("usoCfdi"),
          email: field("correoElectronico")
        }
        const wrong =
          wrongOf(typed) ?? (usesOf(typed.regime).some(({ code }) => code === typed.use) ? undefined : "use")
        if (wrong !== undefined) return json({ nivel: 2, mensaje: words[wrong] })
        await Bun.sleep(2000)
        if (sale.state === "refused")
          return json({
            nivel: 2,
            mensaje:
              "El proveedor de certificación no aceptó el comprobante: [CFDI40145] el nombre del receptor no está asociado al RFC en los registros del SAT"
          })
        return json({ nivel: 99, html: links(await stampOf(till, sale, typed)) })
      },
      "GET /descarga/*": async ({ url }) => {
        const [, , uuid = "", kind] = url.pathname.split("/")
        const made = till.find(uuid)
        if (made === undefined) return html("404", 404)
        return kind === "xml"
          ? attachment(await xmlText(made), "application/xml", `${made.fileName}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
      }
    }
  })
}

export const portal: TestPortal = {
  id: "sabores",
  traps: [
    "brands as pictures",
    "bootstrap-datepicker, the ticket with year first",
    "names in two boxes",
    "régimen without SAT code",
    "errors as alertify notes that go",
    "old invoice given after a question"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "already invoiced, recovered", ticket: ticketOf(taken), expected: { ...completed, recovered: true } },
    { name: "refused by the SAT", ticket: ticketOf(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const [first = "", ...others] = profile.fullName.split(" ")
    const cafe = "Núm. facturación" in ticket
    await page.getByAltText(cafe ? "Café Molino" : "Pizza Trattoria").click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#ticket").fill(printed(ticket, cafe ? "Núm. facturación" : "Ticket para facturar"))
    if (cafe) {
      const [year, month, day] = printed(ticket, "Fecha").slice(0, 10).split("-")
      await page.locator("#tienda").fill(printed(ticket, "Tienda #"))
      await page.locator("#dtFecha").fill(`${day}/${month}/${year}`)
      await page.locator("#dtFecha").press("Tab")
    } else await page.locator("#total").fill(printed(ticket, "Total").replace(/[$,]/g, ""))
    await page.getByRole("button", { name: "Siguiente" }).click()
    if (printed(ticket, "Total") !== "$168.00") {
      await page.locator("[name=nombres]").fill(first)
      await page.locator("[name=apellidos]").fill(others.join(" "))
      await page.locator("[name=codigoPostal]").fill(profile.postalCode)
      await page
        .locator("[name=regimenFiscal]")
        .selectOption({ label: "Personas Físicas con Actividades Empresariales y Profesionales" })
      await page.locator("[name=usoCfdi] option").nth(2).waitFor({ state: "attached" })
      await page.locator("[name=usoCfdi]").selectOption(profile.cfdiUse)
      await page.locator("[name=correoElectronico]").fill(profile.email)
      await page.getByRole("button", { name: "Facturar" }).click()
    } else await page.getByRole("button", { name: "Sí" }).click()
    const [popup] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", { name: "XML" }).click()
    ])
    void popup
  }
}
