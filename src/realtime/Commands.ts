import { Effect, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import { AnswersRefused, InterventionNotFound, InvalidState, TaskNotFound } from "../tasks/Errors.ts"
import { InterventionAnswer, Interventions } from "../tasks/Interventions.ts"
import type { TaskId } from "../tasks/Status.ts"
import { Tasks } from "../tasks/Tasks.ts"
import * as Frame from "./Frame.ts"
import type { Outbox } from "./Outbox.ts"

const Command = Schema.Union(
  Schema.Struct({ type: Schema.Literal("ping", "pause", "resume", "cancel") }),
  Schema.Struct({ type: Schema.Literal("intervention"), ...InterventionAnswer.fields })
)

const decode = Schema.decodeUnknown(Schema.parseJson(Command))

const encodeRefusal = Schema.encode(Schema.Union(InvalidState, TaskNotFound, InterventionNotFound, AnswersRefused))

const unreadableText = {
  es: "El mensaje no es uno de los que este canal entiende.",
  en: "The message is none of those that this channel understands."
}

const refusal = (taskId: TaskId, outbox: Outbox) => (code: string, detail: string) =>
  Effect.flatMap(Frame.notice({ type: "error", task_id: taskId, code, detail }), (text) => outbox.send(text))

/** Tells a client that it was not understood. */
export const unreadable = Effect.fnUntraced(function* (taskId: TaskId, outbox: Outbox) {
  const { language } = yield* RequestInfo
  yield* refusal(taskId, outbox)("INVALID_MESSAGE", unreadableText[language])
})

/** Does what one message of a client says; what cannot be done is told to that client alone. */
export const obey = Effect.fn("Commands.obey")(function* (
  { userId, taskId }: { readonly userId: UserId; readonly taskId: TaskId },
  message: string,
  outbox: Outbox
) {
  const tasks = yield* Tasks
  const interventions = yield* Interventions

  const act = Effect.gen(function* () {
    const command = yield* decode(message)
    switch (command.type) {
      case "ping":
        return yield* outbox.send(yield* Frame.notice({ type: "pong", task_id: taskId }))
      case "intervention":
        return yield* interventions.answer(userId, taskId, command)
      default:
        return yield* tasks[command.type](userId, taskId)
    }
  })

  const refuse = refusal(taskId, outbox)

  const tell = (error: InvalidState | TaskNotFound | InterventionNotFound | AnswersRefused) =>
    Effect.flatMap(Effect.orDie(encodeRefusal(error)), ({ code, detail }) => refuse(code, detail))

  yield* act.pipe(
    Effect.catchTags({
      ParseError: () => unreadable(taskId, outbox),
      InvalidState: tell,
      TaskNotFound: tell,
      InterventionNotFound: tell,
      AnswersRefused: tell
    })
  )
})
