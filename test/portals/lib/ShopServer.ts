import { join, normalize } from "node:path"
import type { LoggedRequest, RunningPortal } from "./Portal.ts"
import type { Invoice, Till } from "./Till.ts"

export interface Visit<Session> {
  readonly url: URL
  readonly headers: Headers
  readonly body: string
  /** What was posted as a form, or else the query. */
  readonly typed: URLSearchParams
  /** The first value of that name, trimmed; empty where there is none. */
  readonly field: (name: string) => string
  /** Kept between requests of one browser context. */
  readonly session: Session
}

export type Handler<Session> = (visit: Visit<Session>) => Response | Promise<Response>

export interface ShopOptions<Session extends object> {
  readonly till: Till
  readonly cookie: string
  readonly newSession: () => Session
  /** By method and path: `GET /factura`. A path that ends in `/` but for the root takes all below it. */
  readonly routes: Readonly<Record<string, Handler<Session>>>
  readonly landing?: string
}

const nodeModules = join(import.meta.dir, "../../../node_modules")

/** `/vendor/jquery/dist/jquery.min.js`: a library's own file, as a shop would have copied it to its server. */
const vendorFile = (pathname: string) => {
  const path = normalize(pathname.slice("/vendor".length))
  return new Response(Bun.file(join(nodeModules, path)), { headers: { "cache-control": "max-age=3600" } })
}

export const page = (html: string, status = 200) =>
  new Response(html, { status, headers: { "content-type": "text/html; charset=utf-8" } })

export const redirect = (location: string) => new Response(null, { status: 302, headers: { location } })

export const reply = (value: unknown) => Response.json(value)

export const xmlFile = ({ fileName, xml }: Invoice, disposition: "attachment" | "inline" = "attachment") =>
  new Response(xml, {
    headers: {
      "content-type": "text/xml; charset=utf-8",
      "content-disposition": `${disposition}; filename="${fileName}.xml"`
    }
  })

export const pdfFile = ({ fileName, pdf }: Invoice, disposition: "attachment" | "inline" = "attachment") =>
  new Response(new Uint8Array(pdf), {
    headers: { "content-type": "application/pdf", "content-disposition": `${disposition}; filename="${fileName}.pdf"` }
  })

const lost = () => page("<title>404</title><h1>404</h1><p>La página solicitada no existe.</p>", 404)

export const openShop = async <Session extends object>(options: ShopOptions<Session>): Promise<RunningPortal> => {
  const log: Array<LoggedRequest> = []
  const sessions = new Map<string, Session>()

  const sessionOf = (headers: Headers) => {
    const known = new Bun.CookieMap(headers.get("cookie") ?? "").get(options.cookie) ?? ""
    const session = sessions.get(known)
    if (session !== undefined) return { session, cookie: undefined }
    const id = crypto.randomUUID()
    const fresh = options.newSession()
    sessions.set(id, fresh)
    return { session: fresh, cookie: `${options.cookie}=${id}; Path=/; HttpOnly` }
  }

  const handlerOf = (method: string, pathname: string) => {
    const exact = options.routes[`${method} ${pathname}`]
    if (exact !== undefined) return exact
    const below = Object.keys(options.routes).find(
      (key) => key.endsWith("/") && !key.endsWith(" /") && `${method} ${pathname}`.startsWith(key)
    )
    return below === undefined ? lost : (options.routes[below] ?? lost)
  }

  const answer = async (request: Request) => {
    const url = new URL(request.url)
    const body = await request.text()
    log.push({ method: request.method, path: url.pathname + url.search, body, at: performance.now() })
    if (url.pathname.startsWith("/vendor/")) return vendorFile(url.pathname)
    const posted = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false
    const typed = posted ? new URLSearchParams(body) : url.searchParams
    const { cookie, session } = sessionOf(request.headers)
    const field = (name: string) => (typed.get(name) ?? "").trim()
    const handler = handlerOf(request.method, url.pathname)
    const response = await handler({ url, headers: request.headers, body, typed, field, session })
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store")
    if (cookie !== undefined) response.headers.append("set-cookie", cookie)
    return response
  }

  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, idleTimeout: 60, development: false, fetch: answer })
  return {
    url: new URL(options.landing ?? "/", server.url),
    stamps: options.till.stamps,
    log: () => log,
    stop: () => server.stop(true)
  }
}
