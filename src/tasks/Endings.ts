import type { SqlError } from "@effect/sql"
import { Array as Arr, Cause, Data, Effect, Exit } from "effect"
import { WorkerSql } from "../db/WorkerSql.ts"
import { isOutage } from "../http/Outage.ts"
import { type Ending, end, uuidOf } from "./Ending.ts"
import type { TaskEvent } from "./Event.ts"
import { violates } from "./Fault.ts"
import * as GroupCommit from "./GroupCommit.ts"

/** The user's CFDI of this UUID is another task's result. */
export class InvoiceTaken extends Data.TaggedError("InvoiceTaken")<{ readonly uuid: string }> {}

class Refused extends Data.TaggedError("Refused")<{ readonly cause: SqlError.SqlError }> {}

type Told = ReadonlyArray<TaskEvent>
type Written = Exit.Exit<Told, InvoiceTaken>

/** Records how runs end, those that end at about the same time in one statement. */
export const make = Effect.gen(function* () {
  const { sql, statement } = yield* WorkerSql

  const refusal = (ending: Ending, cause: SqlError.SqlError): Written =>
    ending._tag === "Completed" && violates("automation_tasks_cfdi")(cause)
      ? Exit.fail(new InvoiceTaken({ uuid: uuidOf(ending.completion) ?? "" }))
      : Exit.die(cause)

  const together = (endings: ReadonlyArray<Ending>) =>
    end(sql, endings).pipe(
      Effect.mapError((error) => (isOutage(Cause.fail(error)) ? error : new Refused({ cause: error }))),
      statement,
      Effect.map((told) => {
        const byTask = Map.groupBy(told, (event) => event.task_id)
        return Arr.map(endings, ({ run }): Written => Exit.succeed(byTask.get(run.id) ?? []))
      })
    )

  const singly = (endings: ReadonlyArray<Ending>) =>
    Effect.forEach(endings, (ending) =>
      Effect.catchTag(together([ending]), "Refused", ({ cause }) => Effect.succeed([refusal(ending, cause)]))
    ).pipe(Effect.map(Arr.flatten))

  // A run that lost its task may end beside the one that has it now: what is told then would not show whose ending it was.
  const isPlain = (endings: ReadonlyArray<Ending>) => new Set(endings.map(({ run }) => run.id)).size === endings.length

  // One ending that the database refuses must not keep the others from being recorded.
  const write = (endings: ReadonlyArray<Ending>) =>
    isPlain(endings) ? Effect.catchTag(together(endings), "Refused", () => singly(endings)) : singly(endings)

  return yield* GroupCommit.make(write, { max: 500 })
})
