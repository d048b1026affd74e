import { profiles } from "../../lib/Portal.ts"
import { download } from "../../lib/ScriptTools.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import {
  ago,
  attachment,
  cfdiUses,
  commas,
  completed,
  failed,
  html,
  json,
  money,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  shop,
  type TestPortal,
  type TillSale,
  xmlText,
  zipFile
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly series: string
  readonly day: ReturnType<typeof ago>
}

const open: Sale = {
  ticket: "1310288",
  series: "YQBHMO",
  cents: 24100n,
  description: "Consumo de alimentos",
  paymentForm: "01",
  day: ago(5)
}
const old: Sale = {
  ticket: "1309771",
  series: "YQBHMO",
  cents: 38850n,
  description: "Consumo de alimentos",
  paymentForm: "04",
  day: ago(9)
}

interface Session {
  account: { rfc: string; name: string; email: string; postalCode: string; regime: string; use: string } | undefined
}

const start = async () => {
  const till = openTill(
    { rfc: "YBH150611QT2", name: "YAQUI BURGER HERMOSILLO", regime: "601", postalCode: "83000" },
    "90101501"
  )
  const { person } = profiles
  const archived = await till.archive(old, {
    receiver: { rfc: person.rfc, name: person.fullName, postalCode: person.postalCode, regime: person.fiscalRegime },
    use: "G03"
  })
  const byId = new Map<string, { uuid: string; ticket: string; rfc: string }>([
    ["88113", { uuid: archived.uuid, ticket: old.ticket, rfc: person.rfc }]
  ])
  const idOf = (sale: Sale) => [...byId].find(([, made]) => made.ticket === sale.ticket)?.[0]
  const find = (field: (name: string) => string) =>
    [open, old].find(
      (sale) =>
        sale.series === field("tienda").toUpperCase() &&
        sale.ticket === field("ticket") &&
        sale.day.iso === field("fecha") &&
        Number(field("importe")).toFixed(2) === money(sale.cents)
    )

  return shop<Session>({
    till,
    cookie: "ci_session",
    fresh: () => ({ account: undefined }),
    routes: {
      "GET /": async () => html(await Bun.file(`${import.meta.dir}/page.html`).text()),
      "GET /assets/js/autofacturacion.js": () => new Response(Bun.file(`${import.meta.dir}/autofacturacion.js`)),
      "GET /aviso": () =>
        html("<h1>Aviso de privacidad</h1><p>Grupo Yaqui Burger utiliza sus datos para emitir su comprobante.</p>"),
      "GET /facturacion/get_regimen": ({ field }) =>
        json(regimesFor(field("rfc").toUpperCase()).map(({ code, name }) => ({ clave: code, descripcion: name }))),
      "GET /facturacion/get_uso": () =>
        json(
          cfdiUses
            .filter(({ code }) => /^(G|I|S)/.test(code))
            .map(({ code, name }) => ({ clave: code, descripcion: name }))
        ),
      "POST /facturacion/verificaParametros": ({ field }) => {
        const sale = find(field)
        if (sale === undefined)
          return json({
            error: "Serie, folio, importe o fecha no corresponden a una venta de la tienda. Revise su ticket."
          })
        return idOf(sale) === undefined
          ? json({ success: "Datos del ticket correctos" })
          : json({
              facturado: true,
              mensaje: `Para el ticket ${sale.ticket} se emitió un comprobante con anterioridad. ¿Quiere volver a obtenerlo?`
            })
      },
      "POST /users/traerDatos": () => json({ error: "El RFC no se encuentra en nuestro padrón, capture sus datos." }),
      "POST /users/guardarCuenta": ({ field, session }) => {
        const account = {
          rfc: field("rfc").toUpperCase(),
          name: oneLine(field("razon_social")),
          email: field("email"),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso_cfdi")
        }
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(account.rfc))
          return json({ error: "Escriba un RFC con formato correcto" })
        if (!/^\S+@\S+\.\w{2,}$/.test(account.email)) return json({ error: "Escriba un correo con formato correcto" })
        if (/,?\s+(S\.?\s?A\.?|S\.? DE R\.?L\.?)( DE C\.?V\.?)?$/.test(account.name))
          return json({ error: "Capture la razón social sin el régimen de capital" })
        session.account = account
        return json({ success: "Cuenta guardada" })
      },
      "POST /facturacion/generarVistaPrevia": ({ field, session }) => {
        const sale = find(field)
        const { account } = session
        if (sale === undefined || account === undefined) return json({ lineas: [] })
        return json({
          lineas: [
            `Emisor: YAQUI BURGER HERMOSILLO`,
            `Receptor: ${account.rfc}  ${account.name}`,
            `Domicilio fiscal: ${account.postalCode}   Régimen: ${account.regime}   Uso: ${account.use}`,
            `Consumo de alimentos   ${sale.series}-${sale.ticket}`,
            `Total: $${commas(sale.cents)}`
          ]
        })
      },
      "POST /facturacion/verificaFactura": async ({ field, session }) => {
        const sale = find(field)
        const { account } = session
        if (sale === undefined || account === undefined) return json({ error: "Su sesión terminó, inicie de nuevo." })
        if (idOf(sale) !== undefined) return json({ error: "El ticket fue facturado en otra sesión." })
        const refused = refusal(account)
        if (refused !== undefined) return json({ error: `El PAC rechazó el comprobante: ${refused}` })
        const id = String(88200 + byId.size)
        byId.set(id, { uuid: "", ticket: sale.ticket, rfc: account.rfc })
        await Bun.sleep(1200)
        const made = await till.stamp(sale, { receiver: receiverOf(account), use: account.use })
        byId.set(id, { uuid: made.uuid, ticket: sale.ticket, rfc: account.rfc })
        return json({ success: "La factura se guardó", id })
      },
      "GET /facturacion/documentos/*": ({ url }) => {
        const id = url.pathname.split("/").at(-1) ?? ""
        return html(
          `<h4>Gracias por su visita</h4><p>Descargue aquí su comprobante fiscal:</p><a class="btn btn-outline-danger me-2" href="/facturacion/descarga/${id}/pdf"><b>PDF</b></a><a class="btn btn-outline-danger" href="/facturacion/descarga/${id}/xml"><b>XML</b></a>`
        )
      },
      "GET /facturacion/descarga/*": async ({ url }) => {
        const [, , , id = "", kind] = url.pathname.split("/")
        const made = till.find(byId.get(id)?.uuid ?? "")
        if (made === undefined) return html("No existe", 404)
        return kind === "xml"
          ? attachment(await xmlText(made), "text/xml", `${made.fileName}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
      },
      "POST /facturacion/validar_ticket_facturado": ({ field }) => {
        const sale = find(field)
        const id = sale && idOf(sale)
        return id !== undefined && byId.get(id)?.rfc === field("rfc").toUpperCase()
          ? json({ id })
          : json({ error: "El RFC no es el del comprobante emitido para este ticket." })
      },
      "GET /facturacion/zip_factura/*": ({ url }) => {
        const made = till.find(byId.get(url.pathname.split("/").at(-1) ?? "")?.uuid ?? "")
        return made === undefined ? html("No existe", 404) : zipFile(made)
      }
    }
  })
}

const ticketOf = (sale: Sale, folio = sale.ticket) => ({
  Restaurante: "Yaqui Burger Blvd. Kino",
  Orden: "87",
  SERIE: sale.series,
  FOLIO: folio,
  Fecha: `${sale.day.slashes} 14:22`,
  SUBTOTAL: commas((sale.cents * 100n) / 116n),
  "TOTAL A PAGAR": `$${commas(sale.cents)}`
})

export const portal: TestPortal = {
  id: "yaqui",
  traps: [
    "the wizard's own link is renamed and a toast's SI stamps",
    "RFC's change empties both selects",
    "Buscar RFC resets the form",
    "a modal backdrop",
    "an old invoice is offered for its RFC"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "already invoiced, recovered", ticket: ticketOf(old), expected: { ...completed, recovered: true } },
    { name: "wrong folio", ticket: ticketOf(open, "1310828"), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#modal-bienvenida").getByText("Aceptar").click()
    await page.locator("#tienda").fill(printed(ticket, "SERIE"))
    await page.locator("#ticket").fill(printed(ticket, "FOLIO"))
    await page.locator("#importe").fill(printed(ticket, "TOTAL A PAGAR").replace(/[$,]/g, ""))
    const [day, month, year] = printed(ticket, "Fecha").slice(0, 10).split("/")
    await page.locator("#fecha").pressSequentially(`${year}-${month}-${day}`)
    await page.keyboard.press("Tab")
    await page.locator("a[href='#next']").click()
    await page.locator("#register-rfc").fill(profile.rfc)
    await page.keyboard.press("Tab")
    await page.locator("#regimen option[value='612']").waitFor({ state: "attached" })
    await page.locator("#uso_cfdi option[value='G03']").waitFor({ state: "attached" })
    await page.locator("#razon_social").fill(profile.fullName)
    await page.locator("#email").fill(profile.email)
    await page.locator("#cp").fill(profile.postalCode)
    await page.locator("#regimen").selectOption(profile.fiscalRegime)
    await page.locator("#uso_cfdi").selectOption(profile.cfdiUse)
    await page.locator("a[href='#next']").click()
    await page.locator("#chk_confirmar").check()
    await page.locator("a[href='#next']").click()
    await page.locator(".iziToast").getByText("SI", { exact: true }).click()
    await download(page, () => page.locator("#documentos").getByText("XML").click())
  }
}
