import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Context, DateTime, Effect, Layer, Logger, LogLevel, Redacted } from "effect"
import Redis from "ioredis"
import { privateRedis } from "../../scripts/lib/Redis.ts"
import type { Hint } from "../../src/realtime/Hint.ts"
import { Hub } from "../../src/realtime/Hub.ts"
import { redisRelay } from "../../src/realtime/RedisRelay.ts"
import { Relay } from "../../src/realtime/Relay.ts"
import { Committed } from "../../src/tasks/Committed.ts"
import type { TaskEvent } from "../../src/tasks/Event.ts"
import { HandRepo } from "../../src/tasks/HandRepo.ts"
import { Stages } from "../../src/tasks/Stages.ts"
import { TaskId } from "../../src/tasks/Status.ts"
import * as it from "../lib/effect.ts"

// Of one channel, which is named by the last two digits.
const [mine, theirs] = ["01", "02"].map((digits) => TaskId.make(`00000000-0000-4000-8000-00000000${digits}aa`)) as [
  TaskId,
  TaskId
]

const event = (task_id: TaskId, seq: number): TaskEvent => ({
  type: "status",
  task_id,
  seq,
  timestamp: DateTime.unsafeMake(0),
  status: "RUNNING",
  previous: "PENDING",
  failure_code: null,
  failure_reason: null
})

/** The realtime part of one process. */
const process = (url: string) =>
  Layer.build(
    Hub.Default.pipe(
      Layer.provide(Layer.scoped(Relay, redisRelay(Redacted.make(url)))),
      Layer.provide(Stages.Default.pipe(Layer.provide(Layer.mock(HandRepo, { _tag: "tasks/HandRepo" })))),
      Layer.provideMerge(Committed.Default),
      Layer.fresh
    )
  )

it.live("A7: who watches a task hears of no other, not even of one on its channel, and Redis keeps nothing", () =>
  Effect.gen(function* () {
    const url = yield* privateRedis
    const watcher = yield* Effect.acquireRelease(
      Effect.promise(() => new Redis(url).monitor()),
      (client) => Effect.sync(() => client.disconnect())
    )
    const said: Array<ReadonlyArray<string>> = []
    watcher.on("monitor", (_: string, command: ReadonlyArray<string>) => said.push(command))

    const [one, other] = [yield* process(url), yield* process(url)]
    const heard: Array<Hint> = []
    const listener = { hear: (hint: Hint) => heard.push(hint) }
    yield* Effect.forkScoped(Context.get(other, Hub).following(mine, listener, Effect.never))
    const { publish } = Context.get(one, Committed)
    // Until the subscription stands, what is said is not heard.
    yield* Effect.repeat(Effect.delay(publish([event(mine, 1)]), "5 millis"), { until: () => heard.length > 0 })
    yield* publish([event(theirs, 1), event(mine, 2)])
    yield* Effect.repeat(Effect.sleep("5 millis"), { until: () => heard.at(-1)?.seq === 2 })

    expect(heard.map(({ frame }) => JSON.parse(frame?.text ?? "{}").task_id)).toEqual(heard.map(() => mine))
    const channels = said.flatMap(([name = "", channel]) => (/^(publish|subscribe)$/i.test(name) ? [channel] : []))
    expect(new Set(channels)).toEqual(new Set(["timbra:tasks:aa"]))
    const names = said.map(([name = ""]) => name.toLowerCase())
    expect(names.filter((name) => !/^(publish|subscribe|hello|auth|client|info)$/.test(name))).toEqual([])
  }).pipe(Effect.provide(BunContext.layer), Logger.withMinimumLogLevel(LogLevel.Fatal))
)
