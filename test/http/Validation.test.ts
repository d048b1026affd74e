import { expect } from "bun:test"
import { HttpApiError } from "@effect/platform"
import { Effect, Schema } from "effect"
import { body } from "../../src/http/Body.ts"
import * as Message from "../../src/http/Message.ts"
import { type Language, RequestInfo } from "../../src/http/RequestInfo.ts"
import { Validation } from "../../src/http/Validation.ts"
import * as it from "../lib/effect.ts"

const Order = body({
  pin: Schema.Redacted(Schema.NumberFromString),
  size: Schema.Literal("S", "L"),
  "a/b~c": Schema.Array(
    Schema.Struct({ n: Schema.Int.pipe(Schema.filter(() => false, { message: () => "must be right" })) })
  ),
  code: Schema.String.annotations(Message.of("CODE", "Está mal.", "It is wrong.")),
  "x-header": Schema.String
})

const refused = (input: unknown, language: Language) =>
  Schema.decodeUnknown(Order)(input).pipe(
    Effect.catchTag("ParseError", HttpApiError.HttpApiDecodeError.refailParseError),
    Effect.flip,
    Effect.flatMap(Schema.encode(Validation)),
    Effect.provideService(RequestInfo, { id: "r", language, address: "" })
  )

const wrong = { pin: "CANARY", size: "M", "a/b~c": [{ n: 1 }], code: 5 }

it.effect("each wrong value is told by its pointer, what was expected of it, and never by itself", () =>
  Effect.gen(function* () {
    const { errors } = yield* refused(wrong, "en")
    expect(errors).toEqual([
      { pointer: "/query/pin", code: "INVALID", detail: "This value is not valid." },
      { pointer: "/query/size", code: "INVALID", detail: 'Expected: "S" | "L".' },
      { pointer: "/query/a~1b~0c/0/n", code: "INVALID", detail: "This value must be right." },
      { pointer: "/query/code", code: "CODE", detail: "It is wrong." },
      { pointer: "/header/x-header", code: "REQUIRED", detail: "This value is missing." }
    ])
    expect(JSON.stringify(errors)).not.toContain("CANARY")
  })
)

it.effect("in Spanish too", () =>
  Effect.gen(function* () {
    const { errors } = yield* refused(wrong, "es")
    expect(errors.map(({ detail }) => detail)).toEqual([
      "El valor no es válido.",
      'Se espera: "S" | "L".',
      "El valor no es válido.",
      "Está mal.",
      "Falta este valor."
    ])
  })
)

it.effect("a client of the API gets the platform's own error back", () =>
  Effect.gen(function* () {
    const decoded = yield* Schema.decode(Validation)(yield* refused(wrong, "en"))
    expect(decoded).toBeInstanceOf(HttpApiError.HttpApiDecodeError)
    expect(decoded.issues[3]).toEqual({ _tag: "Type", path: ["query", "code"], message: "It is wrong." })
  })
)
