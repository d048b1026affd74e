import { type HttpApp, HttpServerError, HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import * as Respond from "./Respond.ts"

export interface Route {
  readonly method: string
  readonly path: string
}

const matcher = ({ method, path }: Route) => ({
  method,
  pattern: new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}/?$`)
})

/** A path that exists, asked with a method that it does not have, is 405 rather than 404. */
export const methodsOf = (routes: ReadonlyArray<Route>) => {
  const matchers = routes.map(matcher)
  return <E, R>(app: HttpApp.Default<E | HttpServerError.RouteNotFound, R>) =>
    Effect.catchIf(
      app,
      (error) => error instanceof HttpServerError.RouteNotFound,
      (error) =>
        Effect.gen(function* () {
          const request = yield* HttpServerRequest.HttpServerRequest
          const path = request.url.split("?")[0] ?? ""
          const methods = matchers.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
          if (methods.length === 0 || methods.includes(request.method)) return yield* error
          return yield* Respond.methodNotAllowed([...new Set(methods)].sort())
        })
    )
}
