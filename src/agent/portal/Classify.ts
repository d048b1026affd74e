import type { Control } from "../page/Look.ts"
import type { FieldRole } from "./FieldRole.ts"
import { plain, words } from "./Plain.ts"
import { vocabulary } from "./Vocabulary.ts"

/** How strongly something speaks for each role; roles it does not speak for are absent. */
export type Scores = ReadonlyMap<FieldRole, number>

/** Below this a role is a guess. */
export const clear = 5
/** The best role has to lead the second by this much. */
const margin = 1

const addTo = (scores: Map<FieldRole, number>, role: FieldRole, score: number) =>
  scores.set(role, Math.max(score, scores.get(role) ?? 0))

// "Consumo sin propina" is about the consumo, and "Motivo de la compra" about neither.
const asides = /\bmotivo( del?( la)? [a-z]+)?|\b(sin|con|mas|incluye(ndo)?|incluida?) (la )?propina( incluida)?\b/g

/** What a label says. Spanish puts the head of a phrase first: "fecha del ticket" is a date. */
export const readLabel = (label: string): Scores => {
  const scores = new Map<FieldRole, number>()
  const text = plain(label)
    .replace(asides, " ")
    .replace(/^[^\p{L}\d$#]+/u, "")
    .trim()
  if (text.length === 0 || text.length > 120) return scores
  for (const [role, pattern, weight] of vocabulary) {
    const found = pattern.exec(text)
    if (found) addTo(scores, role, weight + (found.index <= 1 ? 2 : 0))
  }
  return scores
}

/** "Código" with "postal" behind it or inside: what only the two together say. */
const readAcross = (label: string, other: string): Scores => {
  const scores = new Map<FieldRole, number>()
  const head = plain(label).replace(/[*:]/g, "").trim()
  if (head === "" || other === "" || other.length > 60) return scores
  const text = `${head} ${plain(other)}`
  for (const [role, pattern, weight] of vocabulary) {
    const found = pattern.exec(text)
    if (found && found.index < head.length && found.index + found[0].length > head.length + 1)
      addTo(scores, role, weight)
  }
  return scores
}

const types: Readonly<Record<string, readonly [FieldRole, number]>> = {
  email: ["email", 7],
  date: ["date", 7],
  calendar: ["date", 12],
  time: ["time", 7],
  password: ["password", 7],
  search: ["search", 4]
}

const completions: Readonly<Record<string, FieldRole>> = {
  email: "email",
  "postal-code": "postalCode",
  name: "name",
  organization: "name",
  "given-name": "firstName",
  "family-name": "surnames",
  tel: "phone",
  username: "username",
  "current-password": "password",
  "one-time-code": "otp"
}

/** "Capture el total de la venta" below a field that is called "Venta". */
const demanded =
  /^(?:captur|escrib|indi[cq]|ingres|introduz|proporcion|tecle)\S* (?:(?:el|la|los|las|su|tu) )?(.{3,50})$/

const sources: ReadonlyArray<readonly [(control: Control) => string, number]> = [
  [(control) => control.label, 1],
  [(control) => control.placeholder, 0.8],
  [({ hint }) => demanded.exec(plain(hint))?.[1] ?? "", 0.9],
  [(control) => control.title, 0.6],
  [(control) => words(control.name), 0.5],
  [(control) => words(control.id), 0.45],
  [(control) => control.group, 0.3]
]

const looksLikeRfc = (text: string) => /^[A-ZÑ&]{3,4}-?\d{6}-?[A-Z0-9]{3}$/i.test(text.trim())

/** What a control is for: the visible label first, the code's names last, with the shape of its value. */
export const readControl = (control: Control): Scores => {
  const scores = new Map<FieldRole, number>()
  const named = control.label !== "" || control.placeholder !== ""
  for (const [read, share] of sources) {
    // Where nothing visible names it, the code's names are all there is.
    const weight = named ? share : Math.min(1, share * 1.6)
    for (const [role, score] of readLabel(read(control))) {
      // A second source that agrees adds a little.
      const known = scores.get(role) ?? 0
      const weighed = score * weight
      scores.set(role, Math.max(known, weighed) + Math.min(known, weighed) * 0.1)
    }
  }
  for (const beside of [control.placeholder, control.hint])
    for (const [role, score] of readAcross(control.label, beside)) addTo(scores, role, score)
  const byType = types[control.type]
  if (byType) addTo(scores, byType[0], (scores.get(byType[0]) ?? 0) * 0.3 + byType[1])
  const completion = completions[control.autocomplete]
  // A code for one time is called whatever any other is: only the browser's own word for it tells them apart.
  if (completion) addTo(scores, completion, completion === "otp" ? 20 : 6)
  if (/captcha/i.test(`${control.name} ${control.id}`)) addTo(scores, "captcha", 14)
  if (/^\$ ?[\d.,]+$/.test(control.value)) addTo(scores, "total", 10)
  if (/\$|\bpesos\b|centavos|decimales/.test(plain(`${control.hint} ${control.placeholder}`))) addTo(scores, "total", 6)
  if (
    /(caracteres|letras|texto|codigo|numeros)( \S+){0,4} (imagen|ve\b|ves\b|muestra|aparecen?)/.test(
      plain(`${control.hint} ${control.placeholder} ${control.title}`)
    ) &&
    /imagen|captcha|caracteres/.test(plain(`${control.hint} ${control.placeholder}`))
  )
    addTo(scores, "captcha", 14)
  if (/ultim[oa]s (4|cuatro)|(4|cuatro) ultim[oa]s/.test(plain(`${control.hint} ${control.placeholder}`)))
    addTo(scores, "card", 14)
  if (looksLikeRfc(control.placeholder)) addTo(scores, "rfc", 9)
  if (/^\d{5}$/.test(control.placeholder) && control.maxLength === 5) addTo(scores, "postalCode", 5)
  if (control.kind === "checkbox") return new Map()
  return scores
}

export interface Reading {
  readonly role: FieldRole
  readonly score: number
}

/** The one role that is clear of all others. */
export const best = (scores: Scores): Reading | undefined => {
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a)
  if (!first || first[1] < clear) return undefined
  if (second && first[1] - second[1] < margin) return undefined
  return { role: first[0], score: first[1] }
}
