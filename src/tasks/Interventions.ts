import { Effect, Option, Redacted, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import { body } from "../http/Body.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import { registrable } from "../vault/Domain.ts"
import { Vault } from "../vault/Vault.ts"
import { VendorCredentials } from "../vault/VendorCredentials.ts"
import { answerProblems } from "./AnswerProblems.ts"
import { Committed } from "./Committed.ts"
import { AnswersRefused, InterventionNotFound, InvalidState } from "./Errors.ts"
import type { InterventionField } from "./Event.ts"
import { HandRepo } from "./HandRepo.ts"
import { type Answered, InterventionsRepo } from "./InterventionsRepo.ts"
import { loginIn, Remembered } from "./Remembered.ts"
import type { TaskId } from "./Status.ts"
import { TasksRepo } from "./TasksRepo.ts"

const Answers = Schema.Record({ key: Schema.String, value: Schema.String.pipe(Schema.maxLength(2000)) })

export const InterventionAnswer = body({
  intervention_id: Schema.UUID,
  answers: Schema.optional(Answers),
  action: Schema.optional(Schema.Literal("continue", "abort")),
  /** Keeps the answers to fields that say `remember` for the user's next tasks. */
  remember: Schema.optional(Schema.Boolean)
})
export type InterventionAnswer = typeof InterventionAnswer.Type

const Stored = Schema.parseJson(Answers)

/** What users answer when they are asked, kept encrypted for the run that asked. */
export class Interventions extends Effect.Service<Interventions>()("tasks/Interventions", {
  effect: Effect.gen(function* () {
    const repo = yield* InterventionsRepo
    const tasks = yield* TasksRepo
    const hand = yield* HandRepo
    const vault = yield* Vault
    const remembered = yield* Remembered
    const credentials = yield* VendorCredentials
    const committed = yield* Committed

    const at = (user: UserId, row: string) => ({ user, table: "interventions", row, column: "answers" })

    const check = Effect.fnUntraced(function* (
      fields: ReadonlyArray<InterventionField>,
      answers: Readonly<Record<string, string>>
    ) {
      const { language } = yield* RequestInfo
      const errors = answerProblems(fields, answers, language)
      if (errors.length > 0) return yield* new AnswersRefused({ errors })
    })

    /** Takes the first answer; each later one finds the state that the first one left. */
    const answer = Effect.fn("Interventions.answer")(function* (
      userId: UserId,
      taskId: TaskId,
      { intervention_id: id, answers = {}, action = "continue", remember = false }: InterventionAnswer
    ) {
      const reference = { userId, taskId, id }
      const question = yield* repo.find(reference)
      if (Option.isNone(question)) return yield* new InterventionNotFound()
      if (action === "continue" && question.value.open) yield* check(question.value.fields, answers)
      const stored = Redacted.make(JSON.stringify(answers))
      const keep = remember ? remembered.keep(userId, question.value, answers) : Effect.void
      const moved =
        action === "abort"
          ? yield* repo.abort(reference)
          : yield* repo.answer(reference, yield* vault.encrypt(at(userId, id), stored), keep)
      if (moved.length === 0) {
        // Who was asked to take over, did, and says that they are done hands the browser back.
        const released = action === "continue" && question.value.byHand ? yield* hand.release(userId, taskId) : []
        if (released.length > 0) return yield* committed.publish(released)
        const status = yield* tasks.status(userId, taskId)
        const task_status = yield* Effect.mapError(status, () => new InterventionNotFound())
        return yield* new InvalidState({ task_status })
      }
      yield* committed.publish(moved)
    })

    // What does not decrypt was tampered with, or its key is gone: no caller can act on that.
    const read = Effect.fnUntraced(function* ({ id, userId, answers }: Answered) {
      if (answers === null) return {}
      const text = yield* vault.decrypt(at(userId, id), answers)
      return yield* Schema.decode(Stored)(Redacted.value(text))
    }, Effect.orDie)

    const answerTo = Effect.fn("Interventions.answerTo")((id: string) =>
      Effect.flatMap(
        repo.answerTo(id),
        Option.match({ onNone: () => Effect.succeedNone, onSome: (row) => Effect.asSome(read(row)) })
      )
    )

    /** All that the user has told about the task and that still holds, later answers over earlier ones. */
    const known = Effect.fn("Interventions.known")((taskId: TaskId) =>
      Effect.map(
        Effect.flatMap(repo.answersOf(taskId), (rows) => Effect.forEach(rows, read)),
        (answers): Readonly<Record<string, string>> => Object.assign({}, ...answers)
      )
    )

    /** What the user told for pages of this host, for the task or for good. */
    const login = Effect.fn("Interventions.login")(function* (userId: UserId, taskId: TaskId, host: string) {
      const told = yield* repo.loginOf(taskId, registrable(host))
      if (Option.isNone(told)) return yield* credentials.find(userId, host)
      return loginIn(told.value.fields, yield* read(told.value))
    })

    return { answer, answerTo, known, login } as const
  })
}) {}
