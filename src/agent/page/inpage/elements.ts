/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

const refs = new WeakMap<Element, number>()
const byRef = new Map<number, WeakRef<Element>>()

/** A number that stands for this element as long as its document lives. */
export const refOf = (element: Element) => {
  const known = refs.get(element)
  if (known !== undefined) return known
  const ref = byRef.size + 1
  refs.set(element, ref)
  byRef.set(ref, new WeakRef(element))
  return ref
}

export const elementOf = (ref: number) => byRef.get(ref)?.deref()

/** All elements in document order, open shadow roots included. */
export function* elements(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll("*")) {
    yield element
    if (element.shadowRoot) yield* elements(element.shadowRoot)
  }
}

/** The element this one is drawn in, across the border of a shadow root. */
export const parentOf = (element: Element): Element | null => {
  if (element.assignedSlot) return element.assignedSlot
  const root = element.getRootNode()
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
}

export function* ancestors(element: Element): Generator<Element> {
  for (let at = parentOf(element); at; at = parentOf(at)) yield at
}

export const isWithin = (element: Element, outer: Element) => {
  for (const at of ancestors(element)) if (at === outer) return true
  return element === outer
}

/** What a person would see: laid out, not transparent, not clipped to a dot, not moved off the page. */
export const isVisible = (element: Element) => {
  if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false
  const box = element.getBoundingClientRect()
  if (box.width <= 1 || box.height <= 1) return false
  return box.right + scrollX > 0 && box.bottom + scrollY > 0
}

/** A text field may be transparent as long as its label floats where its text will be. */
export const isUnderLabel = (element: Element) => {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return false
  if (!element.checkVisibility({ checkVisibilityCSS: true }) || element.value !== "") return false
  const own = element.getBoundingClientRect()
  return [...(element.labels ?? [])].some((label) => {
    const box = label.getBoundingClientRect()
    return (
      isVisible(label) && box.top < own.bottom && box.bottom > own.top && box.left < own.right && box.right > own.left
    )
  })
}

/** Laid out, and yet cut away by something around it: how lists keep their search box while they are closed. */
export const isClipped = (element: Element) =>
  [element, ...ancestors(element)].slice(0, 7).some((at) => {
    const { clip, clipPath, position } = getComputedStyle(at)
    return (
      /^inset\((50|100)%/.test(clipPath) ||
      (position === "absolute" && /^rect\((0|1)px,? (0|1)px,? (0|1)px,? (0|1)px\)$/.test(clip))
    )
  })

/** Does something else lie over its middle? Unknown, hence no, where that is scrolled out of sight. */
export const isCovered = (element: Element) => {
  const box = element.getBoundingClientRect()
  const x = box.x + box.width / 2
  const y = box.y + box.height / 2
  if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return false
  let top = document.elementFromPoint(x, y)
  while (top?.shadowRoot) {
    const inner = top.shadowRoot.elementFromPoint(x, y)
    if (!inner || inner === top) break
    top = inner
  }
  if (!top || isWithin(top, element) || isWithin(element, top)) return false
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
  // A floating label or an icon inside the same small box is part of the control.
  return !labels.some((label) => isWithin(top, label)) && !sharesSmallBox(element, top)
}

const sharesSmallBox = (element: Element, top: Element) => {
  const parent = parentOf(element)
  if (!parent || !isWithin(top, parent)) return false
  return parent.getBoundingClientRect().height < element.getBoundingClientRect().height * 2.5
}

export const squeeze = (text: string | null | undefined) =>
  (text ?? "")
    .replace(/[\u200b-\u200f\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim()

// A drawing is named by its title; what is written in it may say the same once more.
const drawnText = (drawing: SVGElement) =>
  squeeze(drawing.querySelector(":scope > title")?.textContent) || squeeze(drawing.textContent)

/** What is written in an element, what is slotted into it included. */
export const textOf = (element: Element): string => {
  if (element instanceof SVGElement) return drawnText(element)
  const own = squeeze(element instanceof HTMLElement ? element.innerText : element.textContent)
  if (own !== "" || !(element.getRootNode() instanceof ShadowRoot)) return own
  const slots = element instanceof HTMLSlotElement ? [element] : [...element.querySelectorAll("slot")]
  return squeeze(slots.flatMap((slot) => slot.assignedNodes().map((node) => node.textContent)).join(" "))
}
