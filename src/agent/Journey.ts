import { Duration } from "effect"
import { elementOf, linkOf, nameOf } from "./page/SameButton.ts"
import type { Look, SeenButton } from "./page/Tab.ts"
import type { Form } from "./plan/Form.ts"
import { type Heard, type Saying, textsOf } from "./plan/Hear.ts"
import { type FieldRole, isOurs } from "./portal/FieldRole.ts"
import { bare, plain } from "./portal/Plain.ts"

const maxFills = 4
const maxFailures = 3
/** So many steps of one wizard may bear the same "Siguiente". */
const maxUses = 8

interface Pressing {
  readonly button: SeenButton
  readonly key: string
}

/** What a run remembers of its way through one portal. */
export class Journey {
  /** What was typed or chosen so far, by what it is. */
  readonly given = new Set<FieldRole>()
  /** Was anything said of the ticket or the taxpayer yet? A log-in says nothing of them. */
  hasTold = false
  /** The texts that stood there before the last press: what is not among them is an answer. */
  textsBefore: ReadonlySet<string> = new Set()
  heardDialogs = 0
  pressed: SeenButton | undefined
  /** The page that the last press was made on asked for these. */
  formRoles: ReadonlySet<FieldRole> = new Set()
  /** The last press that carried a form on, with what that asked for. */
  private sent: (Pressing & { readonly roles: ReadonlySet<FieldRole> }) | undefined
  /** How much was done so far: a portal that never ends is left. */
  acts = 0
  private progressAt = performance.now()
  stampedAt = 0
  stamping = false
  /** The intent to submit is committed. */
  intended = false
  /** The user has said yes to submitting. */
  confirmed = false
  /** When the portal first said that all went well, and whether it said that the invoice was mailed. */
  successAt: number | undefined
  emailed = false
  /** The portal's word that this ticket has its invoice, while that is looked for. */
  alreadyInvoiced: Heard | undefined

  /** What the page asks for: the "Siguiente" of the next step is another one. */
  private scene = ""
  /** Lists that had nothing in them when they were opened: a press may fill them. */
  readonly emptyLists = new Set<string>()
  /** What a notice said that was put away since the form was last worked on. */
  putAway: ReadonlyArray<Saying> = []
  /** The portal's word that something is not filled in, until that is seen to. */
  lacks: Heard | undefined
  private pressedSinceInvoiced = false
  private readonly failures = new Map<string, number>()
  private readonly presses = new Map<string, number>()
  /** What the form asked for when an element was pressed. */
  private readonly pressedFor = new Map<string, ReadonlyArray<string>>()
  private seenBefore: ReadonlySet<string> = new Set()
  private asked: ReadonlyArray<string> = []
  private fields: Form["fields"] = []
  private readonly uses = new Map<string, number>()
  /** Of the last press, by what the page asked for when it was made: a notice may lie over it now. */
  private pressedKey = ""
  private readonly done = new Set<string>()
  private readonly fills = new Map<string, number>()
  atFirst: ReadonlySet<string> | undefined
  private linksAtFirst: ReadonlySet<string> | undefined

  beforePress(look: Look, form: Form, button: SeenButton, dialogs: number) {
    this.formRoles = form.roles
    this.emptyLists.clear()
    this.hearAfresh(look, dialogs)
    this.pressed = button
    if (this.alreadyInvoiced) this.pressedSinceInvoiced = true
    this.progressed()
    this.pressedKey = this.keyOf(button)
    if (form.roles.size > 0) this.sent = { button, key: this.pressedKey, roles: form.roles }
    this.presses.set(this.pressedKey, (this.presses.get(this.pressedKey) ?? 0) + 1)
    this.pressedFor.set(elementOf(button), this.asked)
    this.seenBefore = new Set(look.buttons.map(elementOf))
    this.uses.set(nameOf(button), (this.uses.get(nameOf(button)) ?? 0) + 1)
  }

  /** What stands there now is no answer to anything. */
  hearAfresh(look: Look, dialogs: number) {
    this.textsBefore = textsOf(look)
    this.heardDialogs = dialogs
  }

  arrive(look: Look, form: Form) {
    this.atFirst ??= textsOf(look)
    this.linksAtFirst ??= new Set(look.buttons.map(linkOf))
    this.fields = form.fields.filter(({ control }) => control.kind !== "checkbox")
    this.asked = this.fields.map(({ key }) => key)
    this.scene = [...this.asked, ...look.dialogs.map(({ text }) => plain(text))].join("|")
  }

  /** Did it stand on the first page, before anything was typed? A shop's own RFC does. */
  isFurniture(text: string) {
    return this.atFirst?.has(plain(text)) ?? false
  }

  /** Does it lead to where it led before anything was typed? A site's own menu does. */
  isMenu(button: SeenButton) {
    return button.href !== "" && (this.linksAtFirst?.has(linkOf(button)) ?? false)
  }

  wasPressed(button: SeenButton) {
    const before = this.pressedFor.get(elementOf(button))
    // All that it was pressed for still stands there: it is not the button of another step.
    if (
      before &&
      before.length > 0 &&
      before.every((key) => this.asked.includes(key)) &&
      !this.asksMoreBefore(button, before)
    )
      return true
    return this.presses.has(this.keyOf(button)) || (this.uses.get(nameOf(button)) ?? 0) >= maxUses
  }

  private asksMoreBefore({ frame, order }: SeenButton, before: ReadonlyArray<string>) {
    return this.fields.some(
      ({ key, control }) => control.frame === frame && control.order < order && !before.includes(key)
    )
  }

  /** Was this very element pressed, whatever has changed around it? What may have stamped is never pressed again. */
  wasUsed(button: SeenButton) {
    return this.pressedFor.has(elementOf(button))
  }

  /** Has it come with the answer to the last press? */
  isNew(button: SeenButton) {
    return !this.seenBefore.has(elementOf(button))
  }

  /** Could it not be pressed before, as where something lies over it once it is scrolled to? */
  hasFailed(button: SeenButton) {
    return this.failures.has(this.keyOf(button))
  }

  /** The last press of it could not be made: three times it may be tried again. */
  mayPressAgain(button: SeenButton) {
    const key = this.keyOf(button)
    this.presses.delete(key)
    this.pressedFor.delete(elementOf(button))
    const failures = (this.failures.get(key) ?? 0) + 1
    this.failures.set(key, failures)
    return failures <= maxFailures
  }

  /** Was anything pressed since the portal said that the ticket has its invoice? */
  get hasAskedForOldFile() {
    return this.alreadyInvoiced !== undefined && this.pressedSinceInvoiced
  }

  /** A form that will not keep what is typed is not typed into for ever. */
  mayFill(form: Form) {
    const key = form.entries.map((entry) => (entry._tag === "Tick" ? plain(entry.label) : entry.field.key)).join("|")
    const times = (this.fills.get(key) ?? 0) + 1
    this.fills.set(key, times)
    return times <= maxFills
  }

  beginStamp() {
    this.stamping = true
    this.stampedAt = performance.now()
  }

  /** The press has done its work, which was not the stamp. */
  stepped() {
    this.stamping = false
  }

  /** The press led to another question, or never left the page: it is to be made again. */
  notStampedAfterAll() {
    this.stamping = false
    this.forgetPress()
  }

  private forgetPress() {
    if (this.pressed) this.forget({ button: this.pressed, key: this.pressedKey })
  }

  private forget({ button, key }: Pressing) {
    this.presses.delete(key)
    this.pressedFor.delete(elementOf(button))
  }

  /** What it was to send is written anew: the page was drawn again under the press, or wants it in another form. */
  lostPress(form: Form) {
    const { sent } = this
    const asked = ({ role }: Form["fields"][number]) => isOurs(role) && sent?.roles.has(role) && this.given.has(role)
    const again = form.entries.flatMap((entry) => (entry._tag === "Type" && asked(entry.field) ? [entry] : []))
    const emptied = form.fields.filter(asked).every(({ control }) => control.value === "")
    const rewritten = again.some(
      ({ field, text }) => field.control.value !== "" && bare(field.control.value) === bare(text)
    )
    const lost = again.length > 0 && (emptied || rewritten)
    if (sent && lost && this.firstTime(`lost ${sent.key}`)) this.forget(sent)
  }

  /** A person has told what was lacking: what was pressed in vain may be pressed again. */
  answered() {
    this.forgetPress()
    this.progressed()
  }

  succeeded(emailed: boolean) {
    this.successAt ??= performance.now()
    this.emailed ||= emailed
  }

  /** True once for each thing that is to be done once. */
  firstTime(what: string) {
    if (this.done.has(what)) return false
    this.done.add(what)
    return true
  }

  /** Something was done: patience with the page begins anew. */
  progressed() {
    this.acts++
    this.progressAt = performance.now()
  }

  sinceProgress() {
    return Duration.millis(performance.now() - this.progressAt)
  }

  sinceStamp() {
    return Duration.millis(performance.now() - this.stampedAt)
  }

  private keyOf(button: SeenButton) {
    return `${this.scene} ${nameOf(button)}`
  }
}
