import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, type Context, Effect, Layer, Logger, LogLevel, Queue, Schema } from "effect"
import { AuthenticationLive } from "../../../src/auth/AuthenticationLive.ts"
import { AuthHttp } from "../../../src/auth/Http.ts"
import { CatalogsHttp } from "../../../src/catalogs/Http.ts"
import { Erasure } from "../../../src/privacy/Erasure.ts"
import { ErasureRepo } from "../../../src/privacy/ErasureRepo.ts"
import { Export } from "../../../src/privacy/Export.ts"
import { ExportRepo } from "../../../src/privacy/ExportRepo.ts"
import { PrivacyHttp } from "../../../src/privacy/Http.ts"
import { Sealing } from "../../../src/privacy/Sealing.ts"
import { ProfileHttp } from "../../../src/profile/Http.ts"
import { HeadsLive } from "../../../src/realtime/Heads.ts"
import { Hub } from "../../../src/realtime/Hub.ts"
import { Limits } from "../../../src/realtime/Limits.ts"
import { RelayLive } from "../../../src/realtime/Relay.ts"
import { SocketsLive } from "../../../src/realtime/Sockets.ts"
import * as Server from "../../../src/Server.ts"
import { Committed } from "../../../src/tasks/Committed.ts"
import { TasksHttp } from "../../../src/tasks/Http.ts"
import { Created } from "../../../src/tasks/NewTask.ts"
import type { TaskId } from "../../../src/tasks/Status.ts"
import { CredentialsHttp } from "../../../src/vault/Http.ts"
import { Courier } from "../../../src/webhooks/Courier.ts"
import { DeliveriesRepo } from "../../../src/webhooks/DeliveriesRepo.ts"
import { WebhooksHttp } from "../../../src/webhooks/Http.ts"
import { Webhooks } from "../../../src/webhooks/Webhooks.ts"
import { WebhooksRepo } from "../../../src/webhooks/WebhooksRepo.ts"
import { api, newUser, Services } from "../../http/TestServer.ts"
import { onTicket, ScriptsLive, tasksWith } from "./Process.ts"

const settings = { PORT: "0", HOST: "127.0.0.1", RETRY_BASE: "20 millis", VENDOR_HOSTS_ALLOWED: "127.0.0.1" }

const WebhooksLive = Layer.merge(Webhooks.Default, Courier.Default).pipe(
  Layer.provide([WebhooksRepo.Default, DeliveriesRepo.Default])
)

const Personal = Layer.mergeAll(Erasure.Default, Export.Default, Sealing.Default).pipe(
  Layer.provide([ErasureRepo.Default, ExportRepo.Default])
)

/** The whole product on a free port and a database of its own, the agent apart. */
export const houseWith = (given: Readonly<Record<string, string>>, limits?: Context.Tag.Service<Limits>) =>
  Layer.unwrapScoped(
    Effect.gen(function* () {
      const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped({ prefix: "timbra-test-" })
      // One environment for all: a layer that was built with one of its own leaves it to those that are built next.
      const environment = { DATA_DIR: folder, ...settings, ...given }
      const tasks = tasksWith(environment, {})
      return Server.layer({ drain: "2 seconds" }).pipe(
        Layer.provide([
          AuthHttp,
          ProfileHttp,
          PrivacyHttp,
          CatalogsHttp,
          TasksHttp,
          WebhooksHttp,
          CredentialsHttp,
          HeadsLive
        ]),
        Layer.provide(WebhooksLive),
        Layer.provideMerge(SocketsLive),
        Layer.provide(AuthenticationLive),
        Layer.provideMerge(Layer.merge(Hub.Default, Personal)),
        Layer.provide(RelayLive),
        Layer.provideMerge(tasks),
        Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(environment))))),
        Layer.provide(limits === undefined ? Layer.empty : Layer.succeed(Limits, limits)),
        Layer.provideMerge(Layer.mergeAll(ScriptsLive, Services)),
        Layer.provide(Logger.minimumLogLevel(LogLevel.Fatal))
      )
    }).pipe(Effect.provide(BunContext.layer))
  )

export const HouseTest = houseWith({})

const complete = { rfc: "EKU9003173C9", full_name: "ESCUELA KEMPER URGATE", cfdi_use: "G03", accept_privacy: true }

/** Someone who may ask for invoices. */
export const taxpayer = newUser(complete)

export const ticket = (folio: string) => ({
  vendor_url: "https://portal.example.mx/",
  ticket_details: { Folio: folio, Total: 116 }
})

/** A task asked for over HTTP, with a script for the agent. */
export const ask = Effect.fnUntraced(function* (token: string, script?: Parameters<typeof onTicket>[1]) {
  const folio = crypto.randomUUID()
  if (script !== undefined) yield* onTicket(folio, script)
  const { body } = yield* api("POST", "/tasks", { token, json: ticket(folio) })
  return (yield* Schema.decodeUnknown(Created)(body)).taskId
})

const isOver = (task: Record<string, unknown>) => task.status === "COMPLETED" || task.status === "FAILED"

/** The task once it has ended; waits for the news of it. */
export const ended = (token: string, id: TaskId) =>
  Effect.gen(function* () {
    const news = yield* (yield* Committed).subscribe
    const look = Effect.map(api("GET", `/tasks/${id}`, { token }), ({ body }) => body as Record<string, unknown>)
    let task = yield* look
    while (!isOver(task)) {
      yield* Queue.take(news)
      task = yield* look
    }
    return task
  }).pipe(Effect.scoped)
