import { expect } from "bun:test"
import { OpenApi } from "@effect/platform"
import { Effect, Schema } from "effect"
import { Api } from "../src/Api.ts"
import { type Language, RequestInfo } from "../src/http/RequestInfo.ts"
import * as Problem from "../src/Problem.ts"
import * as it from "./lib/effect.ts"

class SoldOut extends Problem.make<SoldOut>()("SoldOut", {
  status: 409,
  code: "SOLD_OUT",
  es: ({ left }) => `Quedan ${left}.`,
  en: ({ left }) => `There are ${left} left.`,
  fields: { left: Schema.Int, until: Schema.optional(Schema.DateFromString) }
}) {}

class Closed extends Problem.make<Closed>()("Closed", { status: 409, code: "CLOSED", es: "Cerrado.", en: "Closed." }) {}

const Either = Schema.Union(Closed, SoldOut)

const encode = (error: typeof Either.Type, language: Language) =>
  Effect.provideService(Schema.encode(Either)(error), RequestInfo, { id: "request-1", language, address: "" })

it.effect("a problem is encoded with the members of RFC 9457 and its own, in the language of the request", () =>
  Effect.gen(function* () {
    const error = new SoldOut({ left: 2, until: new Date(0) })
    expect(yield* encode(error, "es")).toEqual({
      type: "urn:timbra:problem:sold-out",
      title: "Sold out",
      status: 409,
      detail: "Quedan 2.",
      code: "SOLD_OUT",
      request_id: "request-1",
      left: 2,
      until: "1970-01-01T00:00:00.000Z"
    })
    expect(yield* encode(error, "en")).toMatchObject({ detail: "There are 2 left." })
  })
)

it.effect("of two problems with one status, the code tells a client which it has", () =>
  Effect.gen(function* () {
    const decode = Schema.decodeUnknown(Either)
    const soldOut = yield* decode(yield* encode(new SoldOut({ left: 2 }), "es"))
    const closed = yield* decode(yield* encode(new Closed(), "en"))
    expect(soldOut).toBeInstanceOf(SoldOut)
    expect(soldOut).toMatchObject({ _tag: "SoldOut", left: 2 })
    expect(closed).toBeInstanceOf(Closed)
  })
)

it.effect("a problem is an error that can be yielded and caught by its tag", () =>
  Effect.gen(function* () {
    const failing: Effect.Effect<number, SoldOut> = new SoldOut({ left: 0 })
    const caught = yield* Effect.catchTag(failing, "SoldOut", ({ left }) => Effect.succeed(left))
    expect(caught).toBe(0)
  })
)

const Document = Schema.Struct({
  openapi: Schema.String,
  paths: Schema.Record({
    key: Schema.String,
    value: Schema.Record({
      key: Schema.String,
      value: Schema.Struct({
        responses: Schema.Record({
          key: Schema.String,
          value: Schema.Struct({
            content: Schema.optional(Schema.Record({ key: Schema.String, value: Schema.Unknown }))
          })
        })
      })
    })
  })
})

it.effect("OpenAPI 3.1 shows every error of every endpoint as problem+json", () =>
  Effect.gen(function* () {
    const { openapi, paths } = yield* Schema.decodeUnknown(Document)(OpenApi.fromApi(Api))
    expect(openapi).toBe("3.1.0")
    const errors = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses)
          .filter(([status]) => Number(status) >= 400)
          .map(([status, { content }]) => ({ at: `${method} ${path} ${status}`, types: Object.keys(content ?? {}) }))
      )
    )
    expect(errors.length).toBeGreaterThan(8)
    expect(errors.filter(({ types }) => types.join() !== "application/problem+json")).toEqual([])
  })
)
