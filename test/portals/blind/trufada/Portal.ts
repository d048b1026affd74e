import { profiles } from "../../lib/Portal.ts"
import { download } from "../../lib/ScriptTools.ts"
import { receiverOf, refusal, type TypedReceiver } from "../../lib/Taxpayers.ts"
import {
  ago,
  attachment,
  cfdiUses,
  commas,
  completed,
  escaped,
  failed,
  html,
  json,
  money,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  shop,
  type TestPortal,
  type TillSale,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly branch: string
  readonly day: ReturnType<typeof ago>
  readonly tip: bigint
}

const branches = [
  { id: 11, name: "TRUFADA ALTAVISTA" },
  { id: 14, name: "TRUFADA POLANCO" },
  { id: 17, name: "TRUFADA REFORMA" },
  { id: 21, name: "TRUFADA SATELITE" }
]
const food = { description: "Consumo de alimentos", paymentForm: "04" }
const open: Sale = { ...food, ticket: "40712", branch: "17", cents: 142900n, tip: 21400n, day: ago(3) }
const differs: Sale = { ...food, ticket: "40655", branch: "17", cents: 88000n, tip: 0n, day: ago(4) }
const halted: Sale = { ...food, ticket: "11903", branch: "21", cents: 53200n, tip: 0n, day: ago(1) }
const sales = [open, differs, halted]

interface Session {
  sale?: Sale
  rfc: string
  typed?: TypedReceiver
}

const start = async () => {
  const till = openTill({ rfc: "BTR180904GH7", name: "BARRA TRUFADA", regime: "601", postalCode: "06600" }, "90101501")
  const { company } = profiles
  const bare = (text: string) => text.replace(/^(string|number):/, "")
  return shop<Session>({
    till,
    cookie: "fa.sid",
    fresh: () => ({ rfc: "" }),
    routes: {
      "GET /": () =>
        html(`<!DOCTYPE html><html lang="es" ng-app="claimApp" class="ng-scope"><head><meta charset="utf-8"><title>Facturación</title><link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"><style>body{background:#faf7f2}.navbar{background:#2b2b2b;color:#e8cf9a;padding:14px 30px}.panel{background:#fff;border:1px solid #e5ddcf;padding:26px;max-width:820px;margin:26px auto}.form-group{margin-bottom:14px}#toast-container{position:fixed;right:14px;bottom:14px;z-index:999}#toast-container .toast{display:block;opacity:1;background:#bd362f;color:#fff;padding:16px 22px;margin-top:8px;max-width:380px}.toast-message{font-size:14px}.cfp-busy:after{content:"";position:fixed;inset:0;background:#fff7 }dt{float:left;width:170px;text-align:right;padding-right:12px}dd{margin-left:180px}.btn-default{border:1px solid #ccc}</style></head>
<body class="ng-scope"><div class="navbar">BARRA TRUFADA &nbsp; <small>facturación</small></div><div class="panel"><div ng-view="" class="ng-scope"></div></div><div id="toast-container"></div><p class="text-center text-muted"><small>Usted dispone de 7 días naturales para reclamar su factura. ambit&reg; punto de venta</small></p><script id="branches" type="application/json">${JSON.stringify(branches)}</script><script src="/scripts/app.1f20.js"></script></body></html>`),
      "GET /scripts/app.1f20.js": () => new Response(Bun.file(`${import.meta.dir}/app.js`)),
      "POST /api/v2/claims/validate": async ({ field, session }) => {
        await Bun.sleep(500)
        const rfc = field("rfc").toUpperCase()
        const branch = bare(field("branch"))
        if (branch === "21")
          return json(
            {
              message:
                "El timbrado de esta sucursal está suspendido por mantenimiento de nuestros servidores. Le pedimos volver a intentarlo mañana."
            },
            503
          )
        const sale = sales.find((one) => one.branch === branch && one.ticket === field("ticket"))
        if (sale === undefined || Number(field("amount")).toFixed(2) !== money(sale.cents))
          return json(
            {
              message:
                "Los datos que nos proporciona difieren de los registrados en la sucursal (sucursal, ticket id, monto sin propina)."
            },
            404
          )
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return json({ message: "R.F.C. con formato incorrecto." }, 422)
        if (till.stamps().some(({ ticket }) => ticket === sale.ticket))
          return json({ message: "El ticket fue reclamado antes." }, 409)
        session.sale = sale
        session.rfc = rfc
        return json({
          client:
            rfc === company.rfc
              ? {
                  rfc,
                  name: company.fullName,
                  regime: "string:601",
                  street: "AV. REVOLUCION 210",
                  city: "PACHUCA DE SOTO",
                  zip: company.postalCode,
                  usage: "",
                  email: ""
                }
              : { rfc, name: "", regime: "", street: "", city: "", zip: "", usage: "", email: "" },
          regimes: regimesFor(rfc).map(({ code, name }) => ({ id: code, name: escaped(name) })),
          usages: cfdiUses
            .filter(({ code }) => /^(G|I|S)/.test(code))
            .map(({ code, name }) => ({ id: code, name: escaped(`${code} - ${name}`) }))
        })
      },
      "POST /api/v2/claims/client": ({ field, session }) => {
        const { sale } = session
        if (sale === undefined) return json({ message: "Su sesión expiró." }, 401)
        const typed = {
          rfc: session.rfc,
          name: oneLine(field("name")),
          postalCode: field("zip"),
          regime: bare(field("regime")),
          use: bare(field("usage")),
          email: field("email")
        }
        if (!/^\S+@\S+\.\w{2,}$/.test(typed.email)) return json({ message: "Indique un e-mail correcto." }, 422)
        session.typed = typed
        return json({
          review: [
            ["Ticket Id", sale.ticket],
            ["Monto", `$${commas(sale.cents)}`],
            ["R.F.C.", typed.rfc],
            ["Razón Social", typed.name],
            ["Código Postal", typed.postalCode],
            ["Régimen Fiscal", typed.regime],
            ["Uso CFDi", typed.use],
            ["E-mail", typed.email]
          ]
        })
      },
      "POST /api/v2/claims/create": async ({ session }) => {
        const { sale, typed } = session
        if (sale === undefined || typed === undefined) return json({ message: "Su sesión expiró." }, 401)
        const fault = refusal(typed)
        if (fault !== undefined) return json({ message: fault }, 422)
        if (till.stamps().some(({ ticket }) => ticket === sale.ticket))
          return json({ message: "El ticket fue reclamado antes." }, 409)
        const made = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        await Bun.sleep(2000)
        return json({
          links: [
            { text: "XML", href: `/files/${made.uuid}/xml` },
            { text: "PDF", href: `/files/${made.uuid}/pdf` },
            { text: "TICKET", href: `/files/${made.uuid}/ticket` }
          ]
        })
      },
      "GET /files/*": async ({ url }) => {
        const [, , uuid = "", kind] = url.pathname.split("/")
        const made = till.find(uuid)
        if (made === undefined) return html("404", 404)
        if (kind === "ticket") return attachment("BARRA TRUFADA\nTicket 40712\n", "text/plain", "ticket.txt")
        return kind === "xml"
          ? attachment(await xmlText(made), "application/octet-stream", `${uuid}.xml`)
          : attachment(await pdfBytes(made), "application/octet-stream", `${uuid}.pdf`)
      }
    }
  })
}

const ticketOf = (sale: Sale, cents = sale.cents) => ({
  SUCURSAL: branches.find(({ id }) => String(id) === sale.branch)?.name ?? "",
  "TICKET ID": sale.ticket,
  MESA: "B7",
  FECHA: `${sale.day.short} 21:47`,
  CONSUMO: commas(cents),
  ...(sale.tip > 0n && { PROPINA: commas(sale.tip), "TOTAL CON PROPINA": commas(cents + sale.tip) })
})

export const portal: TestPortal = {
  id: "trufada",
  traps: [
    "three Siguiente, the third stamps",
    "AngularJS' option values",
    "the tip is on the ticket and not in the amount",
    "a régimen list without codes, prefilled"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "total differs", ticket: ticketOf(differs, differs.cents - 3000n), expected: failed("TICKET_NOT_FOUND") },
    { name: "under maintenance", ticket: ticketOf(halted), expected: failed("PORTAL_DOWN") }
  ],
  script: async (page, ticket, profile) => {
    const model = (name: string) => page.locator(`[ng-model="${name}"]`)
    const next = () => page.getByRole("button", { name: "Siguiente" }).click()
    const branch = branches.find(({ name }) => name.startsWith(printed(ticket, "SUCURSAL")))
    await model("claim.branch").selectOption(`number:${branch?.id}`)
    await model("claim.amount").fill(printed(ticket, "CONSUMO").replace(/,/g, ""))
    await model("claim.ticket").fill(printed(ticket, "TICKET ID"))
    await model("claim.rfc").fill(profile.rfc)
    await next()
    await model("client.usage").selectOption(`string:${profile.cfdiUse}`)
    await model("client.email").fill(profile.email)
    await next()
    await page.getByText("VERIFIQUE SUS DATOS").waitFor()
    await next()
    await download(page, () => page.getByText("XML", { exact: true }).click())
  }
}
