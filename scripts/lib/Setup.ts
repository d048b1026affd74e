import { Data } from "effect"

/** The machine lacks something that this script cannot bring, or could not. */
export class SetupFailed extends Data.TaggedError("SetupFailed")<{ readonly message: string }> {}
