import { HttpApiBuilder, HttpApp, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../Api.ts"
import { CurrentUser } from "../auth/User.ts"
import { Artifacts } from "./Artifacts.ts"
import * as Download from "./Download.ts"
import { Interventions } from "./Interventions.ts"
import { Orders } from "./Orders.ts"
import { links } from "./Paging.ts"
import { Tasks } from "./Tasks.ts"

const withHeaders = (headers: Record<string, string>) =>
  HttpApp.appendPreResponseHandler((_, response) => Effect.succeed(HttpServerResponse.setHeaders(response, headers)))

export const TasksHttp = HttpApiBuilder.group(
  Api,
  "tasks",
  Effect.fnUntraced(function* (handlers) {
    const tasks = yield* Tasks
    const orders = yield* Orders
    const interventions = yield* Interventions
    const artifacts = yield* Artifacts

    const list = Effect.fnUntraced(function* (query: Parameters<typeof tasks.list>[1]) {
      const { id } = yield* CurrentUser
      const { tasks: found, total } = yield* tasks.list(id, query)
      yield* withHeaders({ "X-Total-Count": String(total), Link: links(query, total) })
      return found
    })

    const create = Effect.fnUntraced(function* (task: Parameters<typeof orders.place>[1], key: string | undefined) {
      const { id } = yield* CurrentUser
      const created = yield* orders.place(id, task, key)
      yield* withHeaders({ Location: `/api/v1/tasks/${created.taskId}` })
      return created
    })

    return handlers
      .handle("list", ({ urlParams }) => list(urlParams))
      .handle("create", ({ payload, headers }) => create(payload, headers["idempotency-key"]))
      .handle("createAll", ({ payload }) => Effect.flatMap(CurrentUser, ({ id }) => orders.placeAll(id, payload.tasks)))
      .handle("get", ({ path }) => Effect.flatMap(CurrentUser, ({ id }) => tasks.get(id, path.taskId)))
      .handle("steps", ({ path, urlParams }) =>
        Effect.flatMap(CurrentUser, ({ id }) => tasks.steps(id, path.taskId, urlParams.after, urlParams.limit))
      )
      .handle("pause", ({ path }) =>
        Effect.flatMap(CurrentUser, ({ id }) => tasks.pause(id, path.taskId)).pipe(
          Effect.as({ message: "Task paused" } as const)
        )
      )
      .handle("resume", ({ path }) =>
        Effect.flatMap(CurrentUser, ({ id }) => tasks.resume(id, path.taskId)).pipe(
          Effect.as({ message: "Task resumed" } as const)
        )
      )
      .handle("cancel", ({ path }) =>
        Effect.flatMap(CurrentUser, ({ id }) => tasks.cancel(id, path.taskId)).pipe(
          Effect.as({ message: "Task cancelled" } as const)
        )
      )
      .handle("takeover", ({ path }) =>
        Effect.flatMap(CurrentUser, ({ id }) => tasks.takeover(id, path.taskId)).pipe(
          Effect.as({ message: "Task taken over" } as const)
        )
      )
      .handle("release", ({ path }) =>
        Effect.flatMap(CurrentUser, ({ id }) => tasks.release(id, path.taskId)).pipe(
          Effect.as({ message: "Task released" } as const)
        )
      )
      .handle("retry", ({ path, payload }) =>
        Effect.flatMap(CurrentUser, ({ id }) => tasks.retry(id, path.taskId, payload.confirm ?? false)).pipe(
          Effect.as({ message: "Task queued" } as const)
        )
      )
      .handle("answer", ({ path, payload }) =>
        Effect.flatMap(CurrentUser, ({ id }) => interventions.answer(id, path.taskId, payload)).pipe(
          Effect.as({ message: "Intervention received" } as const)
        )
      )
      .handle("artifact", ({ path, request }) =>
        Effect.flatMap(CurrentUser, ({ id }) => artifacts.find(id, path.taskId, path.artifactId)).pipe(
          Effect.flatMap((artifact) => Download.respond(request, artifact, artifacts.open(artifact)))
        )
      )
      .handle("stats", () => Effect.flatMap(CurrentUser, ({ id }) => tasks.stats(id)))
  })
)
