import { writeSync } from "node:fs"
import { FetchHttpClient, HttpClient, HttpClientResponse } from "@effect/platform"
import { Effect, Layer, Schedule, Schema } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import type { Desk } from "../../../src/agent/Desk.ts"
import { processes } from "./ProcessTable.ts"

/** Where a run is when its process dies. */
export const CrashPoint = Schema.Literal("before-intent", "after-intent", "after-click", "after-reply", "before-result")
export type CrashPoint = typeof CrashPoint.Type

/** What a process says before it dies: where, and which processes it leaves. */
export const LastWords = Schema.parseJson(Schema.Struct({ point: CrashPoint, children: Schema.Array(Schema.Number) }))

const die = (point: CrashPoint) =>
  Effect.gen(function* () {
    const children = (yield* processes).filter(({ parent }) => parent === process.pid).map(({ pid }) => pid)
    // Not by the console: it may still be holding the line back when the signal comes.
    writeSync(1, `${yield* Schema.encode(LastWords)({ point, children })}\n`)
    process.kill(process.pid, "SIGKILL")
    return yield* Effect.never
  }).pipe(Effect.orDie, Effect.uninterruptible)

const Log = Schema.Array(Schema.Struct({ kind: Schema.String, status: Schema.NullOr(Schema.Int) }))

/** What the portal's own log says of the stamp. */
const stampAt = (portal: URL) =>
  HttpClient.get(new URL("/__log", portal)).pipe(
    Effect.flatMap(HttpClientResponse.schemaBodyJson(Log)),
    Effect.map((log) => log.find(({ kind }) => kind === "stamp")),
    Effect.orDie,
    Effect.provide(FetchHttpClient.layer)
  )

const intending = (point: CrashPoint, { intend }: Desk, stamped: Effect.Effect<boolean>): Effect.Effect<boolean> => {
  switch (point) {
    case "before-intent":
      return die(point)
    case "after-intent":
      return Effect.zipRight(intend, die(point))
    case "after-click": {
      const watch = Effect.repeat(stamped, { until: (isThere) => isThere, schedule: Schedule.spaced("5 millis") })
      return Effect.zipLeft(intend, Effect.forkDaemon(Effect.zipRight(watch, die(point))))
    }
    case "after-reply":
    case "before-result":
      return intend
  }
}

/** The desk that the agent knows, until the point is reached. */
const crashingDesk = (point: CrashPoint, portal: URL, desk: Desk): Desk => {
  const stamped = Effect.map(stampAt(portal), (stamp) => stamp !== undefined)
  const answered = Effect.map(stampAt(portal), (stamp) => stamp !== undefined && stamp.status !== null)

  // After the click nothing more is recorded; what the agent has to record after the portal's answer, it has read there.
  const due = point === "after-click" ? stamped : point === "after-reply" ? answered : Effect.succeed(false)
  const unlessDue = <A>(write: Effect.Effect<A>) => Effect.zipRight(Effect.whenEffect(die(point), due), write)

  return {
    ...desk,
    intend: intending(point, desk, stamped),
    step: (step) => unlessDue(desk.step(step)),
    keep: (document) => unlessDue(desk.keep(document))
  }
}

/** The real agent in a process that kills itself at the point. */
export const crashingAgent = (point: CrashPoint) =>
  Layer.effect(
    Agent,
    Effect.map(Agent, (agent) =>
      Agent.make({
        run: (assignment, desk) =>
          Effect.tap(agent.run(assignment, crashingDesk(point, assignment.vendorUrl, desk)), () =>
            point === "before-result" ? die(point) : Effect.void
          )
      })
    )
  ).pipe(Layer.provide(Agent.Default))
