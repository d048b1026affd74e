import { HttpLayerRouter, HttpServerResponse, OpenApi } from "@effect/platform"
import { Context, Effect, Layer, Scope } from "effect"
import { Api } from "../Api.ts"

const document = Effect.sync(() => HttpServerResponse.unsafeJson(OpenApi.fromApi(Api)))

const page = Effect.gen(function* () {
  const { layerHttpLayerRouter } = yield* Effect.promise(() => import("@effect/platform/HttpApiScalar"))
  const docs = layerHttpLayerRouter({ api: Api, path: "/docs", scalar: { withDefaultFonts: false } })
  const context = yield* Layer.build(Layer.provideMerge(docs, HttpLayerRouter.layer))
  return Context.get(context, HttpLayerRouter.HttpRouter).asHttpEffect()
})

/** What the API says of itself. It takes 30 ms and 10 MB to make, so that waits for whoever asks first. */
export const DocsRoutes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    yield* router.add("GET", "/openapi.json", yield* Effect.cached(document))
    yield* router.add(
      "GET",
      "/docs",
      Effect.flatten(yield* Effect.cached(Effect.provideService(page, Scope.Scope, scope)))
    )
  })
)
