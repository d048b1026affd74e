import { createInterface } from "node:readline"
import { now, sentAt, taskIds } from "./Event.ts"

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** The readers, in a process of their own: tells what arrived since it was last asked, once as much as said has arrived. */
const [name = "bun", port = "0", sockets = "1", tasks = "1"] = process.argv.slice(2)
const ids = taskIds(Number(tasks))
const open = Number(sockets)
let received = 0
let first = 0
let last = 0
let delays: Array<number> = []
let awaited = Number.POSITIVE_INFINITY

const quantile = (q: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * q))] ?? 0

const report = () => {
  awaited = Number.POSITIVE_INFINITY
  delays.sort((a, b) => a - b)
  say(JSON.stringify({ received, seconds: (last - first) / 1000, p50: quantile(0.5), p99: quantile(0.99) }))
  received = 0
  delays = []
}

const hear = (text: string) => {
  const at = sentAt(text)
  if (at === undefined) return
  last = now()
  if (received === 0) first = at
  delays.push(last - at)
  if (++received >= awaited) report()
}

const connect = (n: number) =>
  new Promise<void>((resolve) => {
    const id = ids[n % ids.length] ?? ""
    const io = name === "socket.io"
    const path = io ? `/socket.io/?EIO=4&transport=websocket&task=${id}` : `/ws/${id}`
    const socket = new WebSocket(
      `ws://127.0.0.1:${port}${path}`,
      io || name !== "timbra" ? [] : ["timbra.v1", "bearer.x"]
    )
    let ready = name === "bun" || name === "ws"
    socket.onopen = () => {
      if (ready) resolve()
    }
    socket.onmessage = ({ data }) => {
      const text = String(data)
      // Engine.IO's handshake and heartbeat.
      if (io && text.startsWith("0")) socket.send("40")
      if (io && text === "2") socket.send("3")
      if (!ready && (io ? text.startsWith("40") : text.includes('"snapshot"'))) {
        ready = true
        resolve()
      }
      hear(text)
    }
  })

for (let from = 0; from < open; from += 50) {
  await Promise.all(Array.from({ length: Math.min(50, open - from) }, (_, n) => connect(from + n)))
}
say(JSON.stringify({ open }))

for await (const line of createInterface(process.stdin)) {
  awaited = Number(line)
  if (received >= awaited) report()
}
