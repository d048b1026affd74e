import { elementOf, nameOf } from "./page/SameButton.ts"
import type { Look, SeenButton } from "./page/Tab.ts"
import type { Form } from "./plan/Form.ts"
import { type FieldRole, isOurs } from "./portal/FieldRole.ts"
import { bare, plain } from "./portal/Plain.ts"

const maxFailures = 3
/** So many steps of one wizard may bear the same "Siguiente". */
const maxUses = 16

interface Pressing {
  readonly button: SeenButton
  readonly key: string
}

/** What a run remembers of its presses, so that none is made twice that was made, and each that was not is made again. */
export class PressMemory {
  /** The last one of the agent. */
  last: SeenButton | undefined
  /** The page that it was made on asked for these. */
  roles: ReadonlySet<FieldRole> = new Set()
  /** How many were made by the agent, and such as may stamp by its user. */
  count = 0
  /** Of the last press, by what the page asked for when it was made: a notice may lie over it now. */
  private lastKey = ""
  /** The last press that carried a form on, with what that asked for. */
  private sent: (Pressing & { readonly roles: ReadonlySet<FieldRole> }) | undefined
  private readonly keys = new Set<string>()
  /** What the form asked for when an element was pressed. */
  private readonly madeFor = new Map<string, ReadonlyArray<string>>()
  private readonly uses = new Map<string, number>()
  private readonly failures = new Map<string, number>()
  private readonly stamps = new Set<string>()
  private readonly lost = new Set<string>()
  private seenBefore: ReadonlySet<string> = new Set()
  /** What the page asks for now: the "Siguiente" of the next step is another one. */
  private scene = ""
  private asked: ReadonlyArray<string> = []
  private fields: Form["fields"] = []

  /** The page as it was looked at last. */
  arrive(look: Look, form: Form) {
    this.fields = form.fields.filter(({ control }) => control.kind !== "checkbox")
    this.asked = this.fields.map(({ key }) => key)
    this.scene = [...this.asked, ...look.dialogs.map(({ text }) => plain(text))].join("|")
  }

  make(look: Look, form: Form, button: SeenButton) {
    this.last = button
    this.lastKey = this.keyOf(button)
    this.roles = form.roles
    this.count++
    if (form.roles.size > 0) this.sent = { button, key: this.lastKey, roles: form.roles }
    this.keys.add(this.lastKey)
    this.madeFor.set(elementOf(button), this.asked)
    this.seenBefore = new Set(look.buttons.map(elementOf))
    this.uses.set(nameOf(button), (this.uses.get(nameOf(button)) ?? 0) + 1)
  }

  wasPressed(button: SeenButton) {
    const before = this.madeFor.get(elementOf(button))
    // All that it was pressed for still stands there: it is not the button of another step.
    const stands = before !== undefined && before.length > 0 && before.every((key) => this.asked.includes(key))
    if (stands && !this.asksMoreBefore(button, before)) return true
    return this.keys.has(this.keyOf(button)) || (this.uses.get(nameOf(button)) ?? 0) >= maxUses
  }

  private asksMoreBefore({ frame, order }: SeenButton, before: ReadonlyArray<string>) {
    return this.fields.some(
      ({ key, control }) => control.frame === frame && control.order < order && !before.includes(key)
    )
  }

  /** Was this very element pressed, whatever has changed around it? What may have stamped is never pressed again. */
  wasUsed(button: SeenButton) {
    return this.madeFor.has(elementOf(button))
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
    this.forget({ button, key })
    const failures = (this.failures.get(key) ?? 0) + 1
    this.failures.set(key, failures)
    return failures <= maxFailures
  }

  /** The portal's own question told that the press makes the invoice, and was denied: it is to be made as what it is. */
  holdBack() {
    if (this.last) this.stamps.add(elementOf(this.last))
    this.takeBack()
  }

  /** Has the portal told that it makes the invoice, whatever is written on it? */
  isStamp(button: SeenButton) {
    return this.stamps.has(elementOf(button))
  }

  /** The last press may be made again. */
  takeBack() {
    if (this.last) this.forget({ button: this.last, key: this.lastKey })
  }

  private forget({ button, key }: Pressing) {
    this.keys.delete(key)
    this.madeFor.delete(elementOf(button))
  }

  /** What it was to send is written anew: the page was drawn again under the press, or wants it in another form. */
  loseWith(form: Form, given: ReadonlySet<FieldRole>) {
    const { sent } = this
    const asked = ({ role }: Form["fields"][number]) => isOurs(role) && sent?.roles.has(role) && given.has(role)
    const again = form.entries.flatMap((entry) => (entry._tag === "Type" && asked(entry.field) ? [entry] : []))
    const emptied = form.fields.filter(asked).every(({ control }) => control.value === "")
    const rewritten = again.some(
      ({ field, text }) => field.control.value !== "" && bare(field.control.value) === bare(text)
    )
    if (!sent || again.length === 0 || !(emptied || rewritten) || this.lost.has(sent.key)) return
    this.lost.add(sent.key)
    this.forget(sent)
  }

  private keyOf(button: SeenButton) {
    return `${this.scene} ${nameOf(button)}`
  }
}
