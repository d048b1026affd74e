import { Context, Data, type Duration, type Effect, type Option, type Redacted, type Scope } from "effect"
import type { BrowserContext, Download, Page } from "playwright-core"

export class BrowserLost extends Data.TaggedError("BrowserLost")<{
  readonly reason: "not-found" | "not-started" | "refused" | "crashed" | "disconnected" | "unresponsive"
  readonly detail?: string
  readonly cause?: unknown
}> {
  override get message() {
    return this.detail === undefined ? `browser ${this.reason}` : `browser ${this.reason}: ${this.detail}`
  }
}

/** The farm has no browser for us now, and says when to ask again. */
export class NoVacancy extends Data.TaggedError("NoVacancy")<{ readonly retryAfter: Duration.Duration }> {}

/** An invoice has some kilobytes; what is larger is not read. */
export const maxFileBytes = 20 * 1024 * 1024

/** What a tab was handed did not reach us. */
export class FileLost extends Data.TaggedError("FileLost")<{ readonly cause: unknown }> {}

export type Keep = (bytes: Uint8Array, filename: string) => void

/** How the files that a tab is handed reach us, from the disk of this machine or of another one. */
export interface Files {
  /** Keeps what arrives without a download, such as a PDF in the browser's own viewer. */
  readonly watch: (keep: Keep) => Effect.Effect<void>
  readonly read: (download: Download) => Effect.Effect<Uint8Array, FileLost>
}

export interface Session {
  readonly page: Page
  readonly context: BrowserContext
  readonly files: Files
  /** Fails as soon as the tab or its whole browser has died, and never succeeds: race a run against it. */
  readonly lost: Effect.Effect<never, BrowserLost>
  /** Ends the tab whatever it is doing; every call that waits for it is rejected. */
  readonly kill: Effect.Effect<void>
}

/** A session as its farm tells of it. */
export interface RemoteSession {
  readonly id: string
  readonly status: "PENDING" | "RUNNING" | "ERROR" | "TIMED_OUT" | "COMPLETED"
  readonly proxyBytes: number
  readonly startedAt: string
  readonly endedAt?: string
  readonly userMetadata?: Readonly<Record<string, unknown>>
}

/** Whoever runs browsers for us, by the minute. */
export interface Farm {
  /** Sessions of any Timbra that cost money now. */
  readonly open: () => Effect.Effect<ReadonlyArray<RemoteSession>, BrowserLost | NoVacancy>
  readonly retrieve: (id: string) => Effect.Effect<RemoteSession, BrowserLost | NoVacancy>
  readonly release: (id: string) => Effect.Effect<RemoteSession, BrowserLost | NoVacancy>
  /**
   * An address that shows the session and drives it: whoever has it is its user, past all that our own view looks after.
   * Only where the operator wants it.
   */
  readonly liveUrl: Option.Option<
    (id: string, validFor: Duration.Duration) => Effect.Effect<Redacted.Redacted, BrowserLost | NoVacancy>
  >
}

export type Provider = "local" | "browserbase" | "cdp"

export class Browser extends Context.Tag("agent/Browser")<
  Browser,
  {
    readonly provider: Provider
    /** A fresh browser context with one empty tab; nothing of it outlives the scope. */
    readonly session: Effect.Effect<Session, BrowserLost | NoVacancy, Scope.Scope>
    readonly farm: Option.Option<Farm>
    /** Whether there would be a session to open, told within a second and without opening one. */
    readonly ready: Effect.Effect<unknown, BrowserLost>
    readonly check: Effect.Effect<{ readonly version: string }, BrowserLost>
  }
>() {}
