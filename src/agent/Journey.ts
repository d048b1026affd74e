import { Duration } from "effect"
import { PressMemory } from "./PressMemory.ts"
import { linkOf } from "./page/SameButton.ts"
import type { Look, SeenButton } from "./page/Tab.ts"
import type { Form } from "./plan/Form.ts"
import { type Heard, type Saying, textsOf } from "./plan/Hear.ts"
import type { FieldRole } from "./portal/FieldRole.ts"
import { plain } from "./portal/Plain.ts"
import { listsOurs } from "./portal/Press.ts"

const maxFills = 4

/** What a run remembers of its way through one portal. */
export class Journey {
  readonly presses = new PressMemory()
  /** What was typed or chosen so far, by what it is. */
  readonly given = new Set<FieldRole>()
  /** Was anything said of the ticket or the taxpayer yet? A log-in says nothing of them. */
  hasTold = false
  /** The texts that stood there before the last press: what is not among them is an answer. */
  textsBefore: ReadonlySet<string> = new Set()
  heardDialogs = 0
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
  /** The portal has shown a way to the list of its user's invoices. */
  keepsList = false
  /** It said nothing after the stamp: the invoice is looked for in that list. */
  searching = false
  /** The portal's word that this ticket has its invoice, while that is looked for. */
  alreadyInvoiced: Heard | undefined

  /** Lists that had nothing in them when they were opened: a press may fill them. */
  readonly emptyLists = new Set<string>()
  /** What a notice said that was put away since the form was last worked on. */
  putAway: ReadonlyArray<Saying> = []
  /** The portal's word that something is not filled in, until that is seen to. */
  lacks: Heard | undefined
  /** The portal's word that it has no such ticket, when that was written in the groups that the ticket prints it in. */
  refusedGrouped: Heard | undefined
  private pressedSinceInvoiced = false
  private readonly done = new Set<string>()
  private readonly fills = new Map<string, number>()
  atFirst: ReadonlySet<string> | undefined
  private linksAtFirst: ReadonlySet<string> | undefined

  beforePress(look: Look, form: Form, button: SeenButton, dialogs: number) {
    this.emptyLists.clear()
    this.hearAfresh(look, dialogs)
    this.presses.make(look, form, button)
    if (this.alreadyInvoiced) this.pressedSinceInvoiced = true
    this.progressed()
  }

  /** What stands there now is no answer to anything. */
  hearAfresh(look: Look, dialogs: number) {
    this.textsBefore = textsOf(look)
    this.heardDialogs = dialogs
  }

  arrive(look: Look, form: Form) {
    this.atFirst ??= textsOf(look)
    this.linksAtFirst ??= new Set(look.buttons.map(linkOf))
    this.keepsList ||= look.buttons.some(({ text }) => listsOurs.test(plain(text)))
    this.presses.arrive(look, form)
  }

  /** Did it stand on the first page, before anything was typed? A shop's own RFC does. */
  isFurniture(text: string) {
    return this.atFirst?.has(plain(text)) ?? false
  }

  /** Does it lead to where it led before anything was typed? A site's own menu does. */
  isMenu(button: SeenButton) {
    return button.href !== "" && (this.linksAtFirst?.has(linkOf(button)) ?? false)
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
    this.presses.takeBack()
  }

  /** A person has told what was lacking: what was pressed in vain may be pressed again. */
  answered() {
    this.presses.takeBack()
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
}
