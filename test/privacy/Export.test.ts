import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Deferred, Effect, Predicate, Schedule } from "effect"
import { api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, ended, HouseTest, taxpayer } from "../tasks/lib/House.ts"
import { invoicing } from "./Invoiced.ts"

it.layer(HouseTest)("export", (it) => {
  it.live("is everything held about the user as one document, legible, and nothing of anybody else", () =>
    Effect.gen(function* () {
      const ana = yield* taxpayer
      const eva = yield* taxpayer
      const uuid = crypto.randomUUID()
      yield* api("PUT", "/profile", { token: ana.token, json: { company_details: { giro: "Educación" } } })
      const portal = { vendor_domain: "tienda.mx", username: "ana", password: "CANARY-7f3a" }
      yield* api("POST", "/credentials", { token: ana.token, json: portal })
      const hook = yield* api("POST", "/webhooks", { token: ana.token, json: { url: "https://ana.mx/hook" } })
      const { secret } = hook.body as { secret: string }
      const question = {
        kind: "otp",
        message: "¿Código?",
        fields: [{ name: "otp", label: "Código", type: "text" }]
      } as const
      const asked = yield* Deferred.make<void>()
      const id = yield* ask(ana.token, (assignment, desk) =>
        Deferred.succeed(asked, undefined).pipe(
          Effect.zipRight(desk.ask(question)),
          Effect.zipRight(invoicing(uuid)(assignment, desk))
        )
      )
      yield* Deferred.await(asked)
      const open = Effect.map(
        api("GET", `/tasks/${id}`, { token: ana.token }),
        ({ body }) => (body as { intervention: { id: string } | null }).intervention
      )
      const { id: intervention_id } = yield* Effect.filterOrFail(open, Predicate.isNotNull).pipe(
        Effect.retry(Schedule.spaced("20 millis"))
      )
      const answer = { intervention_id, answers: { otp: "4417" } }
      yield* api("POST", `/tasks/${id}/intervention`, { token: ana.token, json: answer })
      yield* ended(ana.token, id)
      yield* ended(eva.token, yield* ask(eva.token, invoicing(crypto.randomUUID())))

      const { status, headers, body, text } = yield* api("GET", "/profile/export", { token: ana.token })
      expect(status).toBe(200)
      expect(headers.get("content-type")).toBe("application/json")
      expect(body).toMatchObject({
        account: { email: ana.email },
        user_profiles: [{ rfc: "EKU9003173C9", company_details: { giro: "Educación" } }],
        consents: [{ given: true }],
        user_vendor_credentials: [{ vendor_domain: "tienda.mx", username: "ana" }],
        webhooks: [{ url: "https://ana.mx/hook" }],
        webhook_deliveries: expect.arrayContaining([expect.objectContaining({ type: "task.completed" })]),
        interventions: [{ id: intervention_id, kind: "otp", answers: { otp: "4417" } }],
        task_events: expect.arrayContaining([expect.objectContaining({ task_id: id, type: "intervention" })]),
        browser_sessions: [{ task_id: id }],
        refresh_tokens: [{ family: expect.any(String), used_at: null }],
        automation_tasks: [{ id, cfdi_uuid: uuid, ticket_details: { Total: "116" } }],
        task_steps: [{ task_id: id, message: "Se llenó el formulario." }],
        artifacts: [{ task_id: id, kind: "xml", content_base64: Buffer.from("<xml/>").toString("base64") }]
      })
      const sql = yield* SqlClient.SqlClient
      const tables = yield* sql<{ name: string }>`
        SELECT DISTINCT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'user_id'`
      expect(Object.keys(body as object)).toEqual(expect.arrayContaining(tables.map(({ name }) => name)))
      expect((body as { audit_log: unknown[] }).audit_log).toContainEqual(
        expect.objectContaining({ action: "profile.exported" })
      )
      expect(text).not.toContain(eva.email)
      for (const hidden of ["CANARY", secret, "password_hash", "token_hash", "argon2"])
        expect(text).not.toContain(hidden)
    })
  )

  it.live("of an account without tasks is whole too, and needs a token", () =>
    Effect.gen(function* () {
      const { token, email } = yield* taxpayer
      const { body } = yield* api("GET", "/profile/export", { token })
      expect(body).toMatchObject({ account: { email }, automation_tasks: [], artifacts: [] })
      expect((yield* api("GET", "/profile/export")).status).toBe(401)
    })
  )
})
