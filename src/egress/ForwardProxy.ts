import { createServer, type Socket } from "node:net"
import { Data, Effect, FiberSet } from "effect"
import { isPublicAddress } from "./Address.ts"
import { converse, greeting, type House } from "./Conversation.ts"
import { dial } from "./Dial.ts"
import { Egress, EgressRefused } from "./Egress.ts"
import { type Limits, Pass } from "./Pass.ts"

const usual: Limits = { connections: 256, bytes: 256 * 1024 * 1024 }

// Whoever has no pass gets this long to show one.
const introduction = 10_000

class ProxyUnavailable extends Data.TaggedError("ProxyUnavailable")<{ readonly cause: unknown }> {}

/**
 * The only way out for our own browsers: a forward proxy on loopback that resolves each name once, checks every address
 * and connects to the checked one, so that neither a redirect nor a name that moves leads to a private network. Only
 * runs of this process have passes for it.
 */
export class ForwardProxy extends Effect.Service<ForwardProxy>()("egress/ForwardProxy", {
  scoped: Effect.gen(function* () {
    const egress = yield* Egress
    const passes = new Map<string, Pass>()
    const run = yield* FiberSet.makeRuntime<never>()
    const clients = new Set<Socket>()

    const passOf: House["passOf"] = ({ credentials }) => {
      const pass = passes.get(credentials?.username ?? "")
      return pass?.admits(credentials?.password ?? "") ? pass : undefined
    }

    const connect: House["connect"] = Effect.fnUntraced(function* (pass, host, port) {
      const destination = yield* egress.destination(host, port)
      // Not even where loopback is allowed may a page reach this proxy through itself.
      const loops = port === own.port && !destination.addresses.every(isPublicAddress)
      if (loops || pass.isSpent) return yield* new EgressRefused({ host, port })
      const socket = yield* dial(destination)
      pass.hold(socket)
      return socket
    })

    const serve = (client: Socket) => {
      clients.add(client)
      client.on("error", () => {}).once("close", () => clients.delete(client))
      client.setNoDelay(true)
      client.setTimeout(introduction, () => client.destroy())
      run(converse(client, { connect, passOf }))
    }

    const own = yield* Effect.acquireRelease(
      Effect.async<{ readonly port: number; readonly close: () => void }, ProxyUnavailable>((resume) => {
        const server = createServer({ pauseOnConnect: false }, serve)
        server.once("error", (cause) => resume(new ProxyUnavailable({ cause })))
        server.listen(0, "127.0.0.1", () => {
          const address = server.address()
          if (address === null || typeof address === "string") return resume(new ProxyUnavailable({ cause: address }))
          resume(Effect.succeed({ port: address.port, close: () => server.close() }))
        })
      }),
      ({ close }) =>
        Effect.sync(() => {
          close()
          for (const client of clients) client.destroy()
        })
    )

    /** A pass for one run; what it has open is closed with the scope. */
    const pass = (limits: Limits = usual) =>
      Effect.acquireRelease(
        Effect.sync(() => {
          const pass = new Pass(limits)
          passes.set(pass.credentials.username, pass)
          return pass
        }),
        (pass) =>
          Effect.sync(() => {
            passes.delete(pass.credentials.username)
            pass.revoke()
          })
      ).pipe(Effect.map(({ credentials }) => credentials))

    return { url: `http://127.0.0.1:${own.port}`, greeting, pass } as const
  })
}) {}
