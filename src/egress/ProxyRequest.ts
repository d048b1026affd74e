import { Data, Either } from "effect"
import { hostOf, portOf } from "./Egress.ts"

/** Not a request that a browser sends to its proxy. */
export class RequestRefused extends Data.TaggedError("RequestRefused")<{ readonly status: 400 | 411 | 431 }> {}

/** The head of a request to a proxy: `CONNECT host:port`, or any other method with a whole address. */
export interface ProxyRequest {
  readonly method: string
  readonly host: string
  readonly port: number
  readonly credentials: { readonly username: string; readonly password: string } | undefined
  /** Bytes of its body. */
  readonly length: number
  /** The head as the destination gets it. */
  readonly forwarded: string
}

type Header = readonly [name: string, value: string]

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const requestLine = new RegExp(`^(${token}) (\\S+) HTTP/1\\.[01]$`)
const headerLine = new RegExp(`^(${token}):[ \\t]*([^\\r\\n]*?)[ \\t]*$`)

const refuse = (status: RequestRefused["status"]) => Either.left(new RequestRefused({ status }))

const headersOf = (lines: ReadonlyArray<string>) =>
  Either.all(
    lines.map((line): Either.Either<Header, RequestRefused> => {
      const [, name, value] = headerLine.exec(line) ?? []
      return name === undefined || value === undefined ? refuse(400) : Either.right([name, value])
    })
  )

const valuesOf = (headers: ReadonlyArray<Header>, wanted: string) =>
  headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)

const credentialsOf = (headers: ReadonlyArray<Header>): ProxyRequest["credentials"] => {
  const [, encoded] = /^basic ([\w+/=-]+)$/i.exec(valuesOf(headers, "proxy-authorization")[0] ?? "") ?? []
  if (encoded === undefined) return undefined
  const [username = "", ...password] = Buffer.from(encoded, "base64").toString("utf8").split(":")
  return { username, password: password.join(":") }
}

// A browser tells the length of every body it sends by HTTP/1.1; two ways of telling it are how requests are smuggled.
const lengthOf = (headers: ReadonlyArray<Header>) => {
  const lengths = valuesOf(headers, "content-length")
  if (valuesOf(headers, "transfer-encoding").length > 0) return refuse(411)
  if (lengths.length > 1 || lengths.some((length) => !/^\d{1,15}$/.test(length))) return refuse(400)
  return Either.right(Number(lengths[0] ?? 0))
}

const targetOf = (method: string, target: string) => {
  const url = URL.parse(method === "CONNECT" ? `https://${target}` : target)
  const isOurs = method === "CONNECT" ? url?.pathname === "/" && url.search === "" : url?.protocol === "http:"
  const port = url === null ? undefined : portOf(url)
  if (url === null || port === undefined || !isOurs || url.username !== "" || url.hostname === "") return refuse(400)
  return Either.right({ url, host: hostOf(url), port })
}

// As it was written: a portal may sign its addresses to the letter.
const pathOf = (target: string) => target.replace(/^http:\/\/[^/?#\\]*/i, "").replace(/^(?!\/)/, "/")

const hopByHop = /^(?:proxy-.*|host|keep-alive|te|trailer)$/i

/** Reads a head without its last empty line. */
export const parse = (head: string): Either.Either<ProxyRequest, RequestRefused> =>
  Either.gen(function* () {
    const [first = "", ...lines] = head.split("\r\n")
    const [, method, target] = requestLine.exec(first) ?? []
    if (method === undefined || target === undefined) return yield* refuse(400)
    const headers = yield* headersOf(lines)
    const { url, host, port } = yield* targetOf(method, target)
    const kept = headers.filter(([name]) => !hopByHop.test(name))
    return {
      method,
      host,
      port,
      credentials: credentialsOf(headers),
      length: yield* lengthOf(headers),
      forwarded: [
        `${method} ${pathOf(target)} HTTP/1.1`,
        `Host: ${url.host}`,
        ...kept.map(([name, value]) => `${name}: ${value}`),
        "",
        ""
      ].join("\r\n")
    }
  })
