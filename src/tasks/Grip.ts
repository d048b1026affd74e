import { type Duration, Effect, Fiber, Option, Ref } from "effect"
import type { Claim } from "./Claim.ts"

interface State {
  readonly token: string
  readonly seq: number
  readonly suspended: boolean
}

interface Options {
  readonly workerId: string
  /** Permits to keep a browser for a user who is being waited for. */
  readonly holds: Effect.Semaphore
  readonly hold: Duration.Duration
  /** Gives the waiting task up in the record; false where it was claimed meanwhile. */
  readonly letGo: Effect.Effect<boolean>
}

/**
 * A run's grip on its task: the token that it writes with. It is lost while the user has paused the task or is asked, and
 * a later claim by the same process renews it, so that the run goes on with the browser it has.
 */
export type Grip = Effect.Effect.Success<ReturnType<typeof make>>

export const make = Effect.fnUntraced(function* (claim: Claim, { workerId, holds, hold, letGo }: Options) {
  let state: State = { token: claim.token, seq: claim.seq, suspended: false }
  const granted = yield* Effect.makeLatch(true)
  const intended = yield* Ref.make(claim.submitted)
  let gone = false
  let running: Fiber.RuntimeFiber<unknown, unknown> | undefined

  /** Ends the run: it is no longer the task's. */
  const abandon = Effect.suspend(() => {
    gone = true
    return running === undefined ? Effect.void : Fiber.interruptFork(running)
  })

  /** Runs what `abandon` ends. */
  const whileHeld = <A, E, R>(work: Effect.Effect<A, E, R>) =>
    Effect.withFiberRuntime<A, E, R>((fiber) => {
      running = fiber
      return gone ? Effect.interrupt : work
    })

  /** Only for the grip that lost its task: a newer claim may have renewed it in the meantime. */
  const suspend = (token: string) =>
    Effect.suspend(() => {
      if (state.token !== token || state.suspended) return Effect.void
      state = { ...state, suspended: true }
      return granted.close
    })

  const renew = ({ token, seq }: Pick<Claim, "token" | "seq">) =>
    Effect.suspend(() => {
      state = { token, seq, suspended: false }
      return granted.open
    })

  const waiting = granted.await.pipe(Effect.timeoutOption(hold))

  /** The token, at once or when a claim renews the grip. A run that nobody lets go on in time ends here. */
  const token: Effect.Effect<string> = Effect.gen(function* () {
    if (!state.suspended) return state.token
    const renewed = yield* Effect.map(holds.withPermitsIfAvailable(1)(waiting), Option.flatten)
    if (Option.isNone(renewed)) {
      if (yield* letGo) return yield* Effect.zipRight(abandon, Effect.never)
      yield* granted.await
    }
    return yield* token
  })

  // The intent and the decision to stop this run exclude each other.
  const exclusive = (yield* Effect.makeSemaphore(1)).withPermits(1)

  /** Records the intent to submit by `write`, unless the run was stopped before. */
  const intend = <A>(write: Effect.Effect<Option.Option<A>>) =>
    Effect.gen(function* () {
      if (gone) return Option.none()
      const written = yield* write
      if (Option.isSome(written)) yield* Ref.set(intended, true)
      return written
    }).pipe(exclusive)

  /** Ends the run unless it may have submitted. */
  const stop = Effect.unlessEffect(abandon, Ref.get(intended)).pipe(exclusive, Effect.asVoid)

  return {
    id: claim.id,
    workerId,
    state: () => state,
    intended: Ref.get(intended),
    token,
    suspend,
    renew,
    abandon,
    whileHeld,
    intend,
    stop
  } as const
})
