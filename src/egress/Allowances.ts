import { Config, ConfigError, Either } from "effect"
import ipaddr from "ipaddr.js"

/** What may be reached although it is private. */
export interface Allowance {
  readonly admits: (host: string, port: number) => boolean
}

export const unbracketed = (host: string) => host.replace(/^\[|\]$/g, "")

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
  return Either.right({
    admits: (host, port) => host === name && (parts.port === undefined || Number(parts.port) === port)
  })
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
