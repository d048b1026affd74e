import type { Socket } from "node:net"
import { Duration, Effect } from "effect"
import type { Unreachable } from "./Dial.ts"
import type { EgressRefused } from "./Egress.ts"
import * as Incoming from "./Incoming.ts"
import type { Pass } from "./Pass.ts"
import type { ProxyRequest } from "./ProxyRequest.ts"
import type { HostUnknown } from "./Resolver.ts"

/** What a connection of a browser is served with. */
export interface House {
  readonly passOf: (request: ProxyRequest) => Pass | undefined
  readonly connect: (
    pass: Pass,
    host: string,
    port: number
  ) => Effect.Effect<Socket, EgressRefused | HostUnknown | Unreachable>
}

/** Answered by the proxy itself: a browser that asks for it has shown its pass. */
export const greeting = new URL("http://timbra.invalid/")

/** A portal may take a minute to stamp; a connection that says nothing for longer is given up. */
const silence = Duration.toMillis("2 minutes")

const head = (...lines: ReadonlyArray<string>) => ["HTTP/1.1 ", lines.join("\r\n"), "\r\n\r\n"].join("")

// Without a body, so that Chromium shows a page of its own rather than words that could be taken for the portal's.
const last = (status: string, ...headers: ReadonlyArray<string>) =>
  head(status, "Content-Length: 0", "Connection: close", ...headers)

const unauthenticated = last("407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="timbra"')
const badGateway = last("502 Bad Gateway")

/** Neither side outlives the other. */
const bind = (client: Socket, upstream: Socket) => {
  upstream.setTimeout(silence, () => upstream.destroy())
  client.once("close", () => upstream.destroy())
}

const flow = (from: Socket, to: Socket, pass: Pass, end: boolean) => {
  from.on("data", (chunk: Buffer) => pass.count(chunk.length))
  from.pipe(to, { end })
}

/** Serves one connection of a browser until either side closes it. */
export const converse = (client: Socket, { connect, passOf }: House) =>
  Effect.gen(function* () {
    const incoming = Incoming.make(client)
    let upstream: { readonly socket: Socket; readonly to: string } | undefined
    let unanswered = false

    const tunnel = Effect.fnUntraced(function* (pass: Pass, { host, port }: ProxyRequest) {
      const socket = yield* connect(pass, host, port)
      bind(client, socket)
      socket.once("close", () => client.destroySoon())
      client.write(head("200 Connection established"))
      client.pipe(socket)
      flow(socket, client, pass, true)
    })

    /** A destination that goes away without an answer is a 502: were it silence, Chromium would ask again by itself. */
    const join = Effect.fnUntraced(function* (pass: Pass, { host, port }: ProxyRequest, to: string) {
      const socket = yield* connect(pass, host, port)
      bind(client, socket)
      socket.on("data", () => {
        unanswered = false
      })
      socket.once("close", () => {
        if (upstream?.socket === socket) client.end(unanswered ? badGateway : "")
      })
      flow(socket, client, pass, false)
      upstream = { socket, to }
      return upstream
    })

    while (true) {
      const request = yield* incoming.request
      const pass = passOf(request)
      if (pass === undefined) return client.end(unauthenticated)
      client.setTimeout(silence)
      if (request.method === "CONNECT") return yield* tunnel(pass, request)
      if (request.host === greeting.hostname) {
        client.write(head("204 No Content"))
        continue
      }
      const to = `${request.host}:${request.port}`
      const known = upstream
      if (known?.to !== to) {
        upstream = undefined
        known?.socket.destroy()
      }
      const { socket } = upstream ?? (yield* join(pass, request, to))
      unanswered = true
      yield* Incoming.write(socket, request.forwarded)
      yield* incoming.body(request.length, (bytes) => Incoming.write(socket, bytes))
    }
  }).pipe(
    Effect.catchTags({
      EgressRefused: () => Effect.sync(() => client.end(last("403 Forbidden"))),
      HostUnknown: () => Effect.sync(() => client.end(badGateway)),
      Unreachable: () => Effect.sync(() => client.end(badGateway)),
      RequestRefused: ({ status }) => Effect.sync(() => client.end(last(`${status} Bad Request`))),
      Hung: () => Effect.sync(() => client.destroy())
    }),
    Effect.asVoid
  )
