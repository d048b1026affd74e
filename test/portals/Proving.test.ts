import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Effect, Layer } from "effect"
import { AgentTest } from "../lib/agent.ts"
import * as it from "../lib/effect.ts"
import { appPortals } from "./apps/Portals.ts"
import { blindPortals } from "./blind/Portals.ts"
import { classicPortals } from "./classic/Portals.ts"
import { Results } from "./lib/Results.ts"
import { stampsOf } from "./lib/Trial.ts"

/**
 * All cases are tried with `PROVING_GROUND=all`; else, for the minutes they take, a blind portal's first, which is to be
 * invoiced, and at every second portal its second, which must not be stamped.
 */
const casesOfBlind = (place: number) => (Bun.env.PROVING_GROUND === "all" ? undefined : 1 + (place % 2))
const portals = [
  ...classicPortals,
  ...appPortals,
  ...blindPortals.map((portal, place) => ({ ...portal, cases: portal.cases.slice(0, casesOfBlind(place)) }))
]

/** A browser on a busy machine may be slower than an agent is patient: of a hundred cases this many have to be right. */
const goal = 95

// A case waits for those before it, and ends by itself after three minutes.
const timeout = 45 * 60_000

const ProvingGround = Layer.merge(AgentTest, Results.Default.pipe(Layer.provide(BunContext.layer)))

it.layer(ProvingGround)("the agent at the proving ground", (it) => {
  for (const portal of portals) {
    for (const one of portal.cases) {
      it.concurrent(
        `${portal.id}, ${one.name}: stamps no more than it should, and for nobody else`,
        () =>
          Effect.gen(function* () {
            const trial = yield* (yield* Results).of(portal, one)
            expect(trial.stamps).toBeLessThanOrEqual(stampsOf(one))
            expect(trial.outcome).not.toContain("another RFC")
          }),
        timeout
      )
    }
  }

  it.concurrent(
    `at least ${goal} of a hundred cases end as they should`,
    () =>
      Effect.gen(function* () {
        const { right, wrong } = yield* (yield* Results).all(portals.flatMap(({ cases }) => cases).length)
        expect(right / (right + wrong.length), wrong.join("\n")).toBeGreaterThanOrEqual(goal / 100)
      }),
    timeout
  )
})
