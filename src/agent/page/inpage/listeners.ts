/// <reference lib="dom" />

const pressed = new WeakSet<EventTarget>()
const keyed = new WeakSet<EventTarget>()
const pressTypes = new Set(["click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart"])
const keyTypes = new Set(["keydown", "keypress", "beforeinput"])

// A page tells nobody which elements it listens on; this runs before the page's own scripts and remembers.
const addEventListener = EventTarget.prototype.addEventListener
EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: Parameters<typeof addEventListener>) {
  if (pressTypes.has(args[0]) && this instanceof Element) pressed.add(this)
  if (keyTypes.has(args[0]) && this instanceof Element) keyed.add(this)
  return addEventListener.apply(this, args)
}

/** Does the page listen for presses on this very element? Delegated listeners are not seen. */
export const listensForPress = (element: Element) =>
  pressed.has(element) || (element instanceof HTMLElement && element.onclick !== null)

/** Does the page hear each key in this very element before it is written, as masks and filters do? */
export const listensForKeys = (element: HTMLElement) =>
  keyed.has(element) || element.onkeydown !== null || element.onkeypress !== null || element.onbeforeinput !== null
