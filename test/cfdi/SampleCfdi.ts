const uuid = "5f1d7a3e-8c0b-4a52-9c3d-1e2f3a4b5c6d"

export const stamp = (attributes = "") => `<tfd:TimbreFiscalDigital
  xmlns:tfd="http://www.sat.gob.mx/TimbreFiscalDigital" Version="1.1" UUID="${uuid}" ${attributes}
  FechaTimbrado="2026-11-20T10:31:02" RfcProvCertif="SPR190613I52" SelloCFD="c2VsbG8=" NoCertificadoSAT="1" SelloSAT="c2F0"/>`

/** A CFDI as a PAC returns it: SAT's public test taxpayers, invented seals. */
export const sampleCfdi = `<?xml version="1.0" encoding="UTF-8"?>
<cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.sat.gob.mx/cfd/4 http://www.sat.gob.mx/sitio_internet/cfd/4/cfdv40.xsd"
  Version="4.0" Serie="W" Folio="10482" Fecha="2026-11-20T10:30:00" FormaPago="04" Moneda="MXN" SubTotal="300.00"
  Total="348.00" TipoDeComprobante="I" MetodoPago="PUE" LugarExpedicion="03100" Exportacion="01" NoCertificado="1"
  Certificado="Y2VydA==" Sello="c2VsbG8=">
  <cfdi:Emisor Rfc="IIA040805DZ4" Nombre="INDISTRIA ILUMINADORA DE ALMACENES" RegimenFiscal="601"/>
  <cfdi:Receptor Rfc="EKU9003173C9" Nombre="ESCUELA KEMPER URGATE" DomicilioFiscalReceptor="42501"
    RegimenFiscalReceptor="601" UsoCFDI="G03"/>
  <cfdi:Conceptos>
    <cfdi:Concepto ClaveProdServ="50202306" Cantidad="1" ClaveUnidad="H87" Descripcion="Café &amp; pan" ValorUnitario="300.00"
      Importe="300.00" ObjetoImp="02"/>
  </cfdi:Conceptos>
  <cfdi:Complemento>${stamp()}</cfdi:Complemento>
</cfdi:Comprobante>
`
