/// <reference lib="dom" />
import { isVisible, isWithin, parentOf, squeeze, textOf } from "./elements.ts"
import { isListBox, isListFrame, selectBehind } from "./lists.ts"

const controls = "input:not([type=hidden]), select, textarea, [role=combobox], [role=textbox]"
const maxLabel = 120

const short = (text: string) => (text.length <= maxLabel ? text : "")

// What stands inside the element is its value, not its name.
const byIds = (element: Element, attribute: string) => {
  const root = element.getRootNode() as Document | ShadowRoot
  const ids = (element.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean)
  const named = ids
    .map((id) => root.getElementById(id))
    .filter((by) => by !== null && !isWithin(by, element) && !isWithin(element, by))
  return squeeze(named.map((by) => by?.textContent).join(" "))
}

// Fonts of icons draw "arrow_drop_down" as an arrow.
const isIcon = (element: Element) => {
  if (element.childElementCount > 0 || !/^[a-z][a-z\d]*(_[a-z\d]+)*$/.test(squeeze(element.textContent))) return false
  return (
    element.matches("[aria-hidden=true], [class*=material-icons], [class*=material-symbols]") ||
    /icon|symbol|awesome/i.test(getComputedStyle(element).fontFamily)
  )
}

/** What an element says without the names of the pictures that it draws. */
export const wordsOf = (element: Element) =>
  [...element.querySelectorAll("i, span, mat-icon")].some(isIcon) ? ownText(element, () => false) : textOf(element)

/** The text of an element without that of the controls in it, so that a select's options are no label. */
export const ownText = (element: Element, leftOut: (node: Element) => boolean = isListBox): string => {
  let text = ""
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += node.textContent
    else if (
      node instanceof Element &&
      !node.matches(`${controls}, button, script, style, option, svg`) &&
      isVisible(node) &&
      !isIcon(node) &&
      !leftOut(node)
    ) {
      text += ` ${ownText(node, leftOut)} `
    }
  }
  return squeeze(text)
}

const linked = (element: Element) => {
  const labels = (element as HTMLInputElement).labels
  // A label around a list holds what is chosen too, drawn beside the input.
  const frame = parentOf(element)
  const isFrame = (node: Element) => node === frame
  const textOfLabel = (label: Element) =>
    (element.matches("[role=combobox]") && ownText(label, isFrame)) || ownText(label) || ownText(label, isFrame)
  // Some draw one label twice, to let it float.
  if (labels) return squeeze([...new Set([...labels].map(textOfLabel))].join(" "))
  // Labels are for inputs; pages give them to what they draw instead as well.
  const root = element.getRootNode() as Document | ShadowRoot
  const label = element.id && root.querySelector(`label[for="${CSS.escape(element.id)}"]`)
  return label ? ownText(label) : ""
}

/** A replaced list stands beside, or around, the hidden select or input that it replaces: that one has the label. */
const ofHiddenTwin = (element: Element) => {
  const behind = selectBehind(element)
  if (behind) return linked(behind)
  if (element.matches("input:not([readonly]), select, textarea")) return ""
  const isTwin = (twin: Element | null | undefined): twin is Element => {
    const parent = twin && parentOf(twin)
    // Hidden alone, not with all that stands around it.
    return !!twin && !isVisible(twin) && !!parent && isVisible(parent)
  }
  const drawn = isListBox(element) || isListFrame(element)
  const inside = [...element.querySelectorAll("select, input, button[aria-haspopup], [role=combobox]")]
  const twins = inside.filter((twin) => drawn || isTwin(twin))
  for (const twin of twins) {
    const named = linked(twin) || byIds(twin, "aria-labelledby") || withoutValue(ariaLabel(twin), element)
    if (named) return named
  }
  if (twins.length > 0) return ""
  let at: Element = element
  for (let depth = 0; depth < 4; depth++) {
    for (const beside of [at.previousElementSibling, at.nextElementSibling]) {
      const twin = beside?.matches("select, input") ? beside : beside?.querySelector("select")
      if (isTwin(twin)) return linked(twin)
    }
    const parent = parentOf(at)
    if (!parent || parent.querySelectorAll(controls).length > 3) return ""
    at = parent
  }
  return ""
}

// What a library calls every one of its lists names none of them.
const anyWidget =
  /^\W*(combo ?box|search ?box|drop ?down|select|list|options?|search|search for (an )?options?|select (an )?options?|loading|(seleccion[ae]r?|elija|elige)( una?)?( opci[oó]n)?)\W*$/i

const ariaLabel = (element: Element) => {
  const said = squeeze(element.getAttribute("aria-label"))
  return anyWidget.test(said) || said === element.getAttribute("placeholder") ? "" : said
}

// "Uso de CFDI, Gastos en general" says what is chosen too.
const withoutValue = (said: string, box: Element) => {
  const value = ownText(box)
  return value && said.endsWith(value) ? said.slice(0, -value.length).replace(/[\s,:]+$/, "") : said
}

/** A label that stands behind its control and floats over it. */
const floating = (element: Element) => {
  const { bottom, top } = element.getBoundingClientRect()
  let at: Element = element
  for (let depth = 0; depth < 3; depth++) {
    for (let node = at.nextElementSibling; node; node = node.nextElementSibling) {
      if (!(node instanceof HTMLLabelElement) || node.control || !isVisible(node)) continue
      const box = node.getBoundingClientRect()
      if (box.bottom > top - box.height && box.top < bottom) return short(ownText(node))
    }
    const parent = parentOf(at)
    if (!parent || [...parent.querySelectorAll(controls)].filter(isVisible).length > 1) return ""
    at = parent
  }
  return ""
}

const inTable = (element: Element) => {
  const cell = element.closest("td, th")
  const row = cell?.closest("tr")
  if (!cell || !row) return ""
  const cells = [...row.children]
  const at = cells.indexOf(cell)
  for (let i = at - 1; i >= 0; i--) {
    const left = cells[i]
    if (left?.querySelector(controls)) break
    const text = left ? textOf(left) : ""
    if (text) return text
  }
  const table = row.closest("table")
  const head = table?.querySelector("thead tr")
  const above = head && head !== row ? head.children[at] : row.previousElementSibling?.children[at]
  return above && !above.querySelector(controls) ? textOf(above) : ""
}

// "Ticket localizado: T-300918 por $ 214.50" tells of something and names nothing.
const statement = /\$ ?\d|\d{5,}/

const holdsControl = (node: Element) =>
  [node, ...node.querySelectorAll(controls)].some((inner) => inner.matches(controls) && isVisible(inner)) ||
  (isVisible(node) && node.querySelector(":is([role=combobox], [aria-haspopup=listbox], select)") !== null)

const isPressed = (node: Element) => getComputedStyle(node).cursor === "pointer"

/** Tiles or tabs to choose among: they name what they show, and no field behind them. */
const isChoice = (node: Element) => node.childElementCount > 1 && [...node.children].every(isPressed)

/** The nearest text before the element that no other control stands between. */
const preceding = (element: Element) => {
  let at: Element = element
  for (let depth = 0; depth < 5; ) {
    for (let node = at.previousSibling; node; node = node.previousSibling) {
      if (node instanceof Element) {
        if (holdsControl(node) || isChoice(node)) return ""
        if (node.matches("script, style, template") || !isVisible(node) || isIcon(node)) continue
      } else if (node.nodeType !== Node.TEXT_NODE) continue
      const text = node instanceof Element ? textOf(node) : squeeze(node.textContent)
      if (/[\p{L}\d]/u.test(text)) return statement.test(text) ? "" : short(text)
    }
    const parent = parentOf(at)
    if (!parent || parent.matches("form, body, fieldset, table")) return ""
    // A wrapper around nothing else is no step away.
    if (parent.childElementCount > 1) depth++
    at = parent
  }
  return ""
}

/** Some draw one control with a table of its own: what names it stands outside. */
const ownFrame = (element: Element) => {
  const table = element.closest("table")
  return table && table.querySelectorAll(controls).length === 1 && table.rows.length === 1 ? table : element
}

const following = (element: Element) => {
  for (let node = element.nextSibling; node; node = node.nextSibling) {
    if (node instanceof Element && (node.matches(controls) || node.querySelector(controls))) return ""
    if (node.nodeType === Node.COMMENT_NODE) continue
    const text = node instanceof Element ? textOf(node) : squeeze(node.textContent)
    if (text) return short(text)
  }
  return ""
}

/** A tick box alone in the first of two cells. */
const behindCell = (element: Element) => {
  const cell = element.closest("td, th")
  const beside = cell?.nextElementSibling
  const alone = cell?.parentElement?.childElementCount === 2 && textOf(cell) === "" && !beside?.querySelector(controls)
  return alone && beside ? short(textOf(beside)) : ""
}

/** A tick box that is all drawing, around an input that keeps its state: its class alone tells what it is. */
export const isDrawnTick = (element: Element) =>
  /check-?box[-_]?(un)?checked/i.test(element.getAttribute("class") ?? "") &&
  element.querySelector("input:not([type=hidden])")?.matches(":not([type=checkbox])") === true

const isTick = (element: Element) =>
  element.matches("[type=checkbox], [type=radio], [role=checkbox], [role=radio], [role=switch]") || isDrawnTick(element)

/** What names this control for a person, the most visible source first. */
export const labelOf = (element: Element) =>
  linked(element) ||
  byIds(element, "aria-labelledby") ||
  ariaLabel(element) ||
  ofHiddenTwin(element) ||
  // A drawn tick box may hold its own words.
  (isTick(element) ? short(textOf(element)) || following(element) || behindCell(element) : floating(element)) ||
  inTable(element) ||
  // Of a tick box that chooses a row, the row tells; what stands above is another row.
  (isTick(element) && element.closest("tr, [role=row]") ? "" : preceding(ownFrame(element))) ||
  (isTick(element) ? short(textOf(parentOf(element) ?? element)) : "")

/** What explains a control: said of it by the page, or standing behind it. */
export const hintOf = (element: Element) =>
  byIds(element, "aria-describedby") || (isTick(element) ? "" : following(element))

/** The heading of the group that the control stands in. */
export const groupOf = (element: Element) => {
  const set = element.closest("fieldset, [role=group], [role=radiogroup]")
  const legend = set?.querySelector("legend")
  if (legend) return textOf(legend)
  if (set) return byIds(set, "aria-labelledby") || squeeze(set.getAttribute("aria-label"))
  return isTick(element) ? preceding(parentOf(element) ?? element) : ""
}
