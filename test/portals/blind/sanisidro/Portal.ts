import {
  ago,
  attachment,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
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
  useOptions,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
  readonly state: "open" | "closed" | "billed"
}
const sale = (ticket: string, cents: bigint, days: number, state: Sale["state"] = "open"): Sale => ({
  ticket,
  cents,
  days,
  state,
  description: "Medicamentos",
  paymentForm: "01"
})
const open = sale("114-00873319", 46350n, 5)
const billed = sale("114-00868802", 21990n, 12, "billed")
const sales = [
  sale("114-00875501", 46350n, 2),
  sale("114-00873391", 46550n, 5),
  open,
  sale("098-00221734", 8900n, 8),
  billed,
  sale("114-00855120", 133000n, 37, "closed")
]
const words = {
  empty: "Captura todos los datos del receptor.",
  rfc: "RFC no válido.",
  name: "El nombre no coincide con el SAT.",
  postalCode: "El CP no coincide con el SAT.",
  regime: "El régimen no coincide con el SAT.",
  use: "Uso no válido.",
  email: "Correo no válido."
}
const user = "xochi.casas",
  password = "Salud-2291"
const ticketOf = (one: { ticket: string; cents: bigint; days: number }) => ({
  "": "FARMACIA SAN ISIDRO",
  Sucursal: "114 MERCADO HIDALGO",
  Nota: one.ticket,
  Fecha: ago(one.days).slashes,
  Cajero: "MARIBEL",
  "Su compra": `$${money(one.cents)}`,
  Efectivo: "$500.00",
  "Monedero Salud+": "****2291"
})
const clean = (t: Record<string, string>) => {
  const { "": _, ...rest } = t
  return rest
}
const asked = (then: ReturnType<typeof failed> | typeof completed) =>
  ({
    status: "ASKED",
    kind: "login",
    answers: { usuario: user, correo: user, contrasena: password, password, clave: password },
    then
  }) as const
interface Session {
  in: boolean
}
const show = async (contenido: string, inside: boolean) =>
  html(
    await template(import.meta.dir, "page.html", {
      contenido,
      menu: inside
        ? `<a href="/compras">Mis compras</a><a href="/monedero">Mi monedero</a><a href="/salir">Salir</a>`
        : `<a href="/sucursales">Sucursales</a>`
    })
  )
export const portal: TestPortal = {
  id: "sanisidro",
  profile: "person",
  traps: [
    "a log-in wall",
    "the right row of a table of purchases with near twins",
    "another taxpayer is the chosen receiver by default",
    "e-mail prefilled with another",
    "span links as buttons"
  ],
  start: () => {
    const till = openTill(
      { rfc: "FSI880715MN2", name: "FARMACIA SAN ISIDRO", regime: "601", postalCode: "36000" },
      "51101500"
    )
    const login = async (error = "", u = "") => show(await template(import.meta.dir, "login.html", { error, u }), false)
    return shop<Session>({
      till,
      cookie: "si",
      fresh: () => ({ in: false }),
      routes: {
        "GET /": ({ session }) => (session.in ? seeOther("/compras") : login()),
        "GET /olvide": () => show("<p>Escribe tu correo: <input></p>", false),
        "GET /registro": () => show("<p>Regístrate en sucursal.</p>", false),
        "GET /salir": ({ session }) => {
          session.in = false
          return seeOther("/")
        },
        "GET /monedero": ({ session }) => (session.in ? show("<p>Saldo: $12.40</p>", true) : seeOther("/")),
        "POST /entrar": ({ field, session }) => {
          if (field("u") !== user || field("p") !== password)
            return login("Tus credenciales no coinciden. Te quedan 2 intentos.", field("u"))
          session.in = true
          return seeOther("/compras")
        },
        "GET /compras": async ({ field, session }) => {
          if (!session.in) return seeOther("/")
          const b = field("b")
          const rows = sales
            .filter(({ ticket }) => ticket.includes(b))
            .map((s) => {
              const made = till.stamps().find(({ ticket }) => ticket === s.ticket)
              const state =
                made !== undefined || s.state === "billed"
                  ? "Facturada"
                  : s.state === "closed"
                    ? "Periodo cerrado"
                    : "Por facturar"
              const act =
                made !== undefined
                  ? `<a href="/doc?u=${made.uuid}&t=pdf">PDF</a> <a href="/doc?u=${made.uuid}&t=xml">XML</a>`
                  : s.state === "open"
                    ? `<span class="lnk" data-n="${s.ticket}">Facturar</span>`
                    : ""
              return `<tr><td>${ago(s.days).slashes}</td><td>${s.ticket.slice(0, 3)}</td><td>${s.ticket}</td><td>$${money(s.cents)}</td><td>${state}</td><td>${act}</td></tr>`
            })
          const note =
            field("lista") === ""
              ? ""
              : `<p style="color:#00796b"><b>Factura lista.</b> Folio fiscal ${escaped(field("lista"))}</p>`
          return show(
            note +
              (await template(import.meta.dir, "compras.html", {
                b,
                filas:
                  rows.join("") ||
                  `<tr><td colspan="6">Sin resultados para tu búsqueda. Si tu compra no aparece, no se acumuló a tu monedero.</td></tr>`,
                regs: regimeOptions(),
                usos: useOptions()
              })),
            true
          )
        },
        "POST /facturar": async ({ field, session }) => {
          if (!session.in) return json({ error: "Tu sesión expiró" })
          const s = sales.find(({ ticket }) => ticket === field("nota"))
          if (s === undefined || s.state !== "open" || isStamped(till, s)) return json({ error: "Nota no disponible" })
          if (field("uso") === "") return json({ error: "Elige el uso de CFDI." })
          if (field("rec") === "1") {
            const { uuid } = await till.stamp(s, {
              receiver: { rfc: "ALE120305TU9", name: "ABARROTES LA ESPERANZA", postalCode: "36000", regime: "601" },
              use: field("uso")
            })
            return json({ uuid })
          }
          const raw = typedAs(field, {
            rfc: "rfc",
            name: "nom",
            postalCode: "cp",
            regime: "reg",
            use: "uso",
            email: "mail"
          })
          const typed = { ...raw, rfc: raw.rfc.toUpperCase() }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return json({ error: words[wrong] })
          const { uuid } = await stampOf(till, s, typed)
          return json({ uuid })
        },
        "GET /doc": async ({ field }) => {
          const made = till.find(field("u"))
          return made === undefined
            ? html("404", 404)
            : field("t") === "xml"
              ? attachment(await xmlText(made), "text/xml", `${made.fileName}.xml`)
              : attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: clean(ticketOf(open)), expected: asked(completed) },
    {
      name: "not in the account",
      ticket: clean(ticketOf({ ticket: "114-00873913", cents: 37200n, days: 5 })),
      expected: asked(failed("TICKET_NOT_FOUND"))
    },
    { name: "billed", ticket: clean(ticketOf(billed)), expected: asked(failed("ALREADY_INVOICED")) }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("[name=u]").fill(user)
    await page.locator("[name=p]").fill(password)
    await page.getByRole("button", { name: "Iniciar sesión" }).click()
    const nota = printed(ticket, "Nota")
    await page.locator("[name=b]").fill(nota)
    await page.getByRole("button", { name: "Buscar" }).click()
    await page.locator("tr", { hasText: nota }).locator(".lnk").click()
    await page.locator("#rec").selectOption("0")
    await page.locator("#i1").fill(profile.rfc)
    await page.locator("#i2").fill(profile.fullName)
    await page.locator("#i3").fill(profile.postalCode)
    await page.locator("#i4").selectOption(profile.fiscalRegime)
    await page.locator("#i6").fill(profile.email)
    await page.locator("#i5").selectOption(profile.cfdiUse)
    await page.locator("#ok").click()
    await download(page, () => page.locator("tr", { hasText: nota }).getByText("XML").click())
  }
}
export const says = { "not in the account": /Sin resultados para tu búsqueda/, billed: /Facturada/ }
