import { Context, type Redacted, Schema } from "effect"

export const UserId = Schema.UUID.pipe(Schema.brand("UserId"))
export type UserId = typeof UserId.Type

/** One login and all the refreshes that follow from it. */
export const SessionId = Schema.UUID.pipe(Schema.brand("SessionId"))
export type SessionId = typeof SessionId.Type

/** Who sent the request that is being answered. */
export class CurrentUser extends Context.Tag("auth/CurrentUser")<
  CurrentUser,
  { readonly id: UserId; readonly sessionId: SessionId; readonly token: Redacted.Redacted }
>() {}
