import { join } from "node:path"
import type { LoggedRequest, RunningPortal } from "../../lib/Portal.ts"
import type { openTill } from "../../lib/Till.ts"

export interface Visit<S> {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: string
  readonly field: (name: string) => string
  readonly has: (name: string) => boolean
  /** Every value of a name that a form repeats. */
  readonly all: (name: string) => ReadonlyArray<string>
  readonly session: S
}

export type Handler<S> = (visit: Visit<S>) => Response | Promise<Response>

const modules = join(import.meta.dir, "../../../../node_modules")

/** A form with files in it is read as one without. */
const bodyOf = async (request: Request) => {
  if (request.method === "GET") return ""
  if (!request.headers.get("content-type")?.startsWith("multipart/form-data")) return request.text()
  const parts = await request.formData()
  return new URLSearchParams([...parts].map(([name, value]) => [name, String(value)])).toString()
}

/** Routes are "GET /path", or "GET /path/*" for everything below it. /vendor/ serves the public libraries. */
export const shop = async <S>(options: {
  readonly till: ReturnType<typeof openTill>
  readonly cookie: string
  /** The path that a ticket leads to. */
  readonly landing?: string
  readonly fresh: () => S
  readonly routes: Readonly<Record<string, Handler<S>>>
}): Promise<RunningPortal> => {
  const log: Array<LoggedRequest> = []
  const sessions = new Map<string, S>()
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 60,
    fetch: async (request) => {
      const url = new URL(request.url)
      if (url.pathname.startsWith("/vendor/")) {
        const file = Bun.file(join(modules, decodeURIComponent(url.pathname.slice("/vendor".length))))
        return (await file.exists()) ? new Response(file) : new Response("404", { status: 404 })
      }
      const body = await bodyOf(request)
      log.push({ method: request.method, path: url.pathname + url.search, body, at: performance.now() })
      const values = new Map<string, string>()
      for (const [key, value] of url.searchParams) values.set(key, value)
      if (body.startsWith("{")) {
        for (const [key, value] of Object.entries(JSON.parse(body) as Record<string, unknown>)) {
          if (value !== null && value !== undefined && value !== false) values.set(key, String(value))
        }
      } else for (const [key, value] of new URLSearchParams(body)) values.set(key, value)
      const sent = new RegExp(`${options.cookie.replace(".", "\\.")}=([\\w-]+)`).exec(
        request.headers.get("cookie") ?? ""
      )
      let id = sent?.[1]
      let session = id === undefined ? undefined : sessions.get(id)
      const isNew = id === undefined || session === undefined
      if (id === undefined || session === undefined) {
        id = crypto.randomUUID()
        session = options.fresh()
        sessions.set(id, session)
      }
      const exact = options.routes[`${request.method} ${url.pathname}`]
      const below = Object.entries(options.routes).find(
        ([key]) => key.endsWith("/*") && `${request.method} ${url.pathname}`.startsWith(key.slice(0, -1))
      )?.[1]
      const handler = exact ?? below
      const response =
        handler === undefined
          ? new Response("<h1>404 Not Found</h1>", { status: 404, headers: { "content-type": "text/html" } })
          : await handler({
              method: request.method,
              url,
              headers: request.headers,
              body,
              session,
              field: (name) => (values.get(name) ?? "").trim(),
              has: (name) => values.has(name),
              all: (name) => new URLSearchParams(body).getAll(name)
            })
      if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store")
      if (isNew) response.headers.append("set-cookie", `${options.cookie}=${id}; Path=/; HttpOnly`)
      return response
    },
    error: (_error) => {
      return new Response("Error 500", { status: 500 })
    }
  })
  return {
    url: new URL(options.landing ?? "/", `http://127.0.0.1:${server.port}/`),
    stamps: () => options.till.stamps(),
    log: () => log,
    stop: async () => {
      await server.stop(true)
    }
  }
}
