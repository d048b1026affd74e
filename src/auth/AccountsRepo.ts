import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Schema } from "effect"
import { Rls } from "../db/Rls.ts"
import { Email } from "./Account.ts"
import { UserId } from "./User.ts"

const NewUser = Schema.Struct({
  id: UserId,
  email: Schema.typeSchema(Email),
  passwordHash: Schema.NullOr(Schema.String)
})

export class AccountsRepo extends Effect.Service<AccountsRepo>()("auth/AccountsRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const insertUser = SqlSchema.findOne({
      Request: NewUser,
      Result: Schema.Struct({ id: UserId }),
      execute: (user) => sql`INSERT INTO users ${sql.insert(user)} ON CONFLICT (email) DO NOTHING RETURNING id`
    })

    const selectByEmail = SqlSchema.findOne({
      Request: Schema.typeSchema(Email),
      Result: Schema.Struct({ id: UserId, passwordHash: Schema.String }),
      execute: (email) => sql`SELECT id, password_hash FROM users WHERE email = ${email} AND password_hash IS NOT NULL`
    })

    /** None where the e-mail has an account already, which row-level security would not show. */
    const insert = Effect.fn("AccountsRepo.insert")((user: typeof NewUser.Type) =>
      insertUser(user).pipe(rls.asUser(user.id), Effect.orDie)
    )

    const findByEmail = Effect.fn("AccountsRepo.findByEmail")((email: Email) =>
      selectByEmail(email).pipe(rls.asVisitor(email), Effect.orDie)
    )

    return { insert, findByEmail } as const
  })
}) {}
