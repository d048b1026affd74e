import { Data, Effect, Record, Redacted, Schedule, Stream } from "effect"
import { freePort } from "../../../scripts/lib/Port.ts"
import { type Client, makeClient } from "../../../src/client/Client.ts"
import { watch } from "../../../src/client/Watch.ts"
import { profiles } from "../../portals/lib/Portal.ts"
import { environmentOf } from "./BrowserbaseTest.ts"
import type { StandIn } from "./StandIn.ts"

class NotServing extends Data.TaggedError("NotServing")<{ readonly said: string }> {}

const main = new URL("../../../src/main.ts", import.meta.url).pathname

/** `timbra serve` in a process of its own with the stand-in for its farm; it is stopped with the scope. */
export const startTimbra = Effect.fn("startTimbra")(function* (
  farm: StandIn,
  settings: Readonly<Record<string, string>>
) {
  const port = yield* freePort
  const url = new URL(`http://127.0.0.1:${port}`)
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      Bun.spawn([process.execPath, main, "serve"], {
        env: {
          PATH: Bun.env.PATH ?? "",
          HOST: "127.0.0.1",
          PORT: `${port}`,
          JWT_SECRET: "for the tests alone, and for nothing else",
          ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 7).toString("base64")}`,
          VENDOR_HOSTS_ALLOWED: "127.0.0.1,localhost",
          LOG_LEVEL: "ERROR",
          SHUTDOWN_GRACE: "5 seconds",
          ...environmentOf(farm),
          ...settings
        },
        stdout: "inherit",
        stderr: "inherit"
      })
    ),
    (child) =>
      Effect.zipRight(
        Effect.sync(() => child.kill("SIGTERM")),
        Effect.promise(() => child.exited)
      )
  )
  const alive = Effect.tryPromise(() => fetch(new URL("/health", url))).pipe(
    Effect.filterOrFail((response) => response.ok),
    Effect.retry(Schedule.spaced("50 millis")),
    Effect.timeoutFail({ duration: "30 seconds", onTimeout: () => new NotServing({ said: "nothing" }) })
  )
  yield* Effect.raceFirst(
    alive,
    Effect.flatMap(
      Effect.promise(() => child.exited),
      (code) => new NotServing({ said: `ended with ${code}` })
    )
  )
  return { url, child } as const
})

export interface User {
  readonly client: Client
  readonly token: Redacted.Redacted
}

/** A taxpayer who may ask for invoices. */
export const newTaxpayer = Effect.fn("newTaxpayer")(function* (url: URL) {
  const { rfc, fullName, fiscalRegime, postalCode, cfdiUse } = profiles.person
  const visitor = yield* makeClient(url)
  const login = { email: `${crypto.randomUUID()}@example.mx`, password: Redacted.make(crypto.randomUUID()) }
  const profile = {
    rfc,
    full_name: fullName,
    fiscal_regime: fiscalRegime,
    postal_code: postalCode,
    cfdi_use: cfdiUse,
    accept_privacy: true
  }
  yield* visitor.auth.register({
    payload: { ...login, ...profile } as Parameters<typeof visitor.auth.register>[0]["payload"]
  })
  const { token } = yield* visitor.auth.login({
    payload: login as Parameters<typeof visitor.auth.login>[0]["payload"]
  })
  return { client: yield* makeClient(url, token), token } satisfies User
})

export const order = Effect.fnUntraced(function* (
  { client }: User,
  vendorUrl: URL,
  ticket: Readonly<Record<string, string | number>>
) {
  const { taskId } = yield* client.tasks.create({
    headers: {},
    payload: { vendor_url: vendorUrl.href, ticket_details: Record.map(ticket, String) }
  })
  return taskId
})

type TaskId = Effect.Effect.Success<ReturnType<typeof order>>

/** The task once it has ended, and what was told of it on the way. */
export const ended = Effect.fnUntraced(function* (url: URL, { client, token }: User, taskId: TaskId) {
  const events = yield* Stream.runCollect(watch(url, taskId, token))
  const task = yield* client.tasks.get({ path: { taskId } })
  return { task, events: [...events] } as const
})
