import { ValidationError } from "@effect/cli"
import { SqlError } from "@effect/sql"
import { Cause, ConfigError, Console, Effect, Predicate } from "effect"

const configLines = (error: ConfigError.ConfigError): ReadonlyArray<string> => {
  switch (error._op) {
    case "And":
    case "Or":
      return [...configLines(error.left), ...configLines(error.right)]
    default:
      return [`${error.path.join("_")}: ${error.message}`]
  }
}

const reasonOf = ({ cause, message }: SqlError.SqlError) =>
  Predicate.hasProperty(cause, "message") ? `${message}: ${cause.message}` : message

export const lines = (error: unknown): ReadonlyArray<string> => {
  if (ValidationError.isValidationError(error)) return []
  if (ConfigError.isConfigError(error)) return [...new Set(configLines(error))]
  if (error instanceof SqlError.SqlError) return [`DATABASE_URL: ${reasonOf(error)}`]
  return [Predicate.hasProperty(error, "message") ? String(error.message) : String(error)]
}

/** Says why a command ends, a line for each reason. Only what nobody foresaw is shown with its trace. */
export const told = <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.tapErrorCause(self, (cause) => {
    if (Cause.isInterruptedOnly(cause)) return Effect.void
    if (Cause.isDie(cause)) return Console.error(Cause.pretty(cause, { renderErrorCause: true }))
    return Effect.forEach(Array.from(Cause.failures(cause)).flatMap(lines), (line) => Console.error(line))
  })
