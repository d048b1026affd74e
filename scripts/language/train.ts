import { FileSystem } from "@effect/platform"
import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Console, Effect } from "effect"
import { likeliest, likelihoods } from "../../src/agent/portal/LinearModel.ts"
import { presses, sayings } from "./Corpus.ts"
import { type Example, train } from "./Training.ts"

/** Trains a model anew from its corpus, and says how well one does that has not seen a fifth of it. */
const make = Effect.fn("make")(function* <Kind extends string>(file: string, corpus: ReadonlyArray<Example<Kind>>) {
  const fs = yield* FileSystem.FileSystem
  const held = corpus.filter((_, at) => at % 5 === 0)
  const judge = train(corpus.filter((_, at) => at % 5 !== 0))
  const right = held.filter(({ features, kind }) => likeliest(likelihoods(judge, features))?.[0] === kind).length
  yield* Console.log(`${file}: ${corpus.length} texts; ${right} of ${held.length} right that it had not seen`)
  const model = train(corpus)
  const target = new URL(`../../src/agent/portal/${file}`, import.meta.url).pathname
  yield* fs.writeFileString(target, `${JSON.stringify(model)}\n`)
  yield* Console.log(`${target}, ${Object.keys(model.weights).length} features`)
})

const main = Effect.gen(function* () {
  yield* make("sayings.json", yield* sayings)
  yield* make("presses.json", yield* presses)
})

main.pipe(Effect.provide(BunContext.layer), BunRuntime.runMain)
