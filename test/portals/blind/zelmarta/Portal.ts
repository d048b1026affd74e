import { join } from "node:path"
import {
  ago,
  asked,
  captchaCode,
  captchaImage,
  clientBundle,
  commas,
  failed,
  html,
  isStamped,
  json,
  openTill,
  printed,
  regimesFor,
  shop,
  stampOf,
  svg,
  type TestPortal,
  type TillSale,
  type Typed,
  usesFor,
  type Wrong,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
  readonly refused?: string
}

const open: Sale = {
  ticket: "0417003120261117084532",
  days: 6,
  cents: 187466n,
  description: "Abarrotes",
  paymentForm: "28"
}
const mistyped: Sale = { ...open, ticket: "0417003120261118019846", days: 5, cents: 94325n }
const fresh: Sale = {
  ...open,
  ticket: "0417003120261123002217",
  days: 0,
  cents: 30150n,
  refused: "El ticket aún no se recibe de la sucursal. Intente mañana: las ventas se cargan durante la madrugada."
}
const done: Sale = {
  ...open,
  ticket: "0417003120261116077701",
  days: 7,
  cents: 55200n,
  refused: "El ticket tiene la factura ZH 2284519, emitida ayer. Solicite el reenvío en Atención a Clientes."
}

const paper = (sale: Sale, number = sale.ticket) => ({
  SUC: "417 ZELMARTA COYOACAN",
  CAJ: "31",
  CAJERA: "GUADALUPE R",
  FECHA: `${ago(sale.days).short} 17:45`,
  ARTICULOS: "22",
  TOTAL: `$${commas(sale.cents)}`,
  "TARJETA DEBITO": `$${commas(sale.cents)}`,
  "MONEDERO NARANJA": "$41.20",
  "NO. PARA FACTURAR": number
})

const page = `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>Emisión CFDI</title><base href="/"><link rel="stylesheet" href="/vendor/@angular/material/prebuilt-themes/rose-red.css">
<style>body{margin:0;font-family:Roboto,Arial,sans-serif}header{background:#f47b20;padding:12px 40px}section{max-width:520px;margin:24px auto;display:flex;flex-direction:column;gap:8px}.cap{display:flex;align-items:center}footer{text-align:center;color:#666;font-size:12px}</style></head><body><app-root></app-root><script src="/main.4b1a.js" type="module"></script></body></html>`

const words: Record<Wrong, string> = {
  empty: "Capture todos los datos.",
  rfc: "El R.F.C. no está inscrito en el padrón.",
  name: "El nombre no concuerda con el R.F.C.",
  postalCode: "El código postal no concuerda con el R.F.C.",
  regime: "El régimen no concuerda con el R.F.C.",
  use: "Uso del CFDI inválido.",
  email: "Correo inválido."
}

const start = async () => {
  const till = openTill(
    { rfc: "ZHI900514TC7", name: "ZELMARTA HIPERMERCADOS", regime: "601", postalCode: "04000" },
    "50192100"
  )
  const bundle = await clientBundle(join(import.meta.dir, "client.ts"))
  const regimes = (rfc: string) => regimesFor(rfc).map(({ code, name }) => `${code} ${name}`)
  const uses = (rfc: string) => usesFor(rfc).map(({ code, name }) => `${code} ${name}`)
  const typedOf = (field: (n: string) => string): Typed => ({
    rfc: field("clieRfc").toUpperCase(),
    name: field("clieNom"),
    postalCode: field("clieCp"),
    regime: field("clieReg").slice(0, 3),
    use: field("uso").split(" ")[0] ?? "",
    email: field("clieMail")
  })
  return shop<{ known: boolean; images: number }>({
    till,
    cookie: "sid",
    fresh: () => ({ known: false, images: 0 }),
    routes: {
      "GET /": () => html(page),
      "GET /main.4b1a.js": () => bundle(),
      "GET /assets/zelmarta.svg": () =>
        svg(
          '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="40"><text y="30" font-size="30" font-family="Georgia" fill="#fff">Zelmarta</text></svg>'
        ),
      "POST /emision-cfdiweb/api/captcha": async ({ field, session }) => {
        if (field("nueva") === "si") session.images++
        const image = await captchaImage(captchaCode("zelmarta", session.images)).arrayBuffer()
        return json({ imagen: `data:image/png;base64,${Buffer.from(image).toString("base64")}` })
      },
      "POST /emision-cfdiweb/api/cliente": ({ field, session }) => {
        if (field("captchaInput").toUpperCase() !== captchaCode("zelmarta", session.images)) {
          session.images++
          return json({ error: "Los caracteres no corresponden a la imagen." })
        }
        session.known = true
        const rfc = field("clieRfc").toUpperCase()
        return json({ regimenes: regimes(rfc), usos: uses(rfc) })
      },
      "POST /emision-cfdiweb/api/receptor": async ({ field, session }) => {
        await Bun.sleep(500)
        if (!session.known) return json({ error: "La sesión terminó, recargue la página." })
        const wrong = wrongOf({ ...typedOf(field), use: "G03" })
        return json(wrong === undefined ? {} : { error: words[wrong] })
      },
      "POST /emision-cfdiweb/api/emitir": async ({ field, session }) => {
        if (!session.known) return json({ error: "La sesión terminó, recargue la página." })
        const sale = [open, mistyped, fresh, done].find((s) => s.ticket === field("ticket"))
        await Bun.sleep(800)
        if (sale === undefined) return json({ error: "El número de ticket no existe. Verifique los 22 dígitos." })
        if (sale.refused !== undefined) return json({ error: sale.refused })
        if (isStamped(till, sale)) return json({ error: "El ticket tiene factura." })
        const typed = typedOf(field)
        if (!uses(typed.rfc).includes(field("uso"))) return json({ error: "Elija el uso del CFDI de la lista." })
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ error: words[wrong] })
        await stampOf(till, sale, typed)
        return json({ transaccion: "90431177" })
      }
    }
  })
}

const first = { imagen: captchaCode("zelmarta", 0) }

export const portal: TestPortal = {
  id: "zelmarta",
  traps: [
    "an image captcha as a data URL before the ticket is asked for",
    "a dialog that must be acknowledged",
    "mat-autocomplete for the use: a value of the list only",
    "three boxes of which one alone belongs ticked",
    "a refusal after the irreversible click that says it did not happen",
    "e-mail only"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: asked(first, { status: "COMPLETED", delivery: "email" }) },
    { name: "the sale is not uploaded yet", ticket: paper(fresh), expected: asked(first, failed("TICKET_NOT_FOUND")) },
    { name: "invoiced already", ticket: paper(done), expected: asked(first, failed("ALREADY_INVOICED")) },
    {
      name: "the captcha mistyped once",
      ticket: paper(mistyped),
      expected: asked(
        { imagen: "AAAAA" },
        asked({ imagen: captchaCode("zelmarta", 1) }, { status: "COMPLETED", delivery: "email" })
      )
    }
  ],
  script: async (page, ticket, profile) => {
    await page.getByRole("button", { name: "Enterado" }).click()
    await page.fill("#clieRfc", profile.rfc)
    await page.fill("[name=captchaInput]", captchaCode("zelmarta", 0))
    await page.getByRole("button", { name: "Buscar" }).click()
    await page.fill("[name=clieNom]", profile.fullName)
    await page.fill("[name=clieCp]", profile.postalCode)
    await page.locator("mat-select").click()
    await page.locator("mat-option", { hasText: `${profile.fiscalRegime} ` }).click()
    await page.fill("[name=clieMail]", profile.email)
    await page.getByRole("button", { name: "Siguiente" }).click()
    await page.fill("#ticket", printed(ticket, "NO. PARA FACTURAR"))
    await page.locator("#usoCfdi").pressSequentially(profile.cfdiUse)
    await page.locator("mat-option").first().click()
    await page.getByLabel("Manifiesto que mis datos").check()
    await page.getByRole("button", { name: "Enviar" }).click()
    await page.getByText("Solicitud atendida").waitFor()
  }
}
