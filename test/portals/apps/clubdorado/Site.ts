import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { type Profile, profiles } from "../../lib/Portal.ts"
import { type Handler, pdfFile, reply, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, type TypedReceiver } from "../../lib/Taxpayers.ts"
import { type Invoice, isTotal, openTill, type TillSale } from "../../lib/Till.ts"

export interface Delivery extends TillSale {
  readonly invoiced?: true
}

export const member = { user: "SOCIO-40917", password: "Nopal!2026" }

interface Session {
  entered: boolean
  tries: number
}

type Kept = Omit<TypedReceiver, "use" | "email">

const keptFrom = (profile: Profile): Kept => ({
  rfc: profile.rfc,
  name: profile.fullName,
  postalCode: profile.postalCode,
  regime: profile.fiscalRegime
})

const options = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => ({ value: code, label: `(${code}) ${name}` }))

const no = (mensaje: string, status = 422) => Response.json({ mensaje }, { status })

const shown = ({ name, postalCode, regime, rfc }: Kept) => ({ rfc, nombre: name, cp: postalCode, regimen: regime })

export const start = async (deliveries: ReadonlyArray<Delivery>, earlier: TillSale) => {
  const till = openTill(
    { rfc: "MCD030427S83", name: "MAYOREO CLUB DORADO", regime: "601", postalCode: "20100" },
    "50202301"
  )
  const kept = new Map([[profiles.company.rfc, keptFrom(profiles.company)]])
  const invoices: Array<Invoice> = [
    await till.archive(earlier, {
      receiver: receiverOf({ ...keptFrom(profiles.company), use: "G01", email: "" }),
      use: "G01"
    })
  ]

  const onlyMembers =
    (handler: Handler<Session>): Handler<Session> =>
    (visit) =>
      visit.session.entered ? handler(visit) : no("Su sesión ha expirado, inicie sesión de nuevo.", 401)

  return openApp<Session>({
    folder: import.meta.dir,
    client: "client.jsx",
    script: "/portal/socios.js",
    till,
    cookie: "mcd_sesion",
    newSession: () => ({ entered: false, tries: 0 }),
    routes: {
      "POST /portal/acceso": ({ body, session }) => {
        const field = jsonFields(body)
        session.entered = field("usuario") === member.user && field("clave") === member.password
        session.tries += 1
        if (!session.entered) return no(`Usuario o contraseña incorrectos. Intento ${session.tries} de 5.`, 401)
        return reply({
          numero: "40917",
          correo: "compras@abarrotes-lupita.example",
          receptores: [...kept.values()].map(shown),
          regimenes: options(fiscalRegimes),
          usos: options(cfdiUses)
        })
      },
      "POST /portal/receptores": onlyMembers(({ body }) => {
        const field = jsonFields(body)
        const typed = { rfc: field("rfc"), name: field("nombre"), postalCode: field("cp"), regime: field("regimen") }
        const refused = refusal({ ...typed, use: "S01", email: "socio@example.com" })
        if (refused !== undefined) return no(refused)
        kept.set(typed.rfc, typed)
        return reply({})
      }),
      "POST /portal/facturar": onlyMembers(async ({ body }) => {
        const field = jsonFields(body)
        const delivery = deliveries.find(
          ({ cents, ticket }) => ticket === field("remision") && isTotal(field("total"), cents)
        )
        if (delivery === undefined) return no("No se encontró la remisión con el número y total indicados.")
        if (delivery.invoiced || invoices.some(({ ticket }) => ticket === delivery.ticket)) {
          return no(`La remisión ${delivery.ticket} ya fue facturada previamente, consulte Mis facturas.`)
        }
        const receiver = kept.get(field("receptor"))
        if (receiver === undefined) return no("Seleccione un receptor.")
        const typed = { ...receiver, use: field("uso"), email: field("correo") }
        const refused = refusal(typed)
        if (refused !== undefined) return no(refused)
        const invoice = await till.stamp(delivery, { receiver: receiverOf(typed), use: typed.use })
        invoices.unshift(invoice)
        return reply({ uuid: invoice.uuid })
      }),
      "GET /portal/facturas": onlyMembers(() =>
        reply(
          invoices.map(({ receiverRfc, ticket, totalCents, uuid }) => ({
            uuid,
            remision: ticket,
            rfc: receiverRfc,
            total: `$${formatMoney(totalCents)}`
          }))
        )
      ),
      "GET /portal/archivo/": onlyMembers(({ url }) => {
        const [uuid = "", kind] = url.pathname.slice("/portal/archivo/".length).split(".")
        const invoice = till.find(uuid)
        if (invoice === undefined) return no("El archivo no existe.", 404)
        return kind === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      })
    }
  })
}
