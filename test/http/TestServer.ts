import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Effect, Layer, Logger, LogLevel } from "effect"
import { AccountsRepo } from "../../src/auth/AccountsRepo.ts"
import { AuthenticationLive } from "../../src/auth/AuthenticationLive.ts"
import { AuthHttp } from "../../src/auth/Http.ts"
import { IdentityLive } from "../../src/auth/Identity.ts"
import { LoginLimits } from "../../src/auth/LoginLimits.ts"
import { Passwords } from "../../src/auth/Passwords.ts"
import { KeyringLive, Secrets } from "../../src/auth/Secrets.ts"
import { CatalogsHttp } from "../../src/catalogs/Http.ts"
import { DataDir } from "../../src/db/DataDir.ts"
import { Rls } from "../../src/db/Rls.ts"
import { Readiness } from "../../src/http/Readiness.ts"
import { NoSockets } from "../../src/http/Sockets.ts"
import { Audit } from "../../src/privacy/Audit.ts"
import { Consents } from "../../src/privacy/Consents.ts"
import { Erasure } from "../../src/privacy/Erasure.ts"
import { Export } from "../../src/privacy/Export.ts"
import { PrivacyHttp } from "../../src/privacy/Http.ts"
import { ProfileHttp } from "../../src/profile/Http.ts"
import { Profiles } from "../../src/profile/Profiles.ts"
import { ProfilesRepo } from "../../src/profile/ProfilesRepo.ts"
import * as Server from "../../src/Server.ts"
import { Artifacts } from "../../src/tasks/Artifacts.ts"
import { TasksHttp } from "../../src/tasks/Http.ts"
import { Interventions } from "../../src/tasks/Interventions.ts"
import { Orders } from "../../src/tasks/Orders.ts"
import { Tasks as TasksService } from "../../src/tasks/Tasks.ts"
import { CredentialsHttp } from "../../src/vault/Http.ts"
import { Vault } from "../../src/vault/Vault.ts"
import { VendorCredentials } from "../../src/vault/VendorCredentials.ts"
import { WebhooksHttp } from "../../src/webhooks/Http.ts"
import { Webhooks } from "../../src/webhooks/Webhooks.ts"
import { PgTest } from "../lib/postgres.ts"

export const jwtSecret = "a secret of the tests, longer than 32 bytes"

const environment = (given: Readonly<Record<string, string>>) =>
  ConfigProvider.fromMap(
    new Map(
      Object.entries({
        PORT: "0",
        HOST: "127.0.0.1",
        CORS_ORIGINS: "https://app.example.mx",
        JWT_SECRET: jwtSecret,
        ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 7).toString("base64")}`,
        ...given
      })
    )
  ).pipe(ConfigProvider.orElse(() => ConfigProvider.fromEnv()))

const Ground = Layer.mergeAll(KeyringLive, Rls.Default).pipe(
  Layer.provideMerge(Layer.mergeAll(Secrets.Default, PgTest)),
  Layer.provide(DataDir.Default),
  Layer.provide(BunContext.layer)
)

const servicesOn = (given: Readonly<Record<string, string>>) =>
  IdentityLive.pipe(
    Layer.provideMerge(Layer.mergeAll(Passwords.Default, LoginLimits.Default, Profiles.Default, Readiness.Default)),
    Layer.provideMerge(Layer.mergeAll(AccountsRepo.Default, ProfilesRepo.Default, Vault.Default)),
    Layer.provideMerge(Consents.Default),
    Layer.provideMerge(Audit.Default),
    // Again, since what sets the database's address for its layer sets it for those built after it too.
    Layer.provide(Layer.setConfigProvider(environment(given))),
    Layer.provideMerge(Ground),
    Layer.provide(Layer.setConfigProvider(environment(given)))
  )

/** The accounts' services on a database of their own. */
export const Services = servicesOn({})

// The tasks have tests of their own: here any call of theirs is a defect.
const Tasks = Layer.merge(TasksHttp, WebhooksHttp).pipe(
  Layer.provide(Layer.mock(Webhooks, { _tag: "webhooks/Webhooks" })),
  Layer.provide(Layer.mock(TasksService, { _tag: "tasks/Tasks" })),
  Layer.provide(Layer.mock(Orders, { _tag: "tasks/Orders" })),
  Layer.provide(Layer.mock(Interventions, { _tag: "tasks/Interventions" })),
  Layer.provide(Layer.mock(Artifacts, { _tag: "tasks/Artifacts" }))
)

const Privacy = PrivacyHttp.pipe(
  Layer.provide(Layer.mock(Erasure, { _tag: "privacy/Erasure" })),
  Layer.provide(Layer.mock(Export, { _tag: "privacy/Export" }))
)

const Credentials = CredentialsHttp.pipe(
  Layer.provide(Layer.mock(VendorCredentials, { _tag: "vault/VendorCredentials" }))
)

const httpOn = (given: Readonly<Record<string, string>>) =>
  Server.layer({ drain: "2 seconds" }).pipe(
    Layer.provide([AuthHttp, ProfileHttp, Privacy, CatalogsHttp, Tasks, Credentials, NoSockets]),
    Layer.provide(AuthenticationLive),
    Layer.provide(Layer.setConfigProvider(environment(given))),
    Layer.provide(Logger.minimumLogLevel(LogLevel.Fatal))
  )

/** The whole server on a free port, with settings of its own. */
export const serverOn = (given: Readonly<Record<string, string>>) =>
  httpOn(given).pipe(Layer.provideMerge(servicesOn(given)))

export const TestServer = httpOn({}).pipe(Layer.provideMerge(Services))

/** The server with some of its services replaced. */
export const serverWith = <A, E>(replaced: Layer.Layer<A, E>) =>
  httpOn({}).pipe(Layer.provideMerge(replaced), Layer.provideMerge(Services))

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: unknown
}

interface Options {
  readonly json?: unknown
  readonly token?: string
  readonly headers?: Record<string, string>
  readonly raw?: string | Uint8Array<ArrayBuffer>
}

/** One request as any client would send it. */
export const call = (method: string, path: string, { json, raw, token, headers = {} }: Options = {}) =>
  Effect.gen(function* () {
    const { url } = yield* Server.Server
    const body = raw ?? (json === undefined ? undefined : JSON.stringify(json))
    return yield* Effect.promise(async (): Promise<Answer> => {
      const response = await fetch(new URL(path, url), {
        method,
        headers: {
          ...(json === undefined ? {} : { "Content-Type": "application/json" }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...headers
        },
        ...(body === undefined ? {} : { body })
      })
      const text = await response.text()
      const isJson = text !== "" && /json/.test(response.headers.get("content-type") ?? "")
      return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
    })
  })

export const api = (method: string, path: string, options?: Options) => call(method, `/api/v1${path}`, options)

export const seed = { rfc: "ABC123456XYZ", fiscal_regime: "601", postal_code: "03100" }

/** A new account that has logged in. */
export const newUser = (profile: object = {}) =>
  Effect.gen(function* () {
    const email = `${crypto.randomUUID()}@example.mx`
    const password = "correct horse battery"
    yield* api("POST", "/auth/register", { json: { email, password, ...seed, ...profile } })
    const { body } = yield* api("POST", "/auth/login", { json: { email, password } })
    return { email, password, ...(body as { token: string; refresh_token: string; expires_in: number }) }
  })
