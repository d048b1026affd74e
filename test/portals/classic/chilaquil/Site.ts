import { join } from "node:path"
import { fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openShop, page, pdfFile, redirect, reply, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, usesOf } from "../../lib/Taxpayers.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly code: string
  readonly branch: string
  readonly state: "open" | "invoiced" | "lastMonth"
}

const view = viewsIn(import.meta.dir)

/** The portal's own keys: where a régimen stands in its table, from 101 on. */
const ownKey = (index: number) => String(101 + index * 3)
const regimes = fiscalRegimes.map(({ code, name }, index) => ({
  value: ownKey(index),
  text: `${name.toUpperCase()} - ${code}`
}))
const regimeCode = (key: string) => fiscalRegimes.find((_, index) => ownKey(index) === key)?.code ?? ""

const refuse = (mensaje: string) => reply({ ok: false, mensaje })

const bare = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "CCH110203KL9", name: "LA CASA DEL CHILAQUIL", regime: "601", postalCode: "03020" },
    "90101501"
  )

  const find = ({ field }: Visit<object>) =>
    sales.find(
      (sale) => sale.ticket === field("folio") && sale.code === field("codigo") && isTotal(field("total"), sale.cents)
    )

  const useOptions = ({ field }: Visit<object>) =>
    usesOf(field("rfc").toUpperCase(), regimeCode(field("reg")))
      .map(({ code, name }) => ({ id: code, text: `${code} · ${name.replace(/\.$/, "")}` }))
      .filter(({ text }) => bare(text).includes(bare(field("q"))))

  return openShop<object>({
    till,
    cookie: "laravel_session",
    newSession: () => ({}),
    routes: {
      "GET /": async () => page(await view("page.html", { regimenes: optionTags(regimes) })),
      "GET /js/autofactura.js": () => new Response(Bun.file(join(import.meta.dir, "autofactura.js"))),
      "GET /catalogos/uso": async (visit) => {
        await Bun.sleep(200)
        return reply({ results: useOptions(visit) })
      },
      "POST /ticket/validar": async (visit) => {
        await Bun.sleep(400)
        const sale = find(visit)
        if (sale === undefined) return refuse("No se encontró el consumo.")
        if (sale.state === "invoiced") return refuse("Este folio ya fue facturado anteriormente!")
        if (sale.state === "lastMonth") return refuse("Recuerde que solo puede facturar consumos del mismo mes.")
        return reply({ ok: true, sucursal: sale.branch, total: formatMoney(sale.cents) })
      },
      "POST /ticket/timbrar": async (visit) => {
        const { field } = visit
        const sale = find(visit)
        if (sale?.state !== "open") return refuse("No se encontró el consumo.")
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("nombre"),
          postalCode: field("cp"),
          regime: regimeCode(field("regimen")),
          use: field("uso"),
          email: field("correo")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return refuse(refused)
        await Bun.sleep(1500)
        const { uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        return reply({ ok: true, uuid })
      },
      "GET /descarga/": ({ url }) => {
        const [, , kind, uuid = ""] = url.pathname.split("/")
        const invoice = till.find(uuid)
        if (invoice === undefined) return redirect("/")
        return kind === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      }
    }
  })
}
