import type { SeenButton } from "../page/Tab.ts"
import type { Fact } from "../portal/Facts.ts"
import { type FieldRole, isOurs } from "../portal/FieldRole.ts"
import { asksToConfirm } from "../portal/Outcome.ts"
import { plain } from "../portal/Plain.ts"
import { formOf } from "./Aside.ts"
import { confirmPress, noticePress } from "./DialogPress.ts"
import type { Form } from "./Form.ts"
import type { Front } from "./Front.ts"
import { type Candidate, leavesPage, pressesIn } from "./Presses.ts"
import { stalePress } from "./StalePress.ts"
import { brandPress, registerPress, rowPress, startPress } from "./StartPress.ts"

const enabling = /habilit|activ|desbloque|comenz|empez|inici/
// "Agregar otro receptor": for who is not in the list yet.
const adds = /\b(otr[oa]|nuev[oa])\b/
const preview = /vista previa|previsualiz|preview/

/** "Quiero mi comprobante": the one button that sends the form off, whatever it is called. */
const onlySubmit = (
  front: Front,
  forms: ReadonlySet<number>,
  wasPressed: (button: SeenButton) => boolean
): Candidate | undefined => {
  const submits = pressesIn(front).filter(
    ({ button, press }) => button.submits && forms.has(button.form) && press !== "back"
  )
  const [only] = submits
  return only?.press === "none" && submits.length === 1 && !wasPressed(only.button)
    ? { button: only.button, press: "next" }
    : undefined
}

/** Some are entered by RFC and e-mail alone. */
const enters = ({ button, press }: Candidate) =>
  press === "login" && /^(entrar|ingresar|acceder|acceso|iniciar|inicia)\b/.test(plain(button.text))

/**
 * The button that carries a filled form on. Buttons belong to the fields that stand before them, so a "Buscar" beside
 * the ticket goes before the "Generar" at the end of the page; a preview is not needed where the stamp is there.
 */
const formPress = (front: Front, form: Form, { presses, given }: Memory): Candidate | undefined => {
  const wasPressed = (button: SeenButton) => presses.wasPressed(button)
  const ours = form.fields.filter((field) => isOurs(field.role) || form.known.has(field))
  const [first] = ours
  if (!first) return undefined
  const forms = new Set(ours.map(({ control }) => control.form))
  // Fields that are all inert wait for something that may stand before them.
  const inert = ours.every(({ control }) => !control.enabled)
  const mine = pressesIn(front).filter(({ button, press }) => {
    const onward = press === "next" || press === "stamp" || press === "accept" || enters({ button, press })
    if (!onward && !(press === "start" && !leavesPage(button))) return false
    if (wasPressed(button) || (leavesPage(button) && !button.submits)) return false
    if (form.aside.has(formOf(button))) return false
    if (adds.test(plain(button.text)) && (form.receiverChosen || given.has("rfc"))) return false
    if (inert && enabling.test(plain(button.text))) return true
    if (button.role === "tab") return false
    return (button.form !== 0 && forms.has(button.form)) || button.order > first.control.order
  })
  // A button of another frame carries a form on only where the form's own frame has none.
  const near = mine.filter(({ button }) => button.frame === first.control.frame)
  const candidates = near.length > 0 ? near : mine
  const fieldBefore = ({ button }: Candidate) => form.fields.findLast(({ control }) => control.order < button.order)
  const useful = candidates.filter((candidate) => {
    const before = fieldBefore(candidate)
    return before === undefined || isOurs(before.role) || before.role === undefined || forms.has(candidate.button.form)
  })
  const last = ours.at(-1)?.control.order ?? 0
  const stamps = useful.filter(({ press }) => press === "stamp")
  const stamp = stamps.find(({ button }) => button.order > last) ?? stamps[0]
  const next = useful.find(
    ({ press, button }) =>
      press === "next" && !(stamp && (button.order > stamp.button.order || preview.test(plain(button.text))))
  )
  return (
    next ??
    stamp ??
    useful.find(({ press }) => press === "accept") ??
    useful.find(({ press, button }) => press === "start" && button.order > last) ??
    useful.find(enters) ??
    onlySubmit(front, forms, wasPressed)
  )
}

const loginPress = (front: Front, { login }: Form, wasPressed: (button: SeenButton) => boolean) => {
  if (!login) return undefined
  const { control } = login.password
  const after = pressesIn(front).filter(
    ({ button }) => button.order > control.order && button.form === control.form && !wasPressed(button)
  )
  return (
    after.find(({ press, button }) => press === "login" && !leavesPage(button)) ??
    after.find(({ press }) => press === "accept" || press === "next")
  )
}

/** The text that has to be opened before it can be agreed to. */
const termsPress = (
  front: Front,
  { lockedConsent }: Form,
  wasPressed: (button: SeenButton) => boolean
): Candidate | undefined => {
  if (!lockedConsent) return undefined
  const button = front.buttons.find(
    ({ text, enabled, ...seen }) =>
      enabled && /terminos|condiciones|aviso|privacidad/.test(plain(text)) && !wasPressed({ text, enabled, ...seen })
  )
  return button && { button, press: "start" }
}

export interface Memory {
  readonly given: ReadonlySet<FieldRole>
  readonly presses: {
    readonly wasPressed: (button: SeenButton) => boolean
    readonly isNew: (button: SeenButton) => boolean
  }
}

// A list that is drawn as a button says what was chosen in it.
const withoutLists = (front: Front, { fields }: Form): Front => ({
  ...front,
  buttons: front.buttons.filter(
    ({ frame, ref }) => !fields.some(({ control }) => control.frame === frame && control.ref === ref)
  )
})

/** What to press on a page whose form is filled, or that has none; nothing where nothing leads on. */
export const nextPress = (
  whole: Front,
  form: Form,
  memory: Memory,
  facts: ReadonlyArray<Fact>
): Candidate | undefined => {
  const front = withoutLists(whole, form)
  const wasPressed = (button: SeenButton) => memory.presses.wasPressed(button)
  if (front.dialog !== 0 && form.fields.length === 0) {
    const confirmed = asksToConfirm(front.dialogText) ? confirmPress(front, wasPressed) : undefined
    const candidate = confirmed ?? noticePress(front)
    if (candidate && !wasPressed(candidate.button)) return candidate
  }
  // What is pressed once the taxpayer was told may be the stamp: a row is none.
  const row = memory.given.has("rfc") ? undefined : rowPress(front, facts, wasPressed)
  if (row) return row
  const pressed = loginPress(front, form, wasPressed) ?? formPress(front, form, memory)
  // A consent that is still locked is opened last of all before the stamp.
  const candidate = pressed && pressed.press !== "stamp" ? pressed : (termsPress(front, form, wasPressed) ?? pressed)
  if (candidate?.press === "stamp" || candidate?.press === "next")
    return stalePress(front, form, facts, wasPressed) ?? candidate
  if (candidate) return candidate
  const register = memory.given.has("rfc") && !memory.given.has("name") ? registerPress(front, wasPressed) : undefined
  if (register) return register
  const open = form.fields.some(({ role, control }) => isOurs(role) && !control.readOnly)
  if (open) return undefined
  // A page that only shows: what was found, or all that was typed, with a button to go on.
  const onward = pressesIn(front).filter(
    ({ button, press }) =>
      !wasPressed(button) &&
      // A link that came with what was found says "Sí es, continuar"; one that "timbra" is its maker's.
      (!leavesPage(button) || (press !== "stamp" && memory.given.size > 0 && memory.presses.isNew(button)))
  )
  const shown =
    memory.given.size > 0
      ? (["stamp", "next", "accept"] as const).map((kind) => onward.find(({ press }) => press === kind)).find(Boolean)
      : undefined
  return (
    shown ??
    brandPress(front, facts, wasPressed) ??
    startPress(front, wasPressed) ??
    // What was chosen by pressing it is gone on with.
    onward.find(({ press }) => press === "next")
  )
}

const looksUp =
  /^(editar|modificar|actualizar|corregir|cambiar)\b|buscar|validar|consultar|verificar|agregar|anadir|comprobar|localizar|vista previa|previsualiz|preview|search|add\b/

/**
 * May this press stamp the invoice? Nothing can be stamped for a taxpayer that the portal was not told; where it was,
 * every press may that does not plainly look something up: on some portals "Siguiente" is the last word.
 */
export const mayStamp = ({ button, press }: Candidate, given: ReadonlySet<FieldRole>) => {
  const fiscal = (["name", "postalCode", "regime", "use"] as const).filter(
    (role) => given.has(role) || (role === "name" && given.has("firstName"))
  )
  if (press === "stamp") return given.has("rfc") || fiscal.length > 0
  if (press === "dismiss" || looksUp.test(plain(button.text))) return false
  return fiscal.length >= 2
}
