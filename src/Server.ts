import { Headers, HttpApp, HttpLayerRouter, HttpMiddleware, HttpServerResponse } from "@effect/platform"
import { BunHttpServer } from "@effect/platform-bun"
import { Context, Data, type Duration, Effect, Layer, Runtime } from "effect"
import { Routes, through } from "./http/App.ts"
import { complete } from "./http/Headers.ts"
import * as Incoming from "./http/Incoming.ts"
import { RequestInfo } from "./http/RequestInfo.ts"
import * as Respond from "./http/Respond.ts"
import { settings } from "./http/Settings.ts"
import { type Connection, Sockets } from "./http/Sockets.ts"
import * as Measures from "./telemetry/Measures.ts"

export class Server extends Context.Tag("Server")<Server, { readonly url: URL }>() {}

export class CannotListen extends Data.TaggedError("CannotListen")<{
  readonly host: string
  readonly port: number
  readonly reason: string
}> {
  override get message() {
    return `PORT ${this.port}: cannot listen on ${this.host}: ${this.reason}`
  }
}

// The API's own limit is lower and is answered with a problem; what is larger than this Bun refuses unread.
const maxRequestBodySize = 16_000_000

// Of a request's headers, what a trace does not tell beside those that hold a secret: where its user is.
const untold = ["fly-client-ip", "x-forwarded-for", "x-real-ip", "forwarded", "sec-websocket-protocol"]

const make = (drain: Duration.DurationInput) =>
  Effect.gen(function* () {
    const { port, host, origins, publicUrl, addressOf } = yield* settings
    const sockets = yield* Sockets
    const read = yield* Incoming.reader
    const app = through(origins)(yield* HttpLayerRouter.toHttpEffect(Routes))
    const runtime = yield* Effect.runtime()
    const handle = HttpApp.toWebHandlerRuntime(runtime)(app)

    const answer = async (
      request: Request,
      server: Bun.Server<Connection>,
      info: Context.Tag.Service<RequestInfo>,
      pathname: string | undefined
    ) => {
      if (pathname === undefined) {
        return HttpServerResponse.toWeb(
          await Runtime.runPromise(runtime)(Effect.provideService(Respond.malformedRequest, RequestInfo, info))
        )
      }
      return pathname.startsWith("/ws/")
        ? sockets.upgrade(request, server, info)
        : handle(request, Context.make(RequestInfo, info))
    }

    const start = Effect.try({
      try: () =>
        Bun.serve<Connection>({
          port,
          hostname: host,
          // Bun resets any request still silent after this long, and its default is ten seconds.
          idleTimeout: 255,
          maxRequestBodySize,
          // Bun's own page for a failure shows the source around it.
          development: false,
          async fetch(request, server) {
            const info = read(request, server.requestIP(request)?.address)
            const pathname = URL.parse(request.url)?.pathname
            const response = await answer(request, server, info, pathname)
            return response && complete(response, info.id, pathname, publicUrl.protocol === "https:")
          },
          websocket: {
            ...sockets.limits,
            open(socket) {
              Measures.sockets.unsafeUpdate(1, [])
              socket.data.open(socket)
            },
            message: (socket, message) => socket.data.message(socket, message),
            drain: (socket) => socket.data.drain(socket),
            close(socket, code) {
              Measures.sockets.unsafeUpdate(-1, [])
              socket.data.close(socket, code)
            }
          }
        }),
      catch: (cause) => new CannotListen({ host, port, reason: cause instanceof Error ? cause.message : String(cause) })
    })

    // A finalizer is uninterruptible, so without `interruptible` the timeout would never fire.
    const stop = (server: Bun.Server<Connection>) =>
      Effect.promise(() => server.stop()).pipe(
        Effect.zipLeft(sockets.closeAll, { concurrent: true }),
        Effect.interruptible,
        Effect.timeoutOption(drain),
        Effect.zipRight(Effect.promise(() => server.stop(true)))
      )

    const { url } = yield* Effect.acquireRelease(start, stop)
    yield* sockets.listening(addressOf(url.port))
    yield* Effect.logInfo(`Listening on ${url}`)
    return { url }
  })

/** The one server of the process. When it stops, requests under way have as long as `drain` to finish. */
export const layer = (options: { readonly drain: Duration.DurationInput }) =>
  Layer.scoped(Server, make(options.drain)).pipe(
    HttpMiddleware.withTracerDisabledForUrls(["/health", "/ready", "/metrics"]),
    Layer.locallyWith(Headers.currentRedactedNames, (names) => [...names, ...untold]),
    Layer.provide(BunHttpServer.layerContext)
  )
