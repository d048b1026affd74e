import type { Effect, Option, Redacted, Scope } from "effect"
import type { Found } from "./invoice/Documents.ts"
import type { Stage } from "./Stage.ts"

export type StepType = "navigate" | "input" | "click" | "thinking" | "error" | "user_intervention" | "completed"

/** One thing that was seen or done, as the user reads it. */
export interface Step {
  readonly type: StepType
  /** Spanish; taxpayer's values masked. */
  readonly message: string
  /** What stands behind the message (a label, the portal's words), masked as well. */
  readonly content?: string
  /** JPEG of the page. */
  readonly screenshot?: Uint8Array
  readonly durationMs?: number
}

export interface Question {
  readonly kind: "captcha" | "login" | "otp" | "missing_data" | "choice" | "confirm_submit" | "takeover"
  /** Spanish. */
  readonly message: string
  readonly fields: ReadonlyArray<{
    readonly name: string
    readonly label: string
    readonly type: "text" | "password" | "select" | "number" | "date"
    readonly options?: ReadonlyArray<string>
    /** What the portal says of how to write it. */
    readonly hint?: string
    readonly maxLength?: number
    /** The answer is the user's for good, not this ticket's alone: they may have it kept. */
    readonly remember?: boolean
  }>
  /** Where the page is that wants a log-in: the answer is good for its domain only. */
  readonly host?: string
  /** PNG: the captcha cut out of the page, or the page that is about to be sent. */
  readonly image?: Uint8Array
}

export type Answer =
  | { readonly action: "continue"; readonly answers: Readonly<Record<string, string>> }
  | { readonly action: "abort" }
  /** The user has driven the page themselves instead: look anew. */
  | { readonly action: "released" }

/** What somebody enters a portal with. */
export interface Login {
  readonly username: Redacted.Redacted
  readonly password: Redacted.Redacted
}

export interface Document {
  readonly kind: "xml" | "pdf" | "screenshot" | "other"
  readonly filename: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** An invoice document that the task has. */
export interface Kept extends Found {
  readonly id: string
}

/**
 * What the agent needs of whoever gave it the assignment. Each effect is done when its record is committed; one that
 * is no longer the task's run is interrupted by its desk instead of being answered.
 */
export interface Desk {
  readonly step: (step: Step) => Effect.Effect<void>
  /**
   * Commits the intent to submit: only after it may the irreversible act be done, and only once. False where the user
   * has paused before: then nothing is committed and nothing may be done.
   */
  readonly intend: Effect.Effect<boolean>
  /** Returns at once, or when the user resumes what they paused. Called between any two acts before the intent. */
  readonly checkpoint: Effect.Effect<void>
  /** Returns when the user has answered. */
  readonly ask: (question: Question) => Effect.Effect<Answer>
  /** What the user has told or had kept for pages of this host. */
  readonly login: (host: string) => Effect.Effect<Option.Option<Login>>
  /** Keeps a document with the task; gives its artifact id. */
  readonly keep: (document: Document) => Effect.Effect<string>
  /** What earlier runs have kept. */
  readonly kept: Effect.Effect<ReadonlyArray<Kept>>
  /** Lets the user see the page, and drive it when they take over, as long as the scope. */
  readonly show: (stage: Stage) => Effect.Effect<void, never, Scope.Scope>
  /** The same for what the user does while they drive; nothing of it is committed at any other time. */
  readonly byHand: Pick<Desk, "step" | "intend">
}
