import { Effect, Schema } from "effect"
import type { Desk } from "../../src/agent/Desk.ts"
import { Invoice } from "../../src/cfdi/Invoice.ts"

export const invoiceOf = (uuid: string) =>
  Schema.decodeSync(Invoice)({
    version: "4.0",
    type: "I",
    stamps: 1,
    uuid,
    issuedAt: "2026-11-20T10:00:00",
    stampedAt: "2026-11-20T10:00:05",
    subtotal: "10000",
    total: "11600",
    currency: "MXN",
    issuer: { rfc: "AAA010101AAA", name: "COMERCIO", regime: "601" },
    receiver: {
      rfc: "EKU9003173C9",
      name: "ESCUELA KEMPER URGATE",
      postalCode: "42501",
      regime: "601",
      use: "G03"
    },
    global: false,
    sealMatches: true,
    sealEnd: "c2VsbG8="
  })

/** An agent that submits, and comes back with an invoice and its XML. */
export const invoicing = (uuid: string) => (_: unknown, desk: Desk) =>
  Effect.gen(function* () {
    yield* desk.step({ type: "input", message: "Se llenó el formulario." })
    yield* desk.intend
    const xml = {
      kind: "xml",
      filename: "f.xml",
      contentType: "application/xml",
      bytes: Buffer.from("<xml/>")
    } as const
    const id = yield* desk.keep(xml)
    return { delivery: "download", invoice: invoiceOf(uuid), warnings: [], artifacts: [id] } as const
  })
