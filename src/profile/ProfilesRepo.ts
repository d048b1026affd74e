import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"

const columns = {
  rfc: Schema.NullOr(Schema.Uint8ArrayFromSelf),
  fullName: Schema.NullOr(Schema.String),
  fiscalRegime: Schema.NullOr(Schema.String),
  postalCode: Schema.NullOr(Schema.String),
  cfdiUse: Schema.NullOr(Schema.String),
  email: Schema.String,
  companyDetails: Schema.NullOr(Schema.Uint8ArrayFromSelf),
  privacyVersion: Schema.NullOr(Schema.String),
  privacyAcceptedAt: Schema.NullOr(Schema.DateTimeUtcFromDate)
}

const Row = Schema.Struct({ userId: UserId, ...columns })
export type Row = typeof Row.Type

const Change = Schema.partial(Schema.Struct(columns))
export type Change = typeof Change.Type

/** Profiles as they are stored: RFC and company details encrypted. */
export class ProfilesRepo extends Effect.Service<ProfilesRepo>()("profile/ProfilesRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const insertRow = SqlSchema.void({
      Request: Row,
      execute: (row) => sql`INSERT INTO user_profiles ${sql.insert(row)}`
    })

    const select = SqlSchema.single({
      Request: UserId,
      Result: Row,
      execute: (userId) => sql`SELECT * FROM user_profiles WHERE user_id = ${userId}`
    })

    const updateRow = SqlSchema.single({
      Request: Schema.Struct({ userId: UserId, change: Change }),
      Result: Row,
      execute: ({ userId, change }) =>
        sql`UPDATE user_profiles SET ${sql.update(change)}, updated_at = now() WHERE user_id = ${userId} RETURNING *`
    })

    const insert = Effect.fn("ProfilesRepo.insert")((row: Row) =>
      insertRow(row).pipe(rls.asUser(row.userId), Effect.orDie)
    )

    const get = Effect.fn("ProfilesRepo.get")((userId: UserId) =>
      select(userId).pipe(rls.onceAsUser(userId), Effect.orDie)
    )

    const update = Effect.fn("ProfilesRepo.update")((userId: UserId, change: Change) =>
      Object.keys(change).length === 0
        ? get(userId)
        : updateRow({ userId, change }).pipe(rls.asUser(userId), Effect.orDie)
    )

    /** Nobody else changes the profile meanwhile. */
    const alone = <A, E, R>(userId: UserId, effect: Effect.Effect<A, E, R>) =>
      sql`SELECT 1 FROM user_profiles WHERE user_id = ${userId} FOR UPDATE`.pipe(
        Effect.zipRight(effect),
        rls.asUser(userId)
      )

    return { insert, get, update, alone } as const
  })
}) {}
