import { Cause, Clock, Effect, Exit, Layer, Metric } from "effect"
import { Agent } from "../agent/Agent.ts"
import type { AgentError } from "../agent/AgentError.ts"
import { Browser } from "../agent/browser/Browser.ts"
import type { Completion } from "../agent/Completion.ts"
import type { Desk } from "../agent/Desk.ts"
import * as Measures from "./Measures.ts"

// Anybody may ask for a visit to any host, and a label with endless values would fill the memory of all who read it.
const maxHosts = 200

const outcomeOf = (exit: Exit.Exit<Completion, AgentError>) => {
  if (Exit.isSuccess(exit)) return "COMPLETED"
  if (Cause.isInterruptedOnly(exit.cause)) return "HANDED_BACK"
  const failure = Cause.failureOption(exit.cause)
  return failure._tag === "Some" ? failure.value.code : "INTERNAL"
}

/** The agent, with its runs and its hours in the browser measured. */
export const measured = <E, R>(agent: Layer.Layer<Agent, E, R>) =>
  Layer.effect(
    Agent,
    Effect.gen(function* () {
      const { run } = yield* Agent
      const { provider } = yield* Browser
      const hosts = new Set<string>()

      const known = (host: string) => {
        if (hosts.size < maxHosts) hosts.add(host)
        return hosts.has(host) ? host : "other"
      }

      const measure = Effect.fnUntraced(function* (...[assignment, desk]: Parameters<typeof run>) {
        let waited = 0
        const waiting = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
          Effect.gen(function* () {
            const since = yield* Clock.currentTimeMillis
            const answer = yield* effect
            waited += (yield* Clock.currentTimeMillis) - since
            return answer
          })
        const watched: Desk = {
          ...desk,
          ask: (question) => waiting(desk.ask(question)),
          checkpoint: waiting(desk.checkpoint)
        }

        const started = yield* Clock.currentTimeMillis
        return yield* run(assignment, watched).pipe(
          Effect.onExit(
            Effect.fnUntraced(function* (exit) {
              const took = (yield* Clock.currentTimeMillis) - started
              const outcome = outcomeOf(exit)
              const counted = Metric.tagged(Measures.runs, "host", known(assignment.vendorUrl.host))
              yield* Metric.increment(Metric.tagged(counted, "outcome", outcome))
              yield* Metric.update(Metric.tagged(Measures.runDuration, "outcome", outcome), (took - waited) / 1000)
              yield* Metric.incrementBy(Metric.tagged(Measures.browserSeconds, "provider", provider), took / 1000)
            })
          )
        )
      })
      return Agent.make({ run: measure })
    })
  ).pipe(Layer.provide(agent))
