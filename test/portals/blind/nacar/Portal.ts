import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import {
  ago,
  clientBundle,
  commas,
  failed,
  html,
  json,
  money,
  oneLine,
  openTill,
  printed,
  regimesFor,
  shop,
  type TestPortal,
  type TillSale,
  usesFor
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly city: string
  readonly branch: string
  readonly id: string
  readonly day: ReturnType<typeof ago>
  readonly state?: "used" | "old"
}

const open: Sale = {
  ticket: "A-20931",
  id: "4L7QX2M9",
  city: "Mazatlán",
  branch: "Nácar Marina",
  cents: 128400n,
  description: "Consumo de alimentos",
  paymentForm: "28",
  day: ago(2)
}
const used: Sale = {
  ticket: "A-20544",
  id: "9C3TK8W1",
  city: "Mazatlán",
  branch: "Nácar Marina",
  cents: 57300n,
  description: "Consumo de alimentos",
  paymentForm: "01",
  day: ago(6),
  state: "used"
}
const old: Sale = {
  ticket: "A-19217",
  id: "2V6HR5D4",
  city: "Culiacán",
  branch: "Nácar Tres Ríos",
  cents: 90500n,
  description: "Consumo de alimentos",
  paymentForm: "28",
  day: ago(41),
  state: "old"
}
/** Rung up this morning; the branch sends its sales at night. */
const fresh: Sale = {
  ticket: "A-21007",
  id: "7P1NB4Z6",
  city: "Mazatlán",
  branch: "Nácar Marina",
  cents: 41800n,
  description: "Consumo de alimentos",
  paymentForm: "01",
  day: ago(0)
}
const loaded = [open, used, old]

const forms = [
  ["01", "01 - Efectivo"],
  ["03", "03 - Transferencia electrónica"],
  ["04", "04 - Tarjeta de crédito"],
  ["28", "28 - Tarjeta de débito"]
].map(([clave = "", texto = ""]) => ({ clave, texto }))

const start = async () => {
  const till = openTill(
    { rfc: "RNA090317LV8", name: "RESTAURANTES NACAR", regime: "601", postalCode: "82000" },
    "90101501"
  )
  const bundle = await clientBundle(`${import.meta.dir}/client.tsx`)
  const look = (field: (name: string) => string): { sale: Sale } | { mensaje: string } => {
    const sale = loaded.find(({ city, id }) => id === field("id").toUpperCase() && city === field("ciudad"))
    if (sale === undefined)
      return {
        mensaje:
          "Todavía no contamos con la información de este consumo. Verifica tu ID de Facturación o intenta después de las 12:00 h del día siguiente."
      }
    if (Number(field("total")).toFixed(2) !== money(sale.cents))
      return { mensaje: "El total de compra no coincide con el ID de Facturación." }
    if (sale.state === "old")
      return { mensaje: "El periodo para facturar este consumo concluyó el último día del mes en que se realizó." }
    if (sale.state === "used" || till.stamps().some(({ ticket }) => ticket === sale.ticket))
      return { mensaje: "Este ID de Facturación ya tiene un CFDI asociado." }
    return { sale }
  }
  return shop<object>({
    till,
    cookie: "nacar.sid",
    fresh: () => ({}),
    routes: {
      "GET /": () =>
        html(
          `<!DOCTYPE html><html lang="es"><head><meta charSet="utf-8"/><meta name="viewport" content="width=device-width"/><title>Portal de Facturación Nácar</title><link rel="preload" href="/_next/static/chunks/main-2b81f3.js" as="script"/></head><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{}},"page":"/","query":{},"buildId":"q1Zt0","nextExport":true}</script><script src="/_next/static/chunks/main-2b81f3.js" defer=""></script></body></html>`
        ),
      "GET /_next/static/chunks/main-2b81f3.js": bundle,
      "POST /api/ticket/consultar": async ({ field }) => {
        await Bun.sleep(500)
        const found = look(field)
        return "sale" in found
          ? json({
              ok: true,
              ticket: { fecha: found.sale.day.slashes, sucursal: found.sale.branch, total: commas(found.sale.cents) }
            })
          : json({ ok: false, mensaje: found.mensaje })
      },
      "POST /api/cliente/buscar": async ({ field }) => {
        await Bun.sleep(600)
        const rfc = field("rfc")
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc))
          return json({ ok: false, mensaje: "El RFC no cumple con la estructura del SAT." })
        return json({
          ok: true,
          forma: "",
          listas: {
            regimenes: regimesFor(rfc).map(({ code, name }) => ({ clave: code, texto: `${code} - ${name}` })),
            usos: usesFor(rfc).map(({ code, name }) => ({ clave: code, texto: `${code} - ${name}` })),
            formas: forms
          }
        })
      },
      "POST /api/factura/generar": async ({ field }) => {
        const found = look(field)
        if (!("sale" in found)) return json({ ok: false, mensaje: found.mensaje, paso: 2 })
        const typed = {
          rfc: field("rfc"),
          name: oneLine(field("nombre")),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("correo")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return json({ ok: false, mensaje: refused, paso: 3 })
        if (field("forma") !== found.sale.paymentForm)
          return json({
            ok: false,
            mensaje: "La forma de pago seleccionada no es con la que se liquidó la cuenta.",
            paso: 3
          })
        await till.stamp(found.sale, { receiver: receiverOf(typed), use: typed.use })
        await Bun.sleep(1500)
        return json({
          ok: true,
          mensaje: `Tu factura fue emitida. En breve recibirás los archivos PDF y XML en ${typed.email}.`
        })
      }
    }
  })
}

const ticketOf = (sale: Sale) => ({
  Sucursal: `${sale.branch}, ${sale.city}, Sin.`,
  "No. Ticket": sale.ticket,
  Fecha: sale.day.words,
  TOTAL: `$${commas(sale.cents)}`,
  "Forma de pago": sale.paymentForm === "01" ? "EFECTIVO" : "TARJETA DEBITO",
  "ID FACTURACION": sale.id
})

export const portal: TestPortal = {
  id: "nacar",
  traps: [
    "a card only chooses, SIGUIENTE goes on",
    "SIGUIENTE is dead until Consultar ticket",
    "fields are dead until Buscar cliente",
    "only e-mail"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "already invoiced, no recovery", ticket: ticketOf(used), expected: failed("ALREADY_INVOICED") },
    { name: "not uploaded yet", ticket: ticketOf(fresh), expected: failed("TICKET_NOT_FOUND") },
    { name: "expired", ticket: ticketOf(old), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const next = () => page.getByRole("button", { name: "SIGUIENTE" }).click()
    const choose = async (n: number, text: string) => {
      await page.getByRole("combobox").nth(n).click()
      await page.getByRole("option", { name: text }).click()
    }
    await page.getByText("Generar Factura").click()
    await next()
    await page.getByLabel(printed(ticket, "Sucursal").split(", ")[1] ?? "").check()
    await next()
    await page.getByLabel("ID Facturación").fill(printed(ticket, "ID FACTURACION"))
    await page.getByLabel("Total de compra").fill(printed(ticket, "TOTAL").replace(/[$,]/g, ""))
    await page.getByRole("button", { name: "Consultar ticket" }).click()
    await next()
    await page.getByLabel("RFC").fill(profile.rfc)
    await page.getByRole("button", { name: "Buscar cliente" }).click()
    await page.getByLabel("Razón Social").fill(profile.fullName)
    await page.getByLabel("C.P.").fill(profile.postalCode)
    await choose(0, profile.fiscalRegime)
    await choose(1, profile.cfdiUse)
    await choose(2, "28 -")
    await page.getByLabel("Correo").fill(profile.email)
    await next()
    await page.getByRole("button", { name: "FACTURAR" }).click()
    await page.getByText("Tu factura fue emitida").waitFor()
  }
}
