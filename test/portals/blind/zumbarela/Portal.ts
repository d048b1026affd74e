import {
  ago,
  attachment,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  options,
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
  readonly iso: string
  readonly shown: string
  readonly late?: true
}

const on = (days: number) => ({ iso: ago(days).iso, shown: ago(days).words })
const sale: Sale = { ...on(4), ticket: "3318", cents: 21750n, description: "Jugos y aguas frescas", paymentForm: "28" }
const late: Sale = {
  ...on(48),
  ticket: "2874",
  cents: 16400n,
  description: "Jugos y aguas frescas",
  paymentForm: "28",
  late: true
}
const sales = [sale, late]

const words = {
  empty: "Faltan datos.",
  rfc: "Ese RFC no aparece como activo en el SAT.",
  name: "El nombre no es igual al de la constancia de ese RFC.",
  postalCode: "El código postal no es el del domicilio fiscal de ese RFC.",
  regime: "Ese RFC no tiene ese régimen.",
  use: "Elige un uso de la lista.",
  email: "Revisa el correo."
}

const start = () => {
  const till = openTill(
    { rfc: "ZUM170228AA1", name: "ZUMBARELA BEBIDAS", regime: "601", postalCode: "44100" },
    "50202301"
  )
  return shop<{ sale?: Sale | undefined }>({
    till,
    cookie: "sid",
    landing: "/recibos/zumbarela",
    fresh: () => ({}),
    routes: {
      "GET /recibos/zumbarela": async () => html(await template(import.meta.dir, "find.html", { max: ago(0).iso })),
      "POST /recibos/zumbarela": async ({ field, session }) => {
        const again = async (error: string) =>
          html(
            await template(import.meta.dir, "find.html", {
              max: ago(0).iso,
              error: `<p role="alert" class="bad">${error}</p>`,
              numero: field("numero"),
              fecha: field("fecha"),
              importe: field("importe")
            }),
            200
          )
        if (!/^\d+$/.test(field("numero")) || !/^\d{4}-\d\d-\d\d$/.test(field("fecha")))
          return again("Revisa lo que escribiste.")
        const found = sales.find((one) => one.ticket === field("numero") && one.iso === field("fecha"))
        if (found === undefined || Math.round(Number(field("importe")) * 100) !== Number(found.cents)) {
          return again(
            "No hay un recibo de Zumbarela con ese número, día e importe. ¿Pagaste hoy? Dale unos minutos a la terminal."
          )
        }
        session.sale = found
        const rows = `<tr><td>2 × Jugo verde grande<td>$${commas(found.cents / 2n)}<tr><td>1 × Agua de jamaica<td>$${commas(found.cents - found.cents / 2n)}`
        return html(
          await template(import.meta.dir, "receipt.html", {
            ticket: found.ticket,
            shown: found.shown,
            total: commas(found.cents),
            rows,
            action: found.late
              ? `<p class="bad">Este recibo ya no se puede facturar: pasaron más de 30 días desde la compra.</p>`
              : isStamped(till, found)
                ? `<p>Este recibo ya tiene factura.</p>`
                : `<button type="button" class="main" commandfor="datos" command="show-modal" id="pedir">Obtener factura</button>`,
            regimes: regimesFor("EKU9003173C9")
              .concat(regimesFor("CACX7605101P8"))
              .filter((one, i, all) => all.findIndex(({ code }) => code === one.code) === i)
              .sort((a, b) => a.code.localeCompare(b.code))
              .map(
                ({ code, name }) =>
                  `<label><input type="radio" name="regimen" value="${code}" required> ${code} ${name}</label>`
              )
              .join(""),
            uses: options(usesFor("CACX7605101P8").map(({ code, name }) => ({ value: `${code} ${name}`, text: "" })))
          })
        )
      },
      "POST /recibos/zumbarela/factura": async ({ field, session }) => {
        const one = session.sale
        if (one === undefined || one.late) return json({ error: "Vuelve a buscar tu recibo." }, 409)
        if (isStamped(till, one)) return json({ error: "Este recibo ya tiene factura." }, 409)
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("nombre").toUpperCase(),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: /^[A-Z0-9]{3,4}/.exec(field("uso"))?.[0] ?? "",
          email: field("correo")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ error: words[wrong] }, 422)
        await Bun.sleep(1200)
        const made = await stampOf(till, one, typed)
        return json({
          nombre: made.fileName,
          xml: Buffer.from(await xmlText(made)).toString("base64"),
          pdf: Buffer.from(await pdfBytes(made)).toString("base64")
        })
      },
      "GET /recibos/logo.svg": () =>
        attachment(
          `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18" fill="#ff7a1a"/></svg>`,
          "image/svg+xml",
          "logo.svg"
        )
    }
  })
}

const ticket = (one: Sale, cents = one.cents) => ({
  Recibo: `#${one.ticket}`,
  Fecha: `${one.shown} 10:07 a. m.`,
  "2 Jugo verde gde": `$${commas(one.cents / 2n)}`,
  "1 Agua jamaica": `$${commas(one.cents - one.cents / 2n)}`,
  Total: `$${commas(cents)} MXN`,
  "IVA incluido": `$${money(one.cents - (one.cents * 100n) / 116n)}`,
  "Débito contactless": "**** 4417",
  "Aut.": "660182",
  AID: "A0000000031010"
})

export const portal: TestPortal = {
  id: "zumbarela",
  traps: [
    "nothing but HTML's own: date and number inputs, the browser's validation, a modal dialog, radios for the régimen, a datalist for the use",
    "the receipt on the page before the data; base64 in JSON made into links of blobs"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticket(sale), expected: completed },
    { name: "total misread", ticket: ticket(sale, 27150n), expected: failed("TICKET_NOT_FOUND") },
    { name: "after thirty days", ticket: ticket(late), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const all = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
    const [day, month = "", year] = printed(ticket, "Fecha").slice(0, 11).split("-")
    await page.locator("[name=numero]").fill(printed(ticket, "Recibo").slice(1))
    await page.locator("[name=fecha]").fill(`${year}-${String(all.indexOf(month) + 1).padStart(2, "0")}-${day}`)
    await page.locator("[name=importe]").fill(printed(ticket, "Total").replace(/[^\d.]/g, ""))
    await page.getByText("Ver mi recibo").click()
    await page.locator("#pedir").click()
    await page.locator("[name=rfc]").fill(profile.rfc)
    await page.locator("[name=nombre]").fill(profile.fullName)
    await page.locator("[name=cp]").fill(profile.postalCode)
    await page.locator(`[name=regimen][value="${profile.fiscalRegime}"]`).check()
    await page.locator("[name=uso]").fill(`${profile.cfdiUse} Gastos en general.`)
    await page.locator("[name=correo]").fill(profile.email)
    await page.getByText("Listo, facturar").click()
    await download(page, () => page.getByText("XML").click())
  }
}
