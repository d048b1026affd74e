import { join } from "node:path"
import type { RunningPortal } from "../../lib/Portal.ts"
import { openShop, page, pdfFile, xmlFile } from "../../lib/ShopServer.ts"
import { openTill } from "../../lib/Till.ts"
import { openWidget, type Sale } from "./Widget.ts"

export const start = async (sales: ReadonlyArray<Sale>): Promise<RunningPortal> => {
  const till = openTill(
    { rfc: "PTF120703V55", name: "PAPELERIAS TRAZO FINO", regime: "601", postalCode: "37000" },
    "44121700"
  )
  const widget = await openWidget(till, sales)
  const template = await Bun.file(join(import.meta.dir, "shop.html")).text()
  const html = template.replace("{{widget}}", widget.url.href).replace("{{origin}}", widget.url.origin)

  const shop = await openShop({
    till,
    cookie: "trazo",
    newSession: () => ({}),
    routes: {
      "GET /": () => page(html),
      "GET /factura/descarga/": ({ url }) => {
        const [kind, uuid = ""] = url.pathname.split("/").reverse()
        const invoice = till.find(uuid)
        if (invoice === undefined) return page("<h1>No existe el comprobante</h1>", 404)
        return kind === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      }
    }
  })
  return {
    url: shop.url,
    stamps: till.stamps,
    log: () => [...shop.log(), ...widget.log()],
    stop: async () => {
      await Promise.all([shop.stop(), widget.stop()])
    }
  }
}
