import { HttpApiClient, HttpClient, HttpClientRequest } from "@effect/platform"
import type { Effect, Redacted } from "effect"
import { Api } from "../Api.ts"

/** The API's derived client, for the commands and the tests; with a token, everything but the public endpoints. */
export const makeClient = (baseUrl: URL, token?: Redacted.Redacted) =>
  HttpApiClient.make(Api, {
    baseUrl,
    ...(token === undefined ? {} : { transformClient: HttpClient.mapRequest(HttpClientRequest.bearerToken(token)) })
  })

export type Client = Effect.Effect.Success<ReturnType<typeof makeClient>>
