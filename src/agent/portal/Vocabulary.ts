import type { FieldRole } from "./FieldRole.ts"

/**
 * The words by which fields are known, over `plain` text: pattern and weight from 1 (a hint) to 10 (can be nothing
 * else). The longer and more special a phrase, the heavier. Gathered from 44 portals and 86 printed guides (see shared/domain.md).
 */
export const vocabulary: ReadonlyArray<readonly [FieldRole, RegExp, number]> = [
  ["rfc", /\br\.?\s?f\.?\s?cs?\b/, 9],
  ["rfc", /registro federal|tax ?id\b|clave fiscal/, 8],

  ["name", /razon social|denominacion|nombre fiscal|business ?name|legal ?name|company ?name/, 10],
  ["name", /nombre (completo|del? (cliente|receptor|contribuyente|titular))|nombre o razon/, 10],
  ["name", /\bnombre\b|\bfull ?name\b/, 6],
  ["name", /\b(razon|cliente|receptor|contribuyente|empresa)\b/, 3],
  [
    "firstName",
    /^(primer )?nombres?( ?\(s\))?( de pila)?\s*[*:]*$|\bnombres\b|nombre ?\(s\)|first ?name|nombre de pila/,
    7
  ],
  ["paternalSurname", /(apellido )?paterno|primer apellido|paternal/, 10],
  ["maternalSurname", /(apellido )?materno|segundo apellido|maternal/, 10],
  ["surnames", /\bapellidos\b|last ?name|surname/, 9],
  ["personType", /tipo de (persona|contribuyente)|persona (fisica|moral)/, 10],
  ["postalCode", /codigo postal|\bc\.?\s?p\.?(?=$|[\s:*()])|\bzip\b|postal ?code|codigo_?postal/, 10],
  ["postalCode", /domicilio fiscal/, 6],
  ["postalCode", /\bpostal\b/, 6],
  ["regime", /regimen|\bregime?\b|tax regime/, 10],
  [
    "use",
    /\buso\b.*\b(cfdi|comprobante|factura|fiscal)|uso ?(de ?)?cfdi|cfdi ?use|use ?cfdi|clave ?cfdi|uso que (le )?dara/,
    10
  ],
  [
    "use",
    /para que( \S+){0,4} (usa|utiliz)|como( \S+){0,3} (usar|utilizar)( \S+){0,2} (factura|cfdi|comprobante)|(usar|utilizar)as? (el|la|tu|mi) (comprobante|factura|cfdi)/,
    10
  ],
  ["use", /^uso\b/, 7],
  ["use", /\bcfdi\b/, 3],
  ["email", /correo|e-?mail|\bmail\b/, 9],

  ["total", /\b(monto|importe|total|amount)\b/, 7],
  ["total", /\b(cantidad|valor|precio|tarifa|costo|cuota|peaje|cargos)\b/, 4],
  ["total", /(monto|importe|total) (total|a pagar|pagado|del? (la )?(compra|ticket|venta|consumo|nota|cuenta))/, 10],
  ["total", /gran total|total amount/, 10],
  ["total", /\bneto\b/, 5],
  ["total", /\ba pagar\b|(?<!\bde )\bcobro\b|\bpagaste\b|\bgastaste\b|\bpag(ado|ada|ue)\b|\bcobrad[oa]\b/, 6],
  ["total", /^(pago total|total pago)\b|\ba cobrar\b|\bg ?total\b/, 10],
  [
    "subtotal",
    /(total|importe|monto|suma|base) (sin|antes( de)?|previo al?|s\/) ?(el |los )?(impuestos?|imptos|imp\b|iva\b)|base gravable|before tax/,
    12
  ],
  ["subtotal", /sub ?-?total|antes de (iva|impuestos)|sin iva/, 10],
  ["tip", /propina|\btip\b|servicio \(?\d+ ?%/, 10],
  ["tip", /^prop\b|gratificacion|gratuity/, 10],
  ["date", /\b(transaction|trans|purchase|sale|ticket) (date|dt)\b|\bque dia\b|\bdia\W{1,2}mes\b/, 13],
  ["date", /^\W*cuando\b|\b(comprado|expedido|surtido|emitido) el\b/, 9],
  ["time", /\b(transaction|trans|purchase|sale|ticket) time\b/, 13],
  ["date", /\bfecha\b|\bdate\b|\bdia (de|del)\b|dd\/mm|mm\/dd|aaaa/, 9],
  ["time", /\bhora\b|\btime\b|hh:mm/, 9],
  [
    "store",
    /sucursal|tienda|estacion(?! de (?:cobro|pago))|\bstore\b|\bbranch\b|caseta|restaurante|gasolinera|hotel|cafeteria|\bcine\b|\bunidad\b|\bplaza\b|farmacia|estacionamiento|\balmacen\b|complejo|\bpuente\b|\bclub\b|\bplantel\b|gimnasio|\bclinica\b|laboratorio|\btaller\b|\boutlet\b|\bagencia\b/,
    8
  ],
  [
    "store",
    /(direccion|domicilio|ubicacion|nombre)( de(l| la)?)? (sucursal|tienda|estacion|restaurante|gasolinera|unidad|plaza|caseta|establecimiento)/,
    11
  ],
  [
    "store",
    /\b(terminal|central) (de )?(autobuses|camionera)|lugar (de|donde) (la )?compr|punto de venta \(?(sucursal|donde)/,
    13
  ],
  ["store", /\bdeterminante\b|\bcampus\b|\blocation\b/, 8],
  ["store", /^centro( de (consumo|servicio|costos))?$/, 8],
  // Estación de servicio.
  ["store", /^e\.?\s?s\.?$|\(e\.?s\.?\)/, 8],
  ["store", /\b(local|ubicacion|establecimiento|ciudad)\b/, 4],
  ["register", /\bcaja\b|\bterminal\b|\bcarril\b|\bcabina\b|\bvia\b|\bregister\b|\btill\b|\bpos\b|punto de venta/, 8],
  ["register", /(estacion|equipo|modulo|punto) de (cobro|pago)/, 12],
  ["register", /\btaquilla\b|\bventanilla\b|\btpv\b|\blane\b|\bregistradora\b|\bworkstation\b/, 8],
  ["series", /\bserie\b|\bseries\b|prefijo/, 8],
  ["payment", /(forma|metodo|tipo|medio|modo) ?(de ?)?pago|payment|como pag|en que pag/, 10],
  ["payment", /(forma|manera|modo|medio)( \S+){0,4} pag/, 11],
  [
    "card",
    /ultimos (4|cuatro)|(4|cuatro) ultimos|ultimos digitos|terminacion|(cuenta|tarjeta) (de |del )?pago|(numero|no|num)\.? (de )?(tarjeta|cuenta de pago)/,
    12
  ],
  [
    "card",
    /last (4|four)|\bult(imos)? (4|cuatro)\b|card (ending|no\b)|termina (tu|la|su) tarjeta|tarjeta terminada|digitos finales/,
    13
  ],
  ["payment", /(forma|tipo|metodo) (de )?cobro|^(pagado|liquidado|pague) con$|paid by|\btender\b/, 12],
  ["payment", /\bpago\b|pagado con/, 6],

  [
    "webId",
    /web ?id|(clave|codigo|folio|id) web|\bitu\b|id ?(de )?(facturacion|web)|(codigo|clave|token|id|llave) (unic[oa]|de? ?(facturacion|factura|seguridad|verificacion|acceso|autofacturacion|cfdi))/,
    10
  ],
  [
    "webId",
    /cod(igo)? ?(facturacion|unico|seguridad)|digitos? (de )?(segur|verific|control)|\btoken\b|\bpin\b|\bnip\b|contrasena del ticket|\buniccode\b|dig ?seguro/,
    8
  ],
  [
    "webId",
    /\b(cod|codigo|clave|folio|id|num|numero|llave|token)\b\.?( \S+)? ?(p\/|para|de|pa\.?) ?(la |su |tu )?(auto)?factur/,
    10
  ],
  [
    "webId",
    /\b(referencia|cadena|llave|hash|firma|identificador|clave|codigo|token|id|folio)\.? ?(de |p\/ ?|para |la )*(auto)?factura(cion|r)\b/,
    12
  ],
  ["webId", /\b(referencia|cadena|llave|hash|firma|password|pwd|contrasena) (de |p\/ ?|para )?factura\b/, 13],
  ["webId", /\b(referencia|llave|identificador|contrasena) web\b|\b(web|billing|invoice|invoicing) (code|id)\b/, 12],
  ["webId", /^(ticket )?(para )?(auto)?factura(r|cion)$/, 6],
  ["webId", /contrasena (de|para) (la |su |tu )?(auto)?factur/, 12],
  ["webId", /codigo de \d+|\bcodigo\b|\bclave\b|\bcode\b/, 4],
  ["barcode", /codigo de barras|\bbarras\b|bar ?code|debajo del codigo|\bean\b/, 10],
  ["barcode", /\b(codigo|cod) ?(de )?(barra?|bar)\b|lineas verticales/, 13],
  ["transaction", /confirmacion|localizador|\blocator\b|\bpnr\b|(clave|codigo|numero) de reserv/, 10],
  ["transaction", /transaccion|transaction|\btrans\b|\btrx\b|\btr ?#|operacion|\btx\b/, 8],
  ["transaction", /\bconfirmation\b|\bmovimiento\b(?! de caja)|\btxn\b|\btrn\b|\btran\b/, 8],
  ["authorization", /\bapproval\b|\bauth\b/, 9],
  ["authorization", /autorizacion|authorization|aprobacion/, 9],
  [
    "ticket",
    /\b(no|num|numero|n)\b\.? ?(de |del )?(ticket|folio|nota|venta|orden|pedido|recibo|consumo|remision|boleto|cuenta|comprobante|despacho|asiento|reservacion|compra|evento|cruce)/,
    10
  ],
  [
    "ticket",
    /\bid ?(de )?(ticket|venta|compra|pedido|orden|nota)|\bfolio ?(de |del )?(ticket|venta|compra|nota|consumo|interno)/,
    10
  ],
  ["ticket", /\b(tickets?|folios?|tc ?#|tc)\b/, 8],
  [
    "ticket",
    /\b(nota|consumo|recibo|boleto|remision|pedido|orden|despacho|reservacion|check|chk|consecutivo|secuencia|cheque|comanda|cuenta|venta|compra|boleta|invoice|order|receipt)\b/,
    5
  ],
  [
    "ticket",
    /\b(bill|ficha|talon|guia|waybill|awb|booking|reserva(?! (tu|su|una|aqui|ya|ahora|en|con))|reservation|rental agreement)\b|(?<!tipo de )\bdocumento\b/,
    5
  ],
  ["ticket", /factura simplificada|contrato de renta/, 12],
  ["ticket", /\breferencia\b|\breference\b|\bref\b|\bid\b/, 4],

  [
    "captcha",
    /captcha|(codigo|texto|caracteres|letras|palabra).*(imagen|seguridad que|muestra|ves\b|aparece)|no soy un robot|cuanto es|resultado de la (suma|operacion)/,
    11
  ],
  ["username", /usuario|user ?name|\blogin\b|\buser\b/, 7],
  ["password", /contrasena|password|\bclave de acceso\b/, 8],
  ["otp", /codigo (que (te|le|se) (enviamos|mandamos|envio)|enviado|sms|temporal)|\botp\b|one.?time/, 9],
  ["line", /\b(numero|linea)\b.*\b10 digitos|(numero de|tu|su) linea\b/, 4],
  ["phone", /telefono|celular|\btel\b|phone|movil|whatsapp/, 9],
  ["country", /\bpais\b|country|residencia fiscal/, 8],
  ["state", /\bestado\b|entidad federativa|\bstate\b/, 7],
  ["municipality", /municipio|delegacion|alcaldia|\bdele\b/, 8],
  ["city", /\bciudad\b|localidad|\bcity\b|poblacion/, 7],
  ["neighborhood", /colonia|neighborhood|fraccionamiento/, 9],
  ["street", /\bcalle\b|\bstreet\b|direccion|domicilio(?! fiscal)/, 7],
  ["exteriorNumber", /(numero|no|num)\.? ?ext|\bext(erior)?\b/, 9],
  ["interiorNumber", /(numero|no|num)\.? ?int|\bint(erior)?\b/, 9],
  ["comments", /comentario|observacion|\bnotas\b|comments/, 8],
  ["search", /\bbuscar\b|\bsearch\b/, 3],
  // A shop's own catalogue.
  [
    "search",
    /^(buscar?|search) ((en|in|por) )?(tod[oa] )?(el |la |los |las |nuestr[oa]s? |entire )?(tienda|store|sitio|site|catalogo|productos?|articulos?)\b/,
    12
  ]
]
