import {
  ago,
  attachment,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  money,
  openTill,
  options,
  pdfBytes,
  plain,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  typedAs,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly cheque: string
  readonly had?: true
}
const open: Sale = {
  ticket: "TCH4-92KD-1188",
  cheque: "20931",
  cents: 73840n,
  description: "Consumo de alimentos",
  paymentForm: "04"
}
const had: Sale = { ...open, ticket: "TCH4-71QM-0945", cheque: "20677", cents: 41200n, had: true }
const sales = [open, had]
const words = {
  empty: "Completa los campos marcados con *",
  rfc: "Tu RFC no parece correcto.",
  name: "Según el SAT, el nombre no corresponde a ese RFC.",
  postalCode: "Según el SAT, ese código postal no es el de tu domicilio fiscal.",
  regime: "Según el SAT, no tributas en ese régimen.",
  use: "Ese uso no es válido para tu régimen.",
  email: "Revisa tu correo."
}
const ticketOf = (sale: Sale, days: number, code = sale.ticket) => ({
  Restaurante: "LA TIA CHONITA ROMA",
  Mesa: "14",
  Mesero: "BETO",
  Cheque: sale.cheque,
  Personas: "3",
  Fecha: ago(days).words,
  Subtotal: money((sale.cents * 100n) / 116n),
  TOTAL: money(sale.cents),
  Propina: "0.00",
  "CODIGO PARA FACTURAR": code,
  "Forma de pago": "T. CREDITO"
})
const show = async (file: string, values: Record<string, string> = {}, mensaje = "") =>
  html(
    await template(import.meta.dir, "page.html", { mensaje, contenido: await template(import.meta.dir, file, values) })
  )
export const portal: TestPortal = {
  id: "chonita",
  profile: "person",
  traps: [
    "placeholder-only code",
    "real Select2 for régimen, uso (by AJAX after régimen) and form of payment",
    "window.confirm before the stamp",
    "repeated e-mail that refuses paste; club box stays off",
    "anchors as buttons"
  ],
  start: () => {
    const till = openTill(
      { rfc: "TCH150612QX4", name: "TIA CHONITA COCINA", regime: "601", postalCode: "06700" },
      "90101501"
    )
    const fiscal = (sale: Sale, field: (n: string) => string, mensaje: string) =>
      show(
        "fiscal.html",
        {
          t: sale.ticket,
          cheque: sale.cheque,
          total: money(sale.cents),
          subtotal: money((sale.cents * 100n) / 116n),
          iva: money(sale.cents - (sale.cents * 100n) / 116n),
          receptor_id: field("receptor_id"),
          receptor_den: field("receptor_den"),
          receptor_dom: field("receptor_dom"),
          mail1: field("mail1"),
          mail2: "",
          regimenes: options(fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${name} (${code})` })))
        },
        mensaje
      )
    return shop<Record<string, never>>({
      till,
      cookie: "cf",
      fresh: () => ({}),
      routes: {
        "GET /": () => show("codigo.html"),
        "GET /recuperar": () => show("codigo.html", {}, "Escribe tu folio fiscal"),
        "GET /aviso": () => html("<h3>Aviso de privacidad</h3>"),
        "GET /usos": ({ field }) =>
          html(
            options(
              usesFor(field("r") === "601" ? "EKU9003173C9" : "CACX7605101P8").map(({ code, name }) => ({
                value: code,
                text: `${name} (${code})`
              }))
            )
          ),
        "GET /buscar": () => seeOther("/"),
        "POST /buscar": ({ field }) => {
          const sale = sales.find(({ ticket }) => ticket === field("q").toUpperCase())
          if (field("q") === "") return show("codigo.html", {}, "Ingresa tu código.")
          if (sale === undefined)
            return show(
              "codigo.html",
              { q: field("q") },
              "El código no corresponde a ningún cheque de nuestros restaurantes. Verifica letras y números."
            )
          if (sale.had || isStamped(till, sale))
            return show(
              "codigo.html",
              { q: field("q") },
              `El cheque ${sale.cheque} ya cuenta con comprobante fiscal emitido; solicita un reenvío en sucursal.`
            )
          return fiscal(sale, () => "", "")
        },
        "POST /emitir": async ({ field }) => {
          const sale = sales.find(({ ticket }) => ticket === field("t"))
          if (sale === undefined || sale.had || isStamped(till, sale)) return seeOther("/")
          const raw = typedAs(field, {
            rfc: "receptor_id",
            name: "receptor_den",
            postalCode: "receptor_dom",
            regime: "receptor_reg",
            use: "receptor_uso",
            email: "mail1"
          })
          const typed = { ...raw, rfc: raw.rfc.toUpperCase() }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return fiscal(sale, field, words[wrong])
          if (!regimesFor(typed.rfc).some(({ code }) => code === typed.regime)) return fiscal(sale, field, words.regime)
          if (field("mail1") !== field("mail2")) return fiscal(sale, field, "Los correos no son iguales.")
          if (field("aviso") !== "1") return fiscal(sale, field, "Debes aceptar el aviso de privacidad.")
          if (field("fp") !== sale.paymentForm)
            return fiscal(sale, field, "La forma de pago no es la registrada en caja.")
          const made = await stampOf(till, sale, typed)
          return html(
            await template(import.meta.dir, "page.html", {
              contenido: `<h2>¡Provecho! Tu comprobante está listo</h2><p>Lo enviamos a ${plain(typed.email)}. También puedes bajarlo:</p><p><a class="boton" href="/c/${made.uuid}/pdf">Bajar PDF</a> <a class="boton" href="/c/${made.uuid}/xml">Bajar XML</a></p>`
            })
          )
        },
        "GET /c/*": async ({ url }) => {
          const [, , id = "", kind] = url.pathname.split("/")
          const made = till.find(id)
          if (made === undefined) return html("404", 404)
          return kind === "xml"
            ? attachment(await xmlText(made), "application/xml", `${id}.xml`)
            : attachment(await pdfBytes(made), "application/pdf", `${id}.pdf`)
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open, 2), expected: completed },
    {
      name: "no such code",
      ticket: ticketOf({ ...open, cents: 55100n, cheque: "20940" }, 2, "TCH4-92KB-1190"),
      expected: failed("TICKET_NOT_FOUND")
    },
    { name: "already", ticket: ticketOf(had, 6), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    page.on("dialog", (dialog) => void dialog.accept())
    await page.locator("[name=q]").fill(printed(ticket, "CODIGO PARA FACTURAR"))
    await page.locator("a.boton").click()
    await page.getByLabel("Tu RFC").fill(profile.rfc)
    await page.getByLabel("Nombre completo").fill(profile.fullName)
    await page.getByLabel("Código postal").fill(profile.postalCode)
    const pick = async (id: string, code: string) => {
      await page.locator(`#${id} + .select2`).click()
      await page.locator(".select2-results__option", { hasText: `(${code})` }).click()
    }
    await pick("s1", profile.fiscalRegime)
    await page.locator("#s2:enabled").waitFor({ state: "attached" })
    await pick("s2", profile.cfdiUse)
    await page.locator("[name=mail1]").fill(profile.email)
    await page.locator("[name=mail2]").fill(profile.email)
    await page.locator("[name=aviso]").check()
    await page.locator("#go").click()
    await download(page, () => page.getByText("Bajar XML").click())
  }
}
export const says = { "no such code": /no corresponde a ningún cheque/, already: /ya cuenta con comprobante fiscal/ }
