import { connect, type Socket } from "node:net"
import { Data, Effect } from "effect"
import type { Destination } from "./Egress.ts"

/** None of a destination's addresses takes a connection. */
export class Unreachable extends Data.TaggedError("Unreachable")<{
  readonly host: string
  readonly port: number
  readonly cause: unknown
}> {
  override get message() {
    return `${this.host}:${this.port} cannot be reached`
  }
}

const patience = "10 seconds"

const open = (host: string, port: number) =>
  Effect.async<Socket, unknown>((resume) => {
    const socket = connect({ host, port })
    const failed = (cause: unknown) => resume(Effect.fail(cause))
    socket.once("error", failed)
    socket.once("connect", () => {
      socket.off("error", failed)
      // Whoever uses it learns of its end by "close".
      socket.on("error", () => {})
      socket.setNoDelay(true)
      resume(Effect.succeed(socket))
    })
    return Effect.sync(() => socket.destroy())
  })

/** Connects to the first of the checked addresses that answers. The name is not asked for again. */
export const dial = ({ addresses, host, port }: Destination) =>
  Effect.firstSuccessOf(
    addresses.map((address) => Effect.timeoutFail(open(address, port), { duration: patience, onTimeout: () => "late" }))
  ).pipe(Effect.mapError((cause) => new Unreachable({ host, port, cause })))
