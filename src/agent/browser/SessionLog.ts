import { Clock, Context, Effect, Exit, Ref } from "effect"
import type { Provider } from "./Browser.ts"

/** What a browser has cost. */
export interface Usage {
  readonly status: "COMPLETED" | "ERROR"
  readonly browserMs: number
  readonly proxyBytes: number
}

/** The record of one browser, kept by whoever the run belongs to. */
export interface SessionRecord {
  /** Names the browser in the record; a farm's session carries it as well, so that a lost one is known as ours. */
  readonly id: string
  /** The farm's own name for the session. */
  readonly opened: (remoteId: string) => Effect.Effect<void>
  readonly closed: (usage: Usage) => Effect.Effect<void>
}

export interface Recorder {
  /** Opens the record of a browser before there is one. */
  readonly begin: (provider: Provider) => Effect.Effect<SessionRecord>
}

const nobody: Recorder = {
  begin: () => Effect.sync(() => ({ id: crypto.randomUUID(), opened: () => Effect.void, closed: () => Effect.void }))
}

/** Whoever starts a run may provide their own. */
export class SessionLog extends Context.Reference<SessionLog>()("agent/browser/SessionLog", {
  defaultValue: () => nobody
}) {}

/** The record of a browser from now to the end of the scope, whatever that end is. */
export const recorded = Effect.fn("SessionLog.recorded")(function* (provider: Provider) {
  const { begin } = yield* SessionLog
  const proxyBytes = yield* Ref.make(0)
  const [record] = yield* Effect.acquireRelease(
    Effect.zip(begin(provider), Clock.currentTimeMillis),
    ([record, began], exit) =>
      Effect.gen(function* () {
        const browserMs = (yield* Clock.currentTimeMillis) - began
        const status = Exit.isSuccess(exit) || Exit.isInterrupted(exit) ? "COMPLETED" : "ERROR"
        yield* record.closed({ status, browserMs, proxyBytes: yield* Ref.get(proxyBytes) })
      })
  )
  return { id: record.id, opened: record.opened, cost: (bytes: number) => Ref.set(proxyBytes, bytes) } as const
})
