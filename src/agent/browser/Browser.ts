import { Context, Data, type Effect, type Scope } from "effect"
import type { BrowserContext, Page } from "playwright-core"

export class BrowserLost extends Data.TaggedError("BrowserLost")<{
  readonly reason: "not-found" | "not-started" | "crashed" | "disconnected" | "unresponsive"
  readonly detail?: string
  readonly cause?: unknown
}> {
  override get message() {
    return this.detail === undefined ? `browser ${this.reason}` : `browser ${this.reason}: ${this.detail}`
  }
}

export interface Session {
  readonly page: Page
  readonly context: BrowserContext
  /** Fails as soon as the tab or its whole browser has died, and never succeeds: race a run against it. */
  readonly lost: Effect.Effect<never, BrowserLost>
  /** Ends the tab whatever it is doing; every call that waits for it is rejected. */
  readonly kill: Effect.Effect<void>
}

export class Browser extends Context.Tag("agent/Browser")<
  Browser,
  {
    readonly provider: "local" | "browserbase" | "cdp"
    /** A fresh browser context with one empty tab; nothing of it outlives the scope. */
    readonly session: Effect.Effect<Session, BrowserLost, Scope.Scope>
    readonly check: Effect.Effect<{ readonly version: string }, BrowserLost>
  }
>() {}
