import { type HttpApp, HttpMethod, HttpServerRequest } from "@effect/platform"
import { Duration, Effect, Option } from "effect"
import * as Respond from "./Respond.ts"

/** 1 MB: a batch of 100 tickets has about 100 kB. */
export const maxBodySize = 1_000_000

/** Bun ends a request whose headers take longer than twelve seconds; nothing but this ends one whose body does. */
const patience = Duration.seconds(10)

// Deeper than anything the API takes; what recurses over JSON later must not find the end of the stack.
const maxDepth = 64

const isTooDeep = (json: string) => {
  let depth = 0
  let inString = false
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (inString) {
      if (character === "\\") at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === "[" || character === "{") {
      if (++depth > maxDepth) return true
    } else if (character === "]" || character === "}") depth--
  }
  return false
}

const isJson = (contentType: string | undefined) =>
  contentType === undefined || /^application\/json\s*(;|$)/i.test(contentType.trim())

/** Looks at a body before it is decoded: JSON of a sane size and depth. No body at all is an empty object. */
export const checked = <E, R>(app: HttpApp.Default<E, R>) =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (!HttpMethod.hasBody(request.method)) return yield* app
    if (Number(request.headers["content-length"] ?? 0) > maxBodySize) return yield* Respond.payloadTooLarge
    // The platform runs handlers and reads bodies uninterruptibly: the read is left behind, and ends with its connection.
    const received = yield* request.text.pipe(Effect.disconnect, Effect.interruptible, Effect.timeoutOption(patience))
    if (Option.isNone(received)) return yield* Respond.requestTimeout
    const text = received.value
    if (text.trim() === "") {
      const json = Effect.succeed({})
      return yield* Effect.provideService(
        app,
        HttpServerRequest.HttpServerRequest,
        Object.create(request, {
          json: { value: json }
        })
      )
    }
    if (!isJson(request.headers["content-type"])) return yield* Respond.unsupportedMediaType
    if (text.length > maxBodySize) return yield* Respond.payloadTooLarge
    if (isTooDeep(text)) return yield* Respond.malformedJson
    return yield* app
  })
