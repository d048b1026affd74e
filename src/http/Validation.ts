import { HttpApiError, HttpMethod, HttpServerRequest } from "@effect/platform"
import { Array as Arr, Effect, Option, Schema } from "effect"
import * as Problem from "../Problem.ts"
import * as Message from "./Message.ts"
import { type Language, RequestInfo } from "./RequestInfo.ts"

type Issue = typeof HttpApiError.Issue.Type

const FieldError = Schema.Struct({
  /** A JSON pointer into the body, or one that begins with `/query` or `/header`. */
  pointer: Schema.String,
  code: Schema.String,
  detail: Schema.String
})

const text: Problem.Text<unknown> = {
  es: "La petición no es válida: vea errors.",
  en: "The request is not valid: see errors."
}

const missing = { es: "Falta este valor.", en: "This value is missing." }
const wrong = { es: "El valor no es válido.", en: "This value is not valid." }
const wanted = { es: "Se espera", en: "Expected" }

// Our fields are snake_case: a hyphen is a header's.
const rootOf = (hasBody: boolean, [first]: Issue["path"]) => {
  if (typeof first === "string" && first.includes("-")) return "/header"
  return hasBody ? "" : "/query"
}

const pointer = (hasBody: boolean, path: Issue["path"]) =>
  rootOf(hasBody, path) + path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")

// A schema's own message quotes the value it refuses, which may be a password: only what was expected is repeated.
const expected = (message: string) => Option.fromNullable(/^Expected (.{1,200}?), actual /s.exec(message)?.[1])

const detailOf = (messages: ReadonlyArray<string>, language: Language) => {
  const shapes = Arr.filterMap(messages, expected)
  if (shapes.length > 0) return `${wanted[language]}: ${shapes.join(" | ")}.`
  const [own] = messages.filter((message) => message.startsWith("must "))
  return language === "en" && own !== undefined ? `This value ${own}.` : wrong[language]
}

// A value that fits no member of a union has an issue for each member.
const fieldError = (at: string, issues: ReadonlyArray<Issue>, language: Language) => {
  if (issues.some(({ _tag }) => _tag === "Missing")) return { pointer: at, code: "REQUIRED", detail: missing[language] }
  const messages = issues.map(({ message }) => message)
  const [said] = Arr.filterMap(messages, Message.parse)
  return { pointer: at, ...(said ?? { code: "INVALID", detail: detailOf(messages, language) }) }
}

const fieldErrors = (issues: ReadonlyArray<Issue>, hasBody: boolean, language: Language) =>
  Object.entries(Arr.groupBy(issues, ({ path }) => pointer(hasBody, path))).map(([at, issues]) =>
    fieldError(at, issues, language)
  )

/** What the platform fails with where a request does not decode, as the contract's 400. */
export const Validation = Schema.transformOrFail(
  Schema.Struct({ ...Problem.members(400, "VALIDATION"), errors: Schema.Array(FieldError) }).annotations({
    identifier: "Validation"
  }),
  Schema.typeSchema(HttpApiError.HttpApiDecodeError),
  {
    strict: false,
    decode: ({ detail, errors }) =>
      Effect.sync(
        () =>
          new HttpApiError.HttpApiDecodeError({
            message: detail,
            issues: errors.map(({ pointer, detail }) => ({
              _tag: "Type",
              path: pointer.split("/").slice(1),
              message: detail
            }))
          })
      ),
    encode: ({ issues }) =>
      Effect.gen(function* () {
        const { language } = yield* RequestInfo
        const request = yield* Effect.serviceOption(HttpServerRequest.HttpServerRequest)
        const hasBody = Option.exists(request, ({ method }) => HttpMethod.hasBody(method))
        const members = yield* Problem.describe(400, "VALIDATION", text, undefined)
        return { ...members, errors: fieldErrors(issues, hasBody, language) }
      })
  }
).pipe(Problem.annotations(400))
