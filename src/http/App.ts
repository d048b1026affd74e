import { HttpApi, HttpLayerRouter, HttpMiddleware } from "@effect/platform"
import { flow, Layer } from "effect"
import { Api } from "../Api.ts"
import { MonitorRoutes, paths } from "../monitor/Routes.ts"
import * as Access from "./Access.ts"
import * as Bodies from "./Bodies.ts"
import { DocsRoutes } from "./Docs.ts"
import * as Failures from "./Failures.ts"
import { HealthRoutes } from "./Health.ts"
import { methodsOf, type Route } from "./Methods.ts"
import { MetricsRoutes } from "./Metrics.ts"

/** Every path that this server answers, below `/ws/` aside. */
export const Routes = Layer.mergeAll(
  HttpLayerRouter.addHttpApi(Api),
  DocsRoutes,
  HealthRoutes,
  MetricsRoutes,
  MonitorRoutes
)

const routes: Array<Route> = ["/openapi.json", "/docs", "/health", "/ready", "/metrics", ...paths].map((path) => ({
  method: "GET",
  path
}))
HttpApi.reflect(Api, {
  onGroup: () => undefined,
  onEndpoint: ({ endpoint }) => routes.push({ method: endpoint.method, path: endpoint.path })
})

/** What all requests go through, the outermost last. */
export const through = (origins: ReadonlyArray<string>) =>
  flow(
    methodsOf(routes),
    Bodies.checked,
    Failures.handled,
    HttpMiddleware.cors({
      allowedOrigins: (origin) => origins.includes(origin),
      allowedMethods: ["GET", "HEAD", "POST", "PUT", "DELETE"],
      allowedHeaders: ["Authorization", "Content-Type", "Idempotency-Key", "X-Request-Id", "If-None-Match"],
      exposedHeaders: ["X-Request-Id", "X-Total-Count", "Link", "Location", "Retry-After", "ETag"],
      maxAge: 600
    }),
    Access.logged
  )
