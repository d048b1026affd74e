import { Config, ConfigError, Effect, Either, Schema } from "effect"
import ipaddr from "ipaddr.js"

/** Why an address may not be visited; for the user. */
export class Refusal extends Schema.TaggedClass<Refusal>()("Refusal", {
  code: Schema.Literal("URL_MALFORMED", "URL_SCHEME", "URL_CREDENTIALS", "URL_NOT_PUBLIC")
}) {}

interface Allowance {
  readonly admits: (host: string, port: string) => boolean
}

const unbracketed = (host: string) => host.replace(/^\[|\]$/g, "")

const hostAndPort = /^(?<host>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(?<port>\d{1,5}))?$/

// Written with a range's length it is a network; else a host, of which any port or only the one named may be visited.
const allowance = (entry: string): Either.Either<Allowance, ConfigError.ConfigError> => {
  if (ipaddr.isValidCIDR(entry)) {
    const range = ipaddr.parseCIDR(entry)
    return Either.right({
      admits: (host) => {
        if (!ipaddr.isValid(host)) return false
        const address = ipaddr.process(host)
        return address.kind() === range[0].kind() && address.match(range)
      }
    })
  }
  const parts = hostAndPort.exec(entry.toLowerCase())?.groups
  if (parts?.host === undefined) return Either.left(ConfigError.InvalidData([], `"${entry}" is no host[:port] or CIDR`))
  const name = unbracketed(parts.host)
  return Either.right({ admits: (host, port) => host === name && (parts.port === undefined || parts.port === port) })
}

export const allowances = Config.string().pipe(
  Config.mapOrFail((list) =>
    Either.all(
      list
        .split(",")
        .map((entry) => entry.trim())
        .filter((entry) => entry !== "")
        .map(allowance)
    )
  ),
  Config.nested("VENDOR_HOSTS_ALLOWED"),
  Config.withDefault<ReadonlyArray<Allowance>>([])
)

const privateSuffix =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|flycast|onion|arpa|test|invalid)$/

// Addresses that speak for an IPv4 one are judged by it too: NAT64 and 6to4 would reach it.
const embeddedIpv4 = (address: ipaddr.IPv6) => {
  const bytes = address.toByteArray()
  switch (address.range()) {
    case "rfc6052":
      return ipaddr.fromByteArray(bytes.slice(12))
    case "6to4":
      return ipaddr.fromByteArray(bytes.slice(2, 6))
    default:
      return address
  }
}

const isPublicAddress = (text: string) => {
  const address = ipaddr.process(text)
  const judged = address instanceof ipaddr.IPv6 ? embeddedIpv4(address) : address
  return judged.range() === "unicast"
}

// A name without a dot, or under a suffix that only private networks resolve, is never a shop's portal.
const isPublicName = (name: string) => name.includes(".") && !privateSuffix.test(name)

const isPublic = (host: string) => (ipaddr.isValid(host) ? isPublicAddress(host) : isPublicName(host))

const defaultPorts: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" }

const refuse = (code: Refusal["code"]) => Either.left(new Refusal({ code }))

/**
 * Says which addresses a task may name. What a public name resolves to, and where a portal leads, is for the browser's
 * own guard: here only the text is judged.
 */
export class VendorUrl extends Effect.Service<VendorUrl>()("tasks/VendorUrl", {
  effect: Effect.gen(function* () {
    const allowed = yield* allowances

    /** The URL parser has already written decimal, octal and hexadecimal forms of an address in the usual one. */
    const parse = (text: string): Either.Either<URL, Refusal> => {
      const url = URL.parse(text.trim())
      if (url === null || url.hostname === "") return refuse("URL_MALFORMED")
      const port = defaultPorts[url.protocol]
      if (port === undefined) return refuse("URL_SCHEME")
      if (url.username !== "" || url.password !== "") return refuse("URL_CREDENTIALS")
      const host = unbracketed(url.hostname).replace(/\.$/, "")
      const at = url.port === "" ? port : url.port
      if (!isPublic(host) && !allowed.some(({ admits }) => admits(host, at))) return refuse("URL_NOT_PUBLIC")
      return Either.right(url)
    }

    return { parse } as const
  })
}) {}
