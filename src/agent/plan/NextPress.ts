import type { SeenButton } from "../page/Tab.ts"
import type { Fact } from "../portal/Facts.ts"
import { type FieldRole, isOurs } from "../portal/FieldRole.ts"
import { likeness } from "../portal/Match.ts"
import { findOption } from "../portal/Options.ts"
import { asksToConfirm } from "../portal/Outcome.ts"
import { plain } from "../portal/Plain.ts"
import { type Press, pressOf } from "../portal/Press.ts"
import { siteOf } from "../portal/Site.ts"
import { type Form, formOf } from "./Form.ts"
import type { Front } from "./Front.ts"

export interface Candidate {
  readonly button: SeenButton
  readonly press: Press
}

const enabling = /habilit|activ|desbloque|comenz|empez|inici/
// "Agregar otro receptor": for who is not in the list yet.
const adds = /\b(otr[oa]|nuev[oa])\b/
const preview = /vista previa|previsualiz|preview/

/** A link to another document, or to this one anew; not one that a script hangs on. */
const leavesPage = ({ href, frame }: SeenButton) => {
  const to = URL.parse(href)
  if (!to || !/^https?:$/.test(to.protocol)) return false
  return !href.includes("#") || href.split("#")[0] !== frame.url().split("#")[0]
}

// A tab shows another part of the page, whatever it is called.
const kindOf = (button: SeenButton): Press => {
  const press = pressOf(button)
  return button.role === "tab" && press !== "recover" && press !== "none" ? "start" : press
}

export const pressesIn = (front: Front): ReadonlyArray<Candidate> =>
  front.buttons.filter(({ enabled }) => enabled).map((button) => ({ button, press: kindOf(button) }))

/**
 * The button that carries a filled form on. Buttons belong to the fields that stand before them, so a "Buscar" beside
 * the ticket goes before the "Generar" at the end of the page; a preview is not needed where the stamp is there.
 */
const formPress = (front: Front, form: Form, { wasPressed, given }: Pressed): Candidate | undefined => {
  const ours = form.fields.filter(({ role }) => isOurs(role))
  const [first] = ours
  if (!first) return undefined
  const forms = new Set(ours.map(({ control }) => control.form))
  // Fields that are all inert wait for something that may stand before them.
  const inert = ours.every(({ control }) => !control.enabled)
  const mine = pressesIn(front).filter(({ button, press }) => {
    if (press !== "next" && press !== "stamp" && press !== "accept" && !(press === "start" && !leavesPage(button)))
      return false
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
    useful.find(({ press, button }) => press === "start" && button.order > last)
  )
}

/** What closes a notice, or agrees to what it says. */
export const noticePress = (front: Front): Candidate | undefined => {
  const all = pressesIn(front)
  for (const wanted of ["dismiss", "accept", "next"] as const) {
    const found = all.find(({ press }) => press === wanted)
    if (found) return found
  }
  return undefined
}

/** What puts something away that lies over the page. */
export const dismissals = (front: Front): ReadonlyArray<Candidate> =>
  pressesIn(front).filter(({ press, button }) => press === "dismiss" && !button.covered)

/** A dialog with a yes and a no, or with the stamp itself: a question even where it does not ask. */
export const offersChoice = (front: Front) => {
  const kinds = new Set(pressesIn(front).map(({ press }) => press))
  const yes = front.buttons.length > 1 && front.buttons.some(({ text }) => /^(si|yes)\b/.test(plain(text)))
  return yes || kinds.has("stamp") || (kinds.has("back") && (kinds.has("accept") || kinds.has("next")))
}

/** In a dialog or on a page that asks for a last word: the yes. */
export const confirmPress = (front: Front, wasPressed: (button: SeenButton) => boolean): Candidate | undefined => {
  const all = pressesIn(front).filter(({ button }) => !wasPressed(button) && !(leavesPage(button) && !button.submits))
  for (const wanted of ["stamp", "accept", "next"] as const) {
    const found = all.find(({ press }) => press === wanted)
    if (found) return found
  }
  return undefined
}

/** Where a portal serves many shops: the one that the ticket names. */
const brandPress = (
  front: Front,
  facts: ReadonlyArray<Fact>,
  wasPressed: (button: SeenButton) => boolean
): Candidate | undefined => {
  const shops = front.buttons
    .filter((button) => button.enabled && !wasPressed(button) && /\p{L}{3}/u.test(button.text))
    .map((button) => ({ text: button.text, value: "", disabled: false, button }))
  const named = facts.filter(({ label, value }) => label !== "" && /\p{L}{4}/u.test(value))
  const exact = named.flatMap((fact) => {
    const shop = findOption(shops, fact)
    return shop && likeness(shop.text, fact.value) === 1 ? [shop] : []
  })
  const [shop] = exact
  return shop && { button: shop.button, press: "start" }
}

const startWords: ReadonlyArray<readonly [RegExp, number]> = [
  [
    /factur(a|ar|e|ela) (tu|su|mi|el|aqui|ahora|en linea|ticket|compra|consumo)|genera(r)? (tu|su|mi)? ?factura|obten (tu|su) factura|solicita(r)? (tu|su)? ?factura/,
    5
  ],
  [/facturacion( (electronica|en linea|web|cfdi))?|autofactura|facturar|facturame|cfdi|invoice/, 4],
  [/factura/, 2]
]

/** On a page without a form of ours: the way to it. */
const startPress = (front: Front, wasPressed: (button: SeenButton) => boolean): Candidate | undefined =>
  pressesIn(front)
    .filter(({ press, button }) => (press === "start" || press === "stamp") && !wasPressed(button))
    .map((candidate) => ({
      candidate,
      score:
        startWords.find(([pattern]) =>
          pattern.test(plain(`${candidate.button.text} ${candidate.button.href.split("/").pop() ?? ""}`))
        )?.[1] ?? 0
    }))
    .sort((a, b) => b.score - a.score)[0]?.candidate

const leavesSite = ({ button }: Candidate) => leavesPage(button) && siteOf(button.href) !== siteOf(button.frame.url())

/** The ways to the files of an invoice, the XML first; what leads to another site after all that stays on this one. */
export const downloadPresses = (front: Front): ReadonlyArray<Candidate> => {
  const rank: ReadonlyArray<Press> = ["download_xml", "download", "download_pdf"]
  return pressesIn(front)
    .filter(({ press }) => rank.includes(press))
    .sort((a, b) => Number(leavesSite(a)) - Number(leavesSite(b)) || rank.indexOf(a.press) - rank.indexOf(b.press))
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

/** Who is not among the portal's customers yet becomes one. */
const registerPress = (front: Front, wasPressed: (button: SeenButton) => boolean): Candidate | undefined => {
  const button = front.buttons.find(
    (seen) =>
      seen.enabled &&
      /registra(te|rme|rse|r (mis|tus) datos)|(cliente|soy|usuario) nuevo|nuevo (cliente|usuario)|primera vez|dar(me|te|se) de alta|alta de cliente/.test(
        plain(seen.text)
      ) &&
      !wasPressed(seen)
  )
  return button && { button, press: "start" }
}

export interface Pressed {
  readonly given: ReadonlySet<FieldRole>
  readonly wasPressed: (button: SeenButton) => boolean
}

/** What to press on a page whose form is filled, or that has none; nothing where nothing leads on. */
export const nextPress = (
  front: Front,
  form: Form,
  memory: Pressed,
  facts: ReadonlyArray<Fact>
): Candidate | undefined => {
  const wasPressed = (button: SeenButton) => memory.wasPressed(button)
  if (front.dialog !== 0 && form.fields.length === 0) {
    const candidate = asksToConfirm(front.dialogText) ? confirmPress(front, wasPressed) : noticePress(front)
    if (candidate && !wasPressed(candidate.button)) return candidate
  }
  const pressed = loginPress(front, form, wasPressed) ?? formPress(front, form, { wasPressed, given: memory.given })
  // A consent that is still locked is opened last of all before the stamp.
  const candidate = pressed && pressed.press !== "stamp" ? pressed : (termsPress(front, form, wasPressed) ?? pressed)
  if (candidate) return candidate
  const register = memory.given.has("rfc") && !memory.given.has("name") ? registerPress(front, wasPressed) : undefined
  if (register) return register
  const open = form.fields.some(({ role, control }) => isOurs(role) && !control.readOnly)
  if (open) return undefined
  // A page that only shows: what was found, or all that was typed, with a button to go on.
  const onward = pressesIn(front).filter(({ button }) => !wasPressed(button) && !leavesPage(button))
  const shown =
    memory.given.size > 0
      ? (["stamp", "next", "accept"] as const).map((kind) => onward.find(({ press }) => press === kind)).find(Boolean)
      : undefined
  return shown ?? brandPress(front, facts, wasPressed) ?? startPress(front, wasPressed)
}

const looksUp =
  /buscar|validar|consultar|verificar|agregar|anadir|comprobar|localizar|vista previa|previsualiz|preview|search|add\b/

/**
 * May this press stamp the invoice? Nothing can be stamped for a taxpayer that the portal was not told; where it was,
 * every press may that does not plainly look something up: on some portals "Siguiente" is the last word.
 */
export const mayStamp = ({ button, press }: Candidate, given: ReadonlySet<FieldRole>) => {
  const fiscal = (["name", "postalCode", "regime", "use"] as const).filter(
    (role) => given.has(role) || (role === "name" && given.has("firstName"))
  )
  if (press === "stamp") return given.has("rfc") || fiscal.length > 0
  if (looksUp.test(plain(button.text))) return false
  return fiscal.length >= 2
}
