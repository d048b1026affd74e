import { Context, Schema } from "effect"

export const UserId = Schema.UUID.pipe(Schema.brand("UserId"))
export type UserId = typeof UserId.Type

/** Who sent the request that is being answered. */
export class CurrentUser extends Context.Tag("auth/CurrentUser")<CurrentUser, { readonly id: UserId }>() {}
