/// <reference lib="dom" />
import type { Button } from "../Look.ts"
import { isControl } from "./controls.ts"
import { dialogRefOf } from "./dialogs.ts"
import { ancestors, elements, isClipped, isCovered, isVisible, parentOf, refOf, squeeze, textOf } from "./elements.ts"
import { labelOf, wordsOf } from "./labels.ts"
import { listensForPress } from "./listeners.ts"
import { isDrawnForDisabled, isListBox } from "./lists.ts"

const native =
  "button, a[href], a[onclick], a[id], a[class], area[href], summary, input[type=submit], input[type=button], input[type=image], input[type=reset], [role=button], [role=link], [role=tab], [role=menuitem], [role=option], [onclick]"
const maxText = 160

const isPointer = (element: Element) => {
  const parent = parentOf(element)
  return getComputedStyle(element).cursor === "pointer" && !(parent && getComputedStyle(parent).cursor === "pointer")
}

const isFace = (element: Element) => element.matches("label, label *") && !!element.closest("label")?.control

/** An element of the page's own making around one that is pressed or filled in its shadow. */
const isHost = (element: Element) =>
  element.tagName.includes("-") &&
  [...elements(element), ...(element.shadowRoot ? elements(element.shadowRoot) : [])].some(
    (at) => at.matches("input, textarea, select, [aria-haspopup]") && isOfControl(at)
  )

const isOfControl = (element: Element) => isControl(element) || [...ancestors(element)].slice(0, 2).some(isListBox)

/** Anything a person would press, whether or not it says so: `<img>`, `<div>` and `<a>` with a listener too. */
export const isButton = (element: Element) => {
  if (
    isControl(element) ||
    element.matches(
      "body, html, form, option, select, input:not([type=submit], [type=button], [type=image], [type=reset])"
    )
  ) {
    return false
  }
  if ([...ancestors(element)].slice(0, 3).some(isListBox)) return false
  // What is drawn in a list shows what is chosen.
  if (element.matches("[role=combobox] [role=option]")) return false
  const press = element.matches(native) || listensForPress(element) || isPointer(element)
  if (!press || isFace(element) || !isVisible(element) || isClipped(element)) return false
  if (element.matches(native)) return true
  return (
    textOf(element).length <= maxText &&
    ![...element.querySelectorAll("input:not([type=hidden]), select, textarea, button, a[href]")].some(isVisible) &&
    // What is drawn in and around a list is the list.
    ![...element.querySelectorAll("[role=combobox], [aria-haspopup]")].some(isOfControl) &&
    !isHost(element) &&
    !element.closest("[role=combobox]")
  )
}

const imageName = (element: Element) => {
  const image = element.matches("img, input[type=image]") ? element : element.querySelector("img, svg")
  if (!image) return ""
  const said = image.getAttribute("alt") || image.getAttribute("title") || image.getAttribute("aria-label")
  if (said) return said
  const file = (image.getAttribute("src") ?? "").split(/[?#]/)[0]?.split("/").pop() ?? ""
  return file.startsWith("data:") ? "" : file.replace(/\.\w+$/, "").replace(/[_-]+/g, " ")
}

/** An icon of a style sheet says what it is in its class alone. */
const iconName = (element: Element) => {
  const classes = [element, ...element.querySelectorAll("*")].map((at) => at.getAttribute("class") ?? "").join(" ")
  return /(?:^|[^a-z])(xml|pdf|zip|download|descarga)(?![a-z])/i.exec(classes)?.[1] ?? ""
}

const typed = "input:not([type=hidden], [type=submit], [type=button], [type=image]), select, textarea"

const generic = /^(entrar|aqu[ií]|ir|ver( m[aá]s)?|clic|click|acceder|iniciar|ingresar|comenzar|da clic aqu[ií]|→|>+)$/i

/** "Entrar" alone says nothing: the card, row or item that it stands in does. */
const aroundOf = (element: Element) => {
  for (let at = parentOf(element), depth = 0; at && depth < 3; at = parentOf(at), depth++) {
    const text = textOf(at)
    if (text.length > maxText || at.querySelectorAll("a[href], button").length > 1 || at.querySelector(typed)) return ""
    // Sentences are to be read before the press, and are no name of it.
    if (/\p{L}\. .*\p{L}\. /u.test(text)) return ""
    if (text.length > textOf(element).length + 3) return text
  }
  return ""
}

const nameOf = (element: Element) => {
  const own = ownNameOf(element)
  return generic.test(own) ? aroundOf(element) || own : own
}

const tips = ["aria-label", "title", "data-tooltip", "data-original-title", "data-bs-original-title", "data-bs-title"]

const ownNameOf = (element: Element) =>
  squeeze(
    (element instanceof HTMLInputElement ? element.value : wordsOf(element)) ||
      tips.map((name) => element.getAttribute(name) ?? "").find((tip) => tip !== "") ||
      imageName(element) ||
      iconName(element)
  )

const isNamedByText = (element: Element) =>
  element instanceof HTMLAnchorElement ? element.href !== "" : element.matches("button:not([aria-haspopup]), input")

const asking =
  "input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button], [type=image]), select, textarea"

/** Empty for a row that is not seen, or that asks for something. */
export const textOfRow = (row: Element) =>
  isVisible(row) && !row.querySelector(asking) ? textOf(row).slice(0, 300) : ""

const rowOf = (element: Element) => {
  const row = element.closest("tr, [role=row]")
  return row ? textOfRow(row) : ""
}

/** A link that a script of Rails' or Yii's sends as a form. */
const sendsForm = ":is([data-method], [data-turbo-method]):not([data-method=get i], [data-turbo-method=get i])"

export const readButton = (element: Element, order: number, dialogs: ReadonlyArray<Element>): Button => {
  const box = element.getBoundingClientRect()
  const form = element.closest("form")
  const text = nameOf(element).slice(0, maxText)
  const link =
    (element instanceof HTMLAnchorElement || element instanceof HTMLAreaElement) && !element.matches(sendsForm)
  return {
    ref: refOf(element),
    order,
    text,
    label: isNamedByText(element) ? "" : labelOf(element),
    row: rowOf(element),
    id: `${element.id} ${element.getAttribute("name") ?? ""}`.trim(),
    role: element.getAttribute("role") ?? (link ? "link" : element.tagName.toLowerCase()),
    submits: element.matches("button:not([type]), [type=submit], [type=image]") && form !== null,
    popup: element.getAttribute("aria-haspopup") ?? "",
    className: element.getAttribute("class") ?? "",
    href: link ? element.href : "",
    download: link && element.hasAttribute("download"),
    enabled: !element.matches(":disabled, [aria-disabled=true], .disabled") && !isDrawnForDisabled(element),
    form: form ? refOf(form) : 0,
    dialog: dialogRefOf(element, dialogs),
    covered: isCovered(element),
    box: [Math.round(box.x + scrollX), Math.round(box.y + scrollY), Math.round(box.width), Math.round(box.height)]
  }
}
