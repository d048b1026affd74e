import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { Sealing } from "../../src/privacy/Sealing.ts"
import type { TaskId } from "../../src/tasks/Status.ts"
import { api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, ended, HouseTest, taxpayer } from "../tasks/lib/House.ts"
import { invoicing } from "./Invoiced.ts"

const rfc = "EKU9003173C9"

const rowOf = (id: TaskId) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const [row] = yield* sql<{
      row: string
    }>`SELECT row_to_json(t)::text AS row FROM automation_tasks t WHERE id = ${id}`
    return row?.row ?? ""
  })

/** What its owner sees of the receiver: in the task, in the list and in the export. */
const shown = (token: string, id: TaskId) =>
  Effect.gen(function* () {
    const one = (yield* api("GET", `/tasks/${id}`, { token })).body
    const [listed] = (yield* api("GET", "/tasks", { token })).body as ReadonlyArray<unknown>
    const [exported] = ((yield* api("GET", "/profile/export", { token })).body as { automation_tasks: Array<unknown> })
      .automation_tasks
    return { one, listed, exported: JSON.stringify(exported).includes(rfc) }
  })

const whole = { result: { cfdi: { receiver_rfc: rfc } } }

it.layer(HouseTest)("the receiver's RFC of a result", (it) => {
  it.live("is sealed in the database and whole for its owner", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const id = yield* ask(token, invoicing(crypto.randomUUID()))
      expect(yield* ended(token, id)).toMatchObject(whole)
      expect(yield* rowOf(id)).not.toContain(rfc)
      expect(yield* shown(token, id)).toMatchObject({ one: whole, listed: whole, exported: true })
    })
  )

  it.live("is shown as well where a version before has left it plain, until it is sealed while all goes on", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* taxpayer
      const id = yield* ask(token, invoicing(crypto.randomUUID()))
      yield* ended(token, id)
      yield* sql`
        UPDATE automation_tasks SET receiver_rfc = NULL,
          result = jsonb_set(result, '{cfdi,receiver_rfc}', to_jsonb(${rfc}::text)) WHERE id = ${id}`
      expect(yield* rowOf(id)).toContain(rfc)
      expect(yield* shown(token, id)).toMatchObject({ one: whole, listed: whole, exported: true })
      yield* (yield* Sealing).all()
      expect(yield* rowOf(id)).not.toContain(rfc)
      expect(yield* shown(token, id)).toMatchObject({ one: whole, listed: whole, exported: true })
    })
  )

  it.live("K1: opens in no other task's row", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* taxpayer
      const [one, other] = [
        yield* ask(token, invoicing(crypto.randomUUID())),
        yield* ask(token, invoicing(crypto.randomUUID()))
      ]
      yield* Effect.forEach([one, other], (id) => ended(token, id))
      yield* sql`
        UPDATE automation_tasks SET receiver_rfc = (SELECT receiver_rfc FROM automation_tasks WHERE id = ${one})
        WHERE id = ${other}`
      expect((yield* api("GET", `/tasks/${one}`, { token })).status).toBe(200)
      expect((yield* api("GET", `/tasks/${other}`, { token })).status).toBe(500)
    })
  )
})
