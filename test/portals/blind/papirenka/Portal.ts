import { join } from "node:path"
import {
  ago,
  clientBundle,
  commas,
  failed,
  html,
  isStamped,
  json,
  money,
  nameParts,
  oneLine,
  openTill,
  printed,
  regimesFor,
  shop,
  stampOf,
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
  ticket: "03421180726112677194",
  days: 8,
  cents: 145290n,
  description: "Artículos de oficina",
  paymentForm: "04"
}
const done: Sale = {
  ...open,
  ticket: "03421180726112677203",
  cents: 39900n,
  refused: "Para este ticket se emitió la factura PAP-4471920. Una compra sólo puede facturarse una vez."
}
const late: Sale = {
  ...open,
  ticket: "03420975509311101188",
  days: 96,
  cents: 87050n,
  refused: "El tiempo para facturar esta compra se agotó (mes de la compra más el mes siguiente)."
}

const grouped = (code: string) => code.replace(/(\d{4})(?=\d)/g, "$1 ")

const paper = (sale: Sale, code = sale.ticket) => ({
  Tienda: "0342 PAPIRENKA DEL VALLE",
  Terminal: "18",
  Ticket: "07261",
  "Le atendió": "MARISOL",
  "Fecha de venta": ago(sale.days).short,
  Subtotal: commas((sale.cents * 100n) / 116n),
  "Total de su compra": `$${commas(sale.cents)}`,
  "Visa ****4471": `$${commas(sale.cents)}`,
  "Núm. bajo el código de barras": grouped(code)
})

const page = `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>Facturación Papirenka</title><base href="/"><link rel="stylesheet" href="/vendor/@angular/material/prebuilt-themes/azure-blue.css">
<style>body{margin:0;font-family:Roboto,Arial,sans-serif;background:#f7f7f7}.top{background:#c8102e;color:#fff;padding:14px 40px}.logo{font:bold 26px Arial;margin-right:30px}.box{max-width:560px;margin:30px auto;background:#fff;padding:30px;display:flex;flex-direction:column;gap:10px}.foot{text-align:center;color:#777;font-size:12px}</style></head><body><app-root></app-root><script src="/main.js" type="module"></script></body></html>`

const words: Record<Wrong, string> = {
  empty: "Completa tus datos fiscales.",
  rfc: "El RFC no existe en los registros del SAT.",
  name: "El nombre o razón social no es el de tu constancia.",
  postalCode: "El código postal no es el de tu constancia.",
  regime: "El régimen fiscal no es el de tu constancia.",
  use: "Elige el uso de CFDI.",
  email: "El correo no es válido."
}

const regimes = (rfc: string) =>
  regimesFor(rfc).map(({ code, name }, i) => ({ id: i + 1, code, text: `${name.toUpperCase()} (${code})` }))
const uses = (rfc: string) =>
  usesFor(rfc).map(({ code, name }, i) => ({ id: i + 1, code, text: `${name.toUpperCase()} (${code})` }))

const start = async () => {
  const till = openTill(
    { rfc: "PME940311SJ6", name: "PAPIRENKA DE MEXICO", regime: "601", postalCode: "03100" },
    "44121600"
  )
  const bundle = await clientBundle(join(import.meta.dir, "client.ts"))
  const find = (field: (n: string) => string) => {
    const itu = field("itu").replaceAll(" ", "")
    return [open, done, late].find(
      (s) => field("typeOrder") === "T" && s.ticket === itu && money(s.cents) === field("amount")
    )
  }
  return shop<object>({
    till,
    cookie: "sid",
    fresh: () => ({}),
    routes: {
      "GET /": () => html(page),
      "GET /main.js": () => bundle(),
      "POST /api-facturacion/validateTicket": async ({ field }) => {
        await Bun.sleep(400)
        const sale = find(field)
        if (sale === undefined)
          return json({
            code: "E04",
            message:
              field("typeOrder") === "W"
                ? "No tenemos registrado ese pedido por el monto indicado."
                : "No tenemos registrada una compra en tienda con ese ITU y ese monto."
          })
        if (sale.refused !== undefined) return json({ code: "E07", message: sale.refused })
        if (isStamped(till, sale)) return json({ code: "E07", message: "Una compra sólo puede facturarse una vez." })
        return json({ code: "OK" })
      },
      "POST /api-facturacion/catalogs": async ({ field }) => {
        await Bun.sleep(500)
        const strip = (l: ReadonlyArray<{ id: number; text: string }>) => l.map(({ id, text }) => ({ id, text }))
        return json({ regimes: strip(regimes(field("rfc"))), uses: strip(uses(field("rfc"))) })
      },
      "POST /api-facturacion/emitInvoice": async ({ field }) => {
        const sale = find(field)
        if (sale === undefined || sale.refused !== undefined || isStamped(till, sale))
          return json({ code: "E07", message: "La compra no puede facturarse." })
        const rfc = field("rfc").toUpperCase()
        const typed: Typed = {
          rfc,
          postalCode: field("zipCode"),
          email: field("email"),
          name:
            rfc.length === 13
              ? `${field("name")} ${field("paternalSurname")} ${field("maternalSurname")}`
              : field("businessName"),
          regime: regimes(rfc).find(({ id }) => String(id) === field("regimenFiscal"))?.code ?? "",
          use: uses(rfc).find(({ id }) => String(id) === field("useCfdi"))?.code ?? ""
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ code: "E11", message: words[wrong] })
        await Bun.sleep(1000)
        await stampOf(till, sale, { ...typed, name: oneLine(typed.name) })
        return json({ code: "OK", folio: "PAP-4473381" })
      }
    }
  })
}

export const portal: TestPortal = {
  id: "papirenka",
  traps: [
    "Angular Material; a radio decides which ticket fields exist",
    "a person's name in three fields that come with the RFC",
    "option text ends with the SAT code",
    "a dialog before the stamp; e-mail only",
    "the ITU printed in groups"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "another number", ticket: paper(open, "03421180726112677149"), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced already", ticket: paper(done), expected: failed("ALREADY_INVOICED") },
    { name: "too late", ticket: paper(late), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const { father, first, mother } = nameParts(profile)
    await page.getByLabel("Compra en tienda").click()
    await page.locator("[name=itu]").fill(printed(ticket, "Núm. bajo el código de barras"))
    await page.locator("[name=amount]").fill(printed(ticket, "Total de su compra").replace(/[$,]/g, ""))
    await page.getByRole("button", { name: "CONTINUAR" }).click()
    await page.locator("[name=rfc]").fill(profile.rfc)
    await page.locator("[name=rfc]").press("Tab")
    await page.locator("[name=name]").fill(first)
    await page.locator("[name=paternalSurname]").fill(father)
    await page.locator("[name=maternalSurname]").fill(mother)
    await page.locator("[name=zipCode]").fill(profile.postalCode)
    for (const [list, code] of [
      ["regimenFiscal", profile.fiscalRegime],
      ["useCfdi", profile.cfdiUse]
    ]) {
      await page.locator(`[formcontrolname=${list}]`).click()
      await page.locator("mat-option", { hasText: `(${code})` }).click()
    }
    await page.locator("[name=email]").fill(profile.email)
    await page.getByRole("button", { name: "FACTURAR" }).click()
    await page.getByRole("button", { name: "Confirmar" }).click()
    await page.getByText("GRACIAS POR TU COMPRA").waitFor()
  }
}
