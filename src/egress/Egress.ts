import { Array as Arr, Cache, Data, Duration, Effect, Either, Exit, Schema } from "effect"
import { canonical, isAddress, isPublicAddress, isPublicName } from "./Address.ts"
import { allowances, unbracketed } from "./Allowances.ts"
import { HostUnknown, Resolver } from "./Resolver.ts"

/** Why an address may not be named; for the user. */
export class Refusal extends Schema.TaggedClass<Refusal>()("Refusal", {
  code: Schema.Literal("URL_MALFORMED", "URL_SCHEME", "URL_CREDENTIALS", "URL_NOT_PUBLIC")
}) {}

/** A host that nothing of ours may connect to. */
export class EgressRefused extends Data.TaggedError("EgressRefused")<{ readonly host: string; readonly port: number }> {
  override get message() {
    return `${this.host}:${this.port} is not public`
  }
}

/** Where to connect to: the addresses were checked, and no other may be used. */
export interface Destination {
  readonly host: string
  readonly port: number
  readonly addresses: Arr.NonEmptyReadonlyArray<string>
}

const defaultPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 }

export const portOf = (url: URL) => (url.port === "" ? defaultPorts[url.protocol] : Number(url.port))

export const hostOf = (url: URL) => unbracketed(url.hostname).replace(/\.$/, "")

const refuse = (code: Refusal["code"]) => Either.left(new Refusal({ code }))

// Long enough that a page load asks once for each name, and that a name does not move within it.
const remembered = Exit.match({ onSuccess: () => Duration.seconds(30), onFailure: () => Duration.seconds(1) })

/**
 * Says where this process and its browsers may connect to: public addresses of the internet, and what
 * VENDOR_HOSTS_ALLOWED adds to them.
 */
export class Egress extends Effect.Service<Egress>()("egress/Egress", {
  effect: Effect.gen(function* () {
    const allowed = yield* allowances
    const resolver = yield* Resolver
    const resolved = yield* Cache.makeWith({ capacity: 1_000, lookup: resolver.addresses, timeToLive: remembered })

    const admits = (host: string, port: number) => allowed.some((allowance) => allowance.admits(host, port))

    const mayName = (host: string, port: number) =>
      (isAddress(host) ? isPublicAddress(host) : isPublicName(host)) || admits(host, port)

    /**
     * Judges an address by its text alone, as a user may give it. The URL parser has already written decimal, octal and
     * hexadecimal forms in the usual one.
     */
    const parse = (text: string): Either.Either<URL, Refusal> => {
      const url = URL.parse(text.trim())
      if (url === null || url.hostname === "") return refuse("URL_MALFORMED")
      const port = portOf(url)
      if (port === undefined) return refuse("URL_SCHEME")
      if (url.username !== "" || url.password !== "") return refuse("URL_CREDENTIALS")
      return mayName(hostOf(url), port) ? Either.right(url) : refuse("URL_NOT_PUBLIC")
    }

    /** Resolves once and checks every address: a name with a single private one is refused. */
    const destination = Effect.fn("Egress.destination")(function* (host: string, port: number) {
      const refused = new EgressRefused({ host, port })
      if (port === 0 || !mayName(host, port)) return yield* refused
      const found = isAddress(host) ? [host] : yield* resolved.get(host)
      const addresses = found.map(canonical)
      if (!Arr.isNonEmptyReadonlyArray(addresses)) return yield* new HostUnknown({ host })
      const named = admits(host, port)
      const mayReach = (address: string) => named || isPublicAddress(address) || admits(address, port)
      if (!addresses.every(mayReach)) return yield* refused
      const destination: Destination = { host, port, addresses }
      return destination
    })

    return { parse, destination } as const
  })
}) {}
