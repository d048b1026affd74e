import { plain } from "./Plain.ts"
import { sayings, ticketWords } from "./Sayings.ts"

/** What a portal says of how it went. */
export type Outcome =
  | "success"
  | "emailed"
  | "already_invoiced"
  | "expired"
  | "not_found"
  | "not_yet"
  | "data_rejected"
  /** Something that has to be filled in is empty. */
  | "incomplete"
  | "captcha_wrong"
  | "login_failed"
  /** It says itself that it does nothing at present. */
  | "closed"
  /** Something went wrong in it; how far it came is not known. */
  | "down"
  | "blocked"

// "El ticket es válido", "Ticket validado correctamente": a step, not the end.
const stepOnly = new RegExp(
  `${ticketWords}( \\S+){0,6} (es |fue )?(valid[oa]\\b|validad|encontrad|localizad|correct|agregad)`
)

// A phrase that asks, forbids, explains or promises says nothing of what happened.
const conditional =
  /^(si |se (generara|emitira|timbrara|enviara)|verifi(que|ca) que (sus|los|tus) datos|en caso|para |recuerd|importante|nota:|aviso|favor de|por favor (ingres|captur|verifiq|introduz)|ingres|captur|introduz|seleccion|elij|elig|escrib|complet|(los )?campos (marcados|con)|tiene \d|tienes \d|cuentas? con \d|una vez|al (generar|finalizar|terminar|dar)|podr[aá]s|puede[ns]? |el servicio puede)|\bpuede no \b|\bpodria\b|¿(cual|como|donde|que|no )/

const justDone = /\b(fue|ha sido|quedo) (facturad|timbrad)[oa]\b/
const before = /\b(ya|previ[ao]|previamente|anterior|anteriormente|anterioridad|antes|otr[oa]|existente)\b/

// A customer that the portal does not know yet is no refusal of the ticket.
const newCustomer =
  /(r\.?f\.?c\.?|cliente|contribuyente|receptor)( \S+){0,12} (base de (datos|clientes)|registrate|(registr|captur|ingres|complet|proporcion|llen|agreg)\S+( \S+){0,2} (sus|tus|los) datos|d(e|a)(rte)? de alta|primera (vez|factura)|nuevo (cliente|registro))/

// What may happen has not happened, however loudly it is said.
const hypothetical = /\bpuede[ns]? no (estar|existir|ser)\b|\bpodria[ns]?\b/

/** The outcome that one visible text speaks of, if any. Two sayings that are both in it: the earlier kind wins. */
export const outcomeOf = (text: string, afterStamp = false): Outcome | undefined => {
  const said = plain(text)
  if (said.length < 4 || hypothetical.test(said) || newCustomer.test(said)) return undefined
  const found = sayings.find(([, patterns]) => patterns.some((pattern) => pattern.test(said)))?.[0]
  // "Su compra fue facturada con el número 7": after the stamp that is what it did, unless it says that it was before.
  if (found === "already_invoiced" && afterStamp && justDone.test(said) && !before.test(said)) return "success"
  // "¿Los datos coinciden con su constancia?" asks; only whether to have the old invoice again tells something.
  if (found !== "already_invoiced" && /^¿.*\?$/.test(said)) return undefined
  if (found === "emailed" && /\bque (captur|indi(qu|c)|ingres|proporcion)(es?|as?)\b/.test(said)) return undefined
  if (found === "success" && stepOnly.test(said) && !/factura|cfdi|timbr|generad|emitid/.test(said)) return undefined
  if (
    found === "not_found" &&
    /\bno (se )?(encontro|hay)( \S+){0,3} (notificaciones|novedades|cambios|cancelacion\S*|devolucion\S*|refactur\S*)/.test(
      said
    )
  )
    return undefined
  return found
}

/** Does the text talk of conditions and instructions rather than of what happened? */
export const isAdvice = (text: string) => conditional.test(plain(text))

const questions =
  /\bse (emitira|facturara|generara|timbrara)\b|(esta por|va a) (emitir|facturar|generar|timbrar)|(estan?|son|es) (correct[oa]s?|bien)|¿[^?]*\?|confirm[ae]|esta(s)? (de acuerdo|segur[oa])|desea( usted)? (continuar|generar|emitir|facturar|timbrar|confirmar)|verifi(que|ca) (sus|los|tus|que los) datos|revis[ae] (sus|los|tus|que)|vista previa|previsualiza|\?\s*$/

/** Does a dialog or a page ask for a last word before going on? */
export const asksToConfirm = (text: string) => questions.test(plain(text))

/** Does it say what will be done, once it is agreed to? */
export const promises = (text: string) =>
  /\b(sera|seran) (emitid|enviad|generad|timbrad)|\bse (emitira|enviara|facturara|generara|timbrara)n?\b|\b(enviaremos|recibiras?)\b/.test(
    plain(text)
  )

/** Does it say that an invoice was made, rather than what one may do with it? */
export const tellsOfMaking = (text: string) =>
  /\b(se|le|fue|ha sido) (genero|emitio|timbro|expidio|generad[oa]|emitid[oa]|timbrad[oa]|expedid[oa])\b/.test(
    plain(text)
  )

/** Does it call what is shown no invoice yet? */
export const isPreview = (text: string) =>
  /vista previa|previsualiz|preliminar|\bborrador\b|sin (validez|valor) fiscal/.test(plain(text))

/** Does it say that going on from here is what makes the invoice? */
export const foretells = (text: string) =>
  /\b(al|cuando|una vez que|si) (acept|confirm|continu|d[ae]|hac|oprim|presion|puls)\S*( \S+){0,6} se (emitira|facturara|generara|timbrara)n?\b/.test(
    plain(text)
  )

/** Does it speak of an invoice at all? */
export const namesInvoice = (text: string) => /factura|cfdi|comprobante|folio fiscal|timbr/.test(plain(text))
