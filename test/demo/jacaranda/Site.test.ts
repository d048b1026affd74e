import { expect } from "bun:test"
import { Effect } from "effect"
import { cfdiUses, fiscalRegimes } from "../../../src/cfdi/Catalogs.ts"
import { DemoPortals } from "../../../src/demo/Portals.ts"
import type { Sale, SaleState } from "../../../src/demo/Sale.ts"
import * as it from "../../lib/effect.ts"
import { get, json, postJson, receiver, text } from "../Client.ts"

const portal = Effect.map(DemoPortals, ({ portals: [, , c] }) => c)

const ticket = (sale: Sale | undefined) => ({
  tienda: sale?.ticket.Tienda ?? "",
  caja: sale?.ticket.Caja ?? "",
  ticket: sale?.ticket.Ticket ?? "",
  monto: sale?.ticket.Total?.replace("$", "") ?? ""
})

const rowOf = (catalog: ReadonlyArray<{ readonly code: string }>, code: string) =>
  String(catalog.findIndex((entry) => entry.code === code) + 1)

const typed = (sale: Sale | undefined) => ({
  ...ticket(sale),
  rfc: receiver.rfc,
  cliente: receiver.nombre,
  codigo: receiver.cp,
  idRegimen: rowOf(fiscalRegimes, receiver.regimen),
  idUso: rowOf(cfdiUses, receiver.uso),
  email: receiver.correo
})

const refusals: Readonly<Record<Exclude<SaleState, "open">, { readonly Codigo: number; readonly Mensaje: string }>> = {
  missing: { Codigo: 1, Mensaje: "No se encontró ningún ticket con la información capturada." },
  invoiced: { Codigo: 2, Mensaje: "El ticket ya se encuentra facturado." },
  expired: { Codigo: 3, Mensaje: "Ticket fuera del plazo de 30 días permitidos. El plazo de facturación ha vencido." }
}

it.layer(DemoPortals.Default({ host: "127.0.0.1" }))("the portal that only sends e-mail", (it) => {
  it.live("stamps and says where it was sent, without a link", () =>
    Effect.gen(function* () {
      const c = yield* portal
      const sale = c.sales[0]
      expect(
        yield* postJson(c, "/Facturacion.aspx/ValidarTicket", ticket(sale)).pipe(Effect.flatMap(json))
      ).toMatchObject({
        d: { Codigo: 0 }
      })
      expect(yield* postJson(c, "/Facturacion.aspx/GenerarFactura", typed(sale)).pipe(Effect.flatMap(json))).toEqual({
        d: {
          Codigo: 0,
          Mensaje: "La factura se generó y envió correctamente al correo compras@kemper.example. Gracias por su compra."
        }
      })
      const [stamp] = yield* c.stamps
      expect(stamp).toMatchObject({ folio: "118842", total: 51230n, receiverRfc: receiver.rfc, email: receiver.correo })
      expect(stamp?.xml).toContain(`RegimenFiscalReceptor="601" UsoCFDI="G03"`)
      expect(stamp?.xml).toContain(`FormaPago="04"`)
    })
  )

  for (const [state, refusal] of Object.entries(refusals)) {
    it.live(`a ticket that is ${state} is refused, at the check and at the submit`, () =>
      Effect.gen(function* () {
        const c = yield* portal
        const sale = c.sales.find((sale) => sale.state === state)
        for (const [path, body] of [
          ["ValidarTicket", ticket(sale)],
          ["GenerarFactura", typed(sale)]
        ] as const) {
          expect(yield* postJson(c, `/Facturacion.aspx/${path}`, body).pipe(Effect.flatMap(json))).toEqual({
            d: refusal
          })
        }
        expect(yield* c.stamps).not.toContainEqual(expect.objectContaining({ folio: sale?.folio }))
      })
    )
  }

  it.live("its selects carry row numbers, and row 0 is no régimen", () =>
    Effect.gen(function* () {
      const c = yield* portal
      expect(yield* get(c, "/").pipe(Effect.flatMap(text))).toContain(
        `<option value="1">601 General de Ley Personas Morales</option>`
      )
      const form = { ...typed(c.sales[1]), idRegimen: "0", idUso: "G03" }
      expect(yield* postJson(c, "/Facturacion.aspx/GenerarFactura", form).pipe(Effect.flatMap(json))).toEqual({
        d: { Codigo: 4, Mensaje: "Régimen fiscal inválido.\nSeleccione un uso de CFDI." }
      })
    })
  )
})
