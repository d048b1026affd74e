import type { Outcome } from "./Outcome.ts"

export const ticketWords =
  "(ticket|folio|consumo|recibo|compra|venta|nota|transaccion|orden|pedido|operacion|codigo|referencia|boleto|remision|cuenta|comprobante|cruce|token|clave|despacho|servicio|reservacion|estancia)"

/**
 * The ways in which portals say how it went, over `plain` text: those of shared/domain.md, section 3, and what the authors
 * of the blind portals made of them. In order: the first that speaks wins, so the special stands before the general.
 */
export const sayings: ReadonlyArray<readonly [Outcome, ReadonlyArray<RegExp>]> = [
  [
    "captcha_wrong",
    [
      /captcha.*(incorrect|invalid|erroneo|no coincide|expir)/,
      /(incorrect|invalid|erroneo).*captcha/,
      /(codigo|texto|caracteres) (de la imagen|de seguridad).*(incorrect|no coincide|invalid)/,
      /(caracteres|texto|letras)( \S+){0,6} imagen( \S+){0,3} (no |incorrect)/,
      /(no coincide|incorrect)\S*( \S+){0,6} (la )?imagen/,
      /(caracteres|texto|letras)( \S+){0,2} no (son|es|coincid|correspond)( \S+){0,4} imagen/
    ]
  ],
  [
    "down",
    [
      /tiempo de (espera|respuesta)/,
      /problemas? de (comunicacion|conexion|red)/,
      /(no hay|sin|se perdio la|fallo (de|en) la) (comunicacion|conexion|sistema|linea)/
    ]
  ],
  [
    "blocked",
    [
      /access denied/,
      /acceso denegado/,
      /you have been blocked/,
      /request blocked/,
      /attention required/,
      /verifica que eres humano/,
      /checking your browser/,
      /trafico inusual/,
      /unusual traffic/,
      /error 1020/,
      /incident id/
    ]
  ],
  [
    "already_invoiced",
    [
      /(ya|previamente|anteriormente)\s+(fue|ha sido|habia sido|esta|se encuentra|cuenta con|tiene|existe|se genero|se emitio|fue generada)?\s*(una |su |la )?factur(a\b|ad[oa]|o\b)/,
      /(factur|timbr)(o|ad[oa]s?)( \S+){0,3} (previamente|anteriormente|con anterioridad)/,
      /factura (previa|existente)/,
      /(factura|cfdi|comprobante)( \S+){0,4} (emitid|generad|timbrad|expedid)[oa]( \S+){0,3} (anteriormente|previamente|con anterioridad|antes|a otro)/,
      /pertenece( \S+){0,2} (una |otra |la )?(factura|cfdi|comprobante)\b(?! global)/,
      new RegExp(`${ticketWords}( \\S+){0,3} (fue|ha sido) (facturad|timbrad)[oa]\\b`),
      /(ticket|folio|consumo|recibo|compra|venta|nota)( \S+){0,3} (ya )?(fue |ha sido )?(timbrad|facturad)[oa] (el|previa|anterior|con)/,
      /ya (fue|ha sido|esta|se encuentra) (timbrad|procesad|utilizad|usad|canjead)/,
      /amparad[oa]( \S+){0,4} (cfdi|factura|comprobante)/,
      /already( been)? invoiced/,
      /ya se (facturo|genero|emitio|timbro)\b/,
      /(se encuentra|esta) (ya )?(facturad|timbrad)[oa]/,
      /(?<!¿)ya (generaste|facturaste|emitiste|timbraste)/,
      /ya( \S+){0,3} (cuenta con|tiene|existe|hay|se genero|se emitio|se expidio)( \S+){0,3} (factura|cfdi|comprobante)/,
      /recuperar su factura\?/,
      /reenviar (la|su) factura\?/,
      /(ligad|asociad|vinculad|relacionad|aplicad)[oa]s?( \S+){0,3} (un |una |al |la )?(factura|cfdi|comprobante|uuid|folio fiscal)/,
      /no (puede|podra|es posible)( \S+){0,4} (de nuevo|nuevamente|otra vez|dos veces|mas de una vez|por segunda)/,
      /(ticket|folio|consumo|recibo|compra|venta|nota|referencia|codigo) (con|tiene) (factura|cfdi|comprobante)/,
      /\b(cuenta con|tiene|forma parte de|consta en) (el |un |una |la |su )?(factura|cfdi|comprobante)\b(?! global)/,
      /(emitir|generar|expedir) otr[oa]\b/
    ]
  ],
  [
    "expired",
    [
      /(plazo|periodo|vigencia|tiempo|fecha limite|dias?|limite)( \S+){0,12} (vencid|expirad|conclu|termin|finaliz|agotad|excedid|super|transcurr|permitid|rebas)/,
      /(vencid|expirad|caduc|vencio|expiro)/,
      /fuera (del?|de su) (plazo|periodo|tiempo|mes|vigencia|rango)/,
      /(solo|unicamente) (se )?(puede[ns]?|es posible|podra|permite[n]?)( \S+){0,4} (factur|consumos|tickets)( \S+){0,8} mes/,
      /solo el mismo mes/,
      /ya no (es posible|puede|se puede|es facturable|esta disponible para factur)/,
      /no (es|esta) (facturable|vigente)/,
      /excede (el|los)( \S+){0,4} (dias|plazo|tiempo)/,
      /(rebas|super|sobrepas|exced)\S*( \S+){0,4} (\d+ ?(dias|horas|hrs|h)\b|(el|ese|este|dicho) (plazo|limite|periodo))/,
      /fuera de fecha/,
      /(ejercicio|mes|periodo)( \S+){0,6} cerrad[oa]/,
      /(cerro|concluyo|termino|vencio|expiro)( \S+){0,3} (mes|plazo|periodo|vigencia)/,
      /(integr|inclu|report|qued|entr|pas|agreg|form)\S*( \S+){0,5} factura global/,
      /ya no procede/,
      /can no longer be invoiced/,
      /deadline/,
      /(solo|unicamente)( \S+){0,6} ultimos \d+/,
      /(solo|unicamente)( \S+){0,6} (mismo mes|mes (en curso|corriente|actual|vigente))/,
      /(haber|han|ha) pasado( \S+){0,4} (mes|dias|horas)/,
      /periodo( \S+){0,3} cerrado/,
      /lo sentimos.*(limite|plazo)( \S+){0,6} \d+ (horas|dias)/,
      /no (corresponde|pertenece)( \S+){0,3} (mes|periodo)/,
      /(tiene|con|hace) mas de \d+ (dias|horas)/,
      /mes(es)? (anterior(es)?|pasados?)/,
      /supera el plazo/,
      /(transcurri|pasa)(do|d[oa]s|eron|ron)( \S+){0,4} (dias|horas|meses)/,
      /dejo de ser facturable/,
      /(periodo|mes|plazo|fecha)( \S+){0,4} no (esta|se encuentra|permite|admite) ?(abiert|vigente|disponible|habilitad|factur)/
    ]
  ],
  [
    "not_yet",
    [
      /(aun|todavia) no (esta|se encuentra|ha sido|existe|se ha|aparece|se refleja|hay|llega)/,
      /(ticket|venta|compra|folio|consumo)( \S+){0,3} estara disponible/,
      /intente(lo)? (en 24|en unas horas|manana)/,
      /no disponible aun/,
      /espere( al menos)? \d+ (horas?|minutos)/
    ]
  ],
  [
    "login_failed",
    [
      /(usuario|correo|rfc)( o | y |\/)(contrasena|correo|password|clave)s? (incorrect|invalid|no)/,
      /contrasena( \S+){0,2} (incorrecta|invalida|erronea)/,
      /(acceso|datos de acceso) (incorrect|invalid)/,
      /credenciales (incorrect|invalid)/,
      /(invalid|wrong) (user|password|credentials)/,
      /usuario no (encontrado|existe|registrado)/,
      /(usuario|cuenta)( \S+){0,4} (suspendid|bloquead|inactiv|deshabilitad|dad)[oa]\b(?! de alta)/
    ]
  ],
  [
    "data_rejected",
    [
      /(cuenta|ticket|venta|compra|consumo|nota|recibo|folio|cruce|boleto)( \S+){0,4} (cancelad|anulad|devuelt)[oa]\b/,
      /\bno se facturan?\b/,
      /cfdi ?4\d{4}/,
      /\b401[2-6]\d\b/,
      /(coincid|correspond|pertene|distint|diferent|incorrect|invalid|no (son|es|estan?))\S*( \S+){0,10} (constancia|situacion fiscal)/,
      /(constancia|situacion fiscal)( \S+){0,6} (no |incorrect|distint)/,
      /(rfc|r\.f\.c\.?)( \S+){0,6} (invalid|no (es )?valid|incorrect|no (existe|se encuentra|esta|fue encontrado|registrad))/,
      /(regimen|uso|codigo postal|c\.?p\.?|nombre|razon social|domicilio|correo|email)( \S+){0,8} (invalid|no (es )?valid|incorrect|no (corresponde|coincide|pertenece|esta permitid|aplica)|erroneo)/,
      /no (corresponde|coincide|pertenece)n?( \S+){0,8} (rfc|regimen|sat|receptor|contribuyente|domicilio)/,
      /(debe (pertenecer|encontrarse|corresponder|coincidir))/,
      /(sat|pac) rechaz/,
      /(rejected|refused|turned down) by the (sat|pac)/,
      /padron/,
      /r\.?f\.?c\.?( \S+){0,6} (suspendid|cancelad)/,
      /rechazad[oa]s? por el (sat|pac)/,
      /no debe incluir( \S+){0,3} (regimen|sociedad)/,
      /omitir (la sociedad|el regimen (societario|de capital))/,
      /lista de (rfc|contribuyentes)/,
      /no inscrito/,
      /datos fiscales( \S+){0,6} (incorrect|invalid|no (son|coinciden))/,
      /verifi(que|ca) (sus|los|tus|que los) datos (fiscales|del receptor)/
    ]
  ],
  [
    "not_found",
    [
      new RegExp(
        `no (se |hemos |ha sido |han sido |fue |fueron |pudimos |podemos |pudo |logramos |logro |tenemos |(se |fue )?(pudo |posible )){0,2}(encontr|encuentr|localiz|ubic|hall|identific|registr(o|ad)|existe|hay\\b|corresponde|coincide)\\S*( \\S+){0,8} ?${ticketWords}?`
      ),
      new RegExp(
        `${ticketWords}( \\S+){0,8} (no (es |son )?(valid|correct|encontrad|exist|registrad|localizad|se encuentra|se encontro|coincide|corresponde|concuerda|pertenece)|invalid|incorrect|inexistente|erroneo|desconocid|equivocad)`
      ),
      /(datos|monto|total|importe|cantidad|fecha|sucursal|tienda|estacion|caja|web ?id|itu)( \S+){0,8} (distint|diferent|no (es |son )?(valid|coincid|correspond|concuerd|correct)|invalid|incorrect|erroneo)/,
      /sin (resultados|registros|coincidencias)/,
      /no tuvo exito/,
      /codigo invalid/,
      /(estacion|sucursal) invalid/,
      /not found/,
      /(could ?n.?t|could not|unable to|did not|didn.t) (find|match|locate)/,
      /no aparece/,
      /mal capturad/,
      /no (empata|cuadra)/,
      /(datos|monto|total|importe|cantidad|fecha)( \S+){0,6} (no (es|son) (igual|el mism|la mism|los mism)|difier)/,
      /no (pudimos|pudo|se pudo|fue posible) (valid|verific)/,
      /no arrojo/,
      /no reconocid/,
      /verifi(que|ca)( \S+){0,3} (datos|informacion|numero)( \S+){0,3} (ticket|compra|capturad|ingresad)/
    ]
  ],
  [
    "incomplete",
    [
      /^(por favor,? |favor de )?(captur[ae]|ingres[ae]|indi(ca|que)|escrib[ae]|seleccion[ae]|elij[ae]|elige|proporcion[ae]|especifi(ca|que)|llen[ae])\b/,
      /(captur|ingres|llen|complet|proporcion|falta|indi(ca|que))\S*( \S+){0,3} (los|las|el|la|todos|todas|algunos|un|una)? ?(datos?|campos?|informacion)\b/,
      /(campos?|datos?)( \S+){0,5} (obligatori|requerid|vaci|incomplet|faltant|necesari)/
    ]
  ],
  [
    "closed",
    [
      /(servicio|sistema|portal|sitio|facturador)( \S+){0,6} (inactivo|no (esta|se encuentra) disponible|no disponible|suspendido|interrumpid)/,
      /fuera de (servicio|linea)/,
      /(en|por|labores de|trabajos de|tareas de) mantenimiento/,
      /mantenimiento programado/,
      /temporalmente (inactiv|fuera|no disponible|suspendid)/
    ]
  ],
  [
    "down",
    [
      /\bno (se |ha |han |fue |pudo |pudimos |logro |es |posible |sido |ser ){0,5}(gener|emit|timbr|cread|crear|envi|proces|complet|realiz|exped|expid|entreg)/,
      /(factura|cfdi|comprobante) no (generad|emitid|timbrad|enviad)/,
      /service unavailable/,
      /bad gateway/,
      /gateway time-?out/,
      /internal server error/,
      /error interno/,
      /(ocurrio|ha ocurrido|hubo|se produjo|se presento) un (error|problema)( (inesperado|interno|al (conectar|comunicar|procesar|generar|timbrar))| en el (servidor|sistema))/,
      /intente(lo)? (de nuevo )?mas tarde/,
      /no (se pudo|fue posible)( \S+){0,4} (conectar|comunicar|conexion)/
    ]
  ],
  [
    "emailed",
    [
      /(enviad|envio|envia|enviara|enviaremos|mandad|llegara|recibira|hecho llegar|remitid)\S*( \S+){0,12} (correo|e-?mail|mail|bandeja|\S*@)/,
      /(correo|e-?mail)( \S+){0,8} (enviad|se envio|recibira|enviara)/,
      /revis[ae]( \S+){0,4} (correo|bandeja|e-?mail)/,
      /\S+@\S+\.\S+.*(enviad|envio)/,
      /se genero y envio/
    ]
  ],
  [
    "success",
    [
      /(invoice|cfdi) (has been |was |is )?(generated|issued|ready|created|stamped)/,
      /(factura|cfdi|comprobante|xml)( \S+){0,3} list[oa]s?\b/,
      /(hemos|se ha|ha) (generado|emitido|timbrado|creado)( \S+){0,4} (factura|cfdi|comprobante)/,
      /(factura|cfdi|comprobante|documento|solicitud|timbrad[oa]|xml)( \S+){0,10} (generad|timbrad|emitid|cread|exit|correctamente|complet|procesad|realizad)/,
      /(se )?(genero|emitio|timbro|creo|ha generado|ha emitido|ha timbrado)( \S+){0,6} (factura|cfdi|comprobante|documento)/,
      /solicitud( \S+){0,6} (recibid|registrad|enviad)a\b/,
      /enhorabuena/,
      /felicidades/,
      /reclamo exitoso/,
      /facturacion exitosa/,
      /ya ha sido generada su factura/,
      /cfdi generado/,
      /folio fiscal/,
      /\buuid\b/,
      /descarg(ar|ue|a)( \S+){0,3} (factura|xml|pdf|cfdi|archivos)/,
      /confirmacion de (la )?factura/,
      /operacion exitosa/,
      /proceso (exitoso|terminado|finalizado)/
    ]
  ]
]
