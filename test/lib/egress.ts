import { ConfigProvider, Effect, Layer } from "effect"
import { Egress } from "../../src/egress/Egress.ts"
import { ForwardProxy } from "../../src/egress/ForwardProxy.ts"
import { HostUnknown, Resolver } from "../../src/egress/Resolver.ts"

/** The guard as VENDOR_HOSTS_ALLOWED sets it. */
export const egressAllowing = (list: string) =>
  Egress.Default.pipe(
    Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["VENDOR_HOSTS_ALLOWED", list]]))))
  )

/** A resolver that knows these names and no others. */
export const resolving = (names: Readonly<Record<string, ReadonlyArray<string>>>) =>
  Layer.succeed(Resolver, {
    addresses: (host) => {
      const found = names[host]
      return found === undefined ? new HostUnknown({ host }) : Effect.succeed(found)
    }
  })

/** The way out of a test's browsers: to this machine's own servers as well. */
export const EgressTest = ForwardProxy.Default.pipe(Layer.provideMerge(egressAllowing("127.0.0.1,localhost")))
