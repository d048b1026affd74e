import { Options } from "@effect/cli"
import { Config, Console, Data, Effect, type Redacted, Schema, Stream } from "effect"
import { makeClient } from "../client/Client.ts"
import { watch } from "../client/Watch.ts"
import type { TaskEvent } from "../tasks/Event.ts"
import type { TaskId } from "../tasks/Status.ts"

/** A task that did not end with an invoice. */
export class NotCompleted extends Data.TaggedError("NotCompleted")<{ readonly reason: string }> {
  override get message() {
    return this.reason
  }
}

export const server = Options.text("server").pipe(
  Options.withDescription("Where the server is; TIMBRA_URL where it is not given."),
  Options.withSchema(Schema.URL),
  Options.withFallbackConfig(Config.url("TIMBRA_URL").pipe(Config.withDefault(new URL("http://localhost:8080"))))
)

/** Never an option: what stands on a command line everybody on the machine can read. */
export const token = Config.redacted("TIMBRA_TOKEN")

const line = (event: TaskEvent) => {
  switch (event.type) {
    case "step":
      return [event.step.message, event.step.content].filter(Boolean).join(" · ")
    case "status":
      return [event.status, event.failure_code, event.failure_reason].filter(Boolean).join(" · ")
    case "intervention": {
      const { fields, message } = event.intervention
      return [`? ${message}`, ...fields.map(({ label, options }) => `    ${label} ${options?.join(" | ") ?? ""}`)].join(
        "\n"
      )
    }
    case "artifact":
      return `+ ${event.artifact.filename} (${event.artifact.size} bytes)`
  }
}

/** Prints what happens to a task until it ends; fails where it brings no invoice. */
export const follow = Effect.fn("cli.follow")(function* (baseUrl: URL, id: TaskId, token: Redacted.Redacted) {
  yield* Stream.runForEach(watch(baseUrl, id, token), (event) => Console.log(line(event)))
  const client = yield* makeClient(baseUrl, token)
  const { failure_code, result } = yield* client.tasks.get({ path: { taskId: id } })
  if (result === null) return yield* new NotCompleted({ reason: `The task failed: ${failure_code ?? "unknown"}` })
  yield* Console.log(JSON.stringify(result, null, 2))
})
