import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Effect } from "effect"
import { sayingCorpus, train } from "../../scripts/sayings/Training.ts"
import { featuresOf } from "../../src/agent/portal/SayingModel.ts"
import model from "../../src/agent/portal/sayings.json" with { type: "json" }
import * as it from "../lib/effect.ts"

it.layer(BunContext.layer)("the model of what portals say", (it) => {
  it.live(
    "is the one that its corpus trains",
    () =>
      Effect.gen(function* () {
        const trained = train(yield* sayingCorpus, featuresOf)
        expect(JSON.parse(JSON.stringify(trained.model))).toEqual(model)
      }),
    60_000
  )

  it.live(
    "reads four of five texts right that it has not seen, and hardly ever an invoice where there is none",
    () =>
      Effect.gen(function* () {
        const corpus = yield* sayingCorpus
        const judge = train(
          corpus.filter((_, at) => at % 5 !== 0),
          featuresOf
        )
        const held = corpus.filter((_, at) => at % 5 === 0)
        const read = held.map(({ text, after, outcome }) => ({ outcome, read: judge.read(text, after) }))
        const isMade = (outcome: string | undefined) => outcome === "success" || outcome === "emailed"
        const right = read.filter(({ outcome, read }) => outcome === read).length
        const invented = read.filter(({ outcome, read }) => isMade(read) && !isMade(outcome)).length
        expect(right / held.length).toBeGreaterThan(0.8)
        expect(invented / held.length).toBeLessThan(0.03)
      }),
    60_000
  )
})
