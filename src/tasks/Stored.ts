import { Data } from "effect"

export interface Address {
  readonly userId: string
  readonly taskId: string
  readonly id: string
}

/** The store cannot be reached, or refuses; what was to be stored is still in the database. */
export class StoreAway extends Data.TaggedError("StoreAway")<{ readonly cause: unknown }> {
  override get message() {
    return `the file store: ${this.cause instanceof Error ? this.cause.message : String(this.cause)}`
  }
}
