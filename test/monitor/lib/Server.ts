import { HttpLayerRouter } from "@effect/platform"
import { BunHttpServer } from "@effect/platform-bun"
import { Effect, Layer } from "effect"
import { MonitorRoutes } from "../../../src/monitor/Routes.ts"
import { accounts, open, problem } from "./Answers.ts"
import * as TaskAnswers from "./TaskAnswers.ts"
import { type Received, type Socket, Timbra } from "./Timbra.ts"

interface Data {
  readonly taskId: string
  readonly after: number
  readonly token: string
  socket?: Socket
}

const tokenOf = (request: Request) => /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? ""

const read = async (request: Request, path: string): Promise<Received> => {
  const text = await request.text()
  return { method: request.method, path, body: text === "" ? {} : JSON.parse(text), headers: request.headers }
}

const ofTask = (timbra: Timbra, request: Received) => {
  const [, id = "", part, file = ""] = /^\/tasks\/([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/.exec(request.path) ?? []
  const task = timbra.task(id)
  if (task === undefined) return problem(404, "TASK_NOT_FOUND", "No existe esa tarea.")
  if (part === undefined) return Response.json(task)
  if (part === "intervention") return TaskAnswers.answer(timbra, task, request)
  if (part !== "artifacts") return TaskAnswers.act(timbra, task, part, request)
  const found = timbra.files.get(file)
  if (found === undefined) return problem(404, "ARTIFACT_NOT_FOUND", "La tarea no tiene ese archivo.")
  return new Response(found.bytes, { headers: { "Content-Type": found.type } })
}

const api = async (timbra: Timbra, request: Request, url: URL) => {
  const path = url.pathname.slice("/api/v1".length)
  const received = await read(request, path)
  timbra.received.push(received)
  for (const [end, held] of timbra.held) if (path.endsWith(end)) await held
  const route = `${request.method} ${path}`
  const public_ = open[route]
  if (public_) return public_(timbra, received)
  if (!timbra.tokens.has(tokenOf(request))) return problem(401, "UNAUTHORIZED", "Inicie sesión.")
  if (route === "GET /tasks") return TaskAnswers.list(timbra, url.searchParams)
  if (route === "GET /stats") return TaskAnswers.stats(timbra)
  if (route === "POST /tasks") return TaskAnswers.create(timbra, received)
  const account = accounts[route]
  return account ? account(timbra, received) : ofTask(timbra, received)
}

const upgrade = (timbra: Timbra, request: Request, url: URL, server: Bun.Server<Data>) => {
  const protocols = (request.headers.get("sec-websocket-protocol") ?? "").split(", ")
  const token = protocols[1]?.replace("bearer.", "") ?? ""
  const taskId = url.pathname.slice("/ws/".length)
  if (!timbra.tokens.has(token)) return new Response(null, { status: 401 })
  if (timbra.socketsRefused || timbra.task(taskId) === undefined) return new Response(null, { status: 404 })
  const data = { taskId, after: Number(url.searchParams.get("after")), token }
  const headers = { "Sec-WebSocket-Protocol": protocols[0] ?? "" }
  return server.upgrade(request, { data, headers }) ? undefined : new Response(null, { status: 426 })
}

const opened = (timbra: Timbra, socket: Bun.ServerWebSocket<Data>) => {
  const { taskId, after } = socket.data
  const connected: Socket = {
    taskId,
    after,
    send: (message) => void socket.send(JSON.stringify(message)),
    close: (code) => socket.close(code)
  }
  socket.data.socket = connected
  timbra.sockets.add(connected)
  const last_seq = timbra.lastSeq.get(taskId) ?? 0
  const about = { task_id: taskId, timestamp: new Date().toISOString() }
  connected.send({ type: "snapshot", ...about, task: timbra.task(taskId), last_seq })
  for (const { seq, created_at, ...step } of timbra.task(taskId)?.steps ?? [])
    if (seq > after) connected.send({ type: "step", ...about, timestamp: created_at, seq, step })
}

const start = (timbra: Timbra) =>
  Effect.gen(function* () {
    const page = HttpLayerRouter.toWebHandler(MonitorRoutes.pipe(Layer.provideMerge(BunHttpServer.layerContext)), {
      disableLogger: true
    })
    yield* Effect.addFinalizer(() => Effect.promise(page.dispose))
    return yield* Effect.acquireRelease(
      Effect.sync(() =>
        Bun.serve<Data>({
          port: 0,
          hostname: "127.0.0.1",
          fetch(request, server) {
            const url = new URL(request.url)
            if (url.pathname.startsWith("/ws/")) return upgrade(timbra, request, url, server)
            return url.pathname.startsWith("/api/v1/") ? api(timbra, request, url) : page.handler(request)
          },
          websocket: {
            open: (socket) => opened(timbra, socket),
            message: () => undefined,
            close: ({ data }) => {
              if (data.socket) timbra.sockets.delete(data.socket)
            }
          }
        })
      ),
      (server) => Effect.promise(() => server.stop(true))
    )
  })

/** The page's own routes, and beside them a small server that speaks the contract: a new one for each test. */
export const server = Effect.gen(function* () {
  const timbra = new Timbra()
  const { url } = yield* start(timbra)
  return { timbra, url }
})
