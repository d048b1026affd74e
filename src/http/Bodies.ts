import { type HttpApp, HttpMethod, HttpServerError, HttpServerRequest } from "@effect/platform"
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

// A name in another encoding would be stored with holes where its Ñ was.
const utf8 = new TextDecoder("utf-8", { fatal: true })
const textOf = Option.liftThrowable((bytes: ArrayBuffer) => utf8.decode(bytes))

const jsonOf = (request: HttpServerRequest.HttpServerRequest, text: string) =>
  Effect.try({
    try: (): unknown => (text.trim() === "" ? {} : JSON.parse(text)),
    catch: (cause) => new HttpServerError.RequestError({ request, reason: "Decode", cause })
  })

/** Looks at a body before it is decoded: JSON of a sane size and depth. No body at all is an empty object. */
export const checked = <E, R>(app: HttpApp.Default<E, R>) =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (!HttpMethod.hasBody(request.method)) return yield* app
    if (Number(request.headers["content-length"] ?? 0) > maxBodySize) return yield* Respond.payloadTooLarge
    // The platform runs handlers and reads bodies uninterruptibly: the read is left behind, and ends with its connection.
    const received = yield* request.arrayBuffer.pipe(
      Effect.disconnect,
      Effect.interruptible,
      Effect.timeoutOption(patience)
    )
    if (Option.isNone(received)) return yield* Respond.requestTimeout
    const { "content-encoding": encoding, "content-type": type } = request.headers
    const isEmpty = received.value.byteLength === 0
    if (!isEmpty && (encoding !== undefined || !isJson(type))) return yield* Respond.unsupportedMediaType
    if (received.value.byteLength > maxBodySize) return yield* Respond.payloadTooLarge
    const text = textOf(received.value)
    if (Option.isNone(text) || isTooDeep(text.value)) return yield* Respond.malformedJson
    const json = jsonOf(request, text.value)
    const read: HttpServerRequest.HttpServerRequest = Object.create(request, { json: { value: json } })
    return yield* Effect.provideService(app, HttpServerRequest.HttpServerRequest, read)
  })
