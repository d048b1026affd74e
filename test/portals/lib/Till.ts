import { Effect } from "effect"
import { renderPdf } from "../../../src/demo/PrintedInvoice.ts"
import { type Issuer, type Receiver, stampCfdi } from "../../../src/demo/Stamp.ts"
import type { Stamped } from "./Portal.ts"

export interface TillSale {
  readonly ticket: string
  readonly cents: bigint
  readonly description: string
  /** c_FormaPago */
  readonly paymentForm: string
}

export interface Invoice extends Stamped {
  readonly fileName: string
  readonly xml: string
  readonly pdf: Uint8Array
}

export interface InvoiceOrder {
  readonly receiver: Receiver
  readonly use: string
}

export interface Till {
  /** Every call makes a CFDI: whether a ticket may have a second one is for the portal to say. */
  readonly stamp: (sale: TillSale, order: InvoiceOrder) => Promise<Invoice>
  /** A CFDI from before the portal was started: it can be found and is not counted among the stamps. */
  readonly archive: (sale: TillSale, order: InvoiceOrder) => Promise<Invoice>
  readonly find: (uuid: string) => Invoice | undefined
  readonly stamps: () => ReadonlyArray<Stamped>
}

export const openTill = (issuer: Issuer, productCode: string): Till => {
  const stamped: Array<Invoice> = []
  const archived: Array<Invoice> = []

  const issue = (sale: TillSale, order: InvoiceOrder) =>
    Effect.runPromise(
      Effect.gen(function* () {
        const request = {
          issuer,
          receiver: order.receiver,
          sale: { folio: sale.ticket, total: sale.cents, description: sale.description, productCode },
          formaPago: sale.paymentForm,
          uso: order.use
        }
        const cfdi = yield* stampCfdi(request)
        return {
          uuid: cfdi.uuid,
          ticket: sale.ticket,
          receiverRfc: order.receiver.rfc,
          totalCents: sale.cents,
          fileName: cfdi.fileName,
          xml: cfdi.xml,
          pdf: yield* renderPdf(request, cfdi)
        } satisfies Invoice
      })
    )

  const keepIn = (place: Array<Invoice>) => async (sale: TillSale, order: InvoiceOrder) => {
    const invoice = await issue(sale, order)
    place.push(invoice)
    return invoice
  }

  return {
    stamp: keepIn(stamped),
    archive: keepIn(archived),
    find: (uuid) => [...stamped, ...archived].find((invoice) => invoice.uuid === uuid),
    stamps: () =>
      stamped.map(({ receiverRfc, ticket, totalCents, uuid }) => ({ uuid, ticket, receiverRfc, totalCents }))
  }
}

/** As strict as a portal gets: digits and at most two decimals, and the very amount. */
export const isTotal = (typed: string, cents: bigint) =>
  /^[0-9]{1,7}(\.[0-9]{1,2})?$/.test(typed) && BigInt(Math.round(Number(typed) * 100)) === cents
