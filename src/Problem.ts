import { HttpApiSchema } from "@effect/platform"
import { type Cause, Effect, Schema, type SchemaAST, String as Str } from "effect"
import { type Language, RequestInfo } from "./http/RequestInfo.ts"

/** What a user reads, in both languages; a function where it speaks of the error's own fields. */
export type Text<A> = { readonly [L in Language]: string | ((error: A) => string) }

interface Spec<Fields extends Schema.Struct.Fields> extends Text<Schema.Struct.Type<Fields>> {
  readonly status: number
  /** Stable, SCREAMING_SNAKE: what clients branch on. */
  readonly code: string
  /** Extension members of the problem, named as on the wire. */
  readonly fields?: Fields
}

interface Members {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly request_id: string
}

interface ProblemClass<Self, Tag extends string, Fields extends Schema.Struct.Fields>
  extends Schema.Class<
    Self,
    { readonly _tag: Schema.tag<Tag> } & Fields,
    Members & Schema.Struct.Encoded<Fields>,
    Schema.Struct.Context<Fields>,
    Schema.Struct.Constructor<Fields>,
    unknown,
    Cause.YieldableError
  > {
  readonly _tag: Tag
}

const typeOf = (code: string) => `urn:timbra:problem:${code.toLowerCase().replaceAll("_", "-")}`
const titleOf = (code: string) => Str.capitalize(code.toLowerCase().replaceAll("_", " "))

/** The members that every problem has, as a schema. */
export const members = (status: number, code: string) => ({
  type: Schema.Literal(typeOf(code)),
  title: Schema.Literal(titleOf(code)),
  status: Schema.Literal(status),
  detail: Schema.String,
  code: Schema.Literal(code),
  request_id: Schema.String
})

/** The members that every problem has, for the request that is being answered. */
export const describe = <A>(status: number, code: string, text: Text<A>, error: A): Effect.Effect<Members> =>
  Effect.map(RequestInfo, ({ id, language }) => {
    const said = text[language]
    const detail = typeof said === "string" ? said : said(error)
    return { type: typeOf(code), title: titleOf(code), status, detail, code, request_id: id }
  })

export const contentType = "application/problem+json"

/** Marks the schema of an error as a problem of this status. */
export const annotations =
  (status: number) =>
  <A, I>(self: Schema.Schema<A, I>) =>
    self
      .pipe(HttpApiSchema.withEncoding({ kind: "Json", contentType }))
      .annotations(HttpApiSchema.annotations({ status }))

/**
 * A `Schema.TaggedError` whose encoded form is RFC 9457's, in the language of the request:
 *
 * `class TaskNotFound extends Problem.make<TaskNotFound>()("TaskNotFound", { status: 404, code: "…", es: "…", en: "…" }) {}`
 */
export const make =
  <Self>() =>
  <const Tag extends string, Fields extends Schema.Struct.Fields = Record<never, never>>(
    tag: Tag,
    spec: Spec<Fields>
  ): ProblemClass<Self, Tag, Fields> => {
    const { status, code } = spec
    const fields: Schema.Struct.Fields = spec.fields ?? {}
    class Problem extends Schema.TaggedError<Problem>()(tag, fields) {}

    const wire = Schema.Struct({ ...members(status, code), ...fields }).annotations({ identifier: tag })
    const instance = Schema.typeSchema(Problem)
    const encodedAs = (Self: typeof Problem) =>
      Schema.transformOrFail(wire, instance, {
        strict: false,
        decode: (problem) => Effect.sync(() => new Self(problem)),
        // Past this line `Fields` are any fields: that `error` has those that the texts speak of, only the caller's type says.
        encode: (error) =>
          Effect.map(describe<never>(status, code, spec, error as never), (common) => ({ ...error, ...common }))
      }).pipe(annotations(status))

    // One AST for a class, since both the encoder and OpenAPI know a schema by its identity.
    const asts = new WeakMap<typeof Problem, SchemaAST.AST>()
    Object.defineProperty(Problem, "ast", {
      get(this: typeof Problem) {
        const ast = asts.get(this) ?? encodedAs(this).ast
        asts.set(this, ast)
        return ast
      }
    })
    // Its encoded side is no longer what the type of TaggedError says.
    return Problem as unknown as ProblemClass<Self, Tag, Fields>
  }
