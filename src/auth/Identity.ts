import { FetchHttpClient } from "@effect/platform"
import { Effect, Layer } from "effect"
import { OwnAccountsLive } from "./OwnAccounts.ts"
import { OwnSessions, OwnSessionsLive } from "./OwnSessions.ts"
import { SessionsRepo } from "./SessionsRepo.ts"
import { authProvider } from "./supabase/Settings.ts"
import { SupabaseAccountsLive } from "./supabase/SupabaseAccounts.ts"
import { SupabaseAuth } from "./supabase/SupabaseAuth.ts"
import { SupabaseSessionsLive } from "./supabase/SupabaseSessions.ts"
import { SupabaseTokens } from "./supabase/SupabaseTokens.ts"
import { SupabaseUsersRepo } from "./supabase/SupabaseUsersRepo.ts"
import { Tokens } from "./Tokens.ts"

const Own = Layer.mergeAll(OwnAccountsLive, OwnSessionsLive).pipe(
  Layer.provide(OwnSessions.Default),
  Layer.provide([SessionsRepo.Default, Tokens.Default])
)

const Supabase = Layer.mergeAll(SupabaseAccountsLive, SupabaseSessionsLive).pipe(
  Layer.provide([SupabaseAuth.Default, SupabaseTokens.Default, SupabaseUsersRepo.Default]),
  Layer.provide(FetchHttpClient.layer)
)

/** Accounts and sessions of the provider that `AUTH_PROVIDER` names. */
export const IdentityLive = Layer.unwrapEffect(
  Effect.map(authProvider, (provider) => (provider === "supabase" ? Supabase : Own))
)
