import { join } from "node:path"
import { openShop, page } from "../../lib/ShopServer.ts"
import { openTill } from "../../lib/Till.ts"
import { type ViewValues, viewsIn } from "../../lib/Views.ts"
import { frameRoutes, type Sale, type Session } from "./Frame.ts"

const view = viewsIn(import.meta.dir)

const show = async (file: string, values: ViewValues = {}) =>
  page(await view("layout.html", { content: await view(file, values) }))

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "PVO380914BX8", name: "PANADERIA EL VOLADOR", regime: "601", postalCode: "93400" },
    "50181900"
  )
  return openShop<Session>({
    till,
    cookie: "PHPSESSID",
    newSession: () => ({ sale: undefined, rfc: "", uuid: "" }),
    routes: {
      "GET /": () => show("home.html"),
      "GET /site.css": () => new Response(Bun.file(join(import.meta.dir, "site.css"))),
      "GET /facturacion.html": () => show("services.html"),
      "GET /facturacion/ticket.html": () => show("ticket.html"),
      "GET /facturacion/consulta.html": () => show("lookup.html", { error: "" }),
      "POST /facturacion/consulta.html": () => show("lookup.html", { error: "No existe factura con ese código." }),
      ...frameRoutes(sales, till)
    }
  })
}
