import { download } from "../../lib/ScriptTools.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import {
  ago,
  cfdiUses,
  clientBundle,
  completed,
  failed,
  html,
  json,
  money,
  oneLine,
  openTill,
  printed,
  regimesFor,
  seeOther,
  shop,
  type TestPortal,
  type TillSale,
  zipFile
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly code: string
  readonly plaza: string
  readonly lane: string
  readonly day: ReturnType<typeof ago>
  readonly invoiced?: string
  /** What the SAT answers for this one. */
  readonly refused?: string
}

const toll = { plaza: "ZACAPALCO", lane: "B04", description: "Peaje caseta Zacapalco", paymentForm: "01" }
const open: Sale = { ...toll, ticket: "0417752", code: "Q7HXRM2KWTB9ZPLC4D", cents: 19800n, day: ago(4) }
const done: Sale = {
  ...toll,
  ticket: "0409118",
  code: "T3NVKD8PYWX6GBHR2M",
  cents: 19800n,
  day: ago(11),
  invoiced: "QB-771204"
}
const refused: Sale = {
  ...toll,
  ticket: "0418006",
  code: "M9RWPC4XJTK7HVBD3Z",
  cents: 8400n,
  day: ago(3),
  refused:
    "El SAT devolvió la solicitud: el nombre y el domicilio fiscal capturados no pertenecen al RFC del receptor. Consulte su constancia y corríjalos."
}
const sales = [open, done, refused]

interface Session {
  readonly tickets: Array<Sale>
}

const start = async () => {
  const till = openTill(
    { rfc: "ABA061115RE3", name: "AUTOPISTAS DEL BALSAS", regime: "601", postalCode: "62000" },
    "95111602"
  )
  const bundle = await clientBundle(`${import.meta.dir}/client.tsx`)
  const reserved = new Map<string, Session>()
  const list = (session: Session) =>
    session.tickets.map((sale, n) => ({
      id: 246200 + n,
      caseta: sale.plaza,
      codigo: sale.code,
      fecha: sale.day.slashes,
      importe: `$${money(sale.cents)}`
    }))
  const app = () =>
    html(`<!doctype html><html lang="es"><head><meta charset="utf-8"/><title>Facturación Balsas</title><link rel="stylesheet" href="/vendor/primereact/resources/themes/saga-blue/theme.css"/><link rel="stylesheet" href="/vendor/primereact/resources/primereact.min.css"/><link rel="stylesheet" href="/vendor/primeicons/primeicons.css"/>
<style>body{margin:0;font-family:Arial,sans-serif;background:#f3f5f8}.layout-topbar{background:#0b4f6c;color:#fff;padding:16px 30px;display:flex;justify-content:space-between}.layout-topbar a{color:#cdeaf5;margin-left:22px}.contenido{max-width:980px;margin:10px auto 60px}.grid{display:flex;flex-wrap:wrap}.field{width:50%;padding:8px;box-sizing:border-box}.field label{display:block;margin-bottom:4px}.w-full{width:100%}.mt-3{margin-top:14px}.requerido{color:#d32f2f}</style></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/static/js/main.9c1de0.js"></script></body></html>`)
  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ tickets: [] }),
    routes: {
      "GET /": () => seeOther("/Balsas/facturacionrapida"),
      "GET /Balsas/": () =>
        html(
          `<!doctype html><meta charset="utf-8"><title>Balsas</title><h1>Autopistas del Balsas</h1><p><a href="/Balsas/facturacionrapida">Facturación sin registro</a></p><p>Usuarios con TAG: facture en el portal de su proveedor de telepeaje.</p>`
        ),
      "GET /Balsas/facturacionrapida": app,
      "GET /static/js/main.9c1de0.js": bundle,
      "POST /balsas-quadrum-backend/sinregistro/buscar_receptor_por_rfc.json": async ({ field }) => {
        await Bun.sleep(700)
        const rfc = field("rfc")
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc))
          return json({ error: "La estructura del RFC no es correcta.", regimenes: [], usos: [] })
        return json({
          regimenes: regimesFor(rfc).map(({ code, name }) => ({ clave: code, descripcion: `${code} ${name}` })),
          usos: cfdiUses
            .filter(({ code }) => code !== "CN01")
            .map(({ code, name }) => ({ clave: code, descripcion: `${code} ${name}` }))
        })
      },
      "POST /balsas-quadrum-backend/sinregistro/ticket/validar.json": async ({ field, session }) => {
        await Bun.sleep(600)
        if (field("rfc") === "") return json({ error: "Capture primero el RFC del receptor." })
        const sale = sales.find(({ code }) => code === field("codigo"))
        if (sale === undefined)
          return json({
            error:
              "El código capturado no está registrado en nuestras plazas de cobro. Revise cada caracter e intente otra vez."
          })
        const folio =
          sale.invoiced ?? (till.stamps().some(({ ticket }) => ticket === sale.ticket) ? "QB-800001" : undefined)
        if (folio !== undefined)
          return json({
            error: `El cruce amparado por este código cuenta con el comprobante ${folio}; no es posible emitir otro.`
          })
        const holder = reserved.get(sale.code)
        if (holder !== undefined && holder !== session)
          return json({ error: "El código ya se encuentra capturado en otra sesión." })
        reserved.set(sale.code, session)
        if (!session.tickets.includes(sale)) session.tickets.push(sale)
        return json({ tickets: list(session) })
      },
      "POST /balsas-quadrum-backend/sinregistro/facturar.json": async ({ field, session }) => {
        const sale = session.tickets[0]
        if (sale === undefined) return json({ error: "No hay conceptos por facturar." })
        const typed = {
          rfc: field("rfc"),
          name: oneLine(field("nombre")),
          postalCode: field("domicilioFiscalReceptor"),
          regime: field("regimenFiscalReceptor"),
          use: field("usoCfdi"),
          email: field("correo")
        }
        const fault = refusal(typed, {
          name: "Falta el nombre o razón social.",
          regime: "Falta seleccionar el régimen fiscal.",
          use: "Falta seleccionar el uso del CFDI."
        })
        if (fault !== undefined) return json({ error: fault })
        await Bun.sleep(1500)
        if (sale.refused !== undefined) return json({ error: sale.refused })
        if (till.stamps().some(({ ticket }) => ticket === sale.ticket))
          return json({ error: "Los conceptos ya se facturaron." })
        const made = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        session.tickets.length = 0
        const zip = await zipFile(made).arrayBuffer()
        return json({ folio: "QB-800001", documento: Buffer.from(zip).toString("base64"), nombre: "QB-800001.zip" })
      },
      "POST /balsas-quadrum-backend/sinregistro/recuperar.json": () =>
        json({ error: "No hay comprobantes con ese código alfanumérico." })
    }
  }).then((running) => ({ ...running, url: new URL("/Balsas/facturacionrapida", running.url) }))
}

const spaced = (code: string) => code.replace(/(.{4})(?=.)/g, "$1 ")

const ticketOf = (sale: Sale, code = sale.code) => ({
  "PLAZA DE COBRO": `184 ${sale.plaza}`,
  CARRIL: sale.lane,
  FOLIO: sale.ticket,
  "FECHA Y HORA": `${sale.day.slashes} 07:41:09`,
  CLASE: "AUTOMOVIL",
  "IMPORTE CON IVA": `$${money(sale.cents)}`,
  FACTURACION: spaced(code)
})

export const portal: TestPortal = {
  id: "balsas",
  traps: [
    "PrimeReact dropdowns whose options come on RFC's blur",
    "a code printed in groups",
    "validating reserves the code",
    "a ZIP as base64 in JSON",
    "a recovery form with another code"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "unknown code", ticket: ticketOf(open, "Q7HXRM2KWTB9ZPLC4B"), expected: failed("TICKET_NOT_FOUND") },
    { name: "already invoiced, no recovery", ticket: ticketOf(done), expected: failed("ALREADY_INVOICED") },
    { name: "the SAT refuses the receiver", ticket: ticketOf(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (n: number, text: string) => {
      await page.locator(".p-dropdown").nth(n).click()
      await page.locator("li.p-dropdown-item", { hasText: text }).click()
    }
    await page.locator("#rfc").fill(profile.rfc)
    await Promise.all([page.waitForResponse(/buscar_receptor/), page.keyboard.press("Tab")])
    await page.locator(".p-blockui").waitFor({ state: "detached" })
    await page.locator("#nombre").fill(profile.fullName)
    await page.locator("#domicilioFiscalReceptor").fill(profile.postalCode)
    await choose(0, profile.fiscalRegime)
    await choose(1, profile.cfdiUse)
    await page.locator("#correo").fill(profile.email)
    await page.locator("#codigo").fill(printed(ticket, "FACTURACION").replaceAll(" ", ""))
    await page.getByText("Validar Código").click()
    await page.locator(".p-datatable-tbody").getByText("ZACAPALCO").waitFor()
    await page.locator(".p-blockui").waitFor({ state: "detached" })
    await page.locator("#cb1").check()
    await page.getByText("Facturar conceptos").click()
    await download(page, () => page.getByText("Descargar documentos").click())
  }
}
