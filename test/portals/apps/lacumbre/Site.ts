import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { pdfFile, reply, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, regimesFor, usesOf } from "../../lib/Taxpayers.ts"
import { openTill, type TillSale } from "../../lib/Till.ts"

export interface Fill extends TillSale {
  readonly station: string
  readonly webId: string
  readonly state: "open" | "expired"
}

const stations = [
  "E02841 Blvd. Aeropuerto",
  "E03377 Carretera 57 km 12",
  "E04490 Salida a Celaya",
  "E05120 Libramiento Norte",
  "E05121 Libramiento Sur",
  "E07714 Plaza del Parque",
  "E09003 Constituyentes",
  "E10875 Bernardo Quintana"
]

/** Its line to the head office has been cut for good. */
const silentStation = "7"

const paymentForms: Readonly<Record<string, string>> = { 1: "01", 2: "04", 3: "28", 4: "08" }

const options = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }, index) => ({
    id: String(40 + index),
    code,
    texto: name.toUpperCase().replace(/\.$/, "")
  }))

const no = (mensaje: string) => reply({ ok: false, mensaje })

const slowly = async (ms: number, response: Response) => {
  await Bun.sleep(ms)
  return response
}

export const start = (fills: ReadonlyArray<Fill>) => {
  const till = openTill(
    { rfc: "CLC991018N60", name: "COMBUSTIBLES LA CUMBRE", regime: "601", postalCode: "76100" },
    "15101514"
  )

  const regimes = (rfc: string) => options(regimesFor(rfc))
  const uses = (rfc: string, regimeId: string) =>
    options(usesOf(rfc, regimes(rfc).find(({ id }) => id === regimeId)?.code ?? ""))

  const find = (field: (name: string) => string) =>
    fills.find(
      (fill) =>
        fill.station === stations[Number(field("station")) - 1] &&
        fill.ticket === field("despacho") &&
        fill.webId === field("reference")
    )

  const down = () =>
    Response.json(
      {
        ok: false,
        mensaje: "Lo sentimos, el sistema de facturación de la estación no está disponible. Intente más tarde."
      },
      { status: 503 }
    )

  return openApp({
    folder: import.meta.dir,
    client: "client.js",
    script: "/main.8c1f02be77.js",
    till,
    cookie: "lcsession",
    newSession: () => ({}),
    routes: {
      "GET /gw/estaciones": () =>
        slowly(300, reply(stations.map((texto, index) => ({ id: String(index + 1), texto })))),
      "GET /gw/regimenes/": ({ url }) =>
        slowly(600, reply(regimes(decodeURIComponent(url.pathname.split("/").at(-1) ?? "")))),
      "GET /gw/usos/": ({ url }) => {
        const [regimeId = "", rfc = ""] = url.pathname.split("/").reverse()
        return slowly(400, reply(uses(decodeURIComponent(rfc), regimeId)))
      },
      "POST /gw/despacho": ({ body }) => {
        const field = jsonFields(body)
        if (field("station") === silentStation) return slowly(1200, down())
        const fill = find(field)
        if (fill === undefined) return slowly(500, no("Código inválido, verifique con la estación."))
        if (fill.state === "expired") return slowly(500, no("Despacho vencido: tiene 3 días para realizar su factura."))
        return slowly(500, reply({ ok: true }))
      },
      "POST /gw/generar": async ({ body }) => {
        const field = jsonFields(body)
        const fill = find(field)
        if (fill === undefined || fill.state !== "open") return no("Código inválido, verifique con la estación.")
        const rfc = field("inputRfc2").toUpperCase()
        const typed = {
          rfc,
          name: field("inputRazon").toUpperCase(),
          postalCode: field("inputCp"),
          regime: regimes(rfc).find(({ id }) => id === field("cmbRegimen"))?.code ?? "",
          use: uses(rfc, field("cmbRegimen")).find(({ id }) => id === field("cmbUsos"))?.code ?? "",
          email: field("inputCorreo")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return no(refused)
        if (paymentForms[field("cmbPago")] !== fill.paymentForm) return no("Forma de pago distinta a la del despacho.")
        const { uuid } = await till.stamp(fill, { receiver: receiverOf(typed), use: typed.use })
        return slowly(900, reply({ ok: true, uuid }))
      },
      "GET /gw/ver/": ({ url }) => {
        const [uuid = "", kind] = url.pathname.slice("/gw/ver/".length).split(".")
        const invoice = till.find(uuid)
        if (invoice === undefined) return new Response("No existe", { status: 404 })
        return kind === "xml" ? xmlFile(invoice, "inline") : pdfFile(invoice, "inline")
      }
    }
  })
}
