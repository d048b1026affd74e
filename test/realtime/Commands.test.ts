import { expect } from "bun:test"
import { Deferred, Effect, Queue } from "effect"
import * as it from "../lib/effect.ts"
import { ask, HouseTest, taxpayer } from "../tasks/lib/House.ts"
import { sent } from "../tasks/lib/Process.ts"
import { connect } from "./lib/Client.ts"
import { talking, told } from "./lib/Talking.ts"

it.layer(HouseTest)("a socket", (it) => {
  it.live("takes pause, resume and cancel, and answers a ping", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const { words, script } = yield* talking
      const id = yield* ask(token, script)
      yield* Queue.offer(words, "uno")
      const { until, send, all, closed } = yield* connect(id, { token, after: 0 })
      yield* until("step")
      yield* send({ type: "ping" })
      expect((yield* until("pong")).at(-1)).toMatchObject({ task_id: id })
      yield* send({ type: "pause" })
      expect(told(yield* until("status"))).toEqual([["status", 3, "PAUSED"]])
      yield* send({ type: "resume" })
      yield* send({ type: "cancel" })
      const statuses = (yield* all).map(({ status }) => status)
      expect([statuses[0], statuses.at(-1)]).toEqual(["PENDING", "FAILED"])
      expect(yield* closed).toBe(1000)
    })
  )

  it.live("takes the answer to an intervention", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const heard = yield* Deferred.make<unknown>()
      const id = yield* ask(token, (_, desk) =>
        desk
          .ask({
            kind: "choice",
            message: "¿Cuál sucursal?",
            fields: [{ name: "store", label: "Sucursal", type: "select", options: ["Norte", "Sur"] }]
          })
          .pipe(
            Effect.flatMap((answer) => Deferred.succeed(heard, answer)),
            Effect.as(sent)
          )
      )
      const { until, next, send, closed } = yield* connect(id, { token, after: 0 })
      const asked = (yield* until("intervention")).at(-1)
      const intervention = Object(asked).intervention
      expect(intervention).toMatchObject({ kind: "choice", fields: [{ name: "store", options: ["Norte", "Sur"] }] })
      const answer = (store: string) =>
        send({ type: "intervention", intervention_id: intervention.id, answers: { store } })
      yield* answer("Este")
      expect(yield* next).toMatchObject({ type: "error", code: "VALIDATION" })
      yield* answer("Sur")
      expect(yield* Deferred.await(heard)).toEqual({ action: "continue", answers: { store: "Sur" } })
      expect(yield* closed).toBe(1000)
    })
  )

  it.live("answers what it does not understand, or what the state does not allow, with an error and goes on", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const { words, script } = yield* talking
      const id = yield* ask(token, script)
      const { next, until, send, socket } = yield* connect(id, { token })
      yield* next
      const wrong = ["{", "[]", '{"type":"fly"}', '{"type":"intervention","intervention_id":"x"}']
      for (const message of wrong) {
        yield* send(message)
        expect((yield* until("error")).at(-1)).toMatchObject({ type: "error", task_id: id, code: "INVALID_MESSAGE" })
      }
      yield* Effect.sync(() => socket.send(new Uint8Array([1, 2, 3])))
      expect((yield* until("error")).at(-1)).toMatchObject({ code: "INVALID_MESSAGE" })
      yield* send({ type: "resume" })
      expect((yield* until("error")).at(-1)).toMatchObject({
        code: "INVALID_STATE",
        detail: expect.stringContaining("RUNNING")
      })
      yield* Queue.offer(words, "stop")
      yield* until("status")
    })
  )
})
