import { Option, Schema } from "effect"
import { CfdiUse } from "../cfdi/Catalogs.ts"
import { parseMoney } from "../cfdi/Money.ts"
import { TicketDetails } from "../cfdi/Ticket.ts"
import { UrlRefused } from "../egress/UrlRefused.ts"
import { body } from "../http/Body.ts"
import { Validation } from "../http/Validation.ts"
import { ConsentRequired, ProfileIncomplete } from "../profile/Profile.ts"
import { DuplicateTicket, IdempotencyMismatch } from "./Errors.ts"
import { TaskId } from "./Status.ts"

const Address = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(2048))

/** The order for one invoice. */
export const NewTask = body({
  vendor_url: Address,
  ticket_details: TicketDetails,
  cfdi_use: Schema.optional(CfdiUse),
  priority: Schema.optional(Schema.Int.pipe(Schema.between(-100, 100))),
  callback_url: Schema.optional(Address),
  confirm_before_submit: Schema.optional(Schema.Boolean),
  retry_not_found: Schema.optional(Schema.Boolean)
}).annotations({ identifier: "NewTask" })
export type NewTask = typeof NewTask.Type

export const Created = Schema.Struct({ taskId: TaskId, status: Schema.Literal("PENDING") }).annotations({
  identifier: "Created"
})
export type Created = typeof Created.Type

const maxBatch = 100

/** Many orders at once. Each is decoded for itself, so that one that is wrong is answered in its place. */
export const Batch = body({
  tasks: Schema.Array(Schema.Unknown.annotations({ jsonSchema: { $ref: "#/components/schemas/NewTask" } })).pipe(
    Schema.minItems(1),
    Schema.maxItems(maxBatch)
  )
})

export const BatchItem = Schema.Struct({
  index: Schema.Int,
  taskId: Schema.optional(TaskId),
  status: Schema.optional(Schema.Literal("PENDING")),
  error: Schema.optional(
    Schema.Union(Validation, UrlRefused, DuplicateTicket, IdempotencyMismatch, ProfileIncomplete, ConsentRequired)
  )
}).annotations({ identifier: "BatchItem" })
export type BatchItem = typeof BatchItem.Type

const hash = (text: string) => new Bun.CryptoHasher("sha256").update(text).digest("hex")

const folded = (text: string) => text.normalize("NFKC").replace(/\s+/gu, " ").trim()

const amounts = /total|monto|importe/u

// An amount is the same with and without its decimals; anything else may be a code, in which a letter's case counts.
const entry = ([label, value]: readonly [string, string]) => {
  const name = folded(label).toLowerCase()
  const text = folded(value)
  const amount = amounts.test(name) ? parseMoney(text) : Option.none()
  return [name, Option.match(amount, { onNone: () => text, onSome: String })] as const
}

/** Equal for one ticket on one portal, in whatever order and spacing it was typed. */
export const ticketKey = (vendorUrl: URL, details: TicketDetails) => {
  const entries = Object.entries(details).map(entry)
  entries.sort(([one], [other]) => (one < other ? -1 : 1))
  return hash(JSON.stringify([vendorUrl.host, entries]))
}

/** Equal for orders that ask for the same. */
export const requestHash = (task: NewTask) => {
  const { ticket_details, ...rest } = task
  const sorted = (record: object) => Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1))
  return hash(JSON.stringify([sorted(rest), sorted(ticket_details)]))
}
