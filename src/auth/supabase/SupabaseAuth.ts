import { HttpClient, HttpClientRequest } from "@effect/platform"
import { Effect, flow, Redacted, Schema } from "effect"
import { AuthUnavailable } from "../Account.ts"
import { UserId } from "../User.ts"
import { supabaseSettings } from "./Settings.ts"

const Session = Schema.Struct({
  access_token: Schema.Redacted(Schema.String),
  expires_in: Schema.Int,
  refresh_token: Schema.Redacted(Schema.String),
  user: Schema.Struct({ id: UserId })
})

const User = Schema.Struct({ id: UserId, identities: Schema.optional(Schema.Array(Schema.Unknown)) })

/** A session where e-mails need no confirmation, and else the user alone. */
const SignedUp = Schema.Union(Schema.Struct({ user: User }), User)

/** `error_code` since 2024, `error` before it. */
const Refused = Schema.Struct({ error_code: Schema.optional(Schema.String), error: Schema.optional(Schema.String) })

export interface Refusal {
  readonly _tag: "Refused"
  readonly code: string
}

const patience = "10 seconds"

/** The Auth REST API of a Supabase project. What it refuses is told by its code, what it fails at is `AuthUnavailable`. */
export class SupabaseAuth extends Effect.Service<SupabaseAuth>()("auth/SupabaseAuth", {
  effect: Effect.gen(function* () {
    const { url, anonKey } = yield* supabaseSettings
    const client = (yield* HttpClient.HttpClient).pipe(
      HttpClient.mapRequest(
        flow(
          HttpClientRequest.prependUrl(`${url}/auth/v1`),
          HttpClientRequest.setHeader("apikey", Redacted.value(anonKey)),
          HttpClientRequest.acceptJson
        )
      ),
      HttpClient.withTracerPropagation(false)
    )

    const unavailable = (why: unknown) =>
      Effect.zipRight(Effect.logWarning("Supabase Auth does not answer as it should", why), new AuthUnavailable())

    const send = <A, I>(request: HttpClientRequest.HttpClientRequest, answer: Schema.Schema<A, I>) =>
      Effect.gen(function* () {
        const response = yield* client.execute(request)
        const body = yield* Effect.orElseSucceed(response.json, () => ({}))
        if (response.status < 300) {
          const value = yield* Schema.decodeUnknown(answer)(body)
          return { _tag: "Answered", value } as const
        }
        const { error_code, error } = yield* Schema.decodeUnknown(Refused)(body)
        const code = error_code ?? error ?? ""
        if (response.status === 429 || response.status >= 500) return yield* unavailable(response.status)
        return { _tag: "Refused", code } satisfies Refusal as Refusal
      }).pipe(
        Effect.timeout(patience),
        // A body that does not decode is quoted by its error, and may hold tokens.
        Effect.catchTag("ParseError", () => unavailable("unexpected body")),
        Effect.catchTags({
          TimeoutException: unavailable,
          RequestError: ({ reason }) => unavailable(reason),
          ResponseError: ({ reason }) => unavailable(reason)
        })
      )

    const post = (path: string, body: unknown) =>
      HttpClientRequest.post(path).pipe(HttpClientRequest.bodyUnsafeJson(body))

    const signUp = Effect.fn("SupabaseAuth.signUp")(function* (email: string, password: Redacted.Redacted) {
      const answer = yield* send(post("/signup", { email, password: Redacted.value(password) }), SignedUp)
      if (answer._tag === "Refused") return answer
      const user = "user" in answer.value ? answer.value.user : answer.value
      // For an address that has an account already it makes up a user who has no identity.
      const taken = user.identities?.length === 0
      return taken
        ? ({ _tag: "Refused", code: "user_already_exists" } satisfies Refusal as Refusal)
        : { ...answer, value: user.id }
    })

    const logIn = Effect.fn("SupabaseAuth.logIn")((email: string, password: Redacted.Redacted) =>
      send(post("/token?grant_type=password", { email, password: Redacted.value(password) }), Session)
    )

    const refresh = Effect.fn("SupabaseAuth.refresh")((token: Redacted.Redacted) =>
      send(post("/token?grant_type=refresh_token", { refresh_token: Redacted.value(token) }), Session)
    )

    const logOut = Effect.fn("SupabaseAuth.logOut")((token: Redacted.Redacted) =>
      send(post("/logout?scope=local", {}).pipe(HttpClientRequest.bearerToken(token)), Schema.Unknown)
    )

    return { signUp, logIn, refresh, logOut } as const
  })
}) {}

export const grantOf = ({ access_token, expires_in, refresh_token }: typeof Session.Type) => ({
  token: access_token,
  expiresIn: expires_in,
  refreshToken: refresh_token
})
