import { Effect, Option, Redacted } from "effect"
import type { UserId } from "../auth/User.ts"
import { Profiles } from "../profile/Profiles.ts"
import type { Login } from "../vault/VendorCredential.ts"
import { VendorCredentials } from "../vault/VendorCredentials.ts"
import type { InterventionField } from "./Event.ts"

type Answers = Readonly<Record<string, string>>

/** A question about a log-in says so by the domain of the page that wants it. */
interface Question {
  readonly fields: ReadonlyArray<InterventionField>
  readonly domain: string | null
}

/** The answers to a page's log-in form: the hidden one is the password, the one before it the user's name. */
export const loginIn = (fields: ReadonlyArray<InterventionField>, answers: Answers): Option.Option<Login> => {
  const password = fields.find(({ type }) => type === "password")
  const username = fields.find((field) => field !== password)
  return Option.all({
    username: Option.fromNullable(username && answers[username.name]),
    password: Option.fromNullable(password && answers[password.name])
  }).pipe(
    Option.map(({ password, username }) => ({ username: Redacted.make(username), password: Redacted.make(password) }))
  )
}

/** What the user wants kept of an answer: log-ins with their domain, what is true of a taxpayer with the profile. */
export class Remembered extends Effect.Service<Remembered>()("tasks/Remembered", {
  effect: Effect.gen(function* () {
    const profiles = yield* Profiles
    const credentials = yield* VendorCredentials

    const keep = Effect.fn("Remembered.keep")(function* (
      userId: UserId,
      { domain, fields }: Question,
      answers: Answers
    ) {
      const kept = fields.filter(({ remember }) => remember === true)
      if (domain !== null) {
        const login = loginIn(kept, answers)
        return yield* Option.match(login, {
          onNone: () => Effect.void,
          onSome: (login) => credentials.keep(userId, domain, login)
        })
      }
      const details = kept.map(({ label, name }) => [label, answers[name] ?? ""] as const)
      if (details.length > 0) yield* profiles.addDetails(userId, Object.fromEntries(details))
    })

    return { keep } as const
  })
}) {}
