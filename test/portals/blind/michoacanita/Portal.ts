import type { TestPortal } from "../../lib/Portal.ts"
import {
  ago,
  attachment,
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
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  template,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly branch: string
  readonly days: number
  readonly expired?: true
  readonly down?: true
}
interface Session {
  sale: Sale | undefined
}

const open: Sale = {
  ticket: "48213",
  branch: "77",
  days: 4,
  cents: 23450n,
  description: "Helados y nieves",
  paymentForm: "01"
}
const old: Sale = { ...open, ticket: "41990", days: 40, cents: 11800n, expired: true }
const shut: Sale = { ...open, ticket: "48230", branch: "78", cents: 15600n, down: true }
const sales = [open, old, shut]
const states = [
  ["11", "GUANAJUATO"],
  ["14", "JALISCO"],
  ["16", "MICHOACÁN"],
  ["22", "QUERÉTARO"]
] as const
const cities: Readonly<Record<string, ReadonlyArray<readonly [string, string]>>> = {
  "11": [
    ["201", "CELAYA"],
    ["202", "IRAPUATO"],
    ["203", "LEÓN"]
  ],
  "14": [
    ["301", "GUADALAJARA"],
    ["302", "ZAPOPAN"]
  ],
  "16": [
    ["401", "MORELIA"],
    ["402", "URUAPAN"],
    ["403", "ZAMORA"]
  ],
  "22": [["501", "QUERÉTARO"]]
}
const branches: Readonly<Record<string, ReadonlyArray<readonly [string, string]>>> = {
  "401": [
    ["75", "MORELIA CENTRO"],
    ["77", "MORELIA ALTOZANO"],
    ["78", "MORELIA LAS AMÉRICAS"]
  ],
  "402": [["81", "URUAPAN PLAZA"]],
  "403": [["84", "ZAMORA CENTRO"]],
  "203": [["60", "LEÓN CENTRO MAX"]],
  "201": [["62", "CELAYA"]],
  "202": [["64", "IRAPUATO"]],
  "301": [["40", "GDL CHAPULTEPEC"]],
  "302": [["45", "ZAPOPAN ANDARES"]],
  "501": [["90", "QRO JURIQUILLA"]]
}

const start = () => {
  const till = openTill(
    { rfc: "NMI010101AB5", name: "NEVERIA LA MICHOACANITA", regime: "626", postalCode: "58000" },
    "50192304"
  )
  const no = (msg: string) => json({ ok: false, msg })
  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ sale: undefined }),
    routes: {
      "GET /": async () =>
        html(
          await template(import.meta.dir, "index.html", {
            estados: options(states.map(([value, text]) => ({ value, text })))
          })
        ),
      "GET /reimprimir": () => html("<h1>RECUPERA TU FACTURA</h1>RFC <input> UUID <input> <button>BUSCAR</button>"),
      "GET /ws/ciudades": async ({ field }) => {
        await Bun.sleep(350)
        return json(cities[field("e")] ?? [])
      },
      "GET /ws/sucursales": async ({ field }) => {
        await Bun.sleep(350)
        return json(branches[field("c")] ?? [])
      },
      "GET /ws/regimenes": async ({ field }) => {
        await Bun.sleep(250)
        return json(regimesFor(field("rfc")).map(({ code, name }) => [`${code}`, `${name.toUpperCase()}`]))
      },
      "GET /ws/usos": async ({ field }) => {
        await Bun.sleep(250)
        return json(usesFor(field("rfc")).map(({ code, name }) => [code, `${code} ${name.toUpperCase()}`]))
      },
      "POST /ws/consumo": async ({ field, session }) => {
        await Bun.sleep(400)
        if (["suc", "fec", "con", "mon"].some((name) => field(name) === "")) return no("FALTAN DATOS POR CAPTURAR")
        const sale = sales.find(
          ({ branch, days, ticket }) =>
            branch === field("suc") && ticket === field("con") && ago(days).iso === field("fec")
        )
        if (sale === undefined)
          return no("NO EXISTE EL CONSUMO CON LOS DATOS QUE NOS DISTE, VERIFICA SUCURSAL, FECHA Y NÚMERO")
        if (field("mon") !== money(sale.cents)) return no("EL MONTO NO ES EL DE TU TICKET")
        if (sale.expired) return no("EL PERIODO PARA FACTURAR ESTE CONSUMO HA CONCLUIDO")
        if (sale.down)
          return no(
            "LO SENTIMOS, EL SERVICIO DE FACTURACIÓN SE ENCUENTRA TEMPORALMENTE FUERA DE LÍNEA. INTENTA MÁS TARDE"
          )
        if (isStamped(till, sale)) return no("ESTE CONSUMO YA SE FACTURÓ")
        session.sale = sale
        return json({ ok: true })
      },
      "POST /ws/timbra": async ({ field, session }) => {
        await Bun.sleep(1500)
        const { sale } = session
        if (sale === undefined) return no("TU SESIÓN TERMINÓ")
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: oneLine(field("nom")),
          postalCode: field("cod"),
          regime: field("reg"),
          use: field("uso"),
          email: field("cor")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined)
          return no(
            wrong === "empty"
              ? "FALTAN DATOS POR CAPTURAR"
              : "VERIFICA QUE TUS DATOS COINCIDAN CON TU CONSTANCIA DE SITUACIÓN FISCAL"
          )
        if (isStamped(till, sale)) return no("ESTE CONSUMO YA SE FACTURÓ")
        return json({ ok: true, uuid: (await stampOf(till, sale, typed)).uuid })
      },
      "GET /ws/xml": async ({ field }) => {
        const made = till.find(field("id"))
        return made === undefined
          ? seeOther("/")
          : attachment(await xmlText(made), "application/xml", `${field("id")}.xml`)
      },
      "GET /ws/pdf": async ({ field }) => {
        const made = till.find(field("id"))
        return made === undefined
          ? seeOther("/")
          : attachment(await pdfBytes(made), "application/pdf", `${field("id")}.pdf`)
      }
    }
  })
}

const paper = (sale: Sale, over: Record<string, string> = {}) => ({
  Sucursal: sale.branch === "78" ? "LAS AMÉRICAS" : "ALTOZANO",
  Lugar: "Morelia, Michoacán",
  Consumo: `000${sale.ticket}`,
  Fecha: ago(sale.days).slashes,
  Hora: "17:26",
  Total: `$${money(sale.cents)}`,
  Efectivo: "$500.00",
  ...over
})

export const says = {
  "another consumption": /NO EXISTE EL CONSUMO/,
  expired: /HA CONCLUIDO/,
  "out of service": /FUERA DE LÍNEA/
}

export const portal: TestPortal = {
  id: "michoacanita",
  traps: [
    "estado → ciudad → sucursal, each by AJAX",
    "a read-only flatpickr with an alternative input",
    "leading zeros on the ticket that the portal does not want",
    "texts beside boxes instead of labels, all upper case",
    "régimen after the RFC's blur without its code, uso after régimen",
    "a stamp of two seconds at the same address",
    "links as buttons"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "another consumption", ticket: paper(open, { Consumo: "00048231" }), expected: failed("TICKET_NOT_FOUND") },
    { name: "expired", ticket: paper(old), expected: failed("TICKET_EXPIRED") },
    { name: "out of service", ticket: paper(shut), expected: failed("PORTAL_DOWN") }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (id: string, text: string | RegExp) => {
      const option = page.locator(`#${id} option`, { hasText: text })
      await option.waitFor({ state: "attached" })
      await page.locator(`#${id}`).selectOption((await option.getAttribute("value")) ?? "")
    }
    await choose("edo", "MICHOACÁN")
    await choose("cd", "MORELIA")
    await choose("suc", printed(ticket, "Sucursal"))
    const [day = "", month = "", year = ""] = printed(ticket, "Fecha").split("/")
    const months = [
      "Enero",
      "Febrero",
      "Marzo",
      "Abril",
      "Mayo",
      "Junio",
      "Julio",
      "Agosto",
      "Septiembre",
      "Octubre",
      "Noviembre",
      "Diciembre"
    ]
    await page.locator("#fec + input, input.flatpickr-input[readonly]").last().click()
    const cell = page.locator(
      `.flatpickr-day:not(.flatpickr-disabled)[aria-label="${months[Number(month) - 1]} ${Number(day)}, ${year}"]`
    )
    for (let tries = 0; tries < 6 && (await cell.count()) === 0; tries++)
      await page.locator(".flatpickr-prev-month").click()
    await cell.click()
    await page.locator("#con").fill(String(Number(printed(ticket, "Consumo"))))
    await page.locator("#mon").fill(printed(ticket, "Total").replace("$", ""))
    await page.locator("#ir").click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#rfc").press("Tab")
    await page.locator("#reg:enabled").waitFor()
    await page.locator("#reg").selectOption(profile.fiscalRegime)
    await page.locator("#uso:enabled").waitFor()
    await page.locator("#uso").selectOption(profile.cfdiUse)
    await page.locator("#nom").fill(profile.fullName)
    await page.locator("#cod").fill(profile.postalCode)
    await page.locator("#cor").fill(profile.email)
    await page.locator("#cor2").fill(profile.email)
    await page.locator("#ok").check()
    await page.locator("#fac").click()
    await download(page, () => page.locator("#bx").click())
  }
}
