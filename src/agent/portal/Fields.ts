import type { SeenButton, SeenControl } from "../page/Tab.ts"
import { best, readControl, readLabel } from "./Classify.ts"
import type { FieldRole } from "./FieldRole.ts"
import { isPlaceholder } from "./Options.ts"
import { plain } from "./Plain.ts"
import { siteOf } from "./Site.ts"

/** A control together with what it is for, where that is clear. */
export interface Field {
  readonly control: SeenControl
  readonly role: FieldRole | undefined
  /** What it is called in a question to the user, and known by from look to look. */
  readonly key: string
  /** The radio buttons of one choice; empty for everything else. */
  readonly radios: ReadonlyArray<SeenControl>
}

/** A password's name holds its site, so that what was given for one is typed on no other. */
export const keyOf = (control: SeenControl) => {
  const said = plain(control.label || control.placeholder || control.title || control.name || control.id)
  const name = said.replace(/[\s*:✱]+$/, "")
  return control.kind === "password" ? `${name} @ ${siteOf(control.frame.url())}` : name
}

const codesOf = (texts: ReadonlyArray<string>, pattern: RegExp) =>
  texts.filter((text) => pattern.test(plain(text))).length

/** A list of SAT's codes, or of what they stand for, says what it is whatever its label. */
const roleByOptions = (texts: ReadonlyArray<string>): FieldRole | undefined => {
  const real = texts.filter((text) => !isPlaceholder(text))
  if (real.length < 2) return undefined
  const most = (count: number) => count >= Math.max(2, real.length * 0.5)
  if (
    most(codesOf(real, /^\W*(g0[1-3]|i0[1-8]|d(0[1-9]|10)|s01|cp01|cn01)\b|gastos en general|adquisicion de mercanc/))
  )
    return "use"
  if (
    most(
      codesOf(
        real,
        /^\W*6[0-2]\d\b|personas? morales|actividades empresariales|simplificado de confianza|sin obligaciones|sueldos y salarios|arrendamiento/
      )
    )
  ) {
    return "regime"
  }
  if (most(codesOf(real, /efectivo|tarjeta|transferencia|cheque|monedero/))) return "payment"
  if (real.length <= 4 && codesOf(real, /\bfisica\b/) === 1 && codesOf(real, /\bmoral\b/) === 1) return "personType"
  return undefined
}

const roleOf = (control: SeenControl): FieldRole | undefined => {
  const role = best(readControl(control))?.role ?? roleByOptions(control.options.map(({ text }) => text))
  // What a person may read while it is typed is the ticket's own word, not theirs.
  if (role === "password" && control.kind === "text") return "webId"
  // Nobody finds their own name in a list of a shop's: "Empresa" there is one of its own.
  return role === "name" && (control.kind === "select" || control.kind === "chooser") ? "store" : role
}

const listRoles = new Set<FieldRole>(["regime", "use", "payment", "store", "personType", "state", "city", "country"])

const minListWidth = 60

const drawnAsList = ({ className, popup }: SeenButton) =>
  popup !== "" || /select|dropdown|combo|picker|choose|chosen/i.test(className)

/** The label of a drawn list may float in it, behind what is chosen. */
const withFloatingLabel = (button: SeenButton): SeenButton => {
  const [, text = "", label] =
    /^(.*?)\s*\b(r[eé]gimen(?: fiscal)?|uso del? (?:la )?(?:cfdi|comprobante|factura)|forma de pago)[\s*:]*$/iu.exec(
      button.text
    ) ?? []
  return label !== undefined && drawnAsList(button) ? { ...button, text, label } : button
}

/** A clickable without a role that stands where a list of ours should: a replaced select. */
const asChooser = (seen: SeenButton): SeenControl | undefined => {
  const button = withFloatingLabel(seen)
  if (button.href !== "" || button.submits || button.label === "") return undefined
  // It opens a calendar or a window, not a list.
  if (button.popup === "dialog" || button.popup === "grid") return undefined
  // What a table shows, or is headed by, was chosen before.
  if (/^(cell|columnheader|gridcell|rowheader|td|th)$/.test(button.role)) return undefined
  const role = best(readLabel(button.label))?.role
  // The icon beside a field has the field's name.
  if (button.text === "" && button.box[2] < minListWidth) return undefined
  // "Buscar" asks a list to be searched as well as a ticket to be found.
  const unchosen = isPlaceholder(button.text) && !plain(button.text).startsWith("busca")
  if (!unchosen && !(role && listRoles.has(role))) return undefined
  if (!unchosen && !drawnAsList(button)) return undefined
  return {
    ...button,
    kind: "chooser",
    type: "chooser",
    group: "",
    placeholder: "",
    title: "",
    hint: "",
    name: "",
    autocomplete: "",
    pattern: "",
    maxLength: -1,
    step: "",
    value: button.text,
    checked: false,
    options: [],
    required: /[*✱]/.test(button.label),
    readOnly: false,
    invalid: false
  }
}

// Nobody types a SAT key freely: a text field for one suggests what it takes. One for a choice that is empty and cannot
// be typed into opens a list.
const asList = (control: SeenControl, role: FieldRole | undefined): SeenControl => {
  // A day is typed, or chosen from a calendar, whatever its field calls itself.
  if (role === "date" && control.kind === "combobox") return { ...control, kind: "text" }
  if (role === "date" && control.kind === "chooser") return { ...control, readOnly: true }
  if (control.kind !== "text" || role === undefined) return control
  if (control.readOnly)
    return listRoles.has(role) && isPlaceholder(control.value) ? { ...control, kind: "chooser" } : control
  return role === "regime" || role === "use" ? { ...control, kind: "combobox" } : control
}

/** One in each row of a table under a common heading: it chooses a row, and what that is the row says. */
const choosesRow = (radios: ReadonlyArray<SeenControl>) =>
  radios.every(({ row, label }) => row !== "" && row !== label && label === radios[0]?.label)

const radioGroup = (control: SeenControl) => `${control.frame.url()} ${control.form} ${control.name || control.group}`

/**
 * The fields among controls and clickables, in document order. A person's first name and a whole name are told apart by
 * whether surnames are asked for beside it.
 */
export const fieldsOf = (
  controls: ReadonlyArray<SeenControl>,
  buttons: ReadonlyArray<SeenButton>
): ReadonlyArray<Field> => {
  // The arrow of a list has that list's name, and is none itself.
  const isArrow = ({ frame, label }: SeenControl) =>
    controls.some((control) => control.frame === frame && control.label === label && control.kind === "combobox")
  const choosers = buttons.flatMap((button) => asChooser(button) ?? []).filter((chooser) => !isArrow(chooser))
  const groups = new Map<string, Array<SeenControl>>()
  const singles: Array<SeenControl> = []
  for (const control of controls) {
    if (control.kind !== "radio") singles.push(control)
    else groups.set(radioGroup(control), [...(groups.get(radioGroup(control)) ?? []), control])
  }
  const plainFields = [...singles, ...choosers].map((control): Field => {
    const role = roleOf(control)
    return { control: asList(control, role), role, key: keyOf(control), radios: [] }
  })
  const radioFields = [...groups.values()].flatMap((radios): ReadonlyArray<Field> => {
    const [first] = radios
    if (!first || choosesRow(radios)) return []
    const role = roleByOptions(radios.map(({ label }) => label)) ?? best(readLabel(first.group))?.role
    const options = radios.map(({ label, enabled }) => ({ text: label, value: "", disabled: !enabled }))
    return [
      {
        control: { ...first, label: first.group, hint: "", options },
        role,
        key: plain(first.group || first.name),
        radios
      }
    ]
  })
  const fields = [...plainFields, ...radioFields].sort((a, b) => a.control.order - b.control.order)
  return fields.map((field) => ({ ...field, role: nameRole(field, fields) }))
}

const surnames = new Set<FieldRole | undefined>(["surnames", "paternalSurname", "maternalSurname"])

const nameRole = (field: Field, fields: ReadonlyArray<Field>): FieldRole | undefined => {
  if (
    field.role !== "name" &&
    field.role !== "firstName" &&
    !(field.role === undefined && /^nombres?\b/.test(field.key))
  )
    return field.role
  const split = fields.some(({ role, control }) => surnames.has(role) && control.form === field.control.form)
  if (!split) return "name"
  return /razon social|denominacion|empresa|completo/.test(field.key) ? "name" : "firstName"
}
