import { type Duration, Effect, Predicate } from "effect"

/** What became of looking at one part, and what to do where it is not as it should be. */
export interface Finding {
  readonly part: string
  readonly detail: string
  readonly advice: string | undefined
}

export const fine = (part: string, detail: string): Finding => ({ part, detail, advice: undefined })

export const wrong = (part: string, detail: string, advice: string): Finding => ({ part, detail, advice })

const messageOf = (error: unknown): string => {
  const own = Predicate.hasProperty(error, "message") ? String(error.message) : String(error)
  if (!Predicate.hasProperty(error, "cause") || error.cause === undefined) return own
  const because = messageOf(error.cause)
  return own.includes(because) ? own : `${own}: ${because}`
}

/** A part that fails or takes too long is a finding like any other. */
export const examined = <E, R>(
  part: string,
  advice: string,
  patience: Duration.DurationInput,
  look: Effect.Effect<ReadonlyArray<Finding>, E, R>
) =>
  look.pipe(
    Effect.timeoutOption(patience),
    Effect.flatMap((found) => (found._tag === "Some" ? Effect.succeed(found.value) : Effect.fail("no answer in time"))),
    Effect.sandbox,
    Effect.catchAll((cause) => {
      const error = cause._tag === "Fail" ? cause.error : cause._tag === "Die" ? cause.defect : cause
      return Effect.succeed([wrong(part, messageOf(error), advice)])
    })
  )
