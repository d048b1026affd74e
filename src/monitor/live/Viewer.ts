import { freshToken } from "../Session.ts"

export type UserAct =
  | { readonly type: "pointer"; readonly action: "move" | "down" | "up"; readonly x: number; readonly y: number }
  | { readonly type: "wheel"; readonly x: number; readonly y: number; readonly dx: number; readonly dy: number }
  | { readonly type: "key"; readonly action: "down" | "up"; readonly key: string }
  | { readonly type: "text"; readonly text: string }

interface Viewing {
  readonly taskId: string
  readonly onPicture: (picture: ImageBitmap) => void
}

const again = 2_000
const over = 1000

const address = (taskId: string) => {
  const url = new URL(`/ws/${encodeURIComponent(taskId)}/live`, location.href)
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
  return url
}

/** Shows the browser of a task, over as many connections as that takes, until it is closed. */
export const watchBrowser = ({ taskId, onPicture }: Viewing) => {
  let closed = false
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest: Blob | undefined
  let drawing = false

  // Pictures that come while one is drawn are as good as the newest of them.
  const draw = async () => {
    if (drawing) return
    drawing = true
    while (newest !== undefined && !closed) {
      const blob = newest
      newest = undefined
      onPicture(await createImageBitmap(blob))
    }
    drawing = false
  }

  const connect = async () => {
    const token = await freshToken()
    if (closed || !token.ok) return
    socket = new WebSocket(address(taskId), ["timbra.v1", `bearer.${token.value}`])
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!(data instanceof Blob)) return
      newest = data
      draw()
    }
    socket.onclose = ({ code }) => {
      if (!closed && code !== over) timer = setTimeout(connect, again)
    }
  }

  connect()

  const send = (act: UserAct) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(act))
  }
  const close = () => {
    closed = true
    clearTimeout(timer)
    socket?.close(over)
  }
  return { send, close }
}

export type Viewer = ReturnType<typeof watchBrowser>
