import { Effect, Layer, Option } from "effect"
import * as Rfc from "../cfdi/Rfc.ts"
import { Rls } from "../db/Rls.ts"
import { Audit } from "../privacy/Audit.ts"
import { type NewProfile, Profiles } from "../profile/Profiles.ts"
import { EmailTaken, InvalidCredentials } from "./Account.ts"
import { Accounts, type Credentials } from "./Accounts.ts"
import { AccountsRepo } from "./AccountsRepo.ts"
import { LoginLimits } from "./LoginLimits.ts"
import { OwnSessions } from "./OwnSessions.ts"
import { Passwords } from "./Passwords.ts"
import { UserId } from "./User.ts"

/** Accounts of our own, their passwords hashed with argon2id. */
export const OwnAccountsLive = Layer.effect(
  Accounts,
  Effect.gen(function* () {
    const repo = yield* AccountsRepo
    const profiles = yield* Profiles
    const sessions = yield* OwnSessions
    const passwords = yield* Passwords
    const limits = yield* LoginLimits
    const rls = yield* Rls
    const audit = yield* Audit

    /** Account and profile, both or none. Tells what is odd about them. */
    const register = Effect.fn("Accounts.register")(function* ({
      email,
      password,
      ...profile
    }: Credentials & NewProfile) {
      const id = UserId.make(crypto.randomUUID())
      const passwordHash = yield* passwords.turn(passwords.hash(password))
      const created = yield* Effect.gen(function* () {
        const user = yield* repo.insert({ id, email, passwordHash })
        if (Option.isNone(user)) return false
        yield* audit.record(id, "account.registered")
        yield* profiles.create(id, { ...profile, email })
        return true
      }).pipe(rls.asUser(id), Effect.orDie)
      if (!created) return yield* new EmailTaken()
      return [...Rfc.warnings(profile.rfc), ...(passwords.isCommon(password) ? (["PASSWORD_COMMON"] as const) : [])]
    })

    const login = Effect.fn("Accounts.login")(function* ({ email, password }: Credentials, address: string) {
      const attempt = { email, address }
      yield* limits.check(attempt)
      const userId = yield* Effect.gen(function* () {
        // Again, because others may have failed while this one waited for its turn.
        yield* limits.check(attempt)
        const user = yield* repo.findByEmail(email)
        const right = yield* passwords.verify(
          password,
          Option.map(user, ({ passwordHash }) => passwordHash)
        )
        if (right && Option.isSome(user)) return user.value.id
        yield* limits.failed(attempt)
        yield* audit.recordVisit("login.failed")
        return yield* new InvalidCredentials()
      }).pipe(passwords.turn)
      return yield* Effect.zipLeft(sessions.open(userId), audit.record(userId, "login.succeeded")).pipe(
        rls.asUser(userId)
      )
    })

    return { register, login }
  })
)
