import { Effect, Schema } from "effect"
import { RequestInfo } from "../http/RequestInfo.ts"
import * as Problem from "../Problem.ts"
import type { Egress, Refusal } from "./Egress.ts"

export class UrlRefused extends Problem.make<UrlRefused>()("UrlRefused", {
  status: 400,
  code: "URL_REFUSED",
  fields: {
    errors: Schema.Array(Schema.Struct({ pointer: Schema.String, code: Schema.String, detail: Schema.String }))
  },
  es: "Esa dirección no se puede visitar.",
  en: "That address may not be visited."
}) {}

const refusals: Readonly<Record<Refusal["code"], { readonly es: string; readonly en: string }>> = {
  URL_MALFORMED: { es: "No es una dirección web completa.", en: "This is no complete web address." },
  URL_SCHEME: { es: "Debe empezar con http:// o https://.", en: "This must begin with http:// or https://." },
  URL_CREDENTIALS: { es: "No debe llevar usuario ni contraseña.", en: "This must not hold a user or a password." },
  URL_NOT_PUBLIC: { es: "No es una dirección pública de internet.", en: "This is no public address of the internet." }
}

/** An address of a request's body, at `pointer`, as far as its text tells. */
export const judged = Effect.fnUntraced(function* (egress: Egress, pointer: string, text: string) {
  const { language } = yield* RequestInfo
  return yield* Effect.mapError(
    egress.parse(text),
    ({ code }) => new UrlRefused({ errors: [{ pointer, code, detail: refusals[code][language] }] })
  )
})
