import { OpenApi } from "@effect/platform"
import { Predicate } from "effect"
import { Api } from "../../src/Api.ts"

type Path = ReadonlyArray<string>

const spec = OpenApi.fromApi(Api)

const right: Readonly<Record<string, unknown>> = {
  vendor_url: "https://portal.example.mx/",
  callback_url: "https://ana.mx/hook",
  url: "https://ana.mx/hook",
  rfc: "EKU9003173C9",
  fiscal_regime: "601",
  postal_code: "42501",
  cfdi_use: "G03",
  email: "ana@example.mx",
  password: "correct horse battery",
  vendor_domain: "tienda.mx",
  ticket_details: { Folio: "1" },
  company_details: { giro: "Educación" },
  additional_fields: { NIP: "1" },
  answers: { caja: "1" },
  intervention_id: "00000000-0000-0000-0000-000000000000"
}

const resolved = (schema: unknown): unknown =>
  Predicate.hasProperty(schema, "$ref") && typeof schema.$ref === "string"
    ? resolved(Object.entries(spec.components.schemas).find(([name]) => `${schema.$ref}`.endsWith(`/${name}`))?.[1])
    : schema

/** A value that fits the schema, by its name where only that tells what is right. */
const example = (given: unknown, name = ""): unknown => {
  if (name in right) return right[name]
  const schema = resolved(given)
  if (!Predicate.isRecord(schema)) return "texto"
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (Array.isArray(schema.anyOf)) return example(schema.anyOf[0], name)
  if (schema.type === "boolean") return false
  if (schema.type === "integer" || schema.type === "number") return 1
  if (schema.type === "array") return [example(schema.items)]
  if (!Predicate.isRecord(schema.properties)) return "texto"
  return Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, example(value, key)]))
}

/** A whole body of an operation, as `/openapi.json` describes it; nothing where it takes none. */
export const bodyOf = (path: string, method: string) => {
  const operation = Object.entries(spec.paths[path] ?? {}).find(([name]) => name.toUpperCase() === method)?.[1]
  const content = operation?.requestBody?.content["application/json"]
  return content === undefined ? undefined : example(content.schema)
}

/** Every place in a body, those within others too. */
export const places = (body: unknown, at: Path = []): ReadonlyArray<Path> => [
  ...(at.length > 0 ? [at] : []),
  ...(Predicate.isRecord(body) || Array.isArray(body)
    ? Object.entries(body).flatMap(([key, value]) => places(value, [...at, key]))
    : [])
]

/** The body with something else in that place. */
export const withValue = (body: unknown, [key, ...rest]: Path, value: unknown): unknown => {
  if (key === undefined) return value
  if (Array.isArray(body)) return body.map((item, at) => (String(at) === key ? withValue(item, rest, value) : item))
  return Predicate.isRecord(body) ? { ...body, [key]: withValue(body[key], rest, value) } : body
}
