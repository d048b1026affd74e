import { cfdiUses, fiscalRegimes } from "../../../src/cfdi/Catalogs.ts"
import { openShop, page, pdfFile, redirect, type ShopOptions, type Visit, xmlFile } from "../lib/ShopServer.ts"
import { receiverOf, refusal } from "../lib/Taxpayers.ts"
import { isTotal, openTill, type TillSale } from "../lib/Till.ts"
import { optionTags, type ViewValues, viewsIn } from "../lib/Views.ts"

export interface Session {
  sale: TillSale | undefined
  entered: "not" | "by password" | "wholly"
}

const view = viewsIn(import.meta.dir)

interface Options {
  readonly name: string
  readonly sales: ReadonlyArray<TillSale>
  /** What stands below the taxpayer's fields. */
  readonly more?: string
  /** What the portal wants besides, and says where it lacks it. */
  readonly lacks?: (visit: Visit<Session>) => string | undefined
  readonly routes: (shop: Counter) => ShopOptions<Session>["routes"]
}

export interface Counter {
  readonly show: (file: string, values?: ViewValues) => Promise<Response>
  readonly fiscalForm: (visit: Visit<Session>, error: string) => Promise<Response>
  /** The sale that was typed; a message where there is none or it was invoiced before. */
  readonly look: (visit: Visit<Session>) => TillSale | string
}

/** A shop that stamps as all others do, and whose front the portals of this folder make their own. */
export const openCounter = ({ lacks, more = "", name, routes, sales }: Options) => {
  const till = openTill({ rfc: "SCO121001PT6", name, regime: "601", postalCode: "20000" }, "50192100")

  const show = async (file: string, values: ViewValues = {}) =>
    page(await view("layout.html", { shop: name, content: await view(file, values) }))

  const fiscalForm = ({ field }: Visit<Session>, error: string) =>
    show("fiscal.html", {
      error,
      more,
      rfc: field("rfc"),
      nombre: field("nombre"),
      cp: field("cp"),
      correo: field("correo"),
      regimenes: optionTags(
        fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
        field("regimen")
      ),
      usos: optionTags(
        cfdiUses.map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
        field("uso")
      )
    })

  const look = ({ field }: Visit<Session>) => {
    const sale = sales.find(({ cents, ticket }) => ticket === field("folio") && isTotal(field("total"), cents))
    if (sale === undefined) return "No se encontró ningún ticket."
    const done = till.stamps().some(({ ticket }) => ticket === sale.ticket)
    return done ? "Ticket ya se encuentra facturado." : sale
  }

  const stamp = async (visit: Visit<Session>) => {
    const { field, session } = visit
    const { sale } = session
    if (sale === undefined) return redirect("/")
    const typed = {
      rfc: field("rfc").toUpperCase(),
      name: field("nombre").toUpperCase(),
      postalCode: field("cp"),
      regime: field("regimen"),
      use: field("uso"),
      email: field("correo")
    }
    const refused = lacks?.(visit) ?? refusal(typed)
    if (refused !== undefined) return fiscalForm(visit, refused)
    session.sale = undefined
    const { uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
    return show("done.html", { uuid })
  }

  return openShop<Session>({
    till,
    cookie: "sesion",
    newSession: () => ({ sale: undefined, entered: "not" }),
    routes: {
      "POST /generar": stamp,
      "GET /doc/": ({ url }) => {
        const [uuid = "", kind] = url.pathname.slice("/doc/".length).split(".")
        const made = till.find(uuid)
        if (made === undefined) return redirect("/")
        return kind === "xml" ? xmlFile(made) : pdfFile(made)
      },
      ...routes({ show, fiscalForm, look })
    }
  })
}
