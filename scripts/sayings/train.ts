import { FileSystem } from "@effect/platform"
import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Console, Effect } from "effect"
import { featuresOf } from "../../src/agent/portal/SayingModel.ts"
import { sayingCorpus, train } from "./Training.ts"

const target = new URL("../../src/agent/portal/sayings.json", import.meta.url).pathname

/** Trains the model anew from the corpus, and says how well one does that has not seen a fifth of it. */
const main = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const corpus = yield* sayingCorpus
  const held = corpus.filter((_, at) => at % 5 === 0)
  const judge = train(
    corpus.filter((_, at) => at % 5 !== 0),
    featuresOf
  )
  const right = held.filter(({ text, after, outcome }) => judge.read(text, after) === outcome).length
  yield* Console.log(`${corpus.length} texts; ${right} of ${held.length} right that it had not seen`)
  const { model } = train(corpus, featuresOf)
  yield* fs.writeFileString(target, `${JSON.stringify(model)}\n`)
  yield* Console.log(`${target}, ${Object.keys(model.weights).length} features`)
})

main.pipe(Effect.provide(BunContext.layer), BunRuntime.runMain)
