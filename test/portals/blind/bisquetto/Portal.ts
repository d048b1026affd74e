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
  oneLine,
  openTill,
  options,
  pdfBytes,
  printed,
  regimeOptions,
  seeOther,
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
  readonly store: string
  readonly days: number
  readonly closed?: true
}

const stores = {
  "4": "Andares",
  "11": "Aeropuerto T2",
  "12": "Bosques",
  "7": "Centro Max León",
  "15": "Cumbres",
  "9": "Galerías Valle Oriente",
  "22": "Garza Sada",
  "18": "Gómez Morín",
  "23": "La Fe",
  "31": "Lincoln",
  "25": "Linda Vista",
  "26": "Linda Vista Sur",
  "19": "Paseo San Pedro",
  "33": "Universidad"
}

const description = "Café, bebidas y panadería"
const good: Sale = { ticket: "2600418", store: "26", days: 4, cents: 23900n, description, paymentForm: "28" }
const other: Sale = { ticket: "1900227", store: "19", days: 3, cents: 14550n, description, paymentForm: "01" }
const closed: Sale = {
  ticket: "2598107",
  store: "26",
  days: 41,
  cents: 8700n,
  description,
  paymentForm: "04",
  closed: true
}
const sales = [good, other, closed]

interface Session {
  sale?: Sale | undefined
  flash: string
  old: Record<string, string>
}

const start = async () => {
  const till = openTill(
    { rfc: "CBI140527TS1", name: "CAFETERIAS BISQUETTO", regime: "601", postalCode: "66260" },
    "90101700"
  )
  const token = crypto.randomUUID().replaceAll("-", "")
  const show = async (session: Session, file: string, values: Record<string, string> = {}) => {
    const content = await template(import.meta.dir, file, { token, ...values })
    const flash =
      session.flash === ""
        ? ""
        : `<div class="alert alert-danger alert-dismissible fade show" role="alert">${session.flash}<button type="button" class="btn-close" data-bs-dismiss="alert" aria-label="Close"></button></div>`
    session.flash = ""
    return html(await template(import.meta.dir, "layout.html", { token, flash, content }))
  }
  const running = await shop<Session>({
    till,
    cookie: "bisquetto_session",
    fresh: () => ({ flash: "", old: {} }),
    routes: {
      "GET /": () => seeOther("/autofacturacion/busqueda"),
      "GET /autofacturacion/busqueda": ({ session }) => {
        const { old } = session
        session.sale = undefined
        return show(session, "busqueda.html", {
          sucursales: options(
            Object.entries(stores)
              .map(([value, text]) => ({ value, text }))
              .sort((a, b) => a.text.localeCompare(b.text)),
            old.sucursal_id
          ),
          ticket: old.numero_ticket ?? "",
          fecha: old.fecha_ticket ?? "",
          total: old.total ?? ""
        })
      },
      "POST /autofacturacion/busqueda": async ({ field, session }) => {
        await Bun.sleep(500)
        session.old = Object.fromEntries(
          ["sucursal_id", "numero_ticket", "fecha_ticket", "total"].map((k) => [k, field(k)])
        )
        const back = (text: string) => {
          session.flash = text
          return seeOther("/autofacturacion/busqueda")
        }
        if (field("_token") !== token) return html("<h1>419 | Page Expired</h1>", 419)
        if (!/^\d{2}\/\d{2}\/\d{4}$/.test(field("fecha_ticket")))
          return back("El campo fecha ticket no corresponde al formato d/m/Y.")
        if (!/^\d+(\.\d{1,2})?$/.test(field("total"))) return back("El campo total debe ser un número.")
        const sale = sales.find(
          (s) =>
            s.store === field("sucursal_id") &&
            s.ticket === field("numero_ticket") &&
            ago(s.days).slashes === field("fecha_ticket")
        )
        if (sale === undefined) return back("No localizamos el ticket en la sucursal y fecha elegidas.")
        if (money(sale.cents) !== Number(field("total")).toFixed(2))
          return back("El total que escribiste es distinto al de ese ticket, verifícalo por favor.")
        if (sale.closed)
          return back("Lo sentimos, el mes de tu compra ya fue cerrado y este ticket no puede facturarse.")
        if (isStamped(till, sale)) return back("El ticket ya tiene una factura.")
        session.sale = sale
        session.old = {}
        return seeOther("/autofacturacion/datos")
      },
      "GET /autofacturacion/datos": ({ session }) => {
        const { old, sale } = session
        if (sale === undefined) return seeOther("/autofacturacion/busqueda")
        const net = (sale.cents * 100n + 58n) / 116n
        return show(session, "datos.html", {
          ...old,
          ticket: sale.ticket,
          sucursal: stores[sale.store as keyof typeof stores],
          fecha: ago(sale.days).slashes,
          subtotal: `$${commas(net)}`,
          iva: `$${commas(sale.cents - net)}`,
          total: `$${commas(sale.cents)}`,
          regimenes: regimeOptions()
        })
      },
      "GET /autofacturacion/usos/*": async ({ url }) => {
        await Bun.sleep(450)
        const moral = ["601", "603", "620", "622", "623", "624"].includes(url.pathname.split("/")[3] ?? "")
        return json(
          usesFor(moral ? "AAA010101AAA" : "AAAA010101AAA").map((u) => ({ id: u.code, text: `${u.code} ${u.name}` }))
        )
      },
      "POST /autofacturacion/generar": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined) return seeOther("/autofacturacion/busqueda")
        const back = (text: string) => {
          session.flash = text
          session.old = Object.fromEntries(
            ["rfc", "razon_social", "domicilio_fiscal", "email"].map((k) => [k, field(k)])
          )
          return seeOther("/autofacturacion/datos")
        }
        if (field("aviso") !== "1") return back("Debes aceptar el aviso de privacidad.")
        const typed = typedAs(
          (name) => (name === "rfc" || name === "razon_social" ? oneLine(field(name)) : field(name)),
          {
            rfc: "rfc",
            name: "razon_social",
            postalCode: "domicilio_fiscal",
            regime: "regimen",
            use: "uso",
            email: "email"
          }
        )
        await Bun.sleep(1900)
        const wrong = wrongOf(typed)
        if (wrong) {
          return back(
            {
              empty: "Todos los campos son obligatorios.",
              rfc: "El RFC no está dado de alta en el SAT.",
              name: "El nombre fiscal es distinto al del SAT.",
              postalCode: "El domicilio fiscal es distinto al del SAT.",
              regime: "El régimen es distinto al del SAT.",
              use: "El uso no es válido.",
              email: "El email no es válido."
            }[wrong]
          )
        }
        if (isStamped(till, sale)) return back("El ticket ya tiene una factura.")
        const { uuid } = await stampOf(till, sale, typed)
        session.sale = undefined
        session.old = {}
        return seeOther(`/autofacturacion/factura/${uuid}`)
      },
      "GET /autofacturacion/factura/*": async ({ url, session }) => {
        const [, , , uuid = "", kind] = url.pathname.split("/")
        const made = till.find(uuid)
        if (made === undefined) return html("<h1>404 | Not Found</h1>", 404)
        if (kind === "xml") return attachment(await xmlText(made), "text/xml", `BQ-${made.ticket}.xml`)
        if (kind === "pdf") return attachment(await pdfBytes(made), "application/pdf", `BQ-${made.ticket}.pdf`)
        return show(session, "factura.html", { uuid, folio: made.ticket })
      }
    }
  })
  return { ...running, url: new URL("/autofacturacion/busqueda", running.url) }
}

const printedTicket = (one: Sale, total = one.cents) => ({
  Tienda: `BISQUETTO ${stores[one.store as keyof typeof stores].toUpperCase()}`,
  Ticket: one.ticket,
  Caja: "02",
  Fecha: `${ago(one.days).short} 08:14`,
  Atendió: "Iván",
  Subtotal: `$${commas((total * 100n + 58n) / 116n)}`,
  Total: `$${commas(total)}`
})

export const portal: TestPortal = {
  id: "bisquetto",
  traps: [
    "Select2 for shop, régimen and uso; two shops of nearly one name, printed with the brand in front",
    "read-only datepicker; the ticket's year has two digits",
    "uso by AJAX after the régimen; a box for the privacy notice; flashed errors after a redirect",
    "links with only a picture and a title"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: printedTicket(good), expected: completed },
    { name: "total of another ticket", ticket: printedTicket(other, 15440n), expected: failed("TICKET_NOT_FOUND") },
    { name: "month closed", ticket: printedTicket(closed), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const name = printed(ticket, "Tienda").replace("BISQUETTO ", "").toLowerCase()
    const pick = async (id: string, text: string) => {
      await page.locator(`#${id}:enabled + .select2 .select2-selection`).click()
      await page.locator(".select2-search__field").fill(text)
      await page.locator(".select2-results__option--selectable").first().click()
    }
    await pick("sucursal_id", name)
    await page.locator("#numero_ticket").fill(printed(ticket, "Ticket"))
    const [day = "", month = "", year = ""] = (printed(ticket, "Fecha").split(" ")[0] ?? "").split("/")
    await page.locator("#fecha_ticket").click()
    const utc = Date.UTC(2000 + Number(year), Number(month) - 1, Number(day))
    const cell = page.locator(`.datepicker-days td.day[data-date="${utc}"]`)
    for (let i = 0; i < 3 && (await cell.count()) === 0; i++) await page.locator(".datepicker-days .prev").click()
    await cell.click()
    await page.locator("#total").fill(printed(ticket, "Total").replace(/[$,]/g, ""))
    await page.getByRole("button", { name: "Buscar" }).click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#razon_social").fill(profile.fullName)
    await page.locator("#domicilio_fiscal").fill(profile.postalCode)
    await pick("regimen", profile.fiscalRegime)
    await pick("uso", profile.cfdiUse)
    await page.locator("#email").fill(profile.email)
    await page.locator("#aviso").check()
    await page.getByRole("button", { name: "Generar factura" }).click()
    await download(page, () => page.locator("a[title=XML]").click())
  }
}
