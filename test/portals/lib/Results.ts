import { FileSystem } from "@effect/platform"
import { Console, Effect, Option, Ref, Stream, SubscriptionRef } from "effect"
import type { PortalCase, TestPortal } from "./Portal.ts"
import { attempt, isRight, row, type Trial } from "./Trial.ts"

interface Result {
  readonly order: number
  readonly trial: Trial
  readonly right: boolean
}

const folder = new URL("../../../test-output/", import.meta.url).pathname

const table = (results: ReadonlyArray<Result>) => {
  const rows = results.toSorted((a, b) => a.order - b.order)
  const right = results.filter(({ right }) => right).length
  return `${rows.map(({ right, trial }) => row(trial, right)).join("\n")}\n${right} of ${results.length} right\n`
}

/** Runs cases, three at a time at most, and in the end prints the table of what became of them. */
export class Results extends Effect.Service<Results>()("test/portals/Results", {
  scoped: Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const results = yield* SubscriptionRef.make<ReadonlyArray<Result>>([])
    const asked = yield* Ref.make(0)
    const threeAtATime = (yield* Effect.makeSemaphore(3)).withPermits(1)

    yield* Effect.addFinalizer(() =>
      Effect.gen(function* () {
        const text = table(yield* Ref.get(results))
        yield* Console.log(text)
        yield* fs.makeDirectory(folder, { recursive: true })
        yield* fs.writeFileString(`${folder}proving.txt`, text)
      }).pipe(Effect.orDie)
    )

    /** At a portal of its own, so that its stamps are this case's. */
    const of = Effect.fn("Results.of")(function* (portal: TestPortal, one: PortalCase) {
      const order = yield* Ref.getAndUpdate(asked, (n) => n + 1)
      return yield* Effect.gen(function* () {
        const running = yield* Effect.acquireRelease(
          Effect.promise(() => portal.start()),
          (running) => Effect.promise(() => running.stop())
        )
        const trial = yield* attempt(portal, running, one)
        yield* SubscriptionRef.update(results, (all) => [...all, { order, trial, right: isRight(trial, one) }])
        return trial
      }).pipe(Effect.scoped, threeAtATime)
    })

    /** How all cases went, once as many as these have ended. */
    const all = (count: number) =>
      results.changes.pipe(
        Stream.filter((ended) => ended.length >= count),
        Stream.runHead,
        Effect.map((ended) => {
          const results = Option.getOrElse(ended, (): ReadonlyArray<Result> => [])
          return {
            right: results.filter(({ right }) => right).length,
            wrong: results.filter(({ right }) => !right).map(({ right, trial }) => row(trial, right))
          }
        })
      )

    return { of, all } as const
  })
}) {}
