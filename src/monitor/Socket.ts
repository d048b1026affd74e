import { freshToken, renewed } from "./Session.ts"
import type { TaskMessage } from "./Wire.ts"

export type Connection = "connecting" | "live" | "lost"

interface Watch {
  readonly taskId: string
  /** The last event that was seen: what came later is sent again when the connection comes back. */
  readonly after: () => number
  readonly onMessage: (message: TaskMessage) => void
  readonly onState: (state: Connection) => void
}

const pingEvery = 25_000
const silentAfter = 60_000
const longestWait = 10_000

// Half a second, doubled each time up to ten; jittered, so that all pages do not come back together.
const wait = (attempts: number) => Math.min(500 * 2 ** attempts, longestWait) * (0.5 + Math.random() / 2)

const tokenExpired = 4401
const tooMany = 4429

const address = (taskId: string, after: number) => {
  const url = new URL(`/ws/${encodeURIComponent(taskId)}?after=${after}`, location.href)
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
  return url
}

/** Listens to one task until the function that it returns is called, over as many connections as that takes. */
export const watch = ({ taskId, after, onMessage, onState }: Watch) => {
  let closed = false
  let turn = 0
  let attempts = 0
  let heard = 0
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const later = (ms: number) => {
    if (closed) return
    clearTimeout(timer)
    timer = setTimeout(connect, ms)
    onState("lost")
  }

  const connect = async () => {
    const mine = ++turn
    clearTimeout(timer)
    const token = await freshToken()
    if (closed || mine !== turn) return
    if (!token.ok) return later(wait(attempts++))
    const opened = new WebSocket(address(taskId, after()), ["timbra.v1", `bearer.${token.value}`])
    socket = opened
    heard = Date.now()
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      if (closed) return
      heard = Date.now()
      attempts = 0
      onState("live")
      onMessage(JSON.parse(data))
    }
    opened.onclose = async ({ code }) => {
      if (closed) return
      socket = undefined
      if (code === tokenExpired) await renewed(token.value)
      later(code === tooMany ? longestWait : wait(attempts++))
    }
  }

  // A connection that a network swallowed says nothing of it: one that answers no ping is given up.
  const pulse = setInterval(() => {
    if (socket === undefined) return
    if (Date.now() - heard > silentAfter) socket.close()
    else if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "ping" }))
  }, pingEvery)

  const back = () => {
    if (socket === undefined) connect()
  }

  addEventListener("online", back)
  onState("connecting")
  connect()

  return () => {
    closed = true
    clearTimeout(timer)
    clearInterval(pulse)
    removeEventListener("online", back)
    socket?.close(1000)
  }
}
