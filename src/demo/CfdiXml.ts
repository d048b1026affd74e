import { XMLBuilder } from "fast-xml-parser"
import type { Issuer, Receiver } from "./Stamp.ts"

export interface CfdiData {
  readonly issuer: Issuer
  readonly receiver: Receiver
  readonly series: string
  readonly folio: string
  readonly issuedAt: string
  readonly formaPago: string
  readonly uso: string
  readonly productCode: string
  readonly description: string
  readonly subtotal: string
  readonly iva: string
  readonly total: string
  readonly uuid: string
  readonly seal: string
  readonly certificate: string
  readonly satSeal: string
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  format: true
})

const concept = (data: CfdiData) => ({
  "@ClaveProdServ": data.productCode,
  "@NoIdentificacion": data.folio,
  "@Cantidad": "1",
  "@ClaveUnidad": "E48",
  "@Unidad": "Servicio",
  "@Descripcion": data.description,
  "@ValorUnitario": data.subtotal,
  "@Importe": data.subtotal,
  "@ObjetoImp": "02",
  "cfdi:Impuestos": { "cfdi:Traslados": { "cfdi:Traslado": traslado(data) } }
})

const traslado = (data: CfdiData) => ({
  "@Base": data.subtotal,
  "@Impuesto": "002",
  "@TipoFactor": "Tasa",
  "@TasaOCuota": "0.160000",
  "@Importe": data.iva
})

const timbre = (data: CfdiData) => ({
  "@xmlns:tfd": "http://www.sat.gob.mx/TimbreFiscalDigital",
  "@xsi:schemaLocation":
    "http://www.sat.gob.mx/TimbreFiscalDigital http://www.sat.gob.mx/sitio_internet/cfd/TimbreFiscalDigital/TimbreFiscalDigitalv11.xsd",
  "@Version": "1.1",
  "@UUID": data.uuid,
  "@FechaTimbrado": data.issuedAt,
  "@RfcProvCertif": "PAC190613ZQ1",
  "@SelloCFD": data.seal,
  "@NoCertificadoSAT": "00001000000509990001",
  "@SelloSAT": data.satSeal
})

/** The order of attributes and elements is that of the SAT's cfdv40.xsd. */
export const cfdiXml = (data: CfdiData): string =>
  builder.build({
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    "cfdi:Comprobante": {
      "@xmlns:cfdi": "http://www.sat.gob.mx/cfd/4",
      "@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
      "@xsi:schemaLocation": "http://www.sat.gob.mx/cfd/4 http://www.sat.gob.mx/sitio_internet/cfd/4/cfdv40.xsd",
      "@Version": "4.0",
      "@Serie": data.series,
      "@Folio": data.folio,
      "@Fecha": data.issuedAt,
      "@Sello": data.seal,
      "@FormaPago": data.formaPago,
      "@NoCertificado": "00001000000509990002",
      "@Certificado": data.certificate,
      "@SubTotal": data.subtotal,
      "@Moneda": "MXN",
      "@Total": data.total,
      "@TipoDeComprobante": "I",
      "@Exportacion": "01",
      "@MetodoPago": "PUE",
      "@LugarExpedicion": data.issuer.postalCode,
      "cfdi:Emisor": { "@Rfc": data.issuer.rfc, "@Nombre": data.issuer.name, "@RegimenFiscal": data.issuer.regime },
      "cfdi:Receptor": {
        "@Rfc": data.receiver.rfc,
        "@Nombre": data.receiver.name,
        "@DomicilioFiscalReceptor": data.receiver.postalCode,
        "@RegimenFiscalReceptor": data.receiver.regime,
        "@UsoCFDI": data.uso
      },
      "cfdi:Conceptos": { "cfdi:Concepto": concept(data) },
      "cfdi:Impuestos": {
        "@TotalImpuestosTrasladados": data.iva,
        "cfdi:Traslados": { "cfdi:Traslado": traslado(data) }
      },
      "cfdi:Complemento": { "tfd:TimbreFiscalDigital": timbre(data) }
    }
  })
