import { spelled } from "./Abbreviations.ts"

const fillers = new Set([
  "de",
  "del",
  "la",
  "el",
  "los",
  "las",
  "tu",
  "su",
  "no",
  "num",
  "numero",
  "ingresa",
  "ingrese",
  "escribe",
  "favor"
])

/** What hotels, cinemas and chains print in another tongue or cut short. */
const said = new Map(
  Object.entries({
    llegada: ["arrival", "entrada", "checkin", "ingreso", "in", "ent"],
    salida: ["departure", "checkout", "out", "sal"],
    huesped: ["guest"],
    sucursal: ["store", "branch", "tienda"],
    ticket: ["receipt"],
    cheque: ["check", "chk"],
    fecha: ["date"],
    hora: ["time"],
    localizador: ["locator", "pnr"],
    pedido: ["order", "orden"],
    contrato: ["cuenta"],
    reservacion: ["confirmacion", "confirmation", "reservation", "booking"],
    apertura: ["open", "abre"],
    cierre: ["close", "cierra", "closed"],
    id: ["ident", "identificador", "identificacion"]
  }).flatMap(([word, others]) => others.map((other) => [other, word] as const))
)

/** What a label says, without what says nothing. */
export const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    spelled(text)
      // "O.S." is a word of two letters.
      .replace(/\b(?:\p{L}\.){2,4}/gu, (initials) => `${initials.replaceAll(".", "")} `)
      .replace(/\b(sin|con) (la )?propina\b|\([^)]*\)|\b\d+ (digitos|caracteres)\b/g, " ")
      .split(/[^\p{L}\d]+/u)
      .filter((word) => word.length > 0 && !fillers.has(word))
  )

/** "DS" for "Dig. Seguridad", "E-" for "Estación". */
const abbreviates = (short: ReadonlySet<string>, long: ReadonlySet<string>) => {
  const [letters = ""] = short
  return (
    short.size === 1 &&
    letters.length <= 4 &&
    letters.length === long.size &&
    !long.has(letters) &&
    [...long].map((word) => word[0]).join("") === letters
  )
}

// What labels cut shorter is written out by now: "mes" does not begin "mesero".
const begins = (short: string, long: string) => short === long || (short.length >= 4 && long.startsWith(short))

const meantBy = (words: ReadonlySet<string>) => new Set([...words].map((word) => said.get(word) ?? word))

/** 0 to 1: how far two labels are the same words. */
export const alike = (one: ReadonlySet<string>, other: ReadonlySet<string>) => {
  if (one.size === 0 || other.size === 0) return 0
  if (abbreviates(one, other) || abbreviates(other, one)) return one.size + other.size > 2 ? 0.9 : 0.45
  const [a, b] = [meantBy(one), meantBy(other)]
  const shared = [...a].filter((word) => [...b].some((other) => begins(word, other) || begins(other, word))).length
  return shared / Math.max(a.size, b.size)
}

export const likeness = (one: string, other: string) => alike(wordsOf(one), wordsOf(other))
