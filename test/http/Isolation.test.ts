import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import * as it from "../lib/effect.ts"
import { invoicing } from "../privacy/Invoiced.ts"
import { ask, ended, HouseTest, taxpayer, ticket } from "../tasks/lib/House.ts"
import { addressed, type Operation, operations } from "./Operations.ts"
import { api, call } from "./TestServer.ts"

const question = {
  kind: "missing_data",
  message: "¿Caja?",
  fields: [{ name: "register", label: "Caja", type: "text" }]
} as const

/** Someone with one of everything that has an id. */
const owner = Effect.gen(function* () {
  const user = yield* taxpayer
  const done = yield* ask(user.token, invoicing(crypto.randomUUID()))
  const { artifacts } = (yield* ended(user.token, done)) as { artifacts?: ReadonlyArray<{ id: string }> }
  const waiting = yield* ask(user.token, (_, desk) => Effect.zipRight(desk.ask(question), Effect.never))
  const open = Effect.map(api("GET", `/tasks/${waiting}`, { token: user.token }), ({ body }) => body)
  const { intervention } = (yield* Effect.repeat(Effect.delay(open, "20 millis"), {
    until: (task) => (task as { intervention: unknown }).intervention !== null
  })) as { intervention: { id: string } }
  const credential = { vendor_domain: "tienda.mx", username: "ana", password: "secreta" }
  const { body } = yield* api("POST", "/credentials", { token: user.token, json: credential })
  const ids: Record<string, string> = {
    taskId: waiting,
    artifactId: artifacts?.[0]?.id ?? "",
    credentialId: (body as { id: string }).id,
    intervention: intervention.id
  }
  return { ...user, done, ids }
})

const bodyOf = ({ method, path }: Operation, intervention: string) => {
  if (method === "GET" || method === "DELETE") return {}
  return { json: path.endsWith("/intervention") ? { intervention_id: intervention, answers: { register: "1" } } : {} }
}

const withoutId = (text: string) => text.replace(/"request_id":"[^"]*"/, "")

const everything = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const tables = ["automation_tasks", "interventions", "artifacts", "user_vendor_credentials", "user_profiles"]
  return yield* Effect.forEach(
    tables,
    (table) => sql<{ row: string }>`SELECT row_to_json(t)::text AS row FROM ${sql(table)} t ORDER BY 1`
  )
})

it.layer(HouseTest)("isolation", (it) => {
  it.live(
    "A1: on every path another's id is answered as one that nothing has, byte for byte, and changes nothing",
    () =>
      Effect.gen(function* () {
        const ana = yield* owner
        const eva = yield* taxpayer
        const before = yield* everything
        const nobodys = crypto.randomUUID()
        const tried = operations.filter(({ params }) => params.length > 0)
        expect(tried.length).toBeGreaterThanOrEqual(9)
        for (const operation of tried) {
          const { method, path } = operation
          const task = path.includes("artifacts") ? { taskId: ana.done } : {}
          const own: Record<string, string> = { ...ana.ids, ...task }
          const ask = (id: (param: string) => string, intervention: string) =>
            call(method, addressed(operation, id), { token: eva.token, ...bodyOf(operation, intervention) })
          const foreign = yield* ask((param) => own[param] ?? nobodys, ana.ids.intervention ?? nobodys)
          const unknown = yield* ask(() => nobodys, nobodys)
          expect([method, path, foreign.status]).toEqual([method, path, 404])
          expect(withoutId(foreign.text)).toBe(withoutId(unknown.text))
        }
        expect(yield* everything).toEqual(before)
      })
  )

  it.live("T9: every path but the public ones wants a token, and takes none from the address", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const open = operations.filter(({ isPublic }) => isPublic).map(({ path }) => path)
      expect(open.toSorted()).toEqual(
        ["auth/login", "auth/refresh", "auth/register", "privacy-notice"].map((path) => `/api/v1/${path}`)
      )
      for (const operation of operations.filter(({ isPublic }) => !isPublic)) {
        const path = addressed(operation, () => crypto.randomUUID())
        for (const query of ["", `?token=${token}`, `?access_token=${token}`]) {
          const { status, headers } = yield* call(operation.method, path + query, bodyOf(operation, ""))
          expect([operation.path, status, headers.get("www-authenticate")]).toEqual([operation.path, 401, "Bearer"])
        }
      }
    })
  )

  it.live("A2: a list shows its reader's own alone, whatever the query says, and takes no number that is none", () =>
    Effect.gen(function* () {
      const ana = yield* taxpayer
      const eva = yield* taxpayer
      yield* ended(ana.token, yield* ask(ana.token))
      const own = yield* ask(eva.token)
      yield* ended(eva.token, own)
      for (const query of [
        "",
        "?status=COMPLETED",
        "?limit=100",
        `?user_id=${ana.email}`,
        "?sort=user_id",
        "?page=1&page=1"
      ]) {
        const { status, body, headers } = yield* api("GET", `/tasks${query}`, { token: eva.token })
        if (status === 400) continue
        expect([query, (body as ReadonlyArray<{ id: string }>).map(({ id }) => id)]).toEqual([query, [own]])
        expect(headers.get("x-total-count")).toBe("1")
      }
      const none = [
        "page=0",
        "page=-1",
        "page=1e9",
        "limit=0",
        "limit=101",
        "limit=1.5",
        "limit=x",
        "status=done",
        "status="
      ]
      for (const query of none) {
        expect([query, (yield* api("GET", `/tasks?${query}`, { token: eva.token })).status]).toEqual([query, 400])
      }
      for (const query of ["after=-1", "after=99999999999", "limit=0", "after=x"]) {
        expect([query, (yield* api("GET", `/tasks/${own}/steps?${query}`, { token: eva.token })).status]).toEqual([
          query,
          400
        ])
      }
    })
  )

  it.live("A3: what a body says of owner, id, status or age is never stored", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const ana = yield* taxpayer
      const eva = yield* taxpayer
      const [victim] = yield* sql<{ id: string }>`SELECT id FROM users WHERE email = ${ana.email}`
      const forged = {
        id: crypto.randomUUID(),
        user_id: victim?.id,
        userId: victim?.id,
        status: "COMPLETED",
        created_at: "2000-01-01T00:00:00Z",
        role: "admin",
        privacy_version: "x"
      }
      const { body } = yield* api("POST", "/tasks", { token: eva.token, json: { ...ticket("M-1"), ...forged } })
      yield* api("PUT", "/profile", { token: eva.token, json: { full_name: "EVA", ...forged } })
      const rows = yield* sql`
        SELECT id FROM automation_tasks t WHERE id = ${forged.id} OR user_id = ${victim?.id ?? ""}
          OR (id = ${(body as { taskId: string }).taskId} AND created_at < now() - interval '1 day')`
      expect(rows).toEqual([])
      expect((yield* api("GET", "/profile", { token: eva.token })).body).toMatchObject({ full_name: "EVA" })
      expect((yield* api("GET", "/profile", { token: ana.token })).body).not.toMatchObject({ full_name: "EVA" })
    })
  )
})
