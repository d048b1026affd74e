import { type Expected, profiles } from "../../lib/Portal.ts"
import {
  ago,
  attachment,
  commas,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  options,
  pdfBytes,
  printed,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  useOptions,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly store: string
  readonly days: number
  readonly product: string
  readonly litres: string
}

const fuel = (ticket: string, store: string, days: number, product: string, litres: string, cents: bigint): Sale => ({
  ticket,
  store,
  days,
  product,
  litres,
  cents,
  description: `Combustible ${product}`,
  paymentForm: "28"
})
const good = fuel("4410927", "12", 1, "MAGNA", "28.114", 68008n)
const late = fuel("4397115", "7", 8, "DIESEL", "60.250", 154240n)
const older = [
  fuel("4381220", "12", 12, "MAGNA", "30.000", 72570n),
  fuel("4370664", "9", 19, "PREMIUM", "22.480", 58336n)
]
const sales = [good, late]

const stores = {
  "3": "CENTRAL DE ABASTO (E03318)",
  "7": "EL ROSARIO (E05520)",
  "9": "HUAYAPAM (E06127)",
  "12": "LA NORIA (E04512)",
  "14": "LA NORIA II (E07790)",
  "16": "XOXOCOTLAN (E08011)"
}

const accounts: Readonly<Record<string, { password: string; off?: true }>> = {
  KEMPER01: { password: "Noria#2291" },
  KEMPER02: { password: "Flota#1180", off: true }
}

const holder = profiles.company

interface Session {
  user: string
  error: string
  notes: ReadonlyArray<Sale>
}

const start = async () => {
  const till = openTill(
    { rfc: "CSP020619BX1", name: "COMBUSTIBLES Y SERVICIOS PETROMIXE", regime: "601", postalCode: "68120" },
    "15101514"
  )
  const receiver = {
    rfc: holder.rfc,
    name: holder.fullName,
    postalCode: holder.postalCode,
    regime: holder.fiscalRegime
  }
  const archive: Array<{ sale: Sale; made: Awaited<ReturnType<typeof till.archive>>; folio: string }> = []
  for (const sale of older)
    archive.push({
      sale,
      made: await till.archive(sale, { receiver, use: "G03" }),
      folio: `PM${sale.ticket.slice(-5)}`
    })
  const fresh: Array<(typeof archive)[number]> = []

  const show = async ({ user }: Session, active: string, content: string) => {
    const link = (file: string, text: string) =>
      `<li><a href="${file}"${file === active ? ' class="act"' : ""}>${text}</a></li>`
    return html(
      await template(import.meta.dir, "layout.html", {
        sesion: user === "" ? "" : `Bienvenido ${user} | <a href="salir.php">Salir</a>`,
        menu:
          user === ""
            ? ""
            : `<div id="menu"><ul>${link("inicio.php", "Inicio")}${link("facturar.php", "Facturar")}${link("misfacturas.php", "Mis facturas")}${link("datos.php", "Mis datos")}</ul></div>`,
        content
      })
    )
  }

  const closed = (session: Session) => (session.user === "" ? seeOther("/login.php") : undefined)

  const running = await shop<Session>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ user: "", error: "", notes: [] }),
    routes: {
      "GET /": ({ session }) => seeOther(session.user === "" ? "/login.php" : "/inicio.php"),
      "GET /login.php": async ({ session }) => {
        const { error } = session
        session.error = ""
        return show({ ...session, user: "" }, "", await template(import.meta.dir, "login.html", { error }))
      },
      "POST /login.php": async ({ field, session }) => {
        await Bun.sleep(400)
        const account = accounts[field("usr").toUpperCase()]
        if (account === undefined || account.password !== field("pwd"))
          session.error = "Usuario o contraseña no válidos"
        else if (account.off)
          session.error = "El usuario se encuentra suspendido, comuníquese con el administrador de su estación"
        else session.user = field("usr").toUpperCase()
        return seeOther(session.user === "" ? "/login.php" : "/inicio.php")
      },
      "GET /salir.php": ({ session }) => {
        session.user = ""
        session.notes = []
        return seeOther("/login.php")
      },
      "GET /recuperar.php": ({ session }) =>
        show(session, "", "<p>Solicite una nueva contraseña en su estación de servicio.</p>"),
      "GET /inicio.php": ({ session }) =>
        closed(session) ??
        show(
          session,
          "inicio.php",
          `<h3>Bienvenido</h3><p>${escaped(holder.fullName)}</p><p>Utilice el menú superior para facturar sus consumos o consultar sus comprobantes.</p>`
        ),
      "GET /datos.php": ({ session }) =>
        closed(session) ??
        show(
          session,
          "datos.php",
          `<h3>Mis datos</h3><table class="frm"><tr><td>R.F.C.</td><td>${holder.rfc}</td></tr><tr><td>Razón social</td><td>${escaped(holder.fullName)}</td></tr></table>`
        ),
      "GET /facturar.php": async ({ session }) => {
        session.notes = []
        return (
          closed(session) ??
          show(
            session,
            "facturar.php",
            await template(import.meta.dir, "facturar.html", {
              sucursales: options(
                Object.entries(stores)
                  .map(([value, text]) => ({ value, text }))
                  .sort((a, b) => a.text.localeCompare(b.text))
              ),
              usos: useOptions(holder.rfc),
              rfc: holder.rfc,
              nombre: holder.fullName,
              cp: holder.postalCode,
              regimen: holder.fiscalRegime,
              correo: "compras@kemper.example"
            })
          )
        )
      },
      "POST /agregar.php": async ({ field, session }) => {
        await Bun.sleep(600)
        if (session.user === "") return json({ err: "Su sesión terminó" })
        if (field("suc") === "0" || field("nota") === "" || field("monto") === "")
          return json({ err: "Capture sucursal, nota y monto" })
        if (!/^\d{1,7}(\.\d{1,2})?$/.test(field("monto"))) return json({ err: "El monto no es un número" })
        const sale = sales.find(
          (s) =>
            s.store === field("suc") &&
            s.ticket === field("nota") &&
            money(s.cents) === Number(field("monto")).toFixed(2)
        )
        if (sale === undefined) return json({ err: "La nota no está registrada en esa sucursal con ese monto" })
        if (session.notes.includes(sale)) return json({ err: "La nota ya está en la lista" })
        if (sale.days > 3) return json({ err: "La nota rebasa las 72 horas que tiene para facturarla" })
        if (isStamped(till, sale)) return json({ err: "La nota ya tiene factura, consúltela en Mis facturas" })
        session.notes = [...session.notes, sale]
        return json({
          suc: stores[sale.store as keyof typeof stores],
          nota: sale.ticket,
          fecha: ago(sale.days).slashes,
          producto: sale.product,
          litros: sale.litres,
          importe: `$ ${commas(sale.cents)}`
        })
      },
      "POST /quitar.php": ({ field, session }) => {
        session.notes = session.notes.filter(({ ticket }) => ticket !== field("nota"))
        return json({ ok: 1 })
      },
      "POST /timbrar.php": async ({ field, session }) => {
        const [sale] = session.notes
        if (session.user === "" || sale === undefined) return json({ err: "No hay notas por facturar" })
        if (!usesFor(holder.rfc).some(({ code }) => code === field("uso")))
          return json({ err: "Elija el uso del CFDI" })
        const typed = {
          rfc: receiver.rfc,
          name: receiver.name,
          postalCode: receiver.postalCode,
          regime: receiver.regime,
          use: field("uso"),
          email: field("correo")
        }
        if (wrongOf(typed)) return json({ err: "El correo no es correcto" })
        if (isStamped(till, sale)) return json({ err: "La nota ya tiene factura" })
        session.notes = []
        await Bun.sleep(2400)
        const made = await stampOf(till, sale, typed)
        const folio = `PM${sale.ticket.slice(-5)}`
        fresh.unshift({ sale, made, folio })
        return json({ folio })
      },
      "GET /misfacturas.php": ({ session }) => {
        const rows = [...fresh, ...archive].map(
          ({ folio, made, sale }) =>
            `<tr><td>${folio}</td><td>${ago(fresh.some((f) => f.made === made) ? 0 : sale.days - 1).slashes}</td><td>${sale.ticket}</td><td>${stores[sale.store as keyof typeof stores]}</td><td align="right">$ ${commas(sale.cents)}</td><td align="center"><a href="bajar.php?t=pdf&amp;f=${made.uuid}"><span class="ui-icon ui-icon-document"></span>PDF</a></td><td align="center"><a href="bajar.php?t=xml&amp;f=${made.uuid}"><span class="ui-icon ui-icon-disk"></span>XML</a></td></tr>`
        )
        return (
          closed(session) ??
          show(
            session,
            "misfacturas.php",
            `<h3>Mis facturas</h3><table class="grid"><thead><tr><th>Folio</th><th>Fecha</th><th>Nota</th><th>Sucursal</th><th>Total</th><th colspan="2">Archivos</th></tr></thead><tbody>${rows.join("")}</tbody></table>`
          )
        )
      },
      "GET /bajar.php": async ({ field, session }) => {
        const made = till.find(field("f"))
        if (session.user === "" || made === undefined) return seeOther("/login.php")
        return field("t") === "xml"
          ? attachment(await xmlText(made), "application/octet-stream", `${made.uuid}.xml`)
          : attachment(await pdfBytes(made), "application/octet-stream", `${made.uuid}.pdf`)
      }
    }
  })
  return running
}

const ticketOf = (one: Sale) => ({
  Estación: stores[one.store as keyof typeof stores].replace(/^(.*) \((.*)\)$/, "$2 $1"),
  Bomba: "05",
  Despacho: one.ticket,
  Fecha: `${ago(one.days).slashes} 06:58:12`,
  Producto: one.product,
  Litros: one.litres,
  Precio: `$${(Number(one.cents) / 100 / Number(one.litres)).toFixed(2)}`,
  Total: `$${money(one.cents)}`
})

const login = (usuario: string, then: Expected): Expected => ({
  status: "ASKED",
  kind: "login",
  answers: { usuario, contraseña: accounts[usuario]?.password ?? "" },
  then
})

export const portal: TestPortal = {
  id: "petromixe",
  traps: [
    "a log-in before anything else; after it the form is behind a menu",
    "stations of nearly one name, printed as code and name in another order",
    "tickets are gathered in a table, then a jQuery UI dialog stamps; its e-mail box is prefilled with another address",
    "the file is in a list of the account's older invoices"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(good), expected: login("KEMPER01", completed) },
    { name: "older than 72 hours", ticket: ticketOf(late), expected: login("KEMPER01", failed("TICKET_EXPIRED")) },
    { name: "user suspended", ticket: ticketOf(good), expected: login("KEMPER02", failed("LOGIN_FAILED")) }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("[name=usr]").fill("KEMPER01")
    await page.locator("[name=pwd]").fill("Noria#2291")
    await page.getByRole("button", { name: "Entrar" }).click()
    await page.getByRole("link", { name: "Facturar", exact: true }).click()
    const [code = "", ...name] = printed(ticket, "Estación").split(" ")
    await page.locator("#cboSucursal").selectOption({ label: `${name.join(" ")} (${code})` })
    await page.locator("#nota").fill(printed(ticket, "Despacho"))
    await page.locator("#monto").fill(printed(ticket, "Total").replace(/[$,]/g, ""))
    await page.locator("#cmdAgregar").click()
    await page.locator("tr.nota").waitFor()
    await page.locator("#cmdFacturar").click()
    await page.locator("#cboUso").selectOption(profile.cfdiUse)
    await page.locator("#correo").fill(profile.email)
    await page.getByRole("button", { name: "Timbrar" }).click()
    await page.waitForURL(/misfacturas/)
    const row = page.locator("tr", { hasText: printed(ticket, "Despacho") })
    await download(page, () => row.getByText("XML").click())
  }
}
