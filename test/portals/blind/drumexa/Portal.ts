import {
  ago,
  attachment,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  js,
  money,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly serie: string
  readonly folio: string
  readonly day: string
  readonly state?: "invoiced" | "refused"
}

const sale: Sale = {
  serie: "FM",
  folio: "20933",
  ticket: "FM-20933",
  cents: 845319n,
  description: "Material eléctrico",
  paymentForm: "03",
  day: ago(3).slashes
}
const invoiced: Sale = { ...sale, folio: "20871", ticket: "FM-20871", cents: 219240n, state: "invoiced" }
const refused: Sale = { ...sale, folio: "20958", ticket: "FM-20958", cents: 312500n, state: "refused" }
const sales = [sale, invoiced, refused]

const start = () => {
  const till = openTill(
    { rfc: "DRU980401U55", name: "DRUMEXA DISTRIBUCIONES", regime: "601", postalCode: "64000" },
    "39121000"
  )
  const answer = (value: unknown) =>
    new Response(`0|/*DX*/(${JSON.stringify(value)})`, { headers: { "content-type": "text/plain; charset=utf-8" } })
  return shop<{ notes: Array<Sale>; uuid?: string }>({
    till,
    cookie: "ASP.NET_SessionId",
    landing: "/wfAutoFactura.aspx?emp=DRUMEXA",
    fresh: () => ({ notes: [] }),
    routes: {
      "GET /wfAutoFactura.aspx": async ({ session }) => {
        session.notes = []
        return html(await template(import.meta.dir, "page.html"))
      },
      "GET /DXR.axd": async () => js(await Bun.file(`${import.meta.dir}/dx.js`).text()),
      "POST /wfAutoFactura.aspx": async ({ field, session }) => {
        if (field("__EVENTTARGET") !== "") {
          const made = till.find(session.uuid ?? "")
          if (made === undefined) return html("Error", 500)
          return field("__EVENTTARGET").endsWith("Xml")
            ? attachment(await xmlText(made), "text/xml", `${made.fileName}.xml`)
            : attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
        }
        const p = new URLSearchParams(field("__CALLBACKPARAM"))
        const get = (name: string) => (p.get(name) ?? "").trim()
        if (field("__CALLBACKID").endsWith("cbpNotas")) {
          if (get("accion") === "quitar") session.notes = session.notes.filter(({ ticket }) => ticket !== get("nota"))
          else {
            const found = sales.find(({ folio, serie }) => serie === get("serie") && folio === get("folio"))
            const typed = get("importe").replace(/,/g, "")
            if (!/^\d+$/.test(get("folio"))) return answer({ error: "Folio: sólo se permiten números." })
            if (found === undefined || typed !== money(found.cents))
              return answer({ error: "La nota de venta no existe o el importe no es el de la nota." })
            if (found.state === "invoiced" || isStamped(till, found)) {
              return answer({
                error: `Nota ${found.ticket}: estatus FACTURADA. Solicite copia del comprobante a su ejecutivo de ventas.`
              })
            }
            if (!session.notes.includes(found)) session.notes.push(found)
          }
          return answer({
            notas: session.notes.map((one) => ({ nota: one.ticket, fecha: one.day, importe: commas(one.cents) }))
          })
        }
        if (field("__CALLBACKID").endsWith("cbpReceptor")) {
          return answer({
            regimenes: regimesFor(get("rfc")).map(({ code, name }, i) => [String(100 + i), `${code} ${name}`]),
            usos: usesFor(get("rfc")).map(({ code, name }) => [code, `${code} ${name}`])
          })
        }
        const [one] = session.notes
        if (one === undefined) return answer({ error: "Agregue al menos una nota de venta." })
        if (get("acepta") !== "C") return answer({ error: "Debe aceptar las condiciones." })
        const typed = {
          rfc: get("rfc"),
          name: get("nombre"),
          postalCode: get("cp"),
          regime: get("regimen").slice(0, 3),
          use: get("uso"),
          email: get("correo")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) {
          return answer({
            error:
              { empty: "Existen campos obligatorios sin capturar.", email: "Correo: formato no válido." }[
                wrong as string
              ] ??
              `El PAC rechazó el comprobante: ${{ rfc: "CFDI40143 RFC del receptor", name: "CFDI40145 Nombre del receptor", postalCode: "CFDI40147 DomicilioFiscalReceptor", regime: "CFDI40157 RegimenFiscalReceptor", use: "CFDI40161 UsoCFDI" }[wrong as string]}`
          })
        }
        await Bun.sleep(1500)
        if (one.state === "refused") {
          return answer({
            error:
              "El PAC rechazó el comprobante: CFDI40157 - El régimen fiscal del receptor no es uno de los que el SAT tiene registrados para ese RFC. Actualice sus datos y vuelva a intentarlo."
          })
        }
        if (isStamped(till, one)) return answer({ error: "La nota ya fue procesada." })
        const made = await stampOf(till, one, typed)
        session.uuid = made.uuid
        session.notes = []
        return answer({ uuid: made.uuid, folio: `DFM ${one.folio}`, importe: commas(one.cents) })
      }
    }
  })
}

const ticket = (one: Sale) => ({
  "Nota de venta": one.ticket,
  "Fecha de emisión": one.day,
  Cliente: "MOSTRADOR",
  Vendedor: "044 R. Treviño",
  Almacén: "FUNDIDORA MTY",
  Partidas: 6,
  Subtotal: `$${commas((one.cents * 100n) / 116n)}`,
  "I.V.A. 16%": `$${commas(one.cents - (one.cents * 100n) / 116n)}`,
  "Importe total": `$${commas(one.cents)}`,
  Pago: "Transferencia"
})

export const portal: TestPortal = {
  id: "drumexa",
  traps: [
    "DevExpress WebForms: null texts that are values, combo boxes that are tables, check boxes that are spans, buttons that are divs",
    "series and folio apart; notes gathered in a grid before the data; the popup's Aceptar is the stamp",
    "files by postback from image cells"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticket(sale), expected: completed },
    { name: "invoiced before", ticket: ticket(invoiced), expected: failed("ALREADY_INVOICED") },
    { name: "régimen refused by the PAC", ticket: ticket(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const id = "#ctl00_cphMain_"
    const pick = async (name: string, text: string | RegExp) => {
      await page.locator(`${id}${name}_B-1`).click()
      await page.locator(`${id}${name}_DDD_L_LBT td`).filter({ hasText: text }).click()
    }
    const [serie = "", folio = ""] = printed(ticket, "Nota de venta").split("-")
    await pick("cmbSerie", new RegExp(`^${serie}$`))
    await page.locator(`${id}txtFolio_I`).fill(folio)
    await page.locator(`${id}txtImporte_I`).fill(printed(ticket, "Importe total").replace(/[$,]/g, ""))
    await page.locator(`${id}btnAgregar`).click()
    await page.locator(".dxgvDataRow").waitFor()
    await page.locator(`${id}txtRFC_I`).fill(profile.rfc)
    await page.locator(`${id}txtRFC_I`).press("Tab")
    await page.locator(`${id}txtNombre_I`).fill(profile.fullName)
    await page.locator(`${id}txtCP_I`).fill(profile.postalCode)
    await pick("cmbRegimen", profile.fiscalRegime)
    await pick("cmbUso", profile.cfdiUse)
    await page.locator(`${id}txtCorreo_I`).fill(profile.email)
    await page.locator(`${id}chkAcepta_S_D`).click()
    await page.locator(`${id}btnEmitir`).click()
    await page.locator(`${id}popConfirma_btnSi`).click()
    await download(page, () => page.locator("#imgXml").click())
  }
}
