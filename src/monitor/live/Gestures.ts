import type { UserAct } from "./Viewer.ts"

type Send = (act: UserAct) => void

/** A finger that moves farther than this scrolls, and does not press. */
const slack = 8
/** The pointer's way is told this often. */
const every = 40

interface Touch {
  readonly startX: number
  readonly startY: number
  lastX: number
  lastY: number
  scrolls: boolean
}

/** Makes of what the user does to the picture what is to be done to the page: a tap is a press, a drag a turn of the wheel. */
export const gestures = (send: Send) => {
  let touch: Touch | undefined
  let movedAt = 0

  const at = (event: MouseEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const part = (value: number) => Math.min(1, Math.max(0, value))
    return { x: part((event.clientX - box.left) / box.width), y: part((event.clientY - box.top) / box.height) }
  }

  const press = (place: { readonly x: number; readonly y: number }) => {
    send({ type: "pointer", action: "move", ...place })
    send({ type: "pointer", action: "down", ...place })
    send({ type: "pointer", action: "up", ...place })
  }

  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType === "touch") {
        const { clientX, clientY } = event
        touch = { startX: clientX, startY: clientY, lastX: clientX, lastY: clientY, scrolls: false }
        return
      }
      if (event.button === 0) send({ type: "pointer", action: "down", ...at(event) })
    },
    onPointerMove: (event: PointerEvent) => {
      if (touch === undefined) {
        if (event.pointerType === "touch" || event.timeStamp - movedAt < every) return
        movedAt = event.timeStamp
        return send({ type: "pointer", action: "move", ...at(event) })
      }
      touch.scrolls ||= Math.hypot(event.clientX - touch.startX, event.clientY - touch.startY) > slack
      if (!touch.scrolls || event.timeStamp - movedAt < every) return
      movedAt = event.timeStamp
      send({ type: "wheel", ...at(event), dx: touch.lastX - event.clientX, dy: touch.lastY - event.clientY })
      touch.lastX = event.clientX
      touch.lastY = event.clientY
    },
    onPointerUp: (event: PointerEvent) => {
      if (touch === undefined) {
        if (event.button === 0) send({ type: "pointer", action: "up", ...at(event) })
        return
      }
      if (!touch.scrolls) press(at(event))
      touch = undefined
    },
    onWheel: (event: WheelEvent) => {
      event.preventDefault()
      send({ type: "wheel", ...at(event), dx: event.deltaX, dy: event.deltaY })
    }
  }
}

/** Keys that leave the picture for the rest of the page. */
const leaves = (event: KeyboardEvent) => event.key === "Tab" && event.shiftKey

/** A keyboard with keys tells each of them; a phone's tells only what was written. */
export const typing = (send: Send) => ({
  onKeyDown: (event: KeyboardEvent) => {
    if (leaves(event) || event.isComposing || event.key === "Unidentified" || event.metaKey) return
    // What is pasted comes as text.
    if (event.ctrlKey && event.key.toLowerCase() === "v") return
    event.preventDefault()
    send({ type: "key", action: "down", key: event.key })
  },
  onKeyUp: (event: KeyboardEvent) => {
    if (leaves(event) || event.isComposing || event.key === "Unidentified") return
    send({ type: "key", action: "up", key: event.key })
  },
  onInput: (event: InputEvent) => {
    const field = event.currentTarget as HTMLTextAreaElement
    if (event.isComposing) return
    if (event.inputType === "deleteContentBackward") {
      send({ type: "key", action: "down", key: "Backspace" })
      send({ type: "key", action: "up", key: "Backspace" })
    } else if (field.value.trimStart() !== "") send({ type: "text", text: field.value.slice(1) })
    // Something has to be there for a phone to delete.
    field.value = "\u200b"
  }
})
