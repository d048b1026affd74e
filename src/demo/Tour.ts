import { FileSystem, Path } from "@effect/platform"
import { Console, Data, Effect, Redacted, Stream } from "effect"
import { type Client, makeClient } from "../client/Client.ts"
import { watch } from "../client/Watch.ts"
import type { TaskDetail } from "../tasks/Task.ts"
import type { DemoPortal } from "./Portal.ts"
import type { Sale, SaleState } from "./Sale.ts"

/** The taxpayer of SAT's own public test data. */
const taxpayer = {
  rfc: "CACX7605101P8",
  full_name: "XOCHILT CASAS CHAVEZ",
  fiscal_regime: "612",
  postal_code: "36257",
  cfdi_use: "G03"
}

/** What has to come of a sale; the portals were made to answer so. */
const expected: Readonly<Record<SaleState, string>> = {
  open: "COMPLETED",
  expired: "TICKET_EXPIRED",
  invoiced: "ALREADY_INVOICED",
  missing: "TICKET_NOT_FOUND"
}

export class TourFailed extends Data.TaggedError("TourFailed")<{ readonly reason: string }> {
  override get message() {
    return this.reason
  }
}

interface Stop {
  readonly portal: DemoPortal
  readonly sale: Sale
}

/** One sale of each kind at each portal. */
const stopsAt = (portal: DemoPortal): ReadonlyArray<Stop> =>
  (["open", "expired", "invoiced", "missing"] as const).flatMap((state) => {
    const sale = portal.sales.find((sale) => sale.state === state)
    return sale ? [{ portal, sale }] : []
  })

const account = Effect.fnUntraced(function* (baseUrl: URL) {
  const email = `demo-${crypto.randomUUID().slice(0, 8)}@timbra.example`
  const password = Redacted.make(crypto.randomUUID())
  const visitor = yield* makeClient(baseUrl)
  const profile = { ...taxpayer, accept_privacy: true }
  yield* visitor.auth.register({
    payload: { email, password, ...profile } as Parameters<typeof visitor.auth.register>[0]["payload"]
  })
  const { token } = yield* visitor.auth.login({
    payload: { email, password } as Parameters<typeof visitor.auth.login>[0]["payload"]
  })
  return { email, password, token }
})

const outcome = (task: TaskDetail) => (task.status === "COMPLETED" ? "COMPLETED" : (task.failure_code ?? task.status))

const save = Effect.fnUntraced(function* (client: Client, task: TaskDetail, folder: string) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  return yield* Effect.forEach(task.result?.artifacts ?? [], (artifact) =>
    Effect.gen(function* () {
      const bytes = yield* client.tasks.artifact({ path: { taskId: task.id, artifactId: artifact.id } })
      const file = path.join(folder, artifact.filename)
      yield* fs.writeFile(file, bytes)
      return file
    })
  )
})

/**
 * Invoices the demo shops' tickets as a client would: over HTTP and WebSocket alone. Prints each step as it comes and
 * leaves the invoices in `folder`. Fails where a ticket does not end as its shop makes it end.
 */
export const tour = Effect.fn("demo.tour")(function* (options: {
  readonly baseUrl: URL
  readonly portals: ReadonlyArray<DemoPortal>
  readonly folder: string
}) {
  const fs = yield* FileSystem.FileSystem
  yield* fs.makeDirectory(options.folder, { recursive: true })
  const { email, password, token } = yield* account(options.baseUrl)
  const client = yield* makeClient(options.baseUrl, token)

  const visit = Effect.fnUntraced(function* ({ portal, sale }: Stop) {
    const name = `${portal.vendor.name}, ${sale.folio}`
    const say = (text: string) => Console.log(`  ${name}: ${text}`)
    const { taskId } = yield* client.tasks.create({
      headers: {},
      payload: { vendor_url: portal.url.href, ticket_details: sale.ticket }
    })
    yield* watch(options.baseUrl, taskId, token).pipe(
      Stream.runForEach((event) =>
        event.type === "step"
          ? say([event.step.message, event.step.content].filter(Boolean).join(" · "))
          : event.type === "status"
            ? say(event.status)
            : Effect.void
      )
    )
    const task = yield* client.tasks.get({ path: { taskId } })
    const files = yield* save(client, task, options.folder)
    return { name, expected: expected[sale.state], outcome: outcome(task), files }
  })

  const stops = options.portals.flatMap(stopsAt)
  const results = yield* Effect.forEach(stops, visit, { concurrency: 2 })

  yield* Console.log("")
  for (const { name, outcome, expected, files } of results) {
    const sign = outcome === expected ? "✓" : `✗ (se esperaba ${expected})`
    yield* Console.log(`${sign} ${name}: ${outcome}${files.map((file) => `\n    ${file}`).join("")}`)
  }
  const wrong = results.filter(({ outcome, expected }) => outcome !== expected)
  if (wrong.length > 0)
    return yield* new TourFailed({
      reason: `${wrong.length} of ${results.length} tickets ended otherwise than expected.`
    })
  return { email, password }
})
