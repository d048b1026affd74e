import { DateTime, Effect } from "effect"
import { formatMoney } from "../cfdi/Money.ts"
import { cfdiXml } from "./CfdiXml.ts"
import { mexicoCity } from "./MexicoCity.ts"

export interface Issuer {
  readonly rfc: string
  readonly name: string
  readonly regime: string
  readonly postalCode: string
}

export interface Receiver {
  readonly rfc: string
  readonly name: string
  readonly postalCode: string
  readonly regime: string
}

export interface StampRequest {
  readonly issuer: Issuer
  readonly receiver: Receiver
  readonly sale: {
    readonly folio: string
    /** In cents, IVA included. */
    readonly total: bigint
    readonly description: string
    /** c_ClaveProdServ */
    readonly productCode: string
  }
  readonly formaPago: string
  readonly uso: string
}

export interface StampedCfdi {
  readonly uuid: string
  readonly issuedAt: string
  readonly xml: string
  /** Without an extension: the XML and the PDF share it. */
  readonly fileName: string
}

/** As base64, as long as what stands there in a real CFDI: 256 bytes a seal, some 1,200 a certificate. */
const randomBase64 = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)).toBase64()

/** The net amount rounded half up, and the IVA as the rest: the two always add up to the total. */
export const splitIva = (total: bigint) => {
  const subtotal = (total * 100n + 58n) / 116n
  return { subtotal, iva: total - subtotal }
}

export const stampCfdi = Effect.fn("Stamp.stampCfdi")(function* (request: StampRequest) {
  const now = DateTime.setZone(yield* DateTime.now, mexicoCity)
  const issuedAt = DateTime.formatIsoOffset(now).slice(0, 19)
  const { iva, subtotal } = splitIva(request.sale.total)
  const random = yield* Effect.sync(() => ({
    uuid: crypto.randomUUID().toUpperCase(),
    seal: randomBase64(256),
    satSeal: randomBase64(256),
    certificate: randomBase64(1200)
  }))
  const xml = cfdiXml({
    ...random,
    issuer: request.issuer,
    receiver: request.receiver,
    series: "W",
    folio: request.sale.folio,
    issuedAt,
    formaPago: request.formaPago,
    uso: request.uso,
    productCode: request.sale.productCode,
    description: request.sale.description,
    subtotal: formatMoney(subtotal),
    iva: formatMoney(iva),
    total: formatMoney(request.sale.total)
  })
  return { uuid: random.uuid, issuedAt, xml, fileName: `${request.issuer.rfc}_${random.uuid}` } satisfies StampedCfdi
})
