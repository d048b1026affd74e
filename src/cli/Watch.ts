import { Args, Command } from "@effect/cli"
import { FetchHttpClient } from "@effect/platform"
import { Effect } from "effect"
import { TaskId } from "../tasks/Status.ts"
import { follow, server, token } from "./Telling.ts"

const id = Args.text({ name: "taskId" }).pipe(Args.withSchema(TaskId))

export const watch = Command.make("watch", { id, server }, ({ id, server }) =>
  Effect.flatMap(token, (token) => follow(server, id, token)).pipe(Effect.provide(FetchHttpClient.layer))
).pipe(
  Command.withDescription("Print what happens to a task until it ends. The access token is read from TIMBRA_TOKEN.")
)
