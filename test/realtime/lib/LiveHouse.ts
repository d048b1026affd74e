import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Effect, Layer, Logger, LogLevel } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import { productWith } from "../../../src/Product.ts"
import { api, jwtSecret, newUser } from "../../http/TestServer.ts"
import { profiles } from "../../portals/lib/Portal.ts"

/** The whole product around an agent, on a free port and the database at this address. */
export const productAround = <E, R>(
  agent: Layer.Layer<Agent, E, R>,
  database: string,
  given: Readonly<Record<string, string>>
) =>
  Layer.unwrapScoped(
    Effect.gen(function* () {
      const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped({ prefix: "timbra-test-" })
      const settings = {
        PORT: "0",
        HOST: "127.0.0.1",
        DATABASE_URL: database,
        DATA_DIR: folder,
        JWT_SECRET: jwtSecret,
        ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 7).toString("base64")}`,
        VENDOR_HOSTS_ALLOWED: "127.0.0.1",
        ...given
      }
      return productWith(agent).pipe(
        Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(settings))))),
        Layer.provide(BunContext.layer),
        Layer.provide(Logger.minimumLogLevel(LogLevel.Fatal))
      )
    }).pipe(Effect.provide(BunContext.layer))
  )

export const productOn = (database: string, given: Readonly<Record<string, string>> = {}) =>
  productAround(Agent.Default, database, given)

const { cfdiUse, fiscalRegime, fullName, postalCode, rfc } = profiles.person

/** Someone whom the test portals know. */
export const person = newUser({
  rfc,
  full_name: fullName,
  fiscal_regime: fiscalRegime,
  postal_code: postalCode,
  cfdi_use: cfdiUse,
  accept_privacy: true
})

export const taskOf = (token: string, id: string) =>
  Effect.map(api("GET", `/tasks/${id}`, { token }), ({ body }) => body as Record<string, unknown>)
