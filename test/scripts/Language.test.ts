import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Effect } from "effect"
import { presses, sayings } from "../../scripts/language/Corpus.ts"
import { type Example, train } from "../../scripts/language/Training.ts"
import { likeliest, likelihoods } from "../../src/agent/portal/LinearModel.ts"
import pressModel from "../../src/agent/portal/presses.json" with { type: "json" }
import sayingModel from "../../src/agent/portal/sayings.json" with { type: "json" }
import * as it from "../lib/effect.ts"

/** What a model that has not seen a fifth of its corpus reads in it. */
const readUnseen = <Kind extends string>(corpus: ReadonlyArray<Example<Kind>>) => {
  const judge = train(corpus.filter((_, at) => at % 5 !== 0))
  return corpus
    .filter((_, at) => at % 5 === 0)
    .map(({ features, kind }) => ({ kind, read: likeliest(likelihoods(judge, features))?.[0] }))
}

it.layer(BunContext.layer)("the models of what portals say", (it) => {
  it.live(
    "are those that their corpora train",
    () =>
      Effect.gen(function* () {
        expect(JSON.parse(JSON.stringify(train(yield* sayings)))).toEqual(sayingModel)
        expect(JSON.parse(JSON.stringify(train(yield* presses)))).toEqual(pressModel)
      }),
    60_000
  )

  it.live(
    "read four of five texts right that they have not seen, and hardly ever an invoice where there is none",
    () =>
      Effect.gen(function* () {
        const read = readUnseen(yield* sayings)
        const isMade = (outcome: string | undefined) => outcome === "success" || outcome === "emailed"
        const right = read.filter(({ kind, read }) => kind === read).length
        const invented = read.filter(({ kind, read }) => isMade(read) && !isMade(kind)).length
        expect(right / read.length).toBeGreaterThan(0.8)
        expect(invented / read.length).toBeLessThan(0.03)
      }),
    60_000
  )

  it.live("know three of four buttons by words that they have not seen, and nearly all that make the invoice", () =>
    Effect.gen(function* () {
      const read = readUnseen(yield* presses)
      const stamps = read.filter(({ kind }) => kind === "stamp")
      expect(read.filter(({ kind, read }) => kind === read).length / read.length).toBeGreaterThan(0.75)
      expect(stamps.filter(({ read }) => read === "stamp").length / stamps.length).toBeGreaterThan(0.85)
    })
  )
})
