import { type HttpApp, HttpServerRequest } from "@effect/platform"
import { Duration, Effect, Metric } from "effect"
import * as Measures from "../telemetry/Measures.ts"
import { RequestInfo } from "./RequestInfo.ts"

/** Gives every log line of a request its id, and writes one for the request itself, without its query. */
export const logged = <E, R>(app: HttpApp.Default<E, R>) =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const { id } = yield* RequestInfo
    const path = request.url.split("?")[0]
    return yield* Effect.timed(app).pipe(
      Effect.tap(([duration, { status }]) =>
        Effect.annotateLogs(Effect.logInfo("Answered"), { status, ms: Math.round(Duration.toMillis(duration)) })
      ),
      Effect.tap(([duration, { status }]) =>
        Measures.requests.pipe(
          Metric.tagged("method", request.method),
          Metric.tagged("status", String(status)),
          Metric.update(Duration.toSeconds(duration))
        )
      ),
      Effect.map(([, response]) => response),
      Effect.annotateLogs({ request_id: id, method: request.method, path })
    )
  })
