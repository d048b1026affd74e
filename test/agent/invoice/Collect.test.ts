import { expect } from "bun:test"
import { Effect, Option } from "effect"
import { conclude, concludeKept, invoicesIn } from "../../../src/agent/invoice/Collect.ts"
import type { Found } from "../../../src/agent/invoice/Documents.ts"
import { assignment } from "../../lib/agent.ts"
import { recordingDesk } from "../../lib/desk.ts"
import * as it from "../../lib/effect.ts"
import { printed, ticket } from "./Printed.ts"

/** What is kept of the documents that a portal handed out, and what is doubted of it. */
const concluded = Effect.fnUntraced(function* (documents: ReadonlyArray<Found>) {
  const { desk, recorded } = recordingDesk()
  const task = assignment(new URL("https://portal.example.mx"), ticket, "company")
  const read = yield* Effect.head(invoicesIn(documents))
  const { warnings } = yield* conclude(task, desk, read, documents)
  return { warnings, kept: recorded.documents.map(({ bytes }) => bytes) }
})

it.live("the PDF of the invoice is kept and not that of another one which came first", () =>
  Effect.gen(function* () {
    const [mine, other] = [yield* printed, yield* printed]
    const { kept, warnings } = yield* concluded([other.pdf, mine.xml, mine.pdf])
    expect(kept).toEqual([mine.xml.bytes, mine.pdf.bytes])
    expect(warnings).toEqual([])
  })
)

it.live("a PDF that does not name the invoice is kept with a warning", () =>
  Effect.gen(function* () {
    const [mine, other] = [yield* printed, yield* printed]
    const { kept, warnings } = yield* concluded([mine.xml, other.pdf])
    expect(kept).toEqual([mine.xml.bytes, other.pdf.bytes])
    expect(warnings).toEqual(["PDF_UNVERIFIED"])
  })
)

it.live("an invoice without a PDF says so", () =>
  Effect.gen(function* () {
    const mine = yield* printed
    const { kept, warnings } = yield* concluded([mine.xml])
    expect(kept).toEqual([mine.xml.bytes])
    expect(warnings).toEqual(["PDF_MISSING"])
  })
)

const keptBefore = (documents: ReadonlyArray<Found>) => {
  const { desk } = recordingDesk(
    undefined,
    documents.map((document, index) => ({ ...document, id: `file-${index}` }))
  )
  const task = { ...assignment(new URL("https://portal.example.mx"), ticket, "company"), submitted: true }
  return { desk, task }
}

it.live("the invoice that an earlier run kept is proven as it is, with its own PDF", () =>
  Effect.gen(function* () {
    const [mine, other] = [yield* printed, yield* printed]
    const { desk, task } = keptBefore([other.pdf, mine.xml, mine.pdf])
    const completion = yield* Effect.flatten(concludeKept(task, desk))
    expect(completion).toMatchObject({
      delivery: "download",
      invoice: { uuid: mine.uuid },
      warnings: [],
      artifacts: ["file-1", "file-2"]
    })
  })
)

it.live("an invoice that an earlier run kept and that is not the one asked for ends nothing", () =>
  Effect.gen(function* () {
    const { desk, task } = keptBefore([(yield* printed).xml])
    const elsewhere = { ...task, ticket: { ...ticket, Total: "99.00" } }
    expect(yield* concludeKept(elsewhere, desk)).toEqual(Option.none())
  })
)
