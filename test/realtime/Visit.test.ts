import { expect } from "bun:test"
import { Duration, Effect, Fiber, Layer, Mailbox, TestClock } from "effect"
import { Outbox } from "../../src/realtime/Outbox.ts"
import { listening, telling } from "../../src/realtime/Visit.ts"
import { Interventions } from "../../src/tasks/Interventions.ts"
import * as it from "../lib/effect.ts"
import { guest, world } from "./lib/World.ts"

const high = 1_000

/** A network that takes nothing. */
const stuck = new Outbox({ send: () => -1, getBufferedAmount: () => high + 1 }, high, Duration.seconds(10))

it.effect("a reader that takes nothing for ten seconds is closed with 4408, whether it is told or answered", () =>
  Effect.gen(function* () {
    stuck.offer("unread")
    const inbox = yield* Mailbox.make<string>()
    const told = yield* Effect.fork(telling(guest, stuck))
    const answered = yield* Effect.fork(listening(guest, inbox, stuck))
    yield* TestClock.adjust("9 seconds")
    yield* inbox.offer('{"type":"ping"}')
    yield* TestClock.adjust("1 second")
    expect(yield* told).toBe(4408)
    yield* TestClock.adjust("8 seconds")
    expect((yield* Fiber.poll(answered))._tag).toBe("None")
    yield* TestClock.adjust("1 second")
    expect(yield* answered).toBe(4408)
  }).pipe(Effect.provide(Layer.merge(world().layer, Layer.mock(Interventions, { _tag: "tasks/Interventions" }))))
)
