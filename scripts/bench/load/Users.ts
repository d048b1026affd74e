import { profiles } from "../../../test/portals/lib/Portal.ts"
import { now, sentAt } from "../realtime/Event.ts"

const { cfdiUse, fiscalRegime, fullName, postalCode, rfc } = profiles.person

const profile = {
  rfc,
  full_name: fullName,
  fiscal_regime: fiscalRegime,
  postal_code: postalCode,
  cfdi_use: cfdiUse,
  accept_privacy: true
}

/** Those who look at their tasks while these run, and how long each rests between two requests. */
const [lookers, restMs] = [8, 40] as const

/** Orders so many tasks at once, watches each over a socket, and asks the API of them all the while; milliseconds. */
export const use = async (port: number, tasks: number) => {
  const requests = new Map<string, ReadonlyArray<number>>()
  const toScreen: Array<number> = []
  const toStart: Array<number> = []
  let token = ""

  const call = async (method: string, path: string, json?: unknown) => {
    const began = performance.now()
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json", ...(token === "" ? {} : { authorization: `Bearer ${token}` }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) })
    })
    const body: Record<string, string> = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(body)}`)
    const operation = `${method} ${path.replace(/\?.*/, "").replace(/[0-9a-f-]{36}/, ":taskId")}`
    if (token !== "") requests.set(operation, [...(requests.get(operation) ?? []), performance.now() - began])
    return body
  }

  const account = { email: `${crypto.randomUUID()}@example.mx`, password: "correct horse battery" }
  await call("POST", "/auth/register", { ...account, ...profile })
  token = (await call("POST", "/auth/login", account)).token ?? ""

  const ids: Array<string> = []
  const order = async (n: number) => {
    const orderedAt = now()
    const ticket = { vendor_url: "http://127.0.0.1/", ticket_details: { Folio: `${n}`, Total: "348.50" } }
    const { taskId = "" } = await call("POST", "/tasks", ticket)
    ids.push(taskId)
    let openedAt = Number.POSITIVE_INFINITY
    let begun = false
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/${taskId}?after=0`, ["timbra.v1", `bearer.${token}`])
    socket.onopen = () => {
      openedAt = now()
    }
    socket.onmessage = ({ data }) => {
      const at = sentAt(String(data))
      if (at === undefined) return
      if (!begun) toStart.push(at - orderedAt)
      begun = true
      // What was said before the socket was there is replayed.
      if (at > openedAt) toScreen.push(now() - at)
    }
    await new Promise((resolve) => {
      socket.onclose = resolve
    })
  }

  let running = true
  const look = async (nth: number) => {
    for (let n = nth; running; n++) {
      const id = ids[n % Math.max(1, ids.length)]
      const paths = ["/tasks?limit=50", ...(id === undefined ? [] : [`/tasks/${id}`, `/tasks/${id}/steps`]), "/stats"]
      for (const path of paths) {
        await call("GET", path)
        await Bun.sleep(restMs)
      }
    }
  }
  const looking = Promise.all(Array.from({ length: lookers }, (_, n) => look(n)))
  await Promise.all(Array.from({ length: tasks }, (_, n) => order(n)))
  running = false
  await looking
  return { requests, toScreen, toStart }
}
