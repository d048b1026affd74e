import { Schema } from "effect"

/** Text that PostgreSQL can store: it refuses NUL in text and half a surrogate pair in JSON. */
export const PlainText = Schema.String.pipe(
  Schema.filter((text) => !text.includes("\0") && text.isWellFormed(), {
    message: () => "must not hold a NUL or an unpaired surrogate"
  })
)
