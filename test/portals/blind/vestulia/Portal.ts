import {
  ago,
  commas,
  completed,
  failed,
  html,
  inline,
  isStamped,
  js,
  json,
  money,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly email: string
  readonly state?: "invoiced" | "closed"
}

const email = "facturas@kemper.example"
const sale: Sale = { ticket: "VE20419", cents: 389900n, description: "Uniformes de algodón", paymentForm: "04", email }
const invoiced: Sale = { ...sale, ticket: "VE20377", cents: 124900n, state: "invoiced" }
const closed: Sale = { ...sale, ticket: "VE18850", cents: 205000n, state: "closed" }
const sales = [sale, invoiced, closed]

const start = () => {
  const till = openTill({ rfc: "VES210607DD3", name: "VESTULIA MODA", regime: "601", postalCode: "37150" }, "53101602")
  const problem = (message: string, status = 422) => json({ errors: [{ message }] }, status)
  return shop<{ order?: Sale | undefined }>({
    till,
    cookie: "_shopify_y",
    landing: "/pages/facturacion",
    fresh: () => ({}),
    routes: {
      "GET /pages/facturacion": async () => html(await template(import.meta.dir, "page.html")),
      "GET /cdn/extensions/selloya/block.js": async () => js(await Bun.file(`${import.meta.dir}/block.js`).text()),
      "GET /apps/selloya/catalogs": ({ field }) =>
        json({
          tax_systems: regimesFor(field("rfc")).map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
          uses: usesFor(field("rfc")).map(({ code, name }) => ({
            value: code,
            label: `${name.replace(/\.$/, "")} (${code})`
          }))
        }),
      "POST /apps/selloya/orders": ({ field, session }) => {
        session.order = undefined
        const name = field("name").replace(/^#/, "").toUpperCase()
        if (!/^VE\d{5}$/.test(name)) return problem("El pedido empieza con #VE y lleva cinco números")
        const found = sales.find((one) => one.ticket === name && one.email === field("contact").toLowerCase())
        if (found === undefined) return problem("No localizamos un pedido con esos datos", 404)
        if (found.state === "invoiced" || isStamped(till, found))
          return problem(
            `El pedido #${name} ya tiene una factura vigente. Si necesitas cambiarla escríbenos a hola@vestulia.example`
          )
        if (found.state === "closed")
          return problem(
            `El pedido #${name} se incluyó en la factura global del mes, por lo que ya no es posible facturarlo`
          )
        session.order = found
        return json({
          name: `#${name}`,
          total: commas(found.cents),
          items: [
            ["Filipina unisex", 4],
            ["Bata corta", 3]
          ]
        })
      },
      "POST /apps/selloya/invoices": async ({ field, session }) => {
        const one = session.order
        if (one === undefined) return problem("La sesión expiró, recarga la página", 401)
        const typed = {
          rfc: field("tax_id").toUpperCase(),
          name: field("legal_name").toUpperCase(),
          postalCode: field("zip"),
          regime: field("tax_system"),
          use: field("use"),
          email: field("email")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) {
          return problem(
            {
              empty: "Completa todos los campos",
              rfc: "El RFC no está en la lista del SAT",
              name: "La razón social no es la registrada para ese RFC; quita la terminación S.A. de C.V.",
              postalCode: "El código postal no es el de tu constancia",
              regime: "El régimen no es el de tu constancia",
              use: "Ese uso no aplica a tu régimen",
              email: "Correo no válido"
            }[wrong]
          )
        }
        await Bun.sleep(1600)
        if (isStamped(till, one)) return problem("El pedido ya tiene factura")
        const made = await stampOf(till, one, typed)
        return json({
          uuid: made.uuid,
          files: { pdf: `/cdn/files/${made.uuid}.pdf`, xml: `/cdn/files/${made.uuid}.xml` }
        })
      },
      "GET /cdn/files/*": async ({ url }) => {
        const [uuid = "", kind] = url.pathname.slice("/cdn/files/".length).split(".")
        const made = till.find(uuid)
        if (made === undefined) return html("404", 404)
        return kind === "xml"
          ? inline(await xmlText(made), "application/xml", `${made.fileName}.xml`)
          : inline(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
      }
    }
  })
}

const ticket = (one: Sale, order = one.ticket) => ({
  Pedido: `#${order}`,
  Fecha: ago(5).iso,
  Contacto: email,
  "Filipina unisex x 4": `$${money(one.cents - 90000n)}`,
  "Bata corta x 3": "$900.00",
  Envío: "Gratis",
  Impuestos: `$${money(one.cents - (one.cents * 100n) / 116n)}`,
  Total: `$${commas(one.cents)} MXN`,
  Pago: "Mastercard que termina en 0519"
})

export const portal: TestPortal = {
  id: "vestulia",
  traps: [
    "a Shopify shop: the form is an app's custom element with an open shadow root in a page of the theme",
    "a discount pop-up that comes after a second; selects of country and language in the footer; the XML opens inline in a new tab"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticket(sale), expected: completed },
    { name: "another order", ticket: ticket(sale, "VE20491"), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced before", ticket: ticket(invoiced), expected: failed("ALREADY_INVOICED") },
    { name: "in the invoice of the month", ticket: ticket(closed), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator(".newsletter-popup .close").click()
    await page.getByLabel("Número de pedido").fill(printed(ticket, "Pedido"))
    await page.getByLabel("Correo de la compra").fill(printed(ticket, "Contacto"))
    await page.getByRole("button", { name: "Buscar pedido" }).click()
    await page.getByLabel("RFC").fill(profile.rfc)
    await page.getByLabel("Razón social").fill(profile.fullName)
    await page.getByLabel("Código postal").fill(profile.postalCode)
    await page.getByLabel("Régimen").selectOption(profile.fiscalRegime)
    await page.getByLabel("Uso de la factura").selectOption(profile.cfdiUse)
    await page.getByLabel("Enviar a").fill(profile.email)
    await page.getByRole("button", { name: "Solicitar factura" }).click()
    const [tab] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: "XML" }).click()])
    await tab.waitForLoadState()
  }
}
