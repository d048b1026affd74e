import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { Readiness } from "./Readiness.ts"

/** `/health`: the process lives. `/ready`: it can do its work. */
export const HealthRoutes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const readiness = yield* Readiness
    yield* router.add("GET", "/health", HttpServerResponse.unsafeJson({ status: "ok" }))
    yield* router.add(
      "GET",
      "/ready",
      Effect.map(readiness.report, ({ ready, checks }) =>
        HttpServerResponse.unsafeJson({ status: ready ? "ready" : "not ready", checks }, { status: ready ? 200 : 503 })
      )
    )
  })
)
