import { expect } from "bun:test"
import { Array as Arr, Effect, Queue } from "effect"
import { Sockets } from "../../src/http/Sockets.ts"
import { api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, ended, HouseTest, houseWith, taxpayer } from "../tasks/lib/House.ts"
import { sent, startProcess } from "../tasks/lib/Process.ts"
import { connect, refused } from "./lib/Client.ts"
import { say, talking, told } from "./lib/Talking.ts"

it.layer(HouseTest)("a socket", (it) => {
  it.live("tells the task first, then each event as it happens, and closes with 1000 after the end", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const { words, script } = yield* talking
      const id = yield* ask(token, script)
      yield* Queue.offer(words, "uno")
      const { until, next, all, closed } = yield* connect(id, { token, after: 0 })
      const [snapshot, ...first] = yield* until("step")
      expect(snapshot).toMatchObject({ type: "snapshot", task_id: id, task: { id }, last_seq: expect.any(Number) })
      expect(told(first)).toEqual([
        ["status", 1, "RUNNING"],
        ["step", 2, "uno"]
      ])
      yield* Queue.offer(words, "dos")
      expect(yield* next).toMatchObject({
        type: "step",
        task_id: id,
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        seq: 3,
        step: {
          id: expect.any(String),
          step_type: "input",
          message: "dos",
          content: null,
          screenshot_url: null,
          duration_ms: null
        }
      })
      yield* Queue.offer(words, "stop")
      expect(yield* all).toMatchObject([
        { type: "status", seq: 4, status: "COMPLETED", previous: "RUNNING", failure_code: null, failure_reason: null }
      ])
      expect(yield* closed).toBe(1000)
    })
  )

  it.live("of an ended task replays what came after a number, and without one only tells how it is", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const id = yield* ask(token, (_, desk) =>
        Effect.as(
          Effect.forEach(["uno", "dos", "tres"], (word) => say(desk, word)),
          sent
        )
      )
      yield* ended(token, id)
      const late = yield* connect(id, { token, after: 2 })
      const [, ...missed] = yield* late.all
      expect(told(missed)).toEqual([
        ["step", 3, "dos"],
        ["step", 4, "tres"],
        ["status", 5, "COMPLETED"]
      ])
      expect(yield* late.closed).toBe(1000)
      const plain = yield* connect(id, { token })
      expect(yield* plain.all).toMatchObject([{ type: "snapshot", task: { status: "COMPLETED" }, last_seq: 5 }])
      const ahead = yield* connect(id, { token, after: 99 })
      expect(yield* ahead.all).toMatchObject([{ type: "snapshot" }])
    })
  )

  it.live("W7: gives every reader the whole log in order, wherever it comes in", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const { words, script } = yield* talking
      const id = yield* ask(token, script)
      const readers = yield* Effect.forEach(
        Arr.range(0, 29),
        (n) =>
          Effect.gen(function* () {
            yield* Queue.offer(words, `${n}`)
            const reader = yield* connect(id, { token, after: 0 })
            if (n === 29) yield* Queue.offer(words, "stop")
            const [, ...events] = yield* reader.all
            return events.map((event) => event.seq)
          }),
        { concurrency: "unbounded" }
      )
      for (const seqs of readers) expect(seqs).toEqual(Arr.range(1, 32))
    })
  )

  it.live("goes on over a retry by the user: an old end in the log ends nothing", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const { words, script } = yield* talking
      const id = yield* ask(token, script)
      yield* api("POST", `/tasks/${id}/cancel`, { token })
      yield* api("POST", `/tasks/${id}/retry`, { token })
      const reader = yield* connect(id, { token, after: 0 })
      yield* Queue.offerAll(words, ["stop", "stop"])
      const [, ...events] = yield* reader.all
      const statuses = events.map((event) => event.status)
      expect(statuses.filter((status) => status === "FAILED")).toHaveLength(1)
      expect(statuses.at(-1)).toBe("COMPLETED")
    })
  )

  it.live("takes its token as a subprotocol, and answers only ours", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const id = yield* ask(token)
      const { socket, closed } = yield* connect(id, { protocols: ["timbra.v1", `bearer.${token}`] })
      expect(yield* closed).toBe(1000)
      expect(socket.protocol).toBe("timbra.v1")
    })
  )

  it.live("W1: is refused before the upgrade: 401 without a good token, 404 for what is not there or another's", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const stranger = yield* taxpayer
      const id = yield* ask(token)
      const as = (token: string) => ({ Authorization: `Bearer ${token}` })
      const none = yield* refused(`/ws/${id}`)
      expect([none.status, none.body]).toMatchObject([401, { code: "UNAUTHORIZED" }])
      expect(none.headers.get("content-type")).toBe("application/problem+json")
      expect((yield* refused(`/ws/${id}`, as(`${token}x`))).status).toBe(401)
      expect((yield* refused(`/ws/${id}?token=${token}`)).status).toBe(401)
      const foreign = yield* refused(`/ws/${id}`, as(stranger.token))
      expect([foreign.status, foreign.body]).toMatchObject([404, { code: "TASK_NOT_FOUND" }])
      expect((yield* refused(`/ws/${crypto.randomUUID()}`, as(token))).status).toBe(404)
      expect((yield* refused("/ws/no-uuid", as(token))).status).toBe(404)
      expect((yield* refused(`/ws/${id}?after=-1`, as(token))).status).toBe(400)
      expect((yield* refused(`/ws/${id}`, { ...as(token), Upgrade: "h2c" })).status).toBe(426)
    })
  )

  it.live("is told to come back elsewhere when the server stops", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const { words, script } = yield* talking
      const id = yield* ask(token, script)
      const { next, closed } = yield* connect(id, { token })
      yield* next
      yield* (yield* Sockets).closeAll
      expect(yield* closed).toBe(1001)
      yield* Queue.offer(words, "stop")
    })
  )
})

it.layer(houseWith({ WORKER_CONCURRENCY: "0" }))("a socket of another process", (it) => {
  it.live("tells the same, in order and whole", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const { words, script } = yield* talking
      const id = yield* ask(token, script)
      const { next, all, closed } = yield* connect(id, { token })
      expect(yield* next).toMatchObject({ type: "snapshot", last_seq: 0, task: { status: "PENDING" } })
      yield* Queue.offerAll(words, ["uno", "dos", "stop"])
      yield* startProcess()
      expect(told(yield* all)).toEqual([
        ["status", 1, "RUNNING"],
        ["step", 2, "uno"],
        ["step", 3, "dos"],
        ["status", 4, "COMPLETED"]
      ])
      expect(yield* closed).toBe(1000)
    })
  )
})
