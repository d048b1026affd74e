import { type HttpApp, HttpServerError, type HttpServerResponse } from "@effect/platform"
import { Cause, Effect } from "effect"
import { isOutage } from "./Outage.ts"
import * as Respond from "./Respond.ts"

const answer = (cause: Cause.Cause<unknown>): Effect.Effect<HttpServerResponse.HttpServerResponse, unknown> => {
  if (Cause.isInterruptedOnly(cause)) return Effect.failCause(cause)
  const error = Cause.squash(cause)
  if (error instanceof HttpServerError.RouteNotFound) return Respond.notFound
  if (error instanceof HttpServerError.RequestError) return Respond.malformedJson
  if (isOutage(cause)) {
    return Effect.zipRight(
      Effect.logWarning("The database or the file store cannot be reached", cause),
      Respond.unavailable
    )
  }
  return Effect.zipRight(Effect.logError("A request failed", cause), Respond.internal)
}

/** Answers whatever no endpoint declared, and tells nothing of its inside. */
export const handled = <E, R>(app: HttpApp.Default<E, R>) => Effect.catchAllCause(app, answer)
