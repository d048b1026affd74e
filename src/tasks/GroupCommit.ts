import { Array as Arr, Deferred, Effect, Exit, Queue } from "effect"

interface Part<In, Out, E> {
  readonly value: In
  readonly written: Deferred.Deferred<Out, E>
}

/**
 * Writes together what many fibers write at about the same time. Whatever gathers while one batch is written is the next
 * one, so a lone write waits for nobody, and under load one commit serves hundreds. Each writer learns what became of its
 * own part; where the writing itself fails, all parts of the batch do.
 */
export const make = Effect.fnUntraced(function* <In, Out, E>(
  write: (values: Arr.NonEmptyReadonlyArray<In>) => Effect.Effect<ReadonlyArray<Exit.Exit<Out, E>>>,
  { max }: { readonly max: number }
) {
  const parts = yield* Queue.unbounded<Part<In, Out, E>>()

  const tell = (batch: ReadonlyArray<Part<In, Out, E>>, exits: ReadonlyArray<Exit.Exit<Out, E>>) =>
    Effect.forEach(Arr.zip(batch, exits), ([{ written }, exit]) => Deferred.done(written, exit), { discard: true })

  const turn = Effect.gen(function* () {
    // Who waits for a first part is given that one alone, and by the time it goes on there may be a hundred.
    const first = yield* Queue.take(parts)
    const batch = Arr.prepend(yield* Queue.takeUpTo(parts, max - 1), first)
    const written = write(Arr.map(batch, ({ value }) => value))
    const exits = Effect.map(
      Effect.exit(written),
      Exit.getOrElse((cause) => Arr.map(batch, () => Exit.failCause(cause)))
    )
    yield* Effect.uninterruptible(Effect.flatMap(exits, (exits) => tell(batch, exits)))
  })
  yield* Effect.forkScoped(Effect.forever(turn))

  return (value: In) =>
    Effect.gen(function* () {
      const written = yield* Deferred.make<Out, E>()
      yield* Queue.offer(parts, { value, written })
      return yield* Deferred.await(written)
    })
})
