import type { Handler, Visit } from "../lib/ShopServer.ts"
import type { TillSale } from "../lib/Till.ts"
import { openCounter, type Session } from "./Shop.ts"

export const member = { user: "xochilt.casas", password: "Jacal-4417!" }

export const codes = ["309114", "772650"] as const

const sale = (ticket: string): TillSale => ({ ticket, cents: 91200n, description: "Ferretería", paymentForm: "04" })

export const open = sale("G-20011")
export const next = sale("G-20012")

export const ticketOf = ({ ticket }: TillSale) => ({ Folio: ticket, Total: "912.00", Pago: "TARJETA DE CREDITO" })

/** Nothing without a user, a password and the code that comes by e-mail, a new one for each time somebody enters. */
export const start = () => {
  let sent = -1
  return openCounter({
    name: "FERRETERA EL GREMIO",
    sales: [open, next],
    routes: ({ fiscalForm, look, show }) => {
      const ticketForm = ({ field }: Visit<Session>, error: string) =>
        show("ticket.html", { error, more: "", folio: field("folio"), total: field("total") })

      const inside =
        (handler: Handler<Session>): Handler<Session> =>
        (visit) =>
          visit.session.entered === "wholly" ? handler(visit) : show("login.html", { error: "", u: "" })

      return {
        "GET /": inside((visit) => ticketForm(visit, "")),
        "POST /entrar": ({ field, session }) => {
          if (field("u") !== member.user || field("p") !== member.password)
            return show("login.html", { error: "Usuario o contraseña incorrectos.", u: field("u") })
          session.entered = "by password"
          sent += 1
          return show("code.html", { error: "" })
        },
        "POST /codigo": (visit) => {
          if (visit.session.entered === "not") return show("login.html", { error: "", u: "" })
          if (visit.field("c") !== codes[sent % codes.length])
            return show("code.html", { error: "El código es incorrecto, captúrelo de nuevo." })
          visit.session.entered = "wholly"
          return ticketForm(visit, "")
        },
        "POST /buscar": inside((visit) => {
          const found = look(visit)
          if (typeof found === "string") return ticketForm(visit, found)
          visit.session.sale = found
          return fiscalForm(visit, "")
        })
      }
    }
  })
}
