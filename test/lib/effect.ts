import { afterAll, beforeAll, describe, test } from "bun:test"
import {
  Cause,
  Effect,
  Exit,
  Fiber,
  type Layer,
  ManagedRuntime,
  type Scope,
  TestContext,
  type TestServices
} from "effect"

// Fails the bun test with the Effect's own error and span trace rather than with a wrapper.
const report = <A, E>(exit: Exit.Exit<A, E>) => {
  if (Exit.isFailure(exit)) throw Cause.prettyErrors(exit.cause)[0] ?? new Error("interrupted")
}

/**
 * A try that took too long goes on after the runner has given it up: the next one ends it, lest it holds what both need, and
 * how it ended is nobody's failure.
 */
const tries = (start: () => Fiber.RuntimeFiber<unknown, unknown>) => {
  let latest: Fiber.RuntimeFiber<unknown, unknown> | undefined
  return async () => {
    const before = latest
    latest = undefined
    if (before !== undefined) await Effect.runPromise(Fiber.interrupt(before))
    const fiber = start()
    latest = fiber
    const exit = await Effect.runPromise(Fiber.await(fiber))
    if (fiber === latest) report(exit)
  }
}

type Body<R> = () => Effect.Effect<unknown, unknown, R | Scope.Scope>

/** Runs under the TestClock: time stands still until `TestClock.adjust`. */
export const effect = (name: string, body: Body<TestServices.TestServices>, timeout?: number) =>
  test(
    name,
    tries(() => Effect.runFork(Effect.scoped(Effect.suspend(body)).pipe(Effect.provide(TestContext.TestContext)))),
    timeout
  )

/** Runs under the real clock: for tests that cross a socket or a database. */
export const live = (name: string, body: Body<never>, timeout?: number) =>
  test(
    name,
    tries(() => Effect.runFork(Effect.scoped(Effect.suspend(body)))),
    timeout
  )

interface Tests<R> {
  readonly live: (name: string, body: Body<R>, timeout?: number) => void
  /** Side by side with the others of its kind; its timeout begins to run when they all do. */
  readonly concurrent: (name: string, body: Body<R>, timeout?: number) => void
}

/** Builds `layer` once for the whole block, and releases it after the last test. */
export const layer =
  <R, E>(layer: Layer.Layer<R, E>) =>
  (name: string, define: (it: Tests<R>) => void) =>
    describe(name, () => {
      const runtime = ManagedRuntime.make(layer)
      beforeAll(() => runtime.runtime().then(() => undefined))
      afterAll(() => runtime.dispose())
      const run = (body: Body<R>) => tries(() => runtime.runFork(Effect.scoped(Effect.suspend(body))))
      define({
        live: (name, body, timeout) => test(name, run(body), timeout),
        concurrent: (name, body, timeout) => test.concurrent(name, run(body), timeout)
      })
    })
