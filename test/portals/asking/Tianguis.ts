import type { Visit } from "../lib/ShopServer.ts"
import type { TillSale } from "../lib/Till.ts"
import { openCounter, type Session } from "./Shop.ts"

const sale = (ticket: string): TillSale => ({ ticket, cents: 43000n, description: "Papelería", paymentForm: "28" })

export const open = sale("T-881")
export const next = sale("T-882")

export const ticketOf = ({ ticket }: TillSale) => ({ Folio: ticket, Total: "430.00", Pago: "TARJETA DE DEBITO" })

/** What this portal wants and no ticket of its says. */
export const wanted = { vale: "AB-20417", phone: "4771234567", reason: "Material escolar" }

const reasons = ["Seleccione", "Consumo de oficina", wanted.reason, "Reventa"]

const onTicket = `
<label for="vale">Número de vale azul *</label><input id="vale" name="vale" required maxlength="8"><small>Viene en el vale que le dio la cajera, por ejemplo AB-00000.</small>
<label for="tel">Teléfono celular *</label><input id="tel" name="tel" required maxlength="10"><small>10 dígitos</small>`

const onFiscal = `
<label for="motivo">Motivo de la compra *</label><select id="motivo" name="motivo" required>${reasons.map((text, at) => `<option value="${at === 0 ? "" : `m${at}`}">${text}</option>`).join("")}</select>`

/** More than a ticket and a taxpayer have: a number of its own, a telephone, a reason out of a list. */
export const start = () =>
  openCounter({
    name: "PAPELERIA TIANGUIS",
    sales: [open, next],
    more: onFiscal,
    lacks: ({ field }) =>
      field("motivo") === `m${reasons.indexOf(wanted.reason)}` ? undefined : "Elija el motivo de la compra.",
    routes: ({ fiscalForm, look, show }) => {
      const ticketForm = ({ field }: Visit<Session>, error: string) =>
        show("ticket.html", { error, more: onTicket, folio: field("folio"), total: field("total") })
      return {
        "GET /": (visit) => ticketForm(visit, ""),
        "POST /buscar": (visit) => {
          if (visit.field("vale") !== wanted.vale) return ticketForm(visit, "El número de vale no es válido.")
          if (!/^\d{10}$/.test(visit.field("tel"))) return ticketForm(visit, "Capture su teléfono a 10 dígitos.")
          const found = look(visit)
          if (typeof found === "string") return ticketForm(visit, found)
          visit.session.sale = found
          return fiscalForm(visit, "")
        }
      }
    }
  })
