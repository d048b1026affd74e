import { SqlError } from "@effect/sql"
import { Cause, Chunk, Predicate } from "effect"

// Classes 08 (connection), 57P01–57P03 (shutdown, starting up), 53300 (too many connections); and the socket's own.
const codes = /^(08...|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/
// What pg and its pool say without a code.
const words = /connection terminated|connection ended|timeout exceeded when trying to connect|not queryable/i

const tells = (cause: unknown): boolean => {
  if (Predicate.hasProperty(cause, "code") && typeof cause.code === "string" && codes.test(cause.code)) return true
  if (Predicate.hasProperty(cause, "message") && typeof cause.message === "string" && words.test(cause.message)) {
    return true
  }
  return Predicate.hasProperty(cause, "cause") && tells(cause.cause)
}

/** Whether something failed only because the database or the file store cannot be reached. */
export const isOutage = (cause: Cause.Cause<unknown>) =>
  Chunk.some(
    Chunk.appendAll(Cause.failures(cause), Cause.defects(cause)),
    (error) => Predicate.isTagged(error, "StoreAway") || (error instanceof SqlError.SqlError && tells(error.cause))
  )
