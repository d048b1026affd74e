import { DateTime, Effect, Redacted, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import { FiscalProfile, problems } from "../cfdi/FiscalProfile.ts"
import * as Rfc from "../cfdi/Rfc.ts"
import { Rls } from "../db/Rls.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import { Audit } from "../privacy/Audit.ts"
import { Consents } from "../privacy/Consents.ts"
import { notice } from "../privacy/Notice.ts"
import { Vault } from "../vault/Vault.ts"
import { type CompanyDetails, companyDetails } from "./Fields.ts"
import { ConsentRequired, type newProfile, Profile, type ProfileChange, ProfileIncomplete } from "./Profile.ts"
import { type Change, ProfilesRepo, type Row } from "./ProfilesRepo.ts"

export type NewProfile = Schema.Struct.Type<typeof newProfile>

type SecretColumn = "rfc" | "company_details"

const fits = Schema.is(companyDetails)
const decodeProfile = Schema.decodeUnknown(Profile)
const decodeJson = Schema.decode(Schema.parseJson(Schema.Unknown))

export class Profiles extends Effect.Service<Profiles>()("profile/Profiles", {
  effect: Effect.gen(function* () {
    const repo = yield* ProfilesRepo
    const vault = yield* Vault
    const rls = yield* Rls
    const consents = yield* Consents
    const audit = yield* Audit

    const at = (userId: UserId, column: SecretColumn) => ({ user: userId, table: "user_profiles", row: userId, column })
    const sealed = (userId: UserId, column: SecretColumn, text: string) =>
      vault.encrypt(at(userId, column), Redacted.make(text))
    // What does not decrypt was tampered with, or its key is gone: no caller can act on that.
    const opened = (userId: UserId, column: SecretColumn, bytes: Uint8Array) =>
      Effect.orDie(Effect.map(vault.decrypt(at(userId, column), bytes), Redacted.value))

    const sealedDetails = (userId: UserId, details: CompanyDetails | null) =>
      details === null ? Effect.succeed(null) : sealed(userId, "company_details", JSON.stringify(details))

    const consent = (accepted: boolean) =>
      accepted
        ? Effect.map(DateTime.now, (now) => ({ privacyVersion: notice.version, privacyAcceptedAt: now }))
        : Effect.succeed({ privacyVersion: null, privacyAcceptedAt: null })

    const show = Effect.fnUntraced(function* (row: Row) {
      const rfc = row.rfc && (yield* opened(row.userId, "rfc", row.rfc))
      const details = row.companyDetails && (yield* opened(row.userId, "company_details", row.companyDetails))
      const profile = yield* decodeProfile({
        rfc,
        full_name: row.fullName,
        fiscal_regime: row.fiscalRegime,
        postal_code: row.postalCode,
        cfdi_use: row.cfdiUse,
        email: row.email,
        company_details: details && (yield* decodeJson(details)),
        privacy_version: row.privacyVersion,
        privacy_accepted_at: row.privacyAcceptedAt && DateTime.formatIso(row.privacyAcceptedAt),
        warnings: []
      })
      return new Profile({ ...profile, warnings: profile.rfc === null ? [] : Rfc.warnings(profile.rfc) })
    }, Effect.orDie)

    const create = Effect.fn("Profiles.create")(function* (userId: UserId, profile: NewProfile & { email: string }) {
      yield* repo.insert({
        userId,
        rfc: yield* sealed(userId, "rfc", profile.rfc),
        fullName: profile.full_name ?? null,
        fiscalRegime: profile.fiscal_regime,
        postalCode: profile.postal_code,
        cfdiUse: profile.cfdi_use ?? null,
        email: profile.email,
        companyDetails: yield* sealedDetails(userId, profile.company_details ?? null),
        ...(yield* consent(profile.accept_privacy === true))
      })
      if (profile.accept_privacy === true) yield* consents.record(userId, true)
    })

    const get = Effect.fn("Profiles.get")((userId: UserId) => Effect.flatMap(repo.get(userId), show))

    const change = Effect.fn("Profiles.change")(function* (userId: UserId, given: ProfileChange) {
      const changes: Change = {
        ...(given.rfc !== undefined && { rfc: yield* sealed(userId, "rfc", given.rfc) }),
        ...(given.full_name !== undefined && { fullName: given.full_name }),
        ...(given.fiscal_regime !== undefined && { fiscalRegime: given.fiscal_regime }),
        ...(given.postal_code !== undefined && { postalCode: given.postal_code }),
        ...(given.cfdi_use !== undefined && { cfdiUse: given.cfdi_use }),
        ...(given.email !== undefined && { email: given.email }),
        ...(given.company_details !== undefined && {
          companyDetails: yield* sealedDetails(userId, given.company_details)
        }),
        ...(given.accept_privacy !== undefined && (yield* consent(given.accept_privacy)))
      }
      const write = Effect.gen(function* () {
        yield* audit.record(userId, "profile.changed", { details: { fields: Object.keys(given) } })
        if (given.accept_privacy !== undefined) yield* consents.record(userId, given.accept_privacy)
        return yield* repo.update(userId, changes)
      })
      return yield* show(yield* rls.asUser(userId)(write))
    })

    const checked = Effect.fnUntraced(function* (profile: Profile, cfdiUse?: string) {
      const { language } = yield* RequestInfo
      const fields = {
        rfc: profile.rfc,
        fullName: profile.full_name,
        fiscalRegime: profile.fiscal_regime,
        postalCode: profile.postal_code,
        cfdiUse: cfdiUse ?? profile.cfdi_use,
        email: profile.email
      }
      const found = problems(fields, language)
      if (found.length > 0) {
        const errors = found.map(({ field, code, detail }) => ({ pointer: `/${field}`, code, detail }))
        return yield* new ProfileIncomplete({ errors })
      }
      if (profile.privacy_version !== notice.version)
        return yield* new ConsentRequired({ privacy_version: notice.version })
      return yield* Effect.orDie(Schema.decodeUnknown(FiscalProfile)(fields))
    })

    /** The profile that a portal can be filled with, its CFDI use replaced where this purchase wants another. */
    const complete = Effect.fn("Profiles.complete")((userId: UserId, cfdiUse?: string) =>
      Effect.flatMap(get(userId), (profile) => checked(profile, cfdiUse))
    )

    /** The same for a run, with what the company details say in so many words, by their labels. */
    const forRun = Effect.fn("Profiles.forRun")(function* (userId: UserId, cfdiUse: string) {
      const profile = yield* get(userId)
      const details = Object.entries(profile.company_details ?? {}).flatMap(([label, value]) =>
        typeof value === "string" || typeof value === "number" ? [[label, String(value)] as const] : []
      )
      return { profile: yield* checked(profile, cfdiUse), details: Object.fromEntries(details) }
    })

    /** Adds to the company details, in place of what they say under the same labels; not more than they may hold. */
    const addDetails = Effect.fn("Profiles.addDetails")((userId: UserId, added: Readonly<Record<string, string>>) =>
      repo.alone(
        userId,
        Effect.gen(function* () {
          const { company_details } = yield* get(userId)
          const details = { ...company_details, ...added }
          if (fits(details)) yield* change(userId, { company_details: details })
          else yield* Effect.logInfo("The company details are full: an answer is not remembered")
        })
      )
    )

    return { create, get, change, complete, forRun, addDetails } as const
  })
}) {}
