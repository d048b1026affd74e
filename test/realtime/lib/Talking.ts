import { Effect, Queue } from "effect"
import type { Desk } from "../../../src/agent/Desk.ts"
import { sent } from "../../tasks/lib/Process.ts"

export const say = (desk: Desk, message: string) => desk.step({ type: "input", message })

/** An agent that says what it is given, until it is told to stop. */
export const talking = Effect.gen(function* () {
  const words = yield* Queue.unbounded<string>()
  const script = (_: unknown, desk: Desk) =>
    Effect.gen(function* () {
      while (true) {
        const word = yield* Queue.take(words)
        yield* desk.checkpoint
        if (word === "stop") return sent
        yield* say(desk, word)
      }
    })
  return { words, script } as const
})

export const told = (messages: ReadonlyArray<Readonly<Record<string, unknown>>>) =>
  messages.map(({ type, seq, status, step }) => [type, seq, status ?? Object(step).message])
