import { Data, Effect, SynchronizedRef } from "effect"
import { renderPdf } from "./PrintedInvoice.ts"
import type { Sale } from "./Sale.ts"
import { type Issuer, type StampedCfdi, stampCfdi } from "./Stamp.ts"
import type { TypedReceiver } from "./TypedReceiver.ts"

export interface Vendor {
  readonly name: string
  readonly issuer: Issuer
}

export interface Stamp extends StampedCfdi {
  readonly folio: string
  readonly total: bigint
  readonly receiverRfc: string
  readonly email: string
  readonly pdf: Uint8Array
}

export class TicketNotFound extends Data.TaggedError("TicketNotFound")<{ readonly folio: string }> {}
export class TicketExpired extends Data.TaggedError("TicketExpired")<{ readonly folio: string }> {}
export class TicketInvoiced extends Data.TaggedError("TicketInvoiced")<{ readonly folio: string }> {}

/** What stands behind one portal: the vendor's sales, and the invoices made of them. */
export interface Shop {
  readonly vendor: Vendor
  readonly sales: ReadonlyArray<Sale>
  readonly stamps: Effect.Effect<ReadonlyArray<Stamp>>
  /** The sale with this folio, when the rest of what was typed `matches` it and it may still be invoiced. */
  readonly find: (
    folio: string,
    matches: (sale: Sale) => boolean
  ) => Effect.Effect<Sale, TicketNotFound | TicketExpired | TicketInvoiced>
  readonly stamp: (sale: Sale, receiver: TypedReceiver, formaPago: string) => Effect.Effect<Stamp, TicketInvoiced>
}

export const makeShop = Effect.fn("Shop.make")(function* (vendor: Vendor, sales: ReadonlyArray<Sale>) {
  const stamped = yield* SynchronizedRef.make<ReadonlyArray<Stamp>>([])
  const stamps = SynchronizedRef.get(stamped)
  const isStamped = (folio: string) => (all: ReadonlyArray<Stamp>) => all.some((stamp) => stamp.folio === folio)

  const find: Shop["find"] = Effect.fn("Shop.find")(function* (folio, matches) {
    const sale = sales.find((sale) => sale.folio === folio && sale.state !== "missing" && matches(sale))
    if (sale === undefined) return yield* new TicketNotFound({ folio })
    if (sale.state === "expired") return yield* new TicketExpired({ folio })
    if (sale.state === "invoiced" || isStamped(folio)(yield* stamps)) return yield* new TicketInvoiced({ folio })
    return sale
  })

  const stamp: Shop["stamp"] = Effect.fn("Shop.stamp")((sale, receiver, formaPago) =>
    SynchronizedRef.modifyEffect(
      stamped,
      Effect.fnUntraced(function* (all) {
        if (isStamped(sale.folio)(all)) return yield* new TicketInvoiced({ folio: sale.folio })
        const request = {
          issuer: vendor.issuer,
          receiver: {
            rfc: receiver.rfc,
            name: receiver.nombre,
            postalCode: receiver.cp,
            regime: receiver.regimen
          },
          sale,
          formaPago,
          uso: receiver.uso
        }
        const cfdi = yield* stampCfdi(request)
        const pdf = yield* renderPdf(request, cfdi)
        const stamp: Stamp = {
          ...cfdi,
          pdf,
          folio: sale.folio,
          total: sale.total,
          receiverRfc: receiver.rfc,
          email: receiver.correo
        }
        return [stamp, [...all, stamp]] as const
      })
    )
  )

  return { vendor, sales, stamps, find, stamp } satisfies Shop
})
