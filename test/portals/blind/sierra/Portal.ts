import {
  ago,
  attachment,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
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

interface Seat extends TillSale {
  readonly pnr: string
  readonly passenger: string
  readonly route: string
  readonly days: number
  readonly seat: string
  readonly had?: true
}
const seat = (
  pnr: string,
  ticket: string,
  passenger: string,
  route: string,
  days: number,
  place: string,
  cents: bigint,
  had?: true
): Seat => ({
  pnr,
  ticket,
  passenger,
  route,
  days,
  seat: place,
  cents,
  description: `Boleto ${route}`,
  paymentForm: "04",
  ...(had ? { had } : {})
})
const seats = [
  seat("K7PLQ2", "3301877120", "CASAS/XOCHILT", "DGO - MZT", 8, "12", 64500n),
  seat("K7PLQ2", "3301877121", "CASAS/XOCHILT", "MZT - DGO", 4, "09", 64500n),
  seat("K7PLQ2", "3301877122", "CASAS/RODRIGO", "DGO - MZT", 8, "13", 64500n),
  seat("K7PLQ2", "3301877123", "CASAS/RODRIGO", "MZT - DGO", 4, "10", 48375n),
  seat("R2HHN8", "3301790455", "CASAS/XOCHILT", "DGO - TRC", 15, "03", 38800n, true),
  seat("R2HHN8", "3301790456", "CASAS/XOCHILT", "TRC - DGO", 13, "21", 38800n)
]
const [, open, , , had] = seats
const words = {
  empty: "Capture todos los datos.",
  rfc: "R.F.C. incorrecto.",
  name: "El nombre no está asociado al R.F.C.",
  postalCode: "El domicilio fiscal no está asociado al R.F.C.",
  regime: "El regimen no está asociado al R.F.C.",
  use: "Uso CFDI no permitido.",
  email: "Correo incorrecto."
}
const ticketOf = (s: Seat, pnr = s.pnr) => ({
  Línea: "RAPIDOS DE LA SIERRA",
  "No. Boleto": s.ticket,
  Locator: pnr,
  Pasajero: s.passenger,
  Ruta: s.route,
  Salida: `${ago(s.days).slashes} 16:30`,
  Corrida: "1187",
  Asiento: s.seat,
  Andén: "5",
  Importe: `$${money(s.cents)}`,
  Tarifa: "ADULTO"
})
if (open === undefined || had === undefined) throw new Error("seats")
export const portal: TestPortal = {
  id: "sierra",
  profile: "person",
  traps: [
    "only ours of several tickets may be ticked; one CFDI for each that is ticked",
    "a box for all",
    "an insurance box stays off",
    "surname before the slash",
    "Regimen without accent"
  ],
  start: () => {
    const till = openTill(
      { rfc: "RSI850505VV5", name: "RAPIDOS DE LA SIERRA", regime: "624", postalCode: "34000" },
      "78111802"
    )
    const show = async (contenido: string, error = "") =>
      html(
        await template(import.meta.dir, "page.html", {
          contenido,
          error: error === "" ? "" : `<div class="alert alert-danger">${escaped(error)}</div>`
        })
      )
    const trips = async (pnr: string, field: (n: string) => string, error = "") =>
      show(
        await template(import.meta.dir, "viajes.html", {
          pnr,
          rfc: field("rfc"),
          nombre: field("nombre"),
          domicilio: field("domicilio"),
          correo: field("correo"),
          regs: regimeOptions(undefined, field("regimen")),
          usos: useOptions(undefined, field("uso")),
          filas: seats
            .filter((s) => s.pnr === pnr)
            .map((s) => {
              const done = s.had || isStamped(till, s)
              return `<tr><td><input type="checkbox" class="b" name="b${s.ticket}" value="1"${done ? " disabled" : ""}></td><td>${s.ticket}</td><td>${s.passenger}</td><td>${s.route}</td><td>${ago(s.days).slashes}</td><td>${s.seat}</td><td>$${money(s.cents)}</td><td>${done ? `<span class="badge bg-secondary">Timbrado</span>` : ""}</td></tr>`
            })
            .join("")
        }),
        error
      )
    return shop<Record<string, never>>({
      till,
      cookie: "rs",
      fresh: () => ({}),
      routes: {
        "GET /": () => template(import.meta.dir, "buscar.html").then((t) => show(t)),
        "GET /mis-facturas": () => show("<p>Escriba su folio fiscal <input></p>"),
        "GET /rastreo": () => show("<p>Guía <input></p>"),
        "GET /viajes": () => seeOther("/"),
        "GET /emitir": () => seeOther("/"),
        "POST /viajes": async ({ field }) => {
          const pnr = field("pnr").toUpperCase()
          const mine = seats.filter((s) => s.pnr === pnr)
          if (mine.length === 0 || !mine.some((s) => s.passenger.split("/")[0] === field("ape").toUpperCase()))
            return show(
              await template(import.meta.dir, "buscar.html", { pnr, ape: field("ape") }),
              "Los datos del pasajero no empatan con ninguna reservación. Verifique la clave y el apellido."
            )
          return trips(pnr, () => "")
        },
        "POST /emitir": async ({ field, has }) => {
          const pnr = field("pnr"),
            chosen = seats.filter((s) => s.pnr === pnr && has(`b${s.ticket}`) && !s.had && !isStamped(till, s))
          if (chosen.length === 0) return trips(pnr, field, "Marque al menos un boleto.")
          const raw = typedAs(field, {
            rfc: "rfc",
            name: "nombre",
            postalCode: "domicilio",
            regime: "regimen",
            use: "uso",
            email: "correo"
          })
          const typed = { ...raw, rfc: raw.rfc.toUpperCase() }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return trips(pnr, field, words[wrong])
          const made = []
          for (const s of chosen) made.push(await stampOf(till, s, typed))
          return show(
            `<h4>CFDI emitidos</h4><ul>${made.map(({ uuid, ticket }) => `<li>Boleto ${ticket}: <a href="/archivo/${uuid}/xml">xml</a> <a href="/archivo/${uuid}/pdf">pdf</a></li>`).join("")}</ul>`
          )
        },
        "GET /archivo/*": async ({ url }) => {
          const [, , id = "", kind] = url.pathname.split("/")
          const one = till.find(id)
          return one === undefined
            ? html("404", 404)
            : kind === "xml"
              ? attachment(await xmlText(one), "text/xml", `${id}.xml`)
              : attachment(await pdfBytes(one), "application/pdf", `${id}.pdf`)
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    {
      name: "no such booking",
      ticket: ticketOf({ ...open, ticket: "3301880017" }, "K7PIQ2"),
      expected: failed("TICKET_NOT_FOUND")
    },
    { name: "stamped, its return not", ticket: ticketOf(had), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#pnr").fill(printed(ticket, "Locator"))
    await page.locator("#ape").fill(printed(ticket, "Pasajero").split("/")[0] ?? "")
    await page.getByRole("button", { name: "Consultar" }).click()
    await page
      .locator("tr", { hasText: printed(ticket, "No. Boleto") })
      .locator(".b")
      .check()
    await page.locator("[name=rfc]").fill(profile.rfc)
    await page.locator("[name=nombre]").fill(profile.fullName)
    await page.locator("[name=domicilio]").fill(profile.postalCode)
    await page.locator("[name=regimen]").selectOption(profile.fiscalRegime)
    await page.locator("[name=uso]").selectOption(profile.cfdiUse)
    await page.locator("[name=correo]").fill(profile.email)
    await page.locator("#em").click()
    await download(page, () => page.getByRole("link", { name: "xml" }).click())
  }
}
export const says = { "no such booking": /no empatan con ninguna reservación/, "stamped, its return not": /Timbrado/ }
