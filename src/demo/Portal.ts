import { HttpApp, type HttpBody, HttpRouter, type HttpServerError, HttpServerResponse } from "@effect/platform"
import { type Cause, Data, DateTime, Effect, type ParseResult, type Scope } from "effect"
import { type CurrentRequest, type LoggedRequest, makeRequestLog } from "./RequestLog.ts"
import { makeSales, type Sale, type SaleRow } from "./Sale.ts"
import { makeShop, type Shop, type Stamp, type Vendor } from "./Shop.ts"

export type PortalKey = "a" | "b" | "c"

type RouteError =
  | ParseResult.ParseError
  | HttpServerError.RequestError
  | HttpBody.HttpBodyError
  | Cause.NoSuchElementException

/** One vendor's portal as it is written down: its sales and its pages. */
export interface Site {
  readonly key: PortalKey
  readonly vendor: Vendor
  readonly rows: ReadonlyArray<SaleRow>
  readonly print: (sale: Omit<Sale, "ticket">) => Readonly<Record<string, string>>
  /** c_ClaveProdServ of what the vendor sells */
  readonly productCode: string
  readonly routes: (shop: Shop) => HttpRouter.HttpRouter<RouteError, CurrentRequest | Scope.Scope>
}

/** One vendor's portal as it runs. */
export interface DemoPortal {
  readonly key: PortalKey
  readonly vendor: Vendor
  readonly url: URL
  readonly sales: ReadonlyArray<Sale>
  /** Every request but those for the log itself, oldest first; also served as JSON at `/__log`. */
  readonly requests: Effect.Effect<ReadonlyArray<LoggedRequest>>
  readonly stamps: Effect.Effect<ReadonlyArray<Stamp>>
}

export class PortalUnavailable extends Data.TaggedError("PortalUnavailable")<{
  readonly key: PortalKey
  readonly port: number
  readonly cause: unknown
}> {}

const plain = (status: number, text: string) => Effect.succeed(HttpServerResponse.text(text, { status }))

const answering = (routes: HttpRouter.HttpRouter<RouteError, CurrentRequest | Scope.Scope>) =>
  routes.pipe(
    Effect.catchTags({
      ParseError: () => plain(400, "Solicitud inválida."),
      RequestError: () => plain(400, "Solicitud inválida."),
      NoSuchElementException: () => plain(404, "La página solicitada no existe."),
      RouteNotFound: () => plain(404, "La página solicitada no existe."),
      HttpBodyError: Effect.die
    }),
    Effect.map(HttpServerResponse.setHeader("cache-control", "no-store"))
  )

/** Serves the portal at its own origin until the scope closes; port 0 takes any free one. */
export const serve = Effect.fn("Portal.serve")(function* (site: Site, host: string, port: number) {
  const sales = makeSales({ ...site, now: yield* DateTime.now })
  const shop = yield* makeShop(site.vendor, sales)
  const log = yield* makeRequestLog
  const app = HttpRouter.empty.pipe(
    HttpRouter.get("/__log", log.asJson),
    HttpRouter.all("*", log.logged(answering(site.routes(shop))))
  )
  const handle = HttpApp.toWebHandlerRuntime(yield* Effect.runtime())(app)
  const server = yield* Effect.acquireRelease(
    Effect.try({
      try: () =>
        Bun.serve({ hostname: host, port, maxRequestBodySize: 64 * 1024, fetch: (request) => handle(request) }),
      catch: (cause) => new PortalUnavailable({ key: site.key, port, cause })
    }),
    (server) => Effect.promise(() => server.stop(true))
  )
  return {
    key: site.key,
    vendor: site.vendor,
    url: new URL(`http://${host}:${server.port}/`),
    sales,
    requests: log.requests,
    stamps: shop.stamps
  } satisfies DemoPortal
})
