import { failure, type Problem, type Result, success } from "../Problem.ts"
import { text } from "../Text.ts"
import type { NewTask } from "../Wire.ts"
import { blankTicket, understood } from "./TicketFields.tsx"

export const blank = {
  vendor_url: "",
  ticket_details: blankTicket,
  cfdi_use: "",
  confirm_before_submit: false,
  retry_not_found: false
}

// Tickets print the address without its scheme.
const addressOf = (typed: string) => {
  const trimmed = typed.trim()
  return trimmed === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
}

const refused = (code: string, detail: string): Problem => ({
  status: 400,
  code,
  detail,
  errors: [{ pointer: "/ticket_details", code, detail }]
})

/** What is sent of what was typed. A row of the table that cannot be sent is no junk, as a pasted line may be. */
export const orderOf = ({ ticket_details: typed, ...rest }: typeof blank): Result<NewTask> => {
  const t = text.value.order
  const { entries, ignored } = understood(typed)
  const [wrong] = ignored
  if (typed.mode === "table" && wrong) return failure(refused(wrong.trouble, `«${wrong.line}» ${t[wrong.trouble]}.`))
  if (entries.length === 0) return failure(refused("EMPTY", t.empty))
  return success({
    vendor_url: addressOf(rest.vendor_url),
    ticket_details: Object.fromEntries(entries.map(({ label, value }) => [label, value])),
    ...(rest.cfdi_use === "" ? {} : { cfdi_use: rest.cfdi_use }),
    confirm_before_submit: rest.confirm_before_submit,
    retry_not_found: rest.retry_not_found
  })
}

// `crypto.randomUUID` is missing where the page does not come over https.
const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")

/** The same key for the same order, so that sending it again after a lost answer orders it once. */
export const idempotencyKeys = () => {
  let last = { order: "", key: "" }
  return (order: NewTask) => {
    const written = JSON.stringify(order)
    if (last.order !== written) last = { order: written, key: newKey() }
    return last.key
  }
}
