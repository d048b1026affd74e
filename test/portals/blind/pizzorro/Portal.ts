import {
  ago,
  attachment,
  commas,
  completed,
  download,
  escaped,
  failed,
  html,
  inline,
  isStamped,
  json,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
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
  readonly days: number
  readonly store: string
  readonly down?: true
}

const description = "Consumo de alimentos y bebidas"
const good: Sale = {
  ticket: "01170004829163002154",
  store: "PLAZA MAYOR",
  days: 3,
  cents: 87650n,
  description,
  paymentForm: "04"
}
const offline: Sale = {
  ticket: "00420001377408116930",
  store: "GALERIAS",
  days: 1,
  cents: 53200n,
  description,
  paymentForm: "01",
  down: true
}
const sales = [good, offline]

interface Session {
  sale?: Sale | undefined
  rfc: string
  cp: string
}

const start = async () => {
  const till = openTill({ rfc: "BPZ100618KE8", name: "BPZ OPERADORA", regime: "601", postalCode: "37150" }, "90101500")
  const no = (msg: string) => json({ success: false, msg })
  const links = (uuid: string) =>
    `<a class="btn" target="_blank" href="archivo.php?tipo=1&amp;id=${uuid}">Imprimir</a> <a class="btn btn-danger" href="archivo.php?tipo=2&amp;id=${uuid}">Guardar XML</a>`
  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ rfc: "", cp: "" }),
    routes: {
      "GET /": async () => html(await template(import.meta.dir, "page.html")),
      "POST /ws/consumo.php": async ({ field, session }) => {
        await Bun.sleep(800)
        session.sale = undefined
        const rfc = field("rfc").toUpperCase()
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return no("El RFC no es correcto.")
        if (!/^\d{5}$/.test(field("cp"))) return no("El C.P. es de 5 dígitos.")
        if (!/^\d{20}$/.test(field("ref"))) return no("La referencia debe ser de 20 dígitos sin espacios ni guiones.")
        const sale = sales.find(({ ticket }) => ticket === field("ref"))
        if (sale === undefined) return no("La referencia no corresponde a ningún consumo registrado.")
        if (sale.down) {
          await Bun.sleep(2500)
          return no(
            "Por el momento estamos fuera de servicio por mantenimiento a nuestros servidores. Agradecemos su paciencia, intente más tarde."
          )
        }
        if (isStamped(till, sale))
          return no("El consumo de esta referencia ya tiene factura, puede obtenerla en la pestaña Consultar.")
        Object.assign(session, { sale, rfc, cp: field("cp") })
        return json({
          success: true,
          sucursal: sale.store,
          fecha: ago(sale.days).slashes,
          total: `$${commas(sale.cents)}`,
          regimenes: regimesFor(rfc).map((r) => [r.code, `${r.code} - ${r.name}`]),
          usos: usesFor(rfc).map((u) => [u.code, `${u.code} - ${u.name}`])
        })
      },
      "POST /ws/timbra.php": async ({ field, session }) => {
        const { sale } = session
        if (
          sale === undefined ||
          field("ref") !== sale.ticket ||
          field("rfc").toUpperCase() !== session.rfc ||
          field("cp") !== session.cp
        )
          return no("Consulte nuevamente su consumo.")
        const typed = typedAs(
          (name) => (name === "rfc" ? session.rfc : name === "razon" ? oneLine(field(name)) : field(name)),
          {
            rfc: "rfc",
            name: "razon",
            postalCode: "cp",
            regime: "regimen",
            use: "uso",
            email: "mail"
          }
        )
        await Bun.sleep(2100)
        const wrong = wrongOf(typed)
        if (wrong)
          return no(
            {
              empty: "Faltan datos.",
              rfc: "El SAT no reconoce el RFC.",
              name: "El SAT indica que la razón social no es la del RFC.",
              postalCode: "El SAT indica que el C.P. no es el del RFC.",
              regime: "El SAT indica que el régimen no es del RFC.",
              use: "Uso de CFDI no permitido.",
              email: "E-mail incorrecto."
            }[wrong]
          )
        if (isStamped(till, sale)) return no("El consumo de esta referencia ya tiene factura.")
        session.sale = undefined
        const { uuid } = await stampOf(till, sale, typed)
        return json({
          success: true,
          html: `<h4>Factura expedida</h4><p>UUID: ${uuid}</p><p>${links(uuid)}</p><p class="help-block">Copia enviada a ${escaped(typed.email)}</p>`
        })
      },
      "GET /ws/consulta.php": async ({ field }) => {
        await Bun.sleep(400)
        const made = till
          .stamps()
          .find((s) => s.ticket === field("ref") && s.receiverRfc === field("rfc").toUpperCase())
        return html(made === undefined ? "<p>Sin resultados</p>" : `<p>${made.uuid} ${links(made.uuid)}</p>`)
      },
      "GET /archivo.php": async ({ field }) => {
        const made = till.find(field("id"))
        if (made === undefined) return html("Archivo no disponible", 404)
        return field("tipo") === "2"
          ? attachment(await xmlText(made), "application/xml", `${made.fileName}.xml`)
          : inline(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
      }
    }
  })
}

const ticketOf = (one: Sale, code = one.ticket) => ({
  Sucursal: one.store,
  Cuenta: "10482",
  Mesa: "B7",
  Mesero: "1134 OMAR",
  Fecha: `${ago(one.days).words} 22:37`,
  Total: `$${commas(one.cents)}`,
  "Propina sugerida 15%": `$${commas((one.cents * 15n) / 100n)}`,
  "Ref. Factura": code.replace(/(.{4})(?=.)/g, "$1 ")
})

export const portal: TestPortal = {
  id: "pizzorro",
  traps: [
    "the key is printed in groups of four; the box takes 20 digits without spaces",
    "RFC and CP are in the ticket step, the name comes later; a second RFC and Referencia lie in a hidden tab",
    "buttons are <a href=javascript:;>; messages and the stamp's question in bootbox modals"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(good), expected: completed },
    { name: "under maintenance", ticket: ticketOf(offline), expected: failed("PORTAL_DOWN") },
    { name: "another reference", ticket: ticketOf(good, "01170004829163002145"), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#txt-ref").fill(printed(ticket, "Ref. Factura").replaceAll(" ", ""))
    await page.locator("#txt-rfc").fill(profile.rfc)
    await page.locator("#txt-cp").fill(profile.postalCode)
    await page.locator("#btn-consumo").click()
    await page.locator("#txt-razon").fill(profile.fullName)
    await page.locator("#cmb-regimen").selectOption(profile.fiscalRegime)
    await page.locator("#cmb-uso").selectOption(profile.cfdiUse)
    await page.locator("#txt-mail").fill(profile.email)
    await page.locator("#btn-facturar").click()
    await page.getByRole("button", { name: "Aceptar" }).click()
    await download(page, () => page.getByText("Guardar XML").click())
  }
}
