import { type Effect, Schema, type Stream } from "effect"

/** Parts of the picture's width and height, so that it does not matter how large it is shown. */
const at = { x: Schema.Number.pipe(Schema.between(0, 1)), y: Schema.Number.pipe(Schema.between(0, 1)) }

const pixels = Schema.Number.pipe(Schema.between(-5000, 5000))

/** What the user does to the page with their own pointer and keys. */
export const UserAct = Schema.Union(
  Schema.Struct({
    type: Schema.Literal("pointer"),
    action: Schema.Literal("move", "down", "up"),
    ...at,
    button: Schema.optionalWith(Schema.Literal("left", "middle", "right"), { default: () => "left" as const }),
    clicks: Schema.optionalWith(Schema.Int.pipe(Schema.between(1, 3)), { default: () => 1 })
  }),
  Schema.Struct({ type: Schema.Literal("wheel"), ...at, dx: pixels, dy: pixels }),
  /** A key by its name as browsers tell it: `a`, `ñ`, `Enter`, `Shift`. */
  Schema.Struct({
    type: Schema.Literal("key"),
    action: Schema.Literal("down", "up"),
    key: Schema.NonEmptyString.pipe(Schema.maxLength(32))
  }),
  /** What comes from a keyboard without keys: a phone's, an input method, the clipboard. */
  Schema.Struct({ type: Schema.Literal("text"), text: Schema.NonEmptyString.pipe(Schema.maxLength(2000)) })
)
export type UserAct = typeof UserAct.Type

/** The page of a run as its user sees it, and drives it once the agent's hands are off. */
export interface Stage {
  /** JPEGs of the page whenever it changes, at most ten a second; taken only while somebody reads them. */
  readonly frames: Stream.Stream<Uint8Array>
  /** Returns when the agent's hands are off. */
  readonly handOver: Effect.Effect<void>
  readonly takeBack: Effect.Effect<void>
  readonly driven: () => boolean
  /** Done where the user drives, else nothing. */
  readonly act: (act: UserAct) => Effect.Effect<void>
}
