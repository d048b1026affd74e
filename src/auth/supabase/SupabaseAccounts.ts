import { Effect, Layer, Option } from "effect"
import * as Rfc from "../../cfdi/Rfc.ts"
import { Rls } from "../../db/Rls.ts"
import { Audit } from "../../privacy/Audit.ts"
import { Profiles } from "../../profile/Profiles.ts"
import { AuthUnavailable, EmailNotConfirmed, EmailTaken, InvalidCredentials, PasswordRefused } from "../Account.ts"
import { Accounts } from "../Accounts.ts"
import { AccountsRepo } from "../AccountsRepo.ts"
import { LoginLimits } from "../LoginLimits.ts"
import { Passwords } from "../Passwords.ts"
import { grantOf, type Refusal, SupabaseAuth } from "./SupabaseAuth.ts"

const taken: ReadonlySet<string> = new Set(["user_already_exists", "email_exists"])
const wrong: ReadonlySet<string> = new Set(["invalid_credentials", "invalid_grant"])

const unforeseen = ({ code }: Refusal) =>
  Effect.zipRight(Effect.logError(`Supabase Auth refuses with ${code}`), new AuthUnavailable())

/** Accounts at Supabase Auth; only profiles are here. */
export const SupabaseAccountsLive = Layer.effect(
  Accounts,
  Effect.gen(function* () {
    const auth = yield* SupabaseAuth
    const repo = yield* AccountsRepo
    const profiles = yield* Profiles
    const passwords = yield* Passwords
    const limits = yield* LoginLimits
    const audit = yield* Audit
    const rls = yield* Rls

    const refusedSignUp = (refusal: Refusal) => {
      if (taken.has(refusal.code)) return new EmailTaken()
      return refusal.code === "weak_password" ? new PasswordRefused() : unforeseen(refusal)
    }

    const register: Accounts["Type"]["register"] = Effect.fn("Accounts.register")(function* ({
      email,
      password,
      ...profile
    }) {
      const answer = yield* auth.signUp(email, password)
      if (answer._tag === "Refused") return yield* refusedSignUp(answer)
      const id = answer.value
      const created = yield* Effect.gen(function* () {
        if (Option.isNone(yield* repo.insert({ id, email, passwordHash: null }))) return false
        yield* audit.record(id, "account.registered")
        yield* profiles.create(id, { ...profile, email })
        return true
      }).pipe(rls.asUser(id))
      if (!created) return yield* new EmailTaken()
      return [...Rfc.warnings(profile.rfc), ...(passwords.isCommon(password) ? (["PASSWORD_COMMON"] as const) : [])]
    })

    const login: Accounts["Type"]["login"] = Effect.fn("Accounts.login")(function* ({ email, password }, address) {
      yield* limits.check({ email, address })
      const answer = yield* auth.logIn(email, password)
      if (answer._tag === "Answered") {
        yield* audit.record(answer.value.user.id, "login.succeeded")
        return grantOf(answer.value)
      }
      if (answer.code === "email_not_confirmed") return yield* new EmailNotConfirmed()
      if (!wrong.has(answer.code)) return yield* unforeseen(answer)
      yield* limits.failed({ email, address })
      yield* audit.recordVisit("login.failed")
      return yield* new InvalidCredentials()
    })

    return { register, login }
  })
)
