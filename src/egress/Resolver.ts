import { lookup } from "node:dns/promises"
import { Context, Data, Effect } from "effect"

/** Nobody knows an address for the name. */
export class HostUnknown extends Data.TaggedError("HostUnknown")<{ readonly host: string; readonly cause?: unknown }> {
  override get message() {
    return `no address for ${this.host}`
  }
}

/** Asks the system for all addresses of a name, IPv4 first; tests put their own in. */
export class Resolver extends Context.Reference<Resolver>()("egress/Resolver", {
  defaultValue: () => ({
    addresses: (host: string): Effect.Effect<ReadonlyArray<string>, HostUnknown> =>
      Effect.tryPromise({
        try: () => lookup(host, { all: true, order: "ipv4first" }),
        catch: (cause) => new HostUnknown({ host, cause })
      }).pipe(Effect.map((found) => found.map(({ address }) => address)))
  })
}) {}
