import { join } from "node:path"
import {
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  js,
  json,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  same,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly store: string
  readonly till: string
  readonly days: number
}

const shirt: Sale = {
  ticket: "8842",
  store: "214",
  till: "31",
  days: 5,
  cents: 189900n,
  description: "Ropa de caballero",
  paymentForm: "04"
}
const shoes: Sale = { ...shirt, ticket: "9107", till: "12", days: 2, cents: 124950n, description: "Calzado de dama" }

const page = `<!DOCTYPE html><html lang="es-MX" dir="ltr"><head><meta charset="utf-8"><title>Facturación en línea | Almakari</title><style>
body{margin:0;font-family:"Salesforce Sans",Arial,sans-serif;background:#f6f4f7}header{background:#6b1f7b;color:#fff;padding:16px 10%}main{padding:20px 10%;max-width:820px}</style></head>
<body><webruntime-app><lwr-router-container><webruntime-router-container><header><b style="font-size:24px">Almakari</b> &nbsp; Tiendas departamentales</header>
<main><community_layout-section><div class="columns-content"><p>Cuentas con el mes en curso y hasta cinco días del siguiente para facturar. Compras con Monedero Almakari se facturan en tienda.</p><c-alm-facturador></c-alm-facturador></div></community_layout-section></main></webruntime-router-container></lwr-router-container></webruntime-app>
<script type="module" src="/webruntime/module/prod/es-MX/c_almFacturador.js"></script></body></html>`

const start = async () => {
  const client = await Bun.file(join(import.meta.dir, "client.js")).text()
  const till = openTill(
    { rfc: "ALM770305QG4", name: "ALMAKARI DEPARTAMENTALES", regime: "601", postalCode: "44100" },
    "53101602"
  )
  const numbered = (text: string) => text.replace(/^0+/, "")

  const methods: Record<string, (p: Record<string, string>, session: { sale?: Sale }) => unknown> = {
    consultaBoleta: (p, session) => {
      const sale = [shirt, shoes].find(
        (one) =>
          numbered(p.Tienda__c ?? "") === one.store &&
          numbered(p.Caja__c ?? "") === one.till &&
          numbered(p.Boleta__c ?? "") === one.ticket &&
          ago(one.days).slashes === p.FechaCompra__c
      )
      if (sale === undefined)
        return {
          error:
            "No hay ninguna compra con esa tienda, caja, boleta y fecha. Si compraste hace menos de 24 horas intenta más tarde."
        }
      if (!same(p.Importe__c ?? "", sale.cents))
        return { error: "El importe que capturaste no corresponde con el de la boleta." }
      if (isStamped(till, sale)) return { error: "La boleta tiene una factura emitida." }
      session.sale = sale
      return {
        id: `a0BHs00000${sale.ticket}`,
        detalle: `Tienda ${sale.store} Plaza Patria · Boleta ${sale.ticket} · $${commas(sale.cents)}`
      }
    },
    regimenes: ({ rfc = "" }) => regimesFor(rfc).map(({ code, name }) => ({ label: `${name} (${code})`, value: code })),
    usos: ({ rfc = "", regimen = "" }) =>
      cfdiUses
        .filter(
          (use) =>
            (rfc.length === 12 ? use.moral : use.individual) &&
            use.fiscalRegimes.includes(regimen) &&
            !/^C/.test(use.code)
        )
        .map(({ code, name }) => ({ label: `${name} (${code})`, value: code })),
    generaFactura: async (p, session) => {
      const { sale } = session
      if (sale === undefined || isStamped(till, sale))
        return { error: "Su sesión expiró, vuelva a consultar la boleta." }
      if (p.Correo__c !== p.Correo2__c) return { error: "Los correos no coinciden." }
      await Bun.sleep(900)
      const typed = {
        rfc: p.Rfc__c ?? "",
        name: oneLine(p.Nombre__c ?? ""),
        postalCode: p.CP__c ?? "",
        regime: p.Regimen__c ?? "",
        use: p.Uso__c ?? "",
        email: p.Correo__c ?? ""
      }
      const wrong = wrongOf(typed)
      if (sale === shoes || wrong !== undefined)
        return {
          error:
            "El SAT rechazó el comprobante: el nombre y el código postal proporcionados no son iguales a los de su Cédula de Identificación Fiscal. Corríjalos y vuelva a intentar."
        }
      const made = await stampOf(till, sale, typed)
      return {
        uuid: made.uuid,
        archivo: made.fileName,
        xml: Buffer.from(await xmlText(made)).toString("base64"),
        pdf: Buffer.from(await pdfBytes(made)).toString("base64")
      }
    }
  }

  return shop<{ sale?: Sale }>({
    till,
    cookie: "LSKey-c_alm",
    landing: "/facturacion/s/",
    fresh: () => ({}),
    routes: {
      "GET /facturacion/s/": () => html(page),
      "GET /": () => html(page),
      "GET /webruntime/module/prod/es-MX/c_almFacturador.js": () => js(client),
      "POST /webruntime/api/apex/execute": async ({ body, session }) => {
        const { method, params } = JSON.parse(body) as { method: string; params: Record<string, string> }
        return json({ returnValue: await methods[method]?.(params, session), cacheable: false })
      }
    }
  })
}

const paper = (sale: Sale, cents = sale.cents) => ({
  TDA: sale.store.padStart(4, "0"),
  TERM: sale.till.padStart(3, "0"),
  TRANS: sale.ticket,
  VEND: "551207",
  FECHA: ago(sale.days).slashes,
  HORA: "18:22",
  ARTICULOS: 2,
  "TOTAL M.N.": commas(cents),
  "TARJ. CREDITO": commas(cents)
})

export const portal: TestPortal = {
  id: "almakari",
  traps: [
    "Lightning web components: nested open shadow roots",
    "comboboxes loaded by Apex after RFC and régimen",
    "TERM and TRANS on paper are Caja and Boleta in the form",
    "e-mail twice",
    "base64 to a data: link"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(shirt), expected: completed },
    { name: "another amount", ticket: paper(shirt, 179900n), expected: failed("TICKET_NOT_FOUND") },
    { name: "SAT refuses", ticket: paper(shoes), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const field = (name: string) => page.locator(`[data-field=${name}] input`)
    await field("Tienda__c").fill(printed(ticket, "TDA"))
    await field("Caja__c").fill(printed(ticket, "TERM"))
    await field("Boleta__c").fill(printed(ticket, "TRANS"))
    await field("FechaCompra__c").fill(printed(ticket, "FECHA"))
    await field("Importe__c").fill(printed(ticket, "TOTAL M.N.").replace(/,/g, ""))
    await page.getByRole("button", { name: "Consultar boleta" }).click()
    await field("Rfc__c").fill(profile.rfc)
    await field("Nombre__c").fill(profile.fullName)
    await field("CP__c").fill(profile.postalCode)
    for (const [name, code] of [
      ["Regimen__c", profile.fiscalRegime],
      ["Uso__c", profile.cfdiUse]
    ] as const) {
      const box = page.locator(`[data-field=${name}]`)
      await box.locator(`[role=option][data-value="${code}"]`).waitFor({ state: "attached" })
      await box.getByRole("combobox").click()
      await box.locator(`[role=option][data-value="${code}"]`).click()
    }
    await field("Correo__c").fill(profile.email)
    await field("Correo2__c").fill(profile.email)
    await page.getByRole("button", { name: "Obtener factura" }).click()
    await download(page, () => page.getByRole("button", { name: "Guardar XML" }).click())
  }
}
