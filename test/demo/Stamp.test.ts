import { expect } from "bun:test"
import { Effect, FastCheck } from "effect"
import { XMLParser, XMLValidator } from "fast-xml-parser"
import { splitIva, stampCfdi } from "../../src/demo/Stamp.ts"
import * as it from "../lib/effect.ts"

const request = {
  issuer: { rfc: "CCV170512QZ4", name: "CAFETERIAS CENZONTLE DEL VALLE", regime: "601", postalCode: "06700" },
  receiver: { rfc: "ÑA&900317AB1", name: `O'RYAN & "HIJOS" <ÑANDÚ>`, postalCode: "42501", regime: "601" },
  sale: { folio: "A-1", total: 34801n, description: "Café & pan", productCode: "90101501" },
  formaPago: "04",
  uso: "G03"
}

const parse = (xml: string) =>
  new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", parseAttributeValue: false }).parse(xml)

it.effect("the stamped XML carries the parties, the amounts and one timbre whose seal is the invoice's", () =>
  Effect.gen(function* () {
    const { uuid, xml } = yield* stampCfdi(request)
    expect(XMLValidator.validate(xml)).toBe(true)
    const comprobante = parse(xml)["cfdi:Comprobante"]
    expect(comprobante).toMatchObject({
      "xmlns:cfdi": "http://www.sat.gob.mx/cfd/4",
      Version: "4.0",
      TipoDeComprobante: "I",
      SubTotal: "300.01",
      Total: "348.01",
      Moneda: "MXN",
      FormaPago: "04",
      MetodoPago: "PUE",
      LugarExpedicion: "06700",
      Fecha: "1969-12-31T18:00:00",
      "cfdi:Emisor": { Rfc: "CCV170512QZ4", RegimenFiscal: "601" },
      "cfdi:Receptor": {
        Rfc: "ÑA&900317AB1",
        Nombre: `O'RYAN & "HIJOS" <ÑANDÚ>`,
        DomicilioFiscalReceptor: "42501",
        RegimenFiscalReceptor: "601",
        UsoCFDI: "G03"
      },
      "cfdi:Conceptos": {
        "cfdi:Concepto": {
          Importe: "300.01",
          "cfdi:Impuestos": { "cfdi:Traslados": { "cfdi:Traslado": { TasaOCuota: "0.160000", Importe: "48.00" } } }
        }
      },
      "cfdi:Impuestos": { TotalImpuestosTrasladados: "48.00" },
      "cfdi:Complemento": {
        "tfd:TimbreFiscalDigital": {
          "xmlns:tfd": "http://www.sat.gob.mx/TimbreFiscalDigital",
          Version: "1.1",
          UUID: uuid,
          SelloCFD: comprobante.Sello
        }
      }
    })
    expect(uuid).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
    expect(comprobante.Sello).toHaveLength(344)
  })
)

it.effect("net and IVA always add up to the total, the IVA within a cent of 16 %", () =>
  Effect.sync(() =>
    FastCheck.assert(
      FastCheck.property(FastCheck.bigInt({ min: 1n, max: 10_000_000n }), (total) => {
        const { iva, subtotal } = splitIva(total)
        expect(subtotal + iva).toBe(total)
        expect(Math.abs(Number(iva) - Number(subtotal) * 0.16)).toBeLessThan(1)
      })
    )
  )
)
