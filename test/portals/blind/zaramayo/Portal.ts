import {
  ago,
  captchaCode,
  captchaImage,
  commas,
  failed,
  html,
  isStamped,
  json,
  oneLine,
  openTill,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  typedAs,
  usesFor,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
  readonly before?: string
}

const sale = (ticket: string, cents: bigint, days: number, more: Partial<Sale> = {}): Sale => ({
  ticket,
  cents,
  days,
  description: "Abarrotes y artículos del hogar",
  paymentForm: "28",
  ...more
})
const good = sale("073500412181163092", 214837n, 5)
const old = sale("073500209251148817", 98150n, 59)
const done = sale("073500715181160428", 136990n, 9, { before: "F735-0098112" })
const sales = [good, old, done]

const start = async () => {
  const till = openTill(
    { rfc: "ZMA980416LK2", name: "ZARAMAYO DE MEXICO", regime: "601", postalCode: "97130" },
    "50202300"
  )
  let wrongImages = 0
  const code = () => captchaCode("zaramayo", wrongImages)
  const running = await shop<{ sale?: Sale | undefined; rfc: string }>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ rfc: "" }),
    routes: {
      "GET /": () => seeOther("/facturacion"),
      "GET /facturacion": async ({ session }) => {
        session.sale = undefined
        return html(await template(import.meta.dir, "page.html"))
      },
      "GET /facturacion/imagen.jsp": () => captchaImage(code()),
      "POST /facturacion/validaTicket.do": async ({ field, session }) => {
        await Bun.sleep(900)
        const no = (mensaje: string, more = {}) => json({ codigo: 1, mensaje, ...more })
        session.sale = undefined
        if (field("codigoImg").toUpperCase() !== code()) {
          wrongImages++
          return no("El código capturado no corresponde a la imagen. Intente nuevamente.", { imagen: true })
        }
        const rfc = field("rfc").toUpperCase()
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return no("El formato del RFC es incorrecto.")
        if (!/^\d{18}$/.test(field("ticket"))) return no("El ticket debe contener 18 dígitos.")
        if (!/^\d{1,8}(\.\d{1,2})?$/.test(field("monto")))
          return no("El monto debe capturarse únicamente con números y punto decimal.")
        const found = sales.find(
          (one) => one.ticket === field("ticket") && same(Number(field("monto")).toFixed(2), one.cents)
        )
        if (!found) return no("La compra no existe con los datos capturados. Verifique el ticket y el monto total.")
        if (found.days > 30) return no("El periodo de 30 días para emitir el CFDI de esta compra ha concluido.")
        if (found.before ?? isStamped(till, found)) {
          return json({
            codigo: 9,
            mensaje: `Esta compra cuenta con el CFDI ${found.before ?? "F735"} emitido anteriormente. Para obtener una copia acuda al módulo de Servicio al Socio de su almacén.`
          })
        }
        session.sale = found
        session.rfc = rfc
        return json({
          codigo: 0,
          regimenes: regimesFor(rfc).map((r) => ({ id: r.code, descripcion: `${r.code} ${r.name}` }))
        })
      },
      "GET /facturacion/usos.do": async ({ session, field }) => {
        await Bun.sleep(500)
        return json(
          field("regimen") === ""
            ? []
            : usesFor(session.rfc).map((u) => ({ id: u.code, descripcion: `${u.code} ${u.name}` }))
        )
      },
      "POST /facturacion/genera.do": async ({ field, session }) => {
        const { sale: found, rfc } = session
        const no = (mensaje: string) => json({ codigo: 1, mensaje })
        if (!found) return no("Su sesión ha expirado, inicie nuevamente.")
        if (field("correo") !== field("correoConfirmacion")) return no("Los correos electrónicos no son iguales.")
        const typed = typedAs(
          (name) => (name === "rfc" ? rfc : name === "razonSocial" ? oneLine(field(name)) : field(name)),
          {
            rfc: "rfc",
            name: "razonSocial",
            postalCode: "codigoPostal",
            regime: "regimenFiscal",
            use: "usoCFDI",
            email: "correo"
          }
        )
        const wrong = wrongOf(typed)
        if (wrong) {
          return no(
            {
              empty: "Faltan campos obligatorios.",
              rfc: "El RFC no se encuentra inscrito en el SAT.",
              email: "El correo electrónico no tiene un formato correcto.",
              name: "La razón social no es igual a la registrada en el SAT para ese RFC.",
              postalCode: "El código postal no es el del domicilio fiscal registrado en el SAT.",
              regime: "El régimen fiscal no es el registrado en el SAT.",
              use: "El uso de CFDI no es correcto."
            }[wrong]
          )
        }
        if (isStamped(till, found)) return no("Esta compra cuenta con un CFDI emitido anteriormente.")
        session.sale = undefined
        await Bun.sleep(2500)
        await stampOf(till, found, typed)
        return json({
          codigo: 0,
          mensaje: `Su CFDI F735-0104482 ha sido emitido. Los archivos XML y PDF llegarán a ${typed.email} en los próximos minutos. Gracias por su preferencia.`
        })
      }
    }
  })
  return { ...running, url: new URL("/facturacion", running.url) }
}

const ticketOf = (one: Sale) => ({
  Almacén: "735 MERIDA",
  Socio: "842015539117",
  "Núm. Ticket": one.ticket,
  Fecha: `${ago(one.days).slashes} 13:22`,
  Artículos: "14",
  TOTAL: `$${commas(one.cents)}`,
  "TARJETA DEBITO": `$${commas(one.cents)}`
})

const image = (then: TestPortal["cases"][number]["expected"]): TestPortal["cases"][number]["expected"] => ({
  status: "ASKED",
  kind: "captcha",
  answers: { imagen: captchaCode("zaramayo", 0) },
  then
})

export const portal: TestPortal = {
  id: "zaramayo",
  traps: [
    "image captcha among the ticket's fields",
    "the second step lies hidden in the page and the first is disabled behind it",
    "régimen after the ticket, uso after the régimen, by AJAX",
    "two e-mail boxes, the second refuses a paste",
    "a modal with the stamping button; e-mail only, said in #result"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(good), expected: image({ status: "COMPLETED", delivery: "email" }) },
    { name: "older than thirty days", ticket: ticketOf(old), expected: image(failed("TICKET_EXPIRED")) },
    { name: "invoiced before, no copy", ticket: ticketOf(done), expected: image(failed("ALREADY_INVOICED")) }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#ticket").fill(printed(ticket, "Núm. Ticket"))
    await page.locator("#monto").fill(printed(ticket, "TOTAL").replace(/[$,]/g, ""))
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#codigoImg").fill(captchaCode("zaramayo", 0))
    await page.locator("#btnContinuar").click()
    await page.locator("#razonSocial").fill(profile.fullName)
    await page.locator("#codigoPostal").fill(profile.postalCode)
    await page.locator("#regimenFiscal").selectOption(profile.fiscalRegime)
    await page.locator("#usoCFDI").selectOption(profile.cfdiUse)
    await page.locator("#correo").fill(profile.email)
    await page.locator("#correoConfirmacion").fill(profile.email)
    await page.locator("#btnGenerar").click()
    await page.locator("#btnSi").click()
    await page.locator("#result .alert-success").waitFor()
  }
}
