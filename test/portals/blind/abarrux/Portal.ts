import { join } from "node:path"
import { usesOf } from "../../lib/Taxpayers.ts"
import {
  against,
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  openTill,
  type PortalCase,
  pdfFile,
  printed,
  regimesFor,
  same,
  script,
  shop,
  stampOf,
  type TestPortal,
  type Typed,
  wrongOf,
  xmlFile
} from "../kit/replies.ts"

const base = { ticket: "02180431199200417365", cents: 128745n, description: "Despensa", paymentForm: "28" }
const sales = [
  { ...base, iso: ago(2).iso, state: "open" },
  { ...base, ticket: "02180431155100417011", cents: 64020n, iso: ago(3).iso, state: "old" },
  { ...base, ticket: "02180429004400391188", cents: 31080n, iso: ago(48).iso, state: "late" }
] as const
interface Session {
  typed: Omit<Typed, "use">
  sale?: (typeof sales)[number]
}

const words = {
  empty: "Faltan datos.",
  rfc: "El RFC no está en el padrón de contribuyentes.",
  name: "El nombre no corresponde al contribuyente.",
  postalCode: "El código postal no corresponde al contribuyente.",
  regime: "El régimen no corresponde al contribuyente.",
  use: "Uso de CFDI no válido.",
  email: "Correo no válido.",
  pair: "El uso no puede emplearse con el régimen del cliente."
}
const page = `<!doctype html><html lang="es" theme="light"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Facturación Abarrux</title><style>body,#outlet{margin:0;min-height:100vh;font-family:Arial}header{background:#e4572e;color:#fff;padding:16px 30px;font-size:24px;font-weight:bold}vaadin-connection-indicator{position:fixed;top:0;left:0;right:0;height:4px;background:#06c;z-index:400}vaadin-connection-indicator[hidden]{display:none}</style></head>
<body><vaadin-app-layout><header slot="navbar">Abarrux <small style="font-size:13px">súper a tu puerta</small></header><div id="outlet"></div></vaadin-app-layout><vaadin-connection-indicator role="status" hidden></vaadin-connection-indicator><script type="module" src="/VAADIN/build/indexhtml-8f2c1d.js"></script></body></html>`

const start = async () => {
  const app = await Bun.file(join(import.meta.dir, "app.js")).text()
  const till = openTill(
    { rfc: "ABA870602RS8", name: "ABARRUX SUPERMERCADOS", regime: "601", postalCode: "91060" },
    "50000000"
  )
  const bad = (error: string) => json({ error })
  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ typed: { rfc: "", name: "", postalCode: "", regime: "", email: "" } }),
    routes: {
      "GET /": () => html(page),
      "GET /VAADIN/build/indexhtml-8f2c1d.js": script(app),
      "POST /": async ({ field, session }) => {
        await Bun.sleep(350)
        const { typed } = session
        switch (field("event")) {
          case "rfc": {
            if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("rfc"))) return bad("El RFC no tiene el formato correcto.")
            session.typed = { rfc: field("rfc"), name: "", postalCode: "", regime: "", email: "" }
            return json({
              regimenes: regimesFor(field("rfc")).map(({ code, name }, i) => ({
                key: `${i + 1}`,
                label: `${code} ${name}`
              }))
            })
          }
          case "cliente": {
            const regime = regimesFor(typed.rfc)[Number(field("regimen")) - 1]?.code ?? ""
            session.typed = {
              rfc: typed.rfc,
              name: field("nombre").toUpperCase(),
              postalCode: field("cp"),
              regime,
              email: field("correo")
            }
            const wrong = wrongOf({ ...session.typed, use: "G03" })
            if (wrong !== undefined) return bad(words[wrong])
            const fitting = new Set(usesOf(typed.rfc, regime).map(({ code }) => code as string))
            return json({
              usos: cfdiUses
                .filter(({ code }) => fitting.has(code) && !code.startsWith("C"))
                .map(({ code, name }) => ({ key: code, label: `${name} [${code}]` }))
            })
          }
          case "agregar": {
            const sale = sales.find(
              (one) =>
                one.ticket === field("id").replace(/\s/g, "") &&
                one.iso === field("fecha").split("/").reverse().join("-")
            )
            if (sale === undefined || !same(field("total"), sale.cents))
              return bad("No localizamos ninguna compra con ese ID, fecha y total.")
            if (sale.state === "late") return bad("La compra rebasa los 45 días que tienes para facturarla.")
            if (sale.state === "old" || isStamped(till, sale))
              return bad("La compra fue facturada a otro cliente. Si necesitas ayuda llama al 800 000 0000.")
            if (session.sale === sale) return bad("El ticket ya está en la lista.")
            session.sale = sale
            return json({ fila: [sale.ticket, field("fecha"), `$${commas(sale.cents)}`] })
          }
          case "quitar": {
            delete session.sale
            return json({})
          }
          case "emitir": {
            const { sale } = session
            if (sale === undefined || isStamped(till, sale)) return bad("Agrega un ticket.")
            const full = { ...typed, use: field("uso") }
            const wrong = against(full, words)
            if (wrong !== undefined) return bad(wrong)
            const made = await stampOf(till, sale, full)
            await Bun.sleep(1500)
            return json({
              uuid: made.uuid,
              total: `$${commas(made.totalCents)}`,
              xml: `/VAADIN/dynamic/resource/0/${made.uuid}/factura.xml`,
              pdf: `/VAADIN/dynamic/resource/0/${made.uuid}/factura.pdf`
            })
          }
        }
        return bad("Sesión no válida")
      },
      "GET /VAADIN/dynamic/resource/0/*": ({ url }) => {
        const [uuid = "", name = ""] = url.pathname.split("/").slice(-2)
        const made = till.find(uuid)
        return made === undefined ? html("404", 404) : name.endsWith("xml") ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}

const paper = (id: string, days: number, total: string) => ({
  Tienda: "0218 XALAPA CENTRO",
  Caja: "12",
  "ID COMPRA": id.replace(/(.{4})(?!$)/g, "$1 "),
  Fecha: ago(days).slashes,
  Hora: "17:31",
  Artículos: "31",
  TOTAL: total,
  "TARJETA DEBITO": total
})

export const portal: TestPortal = {
  id: "abarrux",
  profile: "person",
  start,
  traps: [
    "Vaadin: labels and inputs slotted into shadow roots, buttons that are custom elements",
    "combo boxes with overlays at the body's end and keys that are indexes",
    "tickets gathered in a grid; the button waits for one",
    "boxes cleared after Agregar",
    "notifications that go after five seconds",
    "a number printed in groups"
  ],
  cases: [
    { name: "ok", ticket: paper("02180431199200417365", 2, "$1,287.45"), expected: completed },
    {
      name: "another purchase",
      ticket: paper("02180431199200417356", 2, "$1,287.45"),
      expected: failed("TICKET_NOT_FOUND")
    },
    {
      name: "invoiced to another client",
      ticket: paper("02180431155100417011", 3, "$640.20"),
      expected: failed("ALREADY_INVOICED")
    },
    { name: "after 45 days", ticket: paper("02180429004400391188", 48, "$310.80"), expected: failed("TICKET_EXPIRED") }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    const pick = async (label: string, text: string) => {
      await page.getByLabel(label, { exact: true }).click()
      await page.locator("vaadin-combo-box-item").filter({ hasText: text }).click()
    }
    const button = (name: string) => page.getByRole("button", { name, exact: true })
    await page.getByLabel("RFC", { exact: true }).fill(profile.rfc)
    await button("Continuar").click()
    await page.getByLabel("Nombre o razón social").fill(profile.fullName)
    await page.getByLabel("Código postal").fill(profile.postalCode)
    await pick("Régimen fiscal", profile.fiscalRegime)
    await page.getByLabel("Correo electrónico").fill(profile.email)
    await button("Guardar").click()
    await page.getByLabel("ID de compra").fill(printed(ticket, "ID COMPRA").replaceAll(" ", ""))
    await page.getByLabel("Fecha de compra").fill(printed(ticket, "Fecha"))
    await page.getByLabel("Total", { exact: true }).fill(printed(ticket, "TOTAL").replace(/[$,]/g, ""))
    await button("Agregar").click()
    await page.getByRole("button", { name: "Quitar" }).waitFor()
    await pick("Uso de CFDI", `[${profile.cfdiUse}]`)
    await button("Facturar").click()
    await button("Sí, facturar").click()
    await download(page, () => page.getByRole("link", { name: "XML" }).click())
  }
}
