import { Args, Command, Options } from "@effect/cli"
import { FetchHttpClient } from "@effect/platform"
import { Console, Data, Effect } from "effect"
import { makeClient } from "../client/Client.ts"
import { follow, server, token } from "./Telling.ts"

const vendorUrl = Args.text({ name: "vendor_url" }).pipe(Args.withDescription("The shop's invoicing portal."))

class MalformedEntry extends Data.TaggedError("MalformedEntry")<{ readonly text: string }> {
  override get message() {
    return `"${this.text}" is not written "label: value"`
  }
}

const entry = (text: string) => {
  const [, label, value] = /^([^:]+):\s*(.+)$/s.exec(text) ?? []
  return label === undefined || value === undefined
    ? new MalformedEntry({ text })
    : Effect.succeed([label.trim(), value.trim()] as const)
}

const ticket = Args.text({ name: "label: value" }).pipe(
  Args.withDescription('What the ticket says, as printed: "Folio: A-10482" "Total: 348.00" …'),
  Args.atLeast(1)
)

const detached = Options.boolean("detach").pipe(
  Options.withDescription("Print the task's id and end, rather than watch it.")
)

export const submit = Command.make("submit", { vendorUrl, ticket, server, detached }, (given) =>
  Effect.gen(function* () {
    const entries = yield* Effect.forEach(given.ticket, entry)
    const bearer = yield* token
    const client = yield* makeClient(given.server, bearer)
    const { taskId } = yield* client.tasks.create({
      headers: {},
      payload: { vendor_url: given.vendorUrl, ticket_details: Object.fromEntries(entries) }
    })
    yield* Console.log(taskId)
    if (!given.detached) yield* follow(given.server, taskId, bearer)
  }).pipe(Effect.provide(FetchHttpClient.layer))
).pipe(
  Command.withDescription("Ask for the invoice of a ticket, and watch. The access token is read from TIMBRA_TOKEN.")
)
