import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import * as Problem from "../Problem.ts"

interface Answer {
  readonly status: number
  readonly code: string
  readonly es: string
  readonly en: string
  readonly headers?: Record<string, string>
}

/** A problem that no endpoint declares: it belongs to HTTP itself. */
export const problem = ({ status, code, es, en, headers = {} }: Answer) =>
  Effect.map(Problem.describe(status, code, { es, en }, undefined), (members) =>
    HttpServerResponse.unsafeJson(members, { status, headers, contentType: Problem.contentType })
  )

export const notFound = problem({
  status: 404,
  code: "NOT_FOUND",
  es: "No hay nada en esta dirección.",
  en: "There is nothing at this address."
})

export const methodNotAllowed = (allowed: ReadonlyArray<string>) =>
  problem({
    status: 405,
    code: "METHOD_NOT_ALLOWED",
    es: `Esta dirección sólo acepta ${allowed.join(", ")}.`,
    en: `This address takes only ${allowed.join(", ")}.`,
    headers: { Allow: allowed.join(", ") }
  })

/** Of what its request line and `Host` say no address can be made. */
export const malformedRequest = problem({
  status: 400,
  code: "MALFORMED_REQUEST",
  es: "La dirección de la petición no es legible.",
  en: "The address of the request cannot be read."
})

export const malformedJson = problem({
  status: 400,
  code: "MALFORMED_JSON",
  es: "El cuerpo de la petición no es JSON legible.",
  en: "The body of the request is not readable JSON."
})

export const requestTimeout = problem({
  status: 408,
  code: "REQUEST_TIMEOUT",
  es: "El cuerpo de la petición tardó demasiado en llegar.",
  en: "The body of the request took too long to arrive.",
  headers: { Connection: "close" }
})

export const payloadTooLarge = problem({
  status: 413,
  code: "PAYLOAD_TOO_LARGE",
  es: "El cuerpo de la petición pasa de 1 MB.",
  en: "The body of the request is larger than 1 MB."
})

export const unsupportedMediaType = problem({
  status: 415,
  code: "UNSUPPORTED_MEDIA_TYPE",
  es: "El cuerpo de la petición debe ser application/json, sin comprimir.",
  en: "The body of the request must be application/json, uncompressed."
})

export const internal = problem({
  status: 500,
  code: "INTERNAL",
  es: "Algo falló de nuestro lado. Si vuelve a pasar, díganos el request_id.",
  en: "Something failed on our side. If it happens again, tell us the request_id."
})

export const unavailable = problem({
  status: 503,
  code: "UNAVAILABLE",
  es: "El servicio no está disponible por el momento. Intente de nuevo en unos segundos.",
  en: "The service is not available at the moment. Try again in some seconds."
})
