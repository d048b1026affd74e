import { describe, expect } from "bun:test"
import { Effect, Option, Schema } from "effect"
import { FiscalProfile } from "../../src/cfdi/FiscalProfile.ts"
import { Invoice, parseInvoice, proveInvoice } from "../../src/cfdi/Invoice.ts"
import * as it from "../lib/effect.ts"
import { sampleCfdi, stamp } from "./SampleCfdi.ts"

describe("parseInvoice", () => {
  it.effect("reads all that we use of a CFDI", () =>
    Effect.gen(function* () {
      const invoice = yield* parseInvoice(sampleCfdi)
      expect({ ...invoice }).toEqual({
        version: "4.0",
        type: "I",
        stamps: 1,
        uuid: "5F1D7A3E-8C0B-4A52-9C3D-1E2F3A4B5C6D",
        issuedAt: "2026-11-20T10:30:00",
        stampedAt: "2026-11-20T10:31:02",
        series: "W",
        folio: "10482",
        subtotal: 30000n,
        total: 34800n,
        currency: "MXN",
        paymentForm: "04",
        issuer: { rfc: "IIA040805DZ4", name: "INDISTRIA ILUMINADORA DE ALMACENES", regime: "601" },
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
    })
  )

  it.effect("reads the same from bytes, with a byte order mark, and with lines ended as on Windows", () =>
    Effect.gen(function* () {
      const expected = yield* parseInvoice(sampleCfdi)
      for (const document of [
        new TextEncoder().encode(`\uFEFF${sampleCfdi}`),
        `\uFEFF${sampleCfdi}`,
        sampleCfdi.replaceAll("\n", "\r\n"),
        sampleCfdi.replace(/<\?xml.*\?>/, "<!-- a comment -->")
      ]) {
        expect(yield* parseInvoice(document)).toEqual(expected)
      }
    })
  )

  it.effect("matches on the namespace, whatever the prefixes", () =>
    Effect.gen(function* () {
      const expected = yield* parseInvoice(sampleCfdi)
      const others = sampleCfdi.replaceAll("cfdi:", "x:").replace("xmlns:cfdi", "xmlns:x").replaceAll("tfd:", "cfdi:")
      const bare = sampleCfdi.replaceAll(/(<\/?)cfdi:/g, "$1").replace("xmlns:cfdi", "xmlns")
      expect(yield* parseInvoice(others.replace("xmlns:tfd", "xmlns:cfdi"))).toEqual(expected)
      expect(yield* parseInvoice(bare)).toEqual(expected)
    })
  )

  it.effect("is not deceived by the usual prefix on another namespace", () =>
    Effect.gen(function* () {
      const foreignRoot = sampleCfdi.replace("http://www.sat.gob.mx/cfd/4", "http://example.com/cfd/4")
      const foreignStamp = sampleCfdi.replace("http://www.sat.gob.mx/TimbreFiscalDigital", "http://example.com/tfd")
      const mixed = sampleCfdi.replaceAll("http://www.sat.gob.mx/cfd/4", "http://www.sat.gob.mx/cfd/3")
      for (const document of [foreignRoot, mixed, "<html></html>"]) {
        expect(yield* Effect.flip(parseInvoice(document))).toMatchObject({ reason: "NOT_CFDI" })
      }
      expect(yield* parseInvoice(foreignStamp)).toMatchObject({ stamps: 0, uuid: "" })
    })
  )

  it.effect("counts a stamp only in the document's own complement", () =>
    Effect.gen(function* () {
      const addenda = sampleCfdi.replace(
        "</cfdi:Complemento>",
        `</cfdi:Complemento><cfdi:Addenda>${stamp()}</cfdi:Addenda>`
      )
      const moved = sampleCfdi.replaceAll("cfdi:Complemento>", "cfdi:Addenda>")
      expect(yield* parseInvoice(addenda)).toMatchObject({ stamps: 1 })
      expect(yield* parseInvoice(moved)).toMatchObject({ stamps: 0 })
    })
  )

  it.effect("reads the five entities and character references, and leaves others as they stand", () =>
    Effect.gen(function* () {
      const named = (name: string) =>
        Effect.map(parseInvoice(sampleCfdi.replace("ESCUELA KEMPER URGATE", name)), (invoice) => invoice.receiver.name)
      expect(yield* named("PE&#209;A &amp; HIJOS &lt;&gt;&quot;&apos; &#x1F600;")).toBe("PEÑA & HIJOS <>\"' 😀")
      expect(yield* named("&amp;amp; &ntilde; &#x110000;")).toBe("&amp; &ntilde; &#x110000;")
    })
  )

  it.effect("reads an RFC with an ampersand", () =>
    Effect.gen(function* () {
      const invoice = yield* parseInvoice(sampleCfdi.replace("EKU9003173C9", "e&amp;ñ9003173C9"))
      expect(invoice.receiver.rfc).toBe("E&Ñ9003173C9")
    })
  )

  it.effect("sees a global invoice, and a seal that is not the stamped one", () =>
    Effect.gen(function* () {
      const global = sampleCfdi.replace("<cfdi:Emisor", '<cfdi:InformacionGlobal Periodicidad="01"/><cfdi:Emisor')
      expect(yield* parseInvoice(global)).toMatchObject({ global: true })
      expect(yield* parseInvoice(sampleCfdi.replace(' Sello="c2VsbG8="', ' Sello="b3Rybw=="'))).toMatchObject({
        sealMatches: false
      })
      const unsealed = sampleCfdi.replace(' Sello="c2VsbG8="', "").replace('SelloCFD="c2VsbG8="', "")
      expect(yield* parseInvoice(unsealed)).toMatchObject({ sealMatches: false })
    })
  )

  it.effect("names the fields that are missing or wrong, and none of their values", () =>
    Effect.gen(function* () {
      const broken = sampleCfdi
        .replace('Rfc="EKU9003173C9"', "")
        .replace('Total="348.00"', 'Total="trescientos"')
        .replace(/<cfdi:Emisor[^>]*>/, "")
      const error = yield* Effect.flip(parseInvoice(broken))
      expect(error).toMatchObject({
        reason: "FIELDS",
        fields: ["Comprobante/Total", "Emisor", "Receptor/Rfc"]
      })
      expect(Bun.inspect(error)).not.toContain("trescientos")
    })
  )

  it.effect("survives a round trip through JSON", () =>
    Effect.gen(function* () {
      const invoice = yield* parseInvoice(sampleCfdi)
      const json = JSON.stringify(yield* Schema.encode(Invoice)(invoice))
      expect(yield* Schema.decodeUnknown(Schema.parseJson(Invoice))(json)).toEqual(invoice)
    })
  )
})

describe("proveInvoice", () => {
  const profile = Schema.decodeSync(FiscalProfile)({
    rfc: "EKU9003173C9",
    fullName: "Escuela Kemper Urgate, S.A. de C.V.",
    fiscalRegime: "601",
    postalCode: "42501",
    cfdiUse: "G01",
    email: "facturas@kemper.mx"
  })
  const expected = {
    profile,
    cfdiUse: "G03",
    total: Option.some(34800n),
    issuers: ["IIA040805DZ4"],
    purchasedOn: "2026-11-20"
  }

  const prove = (change: (xml: string) => string, expectation: Parameters<typeof proveInvoice>[1] = expected) =>
    Effect.flatMap(parseInvoice(change(sampleCfdi)), (invoice) => proveInvoice(invoice, expectation))

  it.effect("finds nothing to say about the right invoice", () =>
    Effect.gen(function* () {
      expect(yield* prove((xml) => xml)).toEqual({ warnings: [] })
    })
  )

  const mismatches = {
    VERSION: (xml: string) =>
      xml.replaceAll("http://www.sat.gob.mx/cfd/4", "http://www.sat.gob.mx/cfd/3").replace('"4.0"', '"3.3"'),
    TYPE: (xml: string) => xml.replace('TipoDeComprobante="I"', 'TipoDeComprobante="E"'),
    RECEIVER_RFC: (xml: string) => xml.replace("EKU9003173C9", "XAXX010101000"),
    TOTAL: (xml: string) => xml.replace("348.00", "348.02"),
    SEAL: (xml: string) => xml.replace(' Sello="c2VsbG8="', ' Sello="b3Rybw=="'),
    STAMP: (xml: string) => xml.replace(/UUID="[^"]*"/, 'UUID="5f1d7a3e-8c0b-4a52-9c3d-1e2f3a4b5c6"')
  }
  for (const [code, change] of Object.entries(mismatches)) {
    it.effect(`fails with ${code}, and that alone`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(prove(change))
        expect(error).toMatchObject({ _tag: "InvoiceMismatch", message: code })
      })
    )
  }

  it.effect("fails where there is no stamp, and where there are two", () =>
    Effect.gen(function* () {
      const none = yield* Effect.flip(prove((xml) => xml.replace(/<tfd:[^>]*>/, "")))
      const two = yield* Effect.flip(
        prove((xml) => xml.replace("</cfdi:Complemento>", `${stamp()}</cfdi:Complemento>`))
      )
      expect(none).toMatchObject({ reasons: [{ code: "STAMP", expected: "1", found: "0" }, { code: "SEAL" }] })
      expect(two).toMatchObject({ reasons: [{ code: "STAMP", expected: "1", found: "2" }] })
    })
  )

  it.effect("collects every reason, and shows no RFC in full", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        prove((xml) => Object.values(mismatches).reduce((xml, change) => change(xml), xml))
      )
      expect(error).toMatchObject({ message: "VERSION TYPE STAMP RECEIVER_RFC TOTAL SEAL" })
      expect(error).toMatchObject({
        reasons: expect.arrayContaining([
          { code: "RECEIVER_RFC", expected: "EK…C9", found: "XA…00" },
          { code: "TOTAL", expected: "348.00", found: "348.02" }
        ])
      })
      expect(Bun.inspect(error)).not.toMatch(/EKU9003173C9|XAXX010101000|<cfdi/)
    })
  )

  it.effect("lets a cent pass, and any total where the ticket has none", () =>
    Effect.gen(function* () {
      const changes = ["347.99", "348.01"].map((total) => (xml: string) => xml.replace("348.00", total))
      for (const change of changes) expect(yield* prove(change)).toEqual({ warnings: [] })
      const unknown = { ...expected, total: Option.none<bigint>() }
      expect(yield* prove((xml) => xml.replace("348.00", "1.00"), unknown)).toEqual({ warnings: [] })
    })
  )

  it.effect("takes another printed amount with a warning", () =>
    Effect.gen(function* () {
      const expectation = { ...expected, tolerated: [30000n, 40000n] }
      expect(yield* prove((xml) => xml.replace("348.00", "400.00"), expectation)).toEqual({ warnings: ["TOTAL_TIP"] })
      expect(yield* prove((xml) => xml, expectation)).toEqual({ warnings: [] })
      expect(yield* Effect.flip(prove((xml) => xml.replace("348.00", "390.00"), expectation))).toMatchObject({
        message: "TOTAL"
      })
    })
  )

  const oddities = {
    RECEIVER_NAME: (xml: string) => xml.replace("KEMPER URGATE", "KEMPER"),
    RECEIVER_POSTAL_CODE: (xml: string) =>
      xml.replace('DomicilioFiscalReceptor="42501"', 'DomicilioFiscalReceptor="03100"'),
    RECEIVER_REGIME: (xml: string) => xml.replace('RegimenFiscalReceptor="601"', 'RegimenFiscalReceptor="626"'),
    CFDI_USE: (xml: string) => xml.replace('UsoCFDI="G03"', 'UsoCFDI="S01"'),
    GLOBAL_INVOICE: (xml: string) =>
      xml.replace("<cfdi:Emisor", '<cfdi:InformacionGlobal Periodicidad="01"/><cfdi:Emisor'),
    ISSUER_RFC: (xml: string) => xml.replace("IIA040805DZ4", "CCV170512QZ4"),
    ISSUE_DATE: (xml: string) => xml.replace('Fecha="2026-11-20', 'Fecha="2026-11-18')
  }
  for (const [code, change] of Object.entries(oddities)) {
    it.effect(`passes with the warning ${code}, and that alone`, () =>
      Effect.gen(function* () {
        expect<ReadonlyArray<string>>((yield* prove(change)).warnings).toEqual([code])
      })
    )
  }
})
