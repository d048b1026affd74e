import { Effect } from "effect"
import { Tasks } from "../../../src/tasks/Tasks.ts"
import { statusesOf } from "./Fixtures.ts"
import type { order, Process } from "./Process.ts"

export type Ordered = Effect.Effect.Success<ReturnType<typeof order>>

export const act = (name: "pause" | "resume" | "cancel", process: Process, { userId, id }: Ordered) =>
  Effect.provide(
    Effect.flatMap(Tasks, (tasks) => tasks[name](userId, id)),
    process
  )

export const viewOf = (process: Process, { userId, id }: Ordered) =>
  Effect.provide(
    Effect.flatMap(Tasks, (tasks) => tasks.get(userId, id)),
    process
  )

export const historyOf = (process: Process, { userId, id }: Ordered) => Effect.provide(statusesOf(userId, id), process)
