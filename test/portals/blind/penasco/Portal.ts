import {
  ago,
  commas,
  completed,
  failed,
  fiscalRegimes,
  html,
  inline,
  isStamped,
  json,
  openTill,
  options,
  pdfBytes,
  plain,
  printed,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type Typed,
  template,
  useOptions,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale {
  readonly ticket: string
  readonly cents: bigint
  readonly description: string
  readonly paymentForm: string
  readonly station: string
  readonly dispatch: string
  readonly litres: string
  readonly days: number
  readonly invoiced?: true
}

const open: Sale = {
  ticket: "7Q2MB41KXD90RTE",
  cents: 85000n,
  description: "Gasolina Magna",
  paymentForm: "28",
  station: "E04418",
  dispatch: "2270914",
  litres: "35.432",
  days: 1
}
const old: Sale = { ...open, ticket: "7Q1ZC38HWA17PNK", cents: 60000n, dispatch: "2261187", litres: "25.010", days: 6 }
const taken: Sale = {
  ...open,
  ticket: "7Q2MF02VYT55BSC",
  cents: 43250n,
  dispatch: "2270655",
  litres: "18.029",
  days: 1,
  invoiced: true
}
const sales = [open, old, taken]

const paymentIds: Readonly<Record<string, string>> = {
  "1": "01",
  "2": "02",
  "3": "03",
  "4": "04",
  "7": "28",
  "8": "29"
}

const ticketOf = (sale: Sale) => ({
  "E.S.": sale.station,
  Despacho: sale.dispatch,
  Posición: "06",
  Fecha: ago(sale.days).slashes,
  Hora: "18:42:07",
  Producto: "MAGNA",
  Litros: sale.litres,
  "Importe total": `$${commas(sale.cents)}`,
  "Método de pago": "TARJETA DE DEBITO",
  "Cod. p/facturar": `${sale.ticket.slice(0, 5)}-${sale.ticket.slice(5, 10)}-${sale.ticket.slice(10)}`
})

interface Session {
  receiver: Omit<Typed, "use" | "email"> | undefined
  readonly token: string
}

const refusals: Readonly<Record<string, string>> = {
  rfc: "El RFC capturado no se encuentra en la lista de contribuyentes del SAT (LRFC).",
  name: "El nombre del receptor no corresponde con el registrado ante el SAT para ese RFC.",
  postalCode: "El código postal no corresponde al domicilio fiscal del RFC.",
  regime: "El régimen fiscal no corresponde al RFC.",
  use: "El uso de CFDI no es válido.",
  email: "El correo no es válido.",
  empty: "Todos los datos son obligatorios."
}

const newReceiver =
  () => `<div class="alert alert-warning small">El RFC no está registrado en Buzón Peñasco. Capture sus datos tal como aparecen en su Constancia de Situación Fiscal.</div>
<div class="form-group row"><label class="col-md-3 control-label" for="Nombre">Nombre o razón social</label><div class="col-md-6"><input class="form-control text-box single-line" id="Nombre" name="Nombre" type="text" value="" /><span class="field-validation-valid" data-valmsg-for="Nombre"></span></div></div>
<div class="form-group row"><label class="col-md-3 control-label" for="CodigoPostal">Código postal (domicilio fiscal)</label><div class="col-md-3"><input class="form-control" id="CodigoPostal" maxlength="5" name="CodigoPostal" type="text" value="" /><span class="field-validation-valid" data-valmsg-for="CodigoPostal"></span></div></div>
<div class="form-group row"><label class="col-md-3 control-label" for="RegimenFiscal">Régimen fiscal</label><div class="col-md-6"><select class="form-select" id="RegimenFiscal" name="RegimenFiscal"><option value="">-- Seleccione --</option>${options(fiscalRegimes.map(({ code, name }, i) => ({ value: `${i + 1}`, text: `${plain(name).toUpperCase()} (${code})` })))}</select><span class="field-validation-valid" data-valmsg-for="RegimenFiscal"></span></div></div>`

const start = () => {
  const till = openTill(
    { rfc: "CPB0906128D3", name: "COMBUSTIBLES PEÑASCO BLANCO", regime: "601", postalCode: "78380" },
    "15101514"
  )
  const tokenOk = (visit: { session: Session; field: (n: string) => string }) =>
    visit.field("__RequestVerificationToken") === visit.session.token
  return shop<Session>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({ receiver: undefined, token: crypto.randomUUID() }),
    routes: {
      "GET /": () => seeOther("/GenerarCFDI/Index?avanzada=0"),
      "GET /GenerarCFDI/Index": async ({ session }) => {
        session.receiver = undefined
        return html(await template(import.meta.dir, "page.html", { token: session.token }))
      },
      "POST /GenerarCFDI/GuardarReceptor": (visit) => {
        if (!tokenOk(visit)) return new Response("", { status: 500 })
        const { field, has, session } = visit
        const rfc = field("RFC").toUpperCase()
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc))
          return json({ campo: "RFC", error: "El formato del RFC es incorrecto." })
        if (!has("Nombre")) return json({ nuevo: true, html: newReceiver() })
        if (field("Nombre") === "") return json({ campo: "Nombre", error: "El campo Nombre es obligatorio." })
        if (!/^\d{5}$/.test(field("CodigoPostal")))
          return json({ campo: "CodigoPostal", error: "El código postal debe tener 5 dígitos." })
        const regime = fiscalRegimes[Number(field("RegimenFiscal")) - 1]?.code
        if (regime === undefined) return json({ campo: "RegimenFiscal", error: "Seleccione el régimen fiscal." })
        session.receiver = { rfc, name: field("Nombre").toUpperCase(), postalCode: field("CodigoPostal"), regime }
        return json({ usos: `<option value="">-- Seleccione --</option>${useOptions(rfc)}` })
      },
      "POST /GenerarCFDI/VerificarCodigo": (visit) => {
        if (!tokenOk(visit) || visit.session.receiver === undefined) return new Response("", { status: 500 })
        const sale = sales.find(({ ticket }) => ticket === visit.field("CodigoFacturacion"))
        if (sale === undefined)
          return json({ error: "El código de facturación no existe. Revise su ticket o acuda a la estación." })
        if (sale.days > 2)
          return json({
            error: `El despacho ${sale.dispatch} es del ${ago(sale.days).slashes}; transcurrieron más de 2 días y ya no es posible emitir la factura.`
          })
        if (sale.invoiced || isStamped(till, sale))
          return json({
            error: `El despacho ${sale.dispatch} cuenta con la factura BP-${Number(sale.dispatch) - 2100000}. No puede facturarse de nuevo.`
          })
        return json({
          codigo: sale.ticket,
          fila: `<tr><td>${sale.station}</td><td>${sale.dispatch}</td><td>MAGNA</td><td>${sale.litres}</td><td>$${commas(sale.cents)}</td><td><a href="javascript:void(0)" class="quitar">Quitar</a></td></tr>`
        })
      },
      "POST /GenerarCFDI/Generar": async (visit) => {
        const { field, session } = visit
        if (!tokenOk(visit) || session.receiver === undefined) return new Response("", { status: 500 })
        const sale = sales.find(({ ticket, days }) => ticket === field("CodigoFacturacion") && days <= 2)
        if (sale === undefined) return json({ error: "Verifique primero su código de facturación." })
        if (sale.invoiced || isStamped(till, sale)) return json({ error: "El despacho ya cuenta con factura." })
        if (paymentIds[field("FormaDePago")] !== sale.paymentForm)
          return json({ error: "La forma de pago no coincide con la registrada en la estación para este despacho." })
        const typed = { ...session.receiver, use: field("UsoCFDI"), email: field("correo") }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ error: refusals[wrong] })
        await Bun.sleep(900)
        const made = await stampOf(till, sale, typed)
        return json({ id: made.uuid, folio: `BP-${Number(sale.dispatch) - 2100000}` })
      },
      "GET /GenerarCFDI/VerXML": async ({ field }) => {
        const made = till.find(field("id"))
        return made
          ? inline(await xmlText(made), "text/xml; charset=utf-8", `${made.fileName}.xml`)
          : html("No encontrado", 404)
      },
      "GET /GenerarCFDI/VerPDF": async ({ field }) => {
        const made = till.find(field("id"))
        return made
          ? inline(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
          : html("No encontrado", 404)
      }
    }
  })
}

export const portal: TestPortal = {
  id: "penasco",
  traps: [
    "panels that open one after another",
    "régimen and payment form by internal ids",
    "code printed with hyphens, typed without",
    "XML shown in a new tab"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "expired", ticket: ticketOf(old), expected: failed("TICKET_EXPIRED") },
    { name: "already invoiced", ticket: ticketOf(taken), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#RFC").fill(profile.rfc)
    await page.locator("#btnGuardarReceptor").click()
    await page.locator("#Nombre").fill(profile.fullName)
    await page.locator("#CodigoPostal").fill(profile.postalCode)
    await page.locator("#RegimenFiscal").selectOption({
      label: await page
        .locator("#RegimenFiscal option", { hasText: `(${profile.fiscalRegime})` })
        .textContent()
        .then((text) => text ?? "")
    })
    await page.locator("#btnGuardarReceptor").click()
    await page.locator("#CodigoFacturacion").fill(printed(ticket, "Cod. p/facturar").replaceAll("-", ""))
    await page.locator("#btnVerificar").click()
    await page.locator("#FormaDePago").selectOption({ label: "TARJETA DE DÉBITO" })
    await page.locator("#UsoCFDI").selectOption(profile.cfdiUse)
    await page.locator("#correo").fill(profile.email)
    await page.locator("#btnGenerar").click()
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.locator("#btnXML").click()])
    await popup.waitForLoadState()
  }
}
