import { BunRuntime } from "@effect/platform-bun"
import { Array as Arr, Console, Effect, Layer, Random } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import { Server } from "../../../src/Server.ts"
import { productAround } from "../../../test/realtime/lib/LiveHouse.ts"
import { now } from "../realtime/Event.ts"

const [database = "", tasks = "50"] = process.argv.slice(2)

/** In the place of a browser: says when it begins and then, for some twenty seconds, when it says something. */
const Talker = Layer.succeed(
  Agent,
  Agent.make({
    run: (_, desk) =>
      Effect.forEach(Arr.range(0, 40), (n) =>
        Effect.flatMap(Random.nextIntBetween(300, 700), (millis) =>
          Effect.delay(
            Effect.suspend(() => desk.step({ type: "input", message: `@${now()}@` })),
            n === 0 ? 0 : millis
          )
        )
      ).pipe(Effect.as({ delivery: "email" as const, warnings: [], artifacts: [] }))
  })
)

/** The whole product but for the browsers, all of its tasks at once. */
const Product = productAround(Talker, database, { WORKER_CONCURRENCY: tasks, USER_CONCURRENCY: tasks })

Effect.flatMap(Server, ({ url }) => Console.log(JSON.stringify({ port: Number(url.port) }))).pipe(
  Effect.zipRight(Effect.never),
  Effect.provide(Product),
  // As `serve` does it where no collector is named.
  Effect.withTracerEnabled(false),
  BunRuntime.runMain({ disablePrettyLogger: true })
)
