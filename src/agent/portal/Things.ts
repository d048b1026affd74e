import { spelled } from "./Abbreviations.ts"

/**
 * What a ticket prints by a name of its own and some portals ask for: it answers the field of that name, and no other.
 * Spanish puts the head of a phrase first: "permiso de la estación" is a permit, "folio asiento" is a folio.
 */
const things: ReadonlyArray<readonly [string, RegExp]> = [
  ["price of a litre", /^(precio (x|por|p\/?|de|\/) ?(litros?|l)\b|\$ ?\/ ?(litros?|l)\b|p\.? ?u\b)/],
  ["litres", /^(litros|volumen)\b|\blitros$|\b(magna|premium|regular|diesel|gasolina|cant(idad)?) l$/],
  ["pump", /^(bomba|dispensario|pos(icion)?\.? (de )?carga|posicion$)/],
  ["goods", /^(?:(?:total|importe|monto|cantidad) )?(?:de )?(?:(?:los|las) )?(productos|articulos|piezas)$/],
  ["delivery charge", /^(?:(?:costo|cargo|precio|importe) )?(?:(?:de|por) )?envio\b/],
  ["permit", /^permiso\b/],
  ["telephone", /^(telefono|telefonico|tel|celular|movil)\b/],
  ["membership", /^(socio|membresia|membership|afiliado|\p{L}+ frecuente)\b/u],
  ["seat", /^(asiento|butaca|seat)\b/],
  ["plate", /^(placas?|matricula)\b/],
  ["odometer", /^(kilometraje|odometro)\b/],
  ["room", /^(cargo a )?(habitacion|cuarto|room)\b/],
  ["delivery", /^(pin|entrega pin)\b.*\bentrega\b/],
  ["prescription", /^((folio|numero) (de )?(la )?)?receta\b/]
]

const leading = /^[^\p{L}\d$]*(?:(?:numero|clave|codigo|id)\b[.:#]*\s*)?(?:de(?:l| la| el)?\s+)?/u

/** Which of them a label names, if any. */
export const thingOf = (label: string) => {
  const head = spelled(label)
    .replace(/\([^)]*\)|[*:.#\s]+$/g, "")
    .replace(leading, "")
    .trim()
  return things.find(([, pattern]) => pattern.test(head))?.[0]
}

/** The same of something printed, which may say it by its unit: "CANT: 55.250 LTS". */
export const thingIn = ({ label, value }: { readonly label: string; readonly value: string }) =>
  thingOf(label) ?? (/^[\d.,]+ ?(lts?|litros)\.?$/i.test(value.trim()) ? "litres" : undefined)
