import { Context, Effect, Layer } from "effect"
import type { RequestInfo } from "./RequestInfo.ts"

/** What becomes of one socket; kept as its `data`. */
export interface Connection {
  readonly open: (socket: Bun.ServerWebSocket<Connection>) => void
  readonly message: (socket: Bun.ServerWebSocket<Connection>, message: string | Buffer) => void
  readonly drain: (socket: Bun.ServerWebSocket<Connection>) => void
  readonly close: (socket: Bun.ServerWebSocket<Connection>, code: number) => void
}

/** The realtime side of the server: it is given every request below `/ws/`. */
export class Sockets extends Context.Tag("http/Sockets")<
  Sockets,
  {
    /** Upgrades with `server.upgrade(request, { data: connection })`, or answers why not. */
    readonly upgrade: (
      request: Request,
      server: Bun.Server<Connection>,
      info: Context.Tag.Service<RequestInfo>
    ) => Promise<Response | undefined>
    readonly limits: Pick<
      Bun.WebSocketHandler<Connection>,
      "maxPayloadLength" | "idleTimeout" | "backpressureLimit" | "closeOnBackpressureLimit" | "perMessageDeflate"
    >
    /** Told once the server listens, with the address at which other processes reach it. */
    readonly listening: (address: string) => Effect.Effect<void>
    /** Asks every client to come back elsewhere; run when the server stops. */
    readonly closeAll: Effect.Effect<void>
  }
>() {}

/** A server without realtime: no address below `/ws/` exists. */
export const NoSockets = Layer.succeed(Sockets, {
  upgrade: () => Promise.resolve(new Response(null, { status: 404 })),
  limits: {},
  listening: () => Effect.void,
  closeAll: Effect.void
})
