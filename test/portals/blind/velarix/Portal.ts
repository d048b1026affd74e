import { join } from "node:path"
import { usesOf } from "../../lib/Taxpayers.ts"
import {
  against,
  ago,
  cfdiUses,
  clientBundle,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  openTill,
  type PortalCase,
  pdfFile,
  plain,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  typedAs,
  xmlFile
} from "../kit/replies.ts"

const base = { ticket: "QX7RMK", cents: 184200n, description: "Transporte aéreo nacional", paymentForm: "04" }
const sales = [
  { ...base, surname: "CASAS", route: "GDL - MEX, vuelo VX 412", iso: ago(6).iso, state: "open" },
  {
    ...base,
    ticket: "TB4WZD",
    cents: 231900n,
    surname: "CASAS",
    route: "MTY - CUN, vuelo VX 1180",
    iso: ago(63).iso,
    state: "late"
  },
  {
    ...base,
    ticket: "NC9PLE",
    cents: 127650n,
    surname: "CASAS",
    route: "MEX - TIJ, vuelo VX 77",
    iso: ago(9).iso,
    state: "old"
  }
] as const
const words = {
  empty: "Completa los datos obligatorios.",
  rfc: "El RFC no fue localizado en el SAT.",
  name: "El nombre no coincide con el del SAT.",
  postalCode: "El código postal no coincide con el del SAT.",
  regime: "El régimen no coincide con el del SAT.",
  use: "Uso de CFDI no disponible.",
  email: "Correo no válido.",
  pair: "Uso de CFDI no disponible para tu régimen."
}
const css = `body{margin:0;font-family:Arial;color:#2b2b3d;background:#faf9fc}.vx-header{background:#6f2da8;color:#fff;display:flex;justify-content:space-between;padding:18px 40px;align-items:center}.vx-logo{font-size:28px;font-weight:bold}.vx-header a{color:#fff;margin-left:20px;text-decoration:none}.vx-main{max-width:720px;margin:24px auto;background:#fff;padding:28px;border-radius:16px}.vx-steps{display:flex;list-style:none;padding:0;gap:8px}.vx-steps li{flex:1;border-bottom:4px solid #ddd;padding:6px;font-size:13px;color:#888}.vx-steps li.active{border-color:#6f2da8;color:#6f2da8}
.vx-field{position:relative;margin:16px 0}.vx-input,.vx-select__trigger{width:100%;box-sizing:border-box;height:54px;padding:22px 14px 6px;border:1px solid #c9c3d6;border-radius:8px;font-size:16px;background:#fff;cursor:text}.vx-label{position:absolute;left:14px;top:18px;color:#777;pointer-events:none;transition:.1s}.vx-input:focus+.vx-label,.vx-input:not(:placeholder-shown)+.vx-label,.vx-filled .vx-label{top:6px;font-size:11px}.vx-input.ng-invalid.ng-touched{border-color:#d0021b}.vx-select__trigger{cursor:pointer}.vx-disabled{opacity:.45}.vx-select__menu{position:absolute;left:0;right:0;top:54px;background:#fff;border:1px solid #c9c3d6;list-style:none;margin:0;padding:0;max-height:220px;overflow:auto;z-index:20}.vx-select__option{padding:11px 14px;cursor:pointer}.vx-select__option:hover{background:#f1e9f8}
.vx-btn{background:#6f2da8;color:#fff;border:0;border-radius:26px;padding:14px 34px;font-size:15px;cursor:pointer}.vx-btn[disabled]{background:#ccc;cursor:default}.vx-btn--ghost{background:#fff;color:#6f2da8;border:1px solid #6f2da8}.vx-table{width:100%;border-collapse:collapse;margin:14px 0}.vx-table td,.vx-table th{padding:10px;border-bottom:1px solid #eee;text-align:left}.vx-chip{background:#fff4d6;padding:4px 10px;border-radius:12px;font-size:12px}.vx-chip--done{background:#dff3e4}.vx-check{display:inline-block;cursor:pointer;margin-bottom:12px}.vx-check input{position:absolute;opacity:0;width:0;height:0}.vx-check__box{display:inline-block;width:20px;height:20px;border:2px solid #6f2da8;border-radius:5px;vertical-align:middle}.vx-check input:checked+.vx-check__box{background:#6f2da8}.vx-check input:disabled+.vx-check__box{border-color:#ccc}.vx-banner--error{background:#fde7ea;color:#a1001a;padding:14px;border-radius:8px}.vx-modal{position:fixed;inset:0;z-index:90;display:flex;align-items:center;justify-content:center}.vx-modal__backdrop{position:absolute;inset:0;background:#0007}.vx-modal__card{position:relative;background:#fff;padding:26px;border-radius:14px;max-width:420px}.vx-loader{position:fixed;inset:0;background:#fffc;z-index:99;display:flex;align-items:center;justify-content:center;font-size:44px}.vx-files{display:flex;gap:16px}.vx-file{border:1px solid #6f2da8;border-radius:10px;padding:18px 30px;cursor:pointer}`
const page = `<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Facturación | velarix</title><base href="/"><meta name="viewport" content="width=device-width, initial-scale=1"><style>${css}</style></head><body><vx-root></vx-root><script src="main.js" type="module"></script></body></html>`
const no = (detail: string) => json({ detail }, 422)
const money = (cents: bigint) => `$${commas(cents)}`

const start = async () => {
  const main = await clientBundle(join(import.meta.dir, "client.ts"))
  const till = openTill(
    { rfc: "VEL051011TQ7", name: "VELARIX AEROLINEAS", regime: "601", postalCode: "01210" },
    "78111502"
  )
  const day = (iso: string) => iso.split("-").reverse().join("/")
  return shop<{ sale?: (typeof sales)[number] }>({
    till,
    cookie: "vx.sid",
    fresh: () => ({}),
    routes: {
      "GET /": () => html(page),
      "GET /main.js": main,
      "POST /invoicing-api/booking": async ({ field, session }) => {
        await Bun.sleep(700)
        const sale = sales.find(
          (one) => one.ticket === field("pnr").toUpperCase() && one.surname === plain(field("lastName")).toUpperCase()
        )
        if (sale === undefined) return no("No localizamos una reservación con esa clave y apellido.")
        if (sale.state === "late")
          return no("Pasaron más de 30 días desde tu vuelo, por lo que esta reservación ya no se puede facturar.")
        session.sale = sale
        const invoiced = sale.state === "old" || isStamped(till, sale)
        return json({
          pnr: sale.ticket,
          route: sale.route,
          charges: [
            { id: "c1", name: "Tarifa y TUA", date: day(sale.iso), amount: money(sale.cents), invoiced },
            { id: "c2", name: "Selección de asiento 14C", date: day(sale.iso), amount: "$199.00", invoiced: true }
          ]
        })
      },
      "POST /invoicing-api/regimes": async ({ field }) => {
        await Bun.sleep(350)
        return json(regimesFor(field("rfc")).map(({ code, name }) => ({ id: code, text: `${code} - ${name}` })))
      },
      "POST /invoicing-api/uses": async ({ field }) => {
        await Bun.sleep(350)
        const fitting = new Set(usesOf(field("rfc"), field("regime")).map(({ code }) => code as string))
        return json(
          cfdiUses
            .filter(({ code }) => fitting.has(code) && !code.startsWith("C"))
            .map(({ code, name }) => ({ id: code, text: `${code} - ${name}` }))
        )
      },
      "POST /invoicing-api/issue": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || sale.state !== "open" || field("charge") !== "c1" || isStamped(till, sale))
          return no("El cargo ya fue facturado.")
        const typed = typedAs(
          (name) => (name === "rfc" || name === "legalName" ? field(name).toUpperCase() : field(name)),
          { rfc: "rfc", name: "legalName", postalCode: "zip", regime: "regime", use: "use", email: "email" }
        )
        const wrong = against(typed, words)
        await Bun.sleep(1800)
        if (wrong !== undefined) return no(wrong)
        return json({ uuid: (await stampOf(till, sale, typed)).uuid })
      },
      "GET /invoicing-api/files/*": ({ url }) => {
        const [uuid = "", kind] = (url.pathname.split("/").at(-1) ?? "").split(".")
        const made = till.find(uuid)
        return made === undefined ? html("404", 404) : kind === "xml" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}

const paper = (pnr: string, route: string, days: number, total: string) => ({
  Reservación: pnr,
  Nombre: "XOCHILT",
  Apellido: "CASAS",
  Ruta: route,
  "Fecha de compra": ago(days + 10).slashes,
  "Fecha de vuelo": ago(days).slashes,
  Concepto: "TARIFA Y TUA",
  "Total MXN": total,
  "Forma de pago": "TARJETA DE CRÉDITO"
})

export const portal: TestPortal = {
  id: "velarix",
  profile: "person",
  start,
  traps: [
    "no amount asked: reservation and surname",
    "one charge of the reservation is invoiced already, the other is not",
    "Angular reactive forms: buttons inert until all is valid; lists without ARIA; inputs of ticks hidden",
    "options after RFC and after régimen",
    "div as download button"
  ],
  cases: [
    { name: "ok", ticket: paper("QX7RMK", "GDL-MEX", 6, "$1,842.00"), expected: completed },
    {
      name: "no such reservation",
      ticket: paper("QX7RKM", "GDL-MEX", 6, "$1,842.00"),
      expected: failed("TICKET_NOT_FOUND")
    },
    {
      name: "flown 63 days ago",
      ticket: paper("TB4WZD", "MTY-CUN", 63, "$2,319.00"),
      expected: failed("TICKET_EXPIRED")
    },
    {
      name: "every charge invoiced",
      ticket: paper("NC9PLE", "MEX-TIJ", 9, "$1,276.50"),
      expected: failed("ALREADY_INVOICED")
    }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    await page.locator("#pnr").fill(printed(ticket, "Reservación"))
    await page.locator("#lastName").fill(printed(ticket, "Apellido"))
    await page.getByRole("button", { name: "Buscar" }).click()
    await page.getByRole("row", { name: "Tarifa" }).locator(".vx-check__box").click()
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#legalName").fill(profile.fullName)
    await page.locator("#zip").fill(profile.postalCode)
    for (const [name, text] of [
      ["regime", profile.fiscalRegime],
      ["use", profile.cfdiUse]
    ] as const) {
      await page.locator(`[formcontrolname=${name}] .vx-select:not(.vx-disabled) .vx-select__trigger`).click()
      await page.locator(".vx-select__option").filter({ hasText: text }).click()
    }
    await page.locator("#email").fill(profile.email)
    await page.locator("#email2").fill(profile.email)
    await page.locator("form .vx-check__box").click()
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.getByRole("button", { name: "Emitir factura" }).click()
    await download(page, () => page.getByText("XML").click())
  }
}
