import type { FileSystem, Path } from "@effect/platform"
import type { Server, ServerWebSocket } from "bun"
import { Effect, Runtime } from "effect"
import { type FarmSession, makeFarm } from "./Farm.ts"
import { type Client, relay } from "./Relay.ts"

type Operation = "create" | "retrieve" | "list" | "update" | "debug" | "downloads" | "logs" | "projects" | "connect"

export interface Fault {
  readonly on: Operation
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** What was asked for is done, and only its answer is not. */
  readonly done?: boolean
}

const words: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  404: "Not Found",
  429: "Too Many Requests"
}

const problem = (status: number, message: string, headers: Readonly<Record<string, string>> = {}) =>
  Response.json({ statusCode: status, error: words[status] ?? "Internal Server Error", message }, { status, headers })

const view = (session: FarmSession, projectId: string) => ({
  id: session.id,
  projectId,
  status: session.status,
  createdAt: session.startedAt,
  startedAt: session.startedAt,
  updatedAt: session.endedAt ?? session.startedAt,
  endedAt: session.endedAt,
  expiresAt: new Date(session.startedAt.getTime() + session.timeout * 1000),
  keepAlive: session.keepAlive,
  proxyBytes: session.endedAt ? 4096 : 0,
  region: "us-west-2",
  userMetadata: session.userMetadata
})

const matches = (q: string | null, { userMetadata }: FarmSession) => {
  const [, key = "", value] = /^user_metadata\['(\w+)'\]:'([^']*)'$/.exec(q ?? "") ?? []
  return q === null || userMetadata[key] === value
}

const operations: ReadonlyArray<readonly [string, RegExp, Operation]> = [
  ["POST", /^\/v1\/sessions$/, "create"],
  ["GET", /^\/v1\/sessions$/, "list"],
  ["GET", /^\/v1\/sessions\/([^/]+)$/, "retrieve"],
  ["POST", /^\/v1\/sessions\/([^/]+)$/, "update"],
  ["GET", /^\/v1\/sessions\/([^/]+)\/debug$/, "debug"],
  ["GET", /^\/v1\/sessions\/([^/]+)\/downloads$/, "downloads"],
  ["GET", /^\/v1\/sessions\/([^/]+)\/logs$/, "logs"],
  ["GET", /^\/v1\/projects$/, "projects"]
]

/** Browserbase's documented API on a free port, over real Chromiums of this machine. */
export const standIn = Effect.gen(function* () {
  const farm = yield* makeFarm
  const runtime = yield* Effect.runtime<FileSystem.FileSystem | Path.Path>()
  const runPromise = Runtime.runPromise(runtime)
  const apiKey = `bb_live_${crypto.randomUUID()}`
  const projectId = crypto.randomUUID()
  const faults: Array<Fault> = []
  const requests: Array<Operation> = []
  const clients = new Set<ServerWebSocket<Client>>()
  const created: Array<number> = []
  let starting = 0
  const limits = { concurrent: 25, perMinute: 1000, downloadsAfterMs: 0, retryAfter: "1" }

  const running = () => [...farm.sessions.values()].filter(({ status }) => status === "RUNNING")
  const clientsOf = (id: string) => [...clients].filter(({ data }) => data.session === id)

  /** Cuts the connections to a session, which goes on if it is kept alive. */
  const drop = (id: string) =>
    Effect.sync(() => {
      for (const client of clientsOf(id)) client.terminate()
    })
  const end = (id: string, status: "COMPLETED" | "TIMED_OUT" | "ERROR" = "COMPLETED") =>
    Effect.zipRight(farm.end(id, status), drop(id))

  const refusal = () => {
    const recent = created.filter((at) => at > Date.now() - 60_000).length
    if (recent >= limits.perMinute) {
      return problem(429, "You've exceeded your session creation limit", {
        "x-ratelimit-limit": String(limits.perMinute),
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": limits.retryAfter,
        "retry-after": limits.retryAfter
      })
    }
    const now = running().length + starting
    const told = `You've exceeded your max concurrent sessions limit (limit ${limits.concurrent}, currently ${now})`
    return now >= limits.concurrent ? problem(429, told) : undefined
  }

  const create = async (request: Request): Promise<Response> => {
    const asked = await request.json()
    const refused = refusal()
    if (refused) return refused
    const timeout = asked.timeout ?? 300
    if (timeout < 60 || timeout > 21_600) return problem(400, "timeout must be between 60 and 21600")
    created.push(Date.now())
    const { keepAlive = false, userMetadata = {} } = asked
    starting += 1
    const session = await runPromise(farm.start({ keepAlive, timeout, userMetadata, asked })).finally(() => {
      starting -= 1
    })
    const connectUrl = `ws://127.0.0.1:${server.port}/connect/${session.id}?signingKey=${session.secret}`
    return Response.json({ ...view(session, projectId), connectUrl, signingKey: session.secret, seleniumRemoteUrl: "" })
  }

  const debug = async (session: FarmSession, url: URL) => {
    const targets: ReadonlyArray<{ id: string; title: string; url: string; type: string }> = await (
      await fetch(`http://${new URL(session.url).host}/json/list`)
    ).json()
    const live = (id: string) =>
      `https://www.browserbase.com/devtools-fullscreen/inspector.html?wss=${session.id}/${id}&token=${crypto.randomUUID()}&expiresIn=${url.searchParams.get("expiresIn") ?? "21600"}`
    const pages = targets
      .filter(({ type }) => type === "page")
      .map(({ id, title, url }) => ({
        id,
        title,
        url,
        faviconUrl: "",
        debuggerUrl: live(id),
        debuggerFullscreenUrl: live(id)
      }))
    return Response.json({ debuggerUrl: live("all"), debuggerFullscreenUrl: live("all"), wsUrl: session.url, pages })
  }

  const perform = async (operation: Operation, request: Request, url: URL, session: FarmSession | undefined) => {
    if (operation === "create") return create(request)
    if (operation === "projects") return Response.json([{ id: projectId, concurrency: limits.concurrent }])
    if (operation === "list") {
      const status = url.searchParams.get("status")
      const found = [...farm.sessions.values()].filter(
        (session) => (status === null || session.status === status) && matches(url.searchParams.get("q"), session)
      )
      return Response.json(found.map((session) => view(session, projectId)))
    }
    if (session === undefined) return problem(404, "Session not found")
    if (operation === "debug") return debug(session, url)
    if (operation === "logs") return Response.json([])
    if (operation === "downloads") {
      return new Response(farm.zip(session, limits.downloadsAfterMs), {
        headers: { "content-type": "application/zip" }
      })
    }
    if (operation === "update") await runPromise(end(session.id))
    return Response.json(view(session, projectId))
  }

  const nextFault = (operation: Operation) => {
    const index = faults.findIndex(({ on }) => on === operation)
    return index < 0 ? undefined : faults.splice(index, 1)[0]
  }

  const answer = async (request: Request, url: URL) => {
    if (request.headers.get("x-bb-api-key") !== apiKey) return problem(401, "Invalid API key")
    for (const [method, path, operation] of operations) {
      const match = request.method === method ? path.exec(url.pathname) : null
      if (match === null) continue
      requests.push(operation)
      const fault = nextFault(operation)
      const done = fault === undefined || fault.done === true
      const response = done ? await perform(operation, request, url, farm.sessions.get(match[1] ?? "")) : undefined
      return fault === undefined ? (response ?? problem(500, "")) : problem(fault.status, "a fault", fault.headers)
    }
    return problem(404, "Not found")
  }

  const upgrade = (request: Request, url: URL, server: Server<Client>) => {
    const session = farm.sessions.get(url.pathname.split("/")[2] ?? "")
    const fault = nextFault("connect")
    if (fault) return problem(fault.status, "a fault", fault.headers)
    if (session?.status !== "RUNNING" || url.searchParams.get("signingKey") !== session.secret) {
      return new Response("gone", { status: 410 })
    }
    const socket = () => [...clients].find(({ data }) => data === client)
    const client: Client = relay({ session: session.id, url: session.url, folder: session.folder }, socket)
    return server.upgrade(request, { data: client }) ? undefined : new Response("no socket", { status: 400 })
  }

  const server = yield* Effect.acquireRelease(
    Effect.sync(() =>
      Bun.serve<Client>({
        port: 0,
        hostname: "127.0.0.1",
        idleTimeout: 0,
        fetch: (request, server) => {
          const url = new URL(request.url)
          return url.pathname.startsWith("/connect/") ? upgrade(request, url, server) : answer(request, url)
        },
        websocket: {
          maxPayloadLength: 256 * 1024 * 1024,
          open: (socket) => void clients.add(socket),
          message: (socket, message) => socket.data.toBrowser(String(message)),
          close: (socket) => {
            clients.delete(socket)
            socket.data.close()
            const session = farm.sessions.get(socket.data.session)
            const last = clientsOf(socket.data.session).length === 0
            if (session && last && !session.keepAlive) void runPromise(farm.end(session.id))
          }
        }
      })
    ),
    (server) => Effect.promise(() => server.stop(true))
  )

  return {
    url: server.url.href.replace(/\/$/, ""),
    apiKey,
    projectId,
    limits,
    faults,
    requests: requests as ReadonlyArray<Operation>,
    sessions: farm.sessions,
    running,
    /** Whether something has been asked of the session's browser. */
    isDriven: (id: string) => clientsOf(id).some(({ data }) => data.isDriven()),
    end,
    drop
  } as const
})

export type StandIn = Effect.Effect.Success<typeof standIn>
