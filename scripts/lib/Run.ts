import { Command } from "@effect/platform"
import { Effect, Stream } from "effect"
import { SetupFailed } from "./Setup.ts"

const text = <E>(stream: Stream.Stream<Uint8Array, E>) => Stream.mkString(Stream.decodeText(stream))

/** Runs a command to its end and gives what it printed; one that fails shows all of it. */
export const run = Effect.fn("run")(
  function* (command: Command.Command) {
    const process = yield* Command.start(command)
    const [code, out, err] = yield* Effect.all([process.exitCode, text(process.stdout), text(process.stderr)], {
      concurrency: "unbounded"
    })
    if (code === 0) return out.trim()
    const line = Command.flatten(command).map(({ args, command }) => [command, ...args].join(" "))
    return yield* new SetupFailed({ message: `${line.join(" | ")} ended with ${code}\n${out}${err}`.trim() })
  },
  Effect.scoped,
  Effect.catchTags({
    SystemError: ({ message }) => new SetupFailed({ message }),
    BadArgument: ({ message }) => new SetupFailed({ message })
  })
)
