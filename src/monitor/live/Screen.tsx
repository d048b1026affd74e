import { useSignal } from "@preact/signals"
import { useEffect, useMemo, useRef } from "preact/hooks"
import { text } from "../Text.ts"
import type { TaskDetail } from "../Wire.ts"
import { gestures, typing } from "./Gestures.ts"
import { type UserAct, type Viewer, watchBrowser } from "./Viewer.ts"

interface Props {
  readonly task: TaskDetail
}

/** The user has the wheel, or takes it by using the page, since the agent asks for that: their pointer and keys go to it. */
export const isInHand = ({ intervention, taken_over }: TaskDetail) => taken_over || intervention?.kind === "takeover"

/** The vendor's portal as it is now. */
export const Screen = ({ task }: Props) => {
  const { id: taskId } = task
  const driven = isInHand(task)
  const t = text.value.live
  const canvas = useRef<HTMLCanvasElement>(null)
  const keys = useRef<HTMLTextAreaElement>(null)
  const viewer = useRef<Viewer | undefined>(undefined)
  const shown = useSignal(false)

  useEffect(() => {
    const watching = watchBrowser({
      taskId,
      onPicture: (picture) => {
        const target = canvas.current
        if (target === null) return
        target.width = picture.width
        target.height = picture.height
        target.getContext("2d")?.drawImage(picture, 0, 0)
        picture.close()
        shown.value = true
      }
    })
    viewer.current = watching
    return watching.close
  }, [taskId])

  // Once, since a press may be drawn anew between its begin and its end.
  const hands = useMemo(() => {
    const send = (act: UserAct) => viewer.current?.send(act)
    return { ...gestures(send), ...typing(send) }
  }, [])
  return (
    <div class={`live-screen ${driven ? "driven" : ""}`} aria-busy={!shown.value}>
      {!shown.value && (
        <p class="no-picture">
          <span class="spinner" aria-hidden="true" />
          {t.waiting}
        </p>
      )}
      <canvas ref={canvas} role="img" aria-label={t.picture} hidden={!shown.value} />
      {driven && (
        <textarea
          ref={keys}
          class="live-hands"
          aria-label={t.hands}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          {...hands}
        />
      )}
    </div>
  )
}
