import { expect } from "bun:test"
import { Effect, Schedule } from "effect"
import { Server } from "../../src/Server.ts"
import * as it from "../lib/effect.ts"
import { call, TestServer } from "./TestServer.ts"

const head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"

/** Says `first`, then a byte each second; resolves with the first line of the answer when the server hangs up. */
const slow = (first: string) =>
  Effect.gen(function* () {
    const { url } = yield* Server
    const over = Promise.withResolvers<string>()
    let answer = ""
    const socket = yield* Effect.acquireRelease(
      Effect.promise(() =>
        Bun.connect({
          hostname: url.hostname,
          port: Number(url.port),
          socket: {
            data: (_, bytes) => {
              answer += bytes.toString()
            },
            close: () => over.resolve(answer.split("\r\n")[0] ?? "")
          }
        })
      ),
      (socket) => Effect.sync(() => socket.end())
    )
    socket.write(first)
    yield* Effect.sync(() => socket.write("a")).pipe(Effect.repeat(Schedule.spaced("1 second")), Effect.forkScoped)
    return Effect.promise(() => over.promise)
  })

it.layer(TestServer)("I8: 200 slow clients", (it) => {
  it.live(
    "are hung up on, those whose body does not come with 408, and keep nobody else waiting",
    () =>
      Effect.gen(function* () {
        const clients = yield* Effect.forEach(Array.from({ length: 200 }), (_, index) =>
          slow(index % 2 === 0 ? `${head}X-Slow: ` : `${head}Content-Length: 1000\r\n\r\n{`)
        )
        const times = yield* Effect.replicateEffect(Effect.timed(call("GET", "/health")), 20)
        expect(times.every(([, { status }]) => status === 200)).toBe(true)
        const answers = yield* Effect.all(clients, { concurrency: "unbounded" })
        expect(new Set(answers.filter((_, index) => index % 2 === 1))).toEqual(
          new Set(["HTTP/1.1 408 Request Timeout"])
        )
        expect(new Set(answers.filter((_, index) => index % 2 === 0))).toEqual(new Set([""]))
      }),
    40_000
  )
})
