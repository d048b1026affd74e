import { expect } from "bun:test"
import { Array as Arr, Duration, Effect, Exit, Queue, Ref, Schedule } from "effect"
import type { Question } from "../../src/agent/Desk.ts"
import { Interventions } from "../../src/tasks/Interventions.ts"
import * as it from "../lib/effect.ts"
import { order, type Process, reaches, SharedTest, sent, startProcess } from "./lib/Process.ts"
import { act, historyOf, type Ordered, viewOf } from "./lib/Steps.ts"

const question: Question = {
  kind: "missing_data",
  message: "El portal pide el número de caja.",
  fields: [{ name: "register", label: "Caja", type: "text" }]
}

const answer = (process: Process, { userId, id }: Ordered, body: Parameters<typeof Interventions.Service.answer>[2]) =>
  Effect.provide(
    Effect.flatMap(Interventions, (interventions) => interventions.answer(userId, id, body)),
    process
  )

const openOf = Effect.fnUntraced(function* (process: Process, task: Ordered) {
  yield* reaches(process, task.userId, task.id, "INTERVENTION_NEEDED")
  const { intervention } = yield* viewOf(process, task)
  if (intervention === null) throw new Error("no open intervention")
  return intervention
})

/** An agent that asks once and tells what it was answered, and what it knew of before. */
const asking = Effect.gen(function* () {
  const heard = yield* Queue.unbounded<unknown>()
  const runs = yield* Ref.make(0)
  const script: Parameters<typeof order>[1] = ({ answers }, desk) =>
    Effect.gen(function* () {
      yield* Ref.update(runs, (n) => n + 1)
      yield* Queue.offer(heard, answers)
      if (answers.register !== undefined) return sent
      yield* Queue.offer(heard, yield* desk.ask(question))
      return sent
    })
  return { heard, runs, script } as const
})

it.layer(SharedTest)("an intervention", (it) => {
  it.live("is answered once, however many answer at once, and the run goes on with that answer", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const { heard, runs, script } = yield* asking
      const task = yield* order(process, script)
      const intervention = yield* openOf(process, task)
      expect(intervention).toMatchObject({ kind: "missing_data", message: question.message, fields: question.fields })
      const answers = yield* Effect.forEach(
        Arr.range(1, 20),
        (n) => Effect.exit(answer(process, task, { intervention_id: intervention.id, answers: { register: `${n}` } })),
        { concurrency: "unbounded" }
      )
      expect(answers.filter(Exit.isSuccess)).toHaveLength(1)
      const taken = answers.findIndex(Exit.isSuccess) + 1
      yield* reaches(process, task.userId, task.id, "COMPLETED")
      expect(yield* Queue.takeAll(heard).pipe(Effect.map(Arr.fromIterable))).toEqual([
        {},
        { action: "continue", answers: { register: `${taken}` } }
      ])
      expect(yield* Ref.get(runs)).toBe(1)
      expect(yield* historyOf(process, task)).toEqual([
        "RUNNING",
        "INTERVENTION_NEEDED",
        "PENDING",
        "RUNNING",
        "COMPLETED"
      ])
    })
  )

  it.live("answered after the browser was let go, begins a new run that knows the answer", () =>
    Effect.gen(function* () {
      const process = yield* startProcess({}, { hold: Duration.zero })
      const { heard, runs, script } = yield* asking
      const task = yield* order(process, script)
      const { id } = yield* openOf(process, task)
      yield* Effect.repeat(viewOf(process, task), {
        until: ({ sessions }) => sessions.every(({ ended_at }) => ended_at !== null),
        schedule: Schedule.spaced("10 millis")
      })
      yield* answer(process, task, { intervention_id: id, answers: { register: "3" } })
      yield* reaches(process, task.userId, task.id, "COMPLETED")
      expect(yield* Queue.takeAll(heard).pipe(Effect.map(Arr.fromIterable))).toEqual([{}, { register: "3" }])
      expect(yield* Ref.get(runs)).toBe(2)
    })
  )

  it.live("withdrawn by a pause is put again after it", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const { script } = yield* asking
      const task = yield* order(process, script)
      const first = yield* openOf(process, task)
      yield* act("pause", process, task)
      const late = answer(process, task, { intervention_id: first.id, answers: { register: "3" } })
      expect(yield* Effect.flip(late)).toMatchObject({ _tag: "InvalidState", task_status: "PAUSED" })
      yield* act("resume", process, task)
      const second = yield* openOf(process, task)
      expect(second.id).not.toBe(first.id)
      yield* answer(process, task, { intervention_id: second.id, answers: { register: "3" } })
      yield* reaches(process, task.userId, task.id, "COMPLETED")
    })
  )

  it.live("is checked against what was asked, and is nobody else's to answer", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const { script } = yield* asking
      const task = yield* order(process, script)
      const stranger = yield* order(process)
      const { id } = yield* openOf(process, task)
      const wrong = answer(process, task, { intervention_id: id, answers: { caja: "3" } })
      expect(yield* Effect.flip(wrong)).toMatchObject({
        _tag: "AnswersRefused",
        errors: [
          { pointer: "/answers/register", code: "REQUIRED" },
          { pointer: "/answers/caja", code: "UNKNOWN_FIELD" }
        ]
      })
      const body = { intervention_id: id, answers: { register: "3" } }
      const foreign = answer(process, { userId: stranger.userId, id: task.id }, body)
      expect(yield* Effect.flip(foreign)).toMatchObject({ _tag: "InterventionNotFound" })
      yield* answer(process, task, body)
      yield* reaches(process, task.userId, task.id, "COMPLETED")
    })
  )

  it.live("refused by the user ends the task as cancelled", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const { script } = yield* asking
      const task = yield* order(process, script)
      const { id } = yield* openOf(process, task)
      yield* answer(process, task, { intervention_id: id, action: "abort" })
      expect(yield* viewOf(process, task)).toMatchObject({
        status: "FAILED",
        failure_code: "CANCELLED",
        intervention: null
      })
    })
  )
})
