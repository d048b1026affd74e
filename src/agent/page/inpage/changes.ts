/// <reference lib="dom" />
import { elements, isVisible, squeeze, textOf } from "./elements.ts"

let count = 0
const born = performance.now()
let last = born

const observed = [
  "class",
  "style",
  "disabled",
  "hidden",
  "readonly",
  "aria-hidden",
  "aria-expanded",
  "aria-busy",
  "open",
  "src"
]

const waiting = new Set<() => void>()

// A clock or a carousel changes for ever and says nothing of what the page does.
const restlessAfter = 40
const unrest = new WeakMap<Node, number>()
const isRestless = (target: Node) => {
  const times = (unrest.get(target) ?? 0) + 1
  unrest.set(target, times)
  return times > restlessAfter
}

const passing: Array<string> = []
const message = /toast|snack|alert|notif|noty|growl|message|mensaje|swal/i

/** A toast may be gone before the next look: what is put up as a message is written down when it comes. */
const note = (node: Node) => {
  if (!(node instanceof HTMLElement)) return
  const spoken = [
    node,
    ...node.querySelectorAll<HTMLElement>("[role=alert], [role=status], [class*=toast], [class*=snack]")
  ]
  for (const element of spoken) {
    const named = element.matches("[role=alert], [role=status]") || message.test(`${element.id} ${element.className}`)
    const text = named ? squeeze(element.textContent) : ""
    if (text.length > 3 && text.length < 400 && passing.length < 100 && isVisible(element)) passing.push(text)
  }
}

new MutationObserver((records) => {
  const telling = records.filter(({ target }) => !isRestless(target))
  if (telling.length === 0) return
  count++
  last = performance.now()
  for (const { addedNodes } of telling) for (const node of addedNodes) note(node)
  for (const wake of waiting) wake()
}).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: observed })

/** The messages that have been put up in this document so far, gone or not. */
export const spoken = (): ReadonlyArray<string> => passing

/** How often this document has changed. */
export const changes = () => count

const busyName = /spinner|loader|loading|cargando|procesando|block-?ui|preloader|ajax-?load|please-?wait|espere/i
const busyText =
  /^(por favor,? )?(cargando|procesando|espere|un momento|generando|validando|buscando|consultando|timbrando|enviando|loading|please wait)\b/i

const usable = "input:not([type=hidden]), select, textarea, button, a[href]"

const showsWork = (element: Element) => {
  if (element.getAttribute("aria-busy") === "true") return isVisible(element)
  const name = `${element.id} ${element.getAttribute("class") ?? ""}`
  if (busyName.test(name))
    return (
      isVisible(element) &&
      element.getBoundingClientRect().height > 4 &&
      !/button|btn/i.test(name) &&
      // What holds a form or a menu is veiled at times, and no veil itself.
      !element.querySelector(usable)
    )
  if (element.childElementCount > 1 || !element.textContent || element.textContent.length > 120) return false
  if (element.matches("script, style, option, template")) return false
  return busyText.test(element.textContent.trim()) && isVisible(element) && textOf(element).length < 80
}

/** Does the page say that it is at work: a spinner, a veil, "Procesando…"? */
const isBusy = () => {
  for (const element of elements(document)) if (showsWork(element)) return true
  return false
}

// Longer ones, and those without an end, are decoration.
const fadeMs = 700

/** Is something with words on it still on its way in or out? It is neither to be read nor to be pressed meanwhile. */
const isFading = () =>
  document.getAnimations().some((animation) => {
    const { effect } = animation
    if (animation.playState !== "running" || !(effect instanceof KeyframeEffect)) return false
    if (Number(effect.getComputedTiming().endTime) > fadeMs || !squeeze(effect.target?.textContent)) return false
    return effect.getKeyframes().some((frame) => "opacity" in frame)
  })

// A picture has no size, and cannot be seen, before it has come; one that does not come is not waited for.
const loadMs = 1_500
// Before its style has come, a page shows all that it will hide.
const styleMs = 6_000
const isUnstyled = () =>
  [...document.querySelectorAll<HTMLLinkElement>("link[rel~=stylesheet]")].some(
    ({ sheet, disabled, media }) => !sheet && !disabled && media !== "print"
  )
const isLoading = () => {
  const age = performance.now() - born
  return (document.readyState !== "complete" && age < loadMs) || (age < styleMs && isUnstyled())
}

/** Resolves with true once the document is loaded and has not changed for `quietMs`, with false after `limitMs`. */
const quiet = (quietMs: number, limitMs: number, mayFade = false) =>
  new Promise<boolean>((resolve) => {
    const start = performance.now()
    const check = () => {
      const now = performance.now()
      const still = now - last >= quietMs && now - start >= Math.min(quietMs, 20)
      if (still && !isLoading() && (mayFade || !isFading())) return resolve(true)
      if (now - start >= limitMs) return resolve(false)
      setTimeout(check, still ? 20 : Math.max(4, Math.min(quietMs - (now - last), limitMs - (now - start))))
    }
    check()
  })

/** Resolves with how the page came to rest: false where it says that it is still at work. */
export const rest = async (quietMs: number, limitMs: number, mayFade: boolean) => {
  await quiet(quietMs, limitMs, mayFade)
  return !isBusy()
}

/** Lets the page finish what it does about an entry, and tells how often it has changed then. */
export const calm = async (since: number, quietMs: number, limitMs: number) => {
  if (count !== since) await quiet(quietMs, limitMs)
  return count
}

/** Resolves once this document has changed since its count was `since`, or after `limitMs`. */
export const changed = (since: number, limitMs: number) =>
  new Promise<void>((resolve) => {
    if (count !== since) return resolve()
    const done = () => {
      waiting.delete(done)
      resolve()
    }
    waiting.add(done)
    setTimeout(done, limitMs)
  })
