import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Effect, Layer } from "effect"
import { AgentTest } from "../lib/agent.ts"
import * as it from "../lib/effect.ts"
import { appPortals } from "./apps/Portals.ts"
import { blindPortals } from "./blind/Portals.ts"
import { classicPortals } from "./classic/Portals.ts"
import type { Expected } from "./lib/Portal.ts"
import { Results } from "./lib/Results.ts"
import { stampsOf } from "./lib/Trial.ts"

const promise = (expected: Expected): string => {
  switch (expected.status) {
    case "ASKED":
      return `asks for ${expected.kind.replace("_", " ")}, then ${promise(expected.then)}`
    case "FAILED":
      return `fails with ${expected.code} and stamps nothing`
    case "COMPLETED":
      return expected.recovered
        ? `brings the old invoice by ${expected.delivery} and stamps nothing`
        : `brings the invoice by ${expected.delivery}, with one stamp`
  }
}

// A case waits for those before it, and ends by itself after three minutes.
const timeout = 30 * 60_000

const ProvingGround = Layer.merge(AgentTest, Results.Default.pipe(Layer.provide(BunContext.layer)))

it.layer(ProvingGround)("the agent at the proving ground", (it) => {
  for (const portal of [...classicPortals, ...appPortals, ...blindPortals]) {
    for (const one of portal.cases) {
      it.concurrent(
        `${portal.id}, ${one.name}: ${promise(one.expected)}`,
        () =>
          Effect.gen(function* () {
            const { expected, outcome, reason, stamps } = yield* (yield* Results).of(portal, one)
            expect({ outcome, stamps }, reason).toEqual({ outcome: expected, stamps: stampsOf(one) })
          }),
        timeout
      )
    }
  }
})
