import { expect } from "bun:test"
import { Effect, Fiber, Schedule, Schema } from "effect"
import { unzipSync } from "fflate"
import { DemoPortals } from "../../../src/demo/Portals.ts"
import type { Sale } from "../../../src/demo/Sale.ts"
import * as it from "../../lib/effect.ts"
import { get, json, postJson, receiver } from "../Client.ts"

const Invoice = Schema.Struct({ uuid: Schema.UUID, archivo: Schema.String, zip: Schema.Uint8ArrayFromBase64 })

const portal = Effect.map(DemoPortals, ({ portals: [, b] }) => b)

const ticket = (sale: Sale | undefined) => ({
  folio: sale?.ticket.ITU ?? "",
  fecha: sale?.date ?? "",
  total: sale?.ticket["Total a pagar"] ?? ""
})

const typed = (sale: Sale | undefined) => ({ ...ticket(sale), ...receiver, correo2: receiver.correo })

it.layer(DemoPortals.Default({ host: "127.0.0.1" }))("the wizard's portal", (it) => {
  it.live("finds a ticket by ITU, date and total", () =>
    Effect.gen(function* () {
      const b = yield* portal
      const found = yield* postJson(b, "/api/tickets", ticket(b.sales[0]))
      expect(found.status).toBe(200)
      expect(yield* json(found)).toMatchObject({ total: "1274.90", formaPago: "Tarjeta de crédito" })
      const missed = yield* postJson(b, "/api/tickets", { ...ticket(b.sales[0]), total: "1274.91" })
      expect(missed.status).toBe(404)
      expect(yield* json(missed)).toMatchObject({ mensaje: "El folio no se encuentra con los datos proporcionados." })
    })
  )

  it.live("lists the regímenes of the person type and the uses of the régimen", () =>
    Effect.gen(function* () {
      const b = yield* portal
      const [moral, individual, uses, refused] = yield* Effect.all(
        [
          get(b, "/api/regimenes?rfc=EKU9003173C9"),
          get(b, "/api/regimenes?rfc=CACX7605101P8"),
          get(b, "/api/usos?rfc=CACX7605101P8&regimen=605"),
          get(b, "/api/regimenes?rfc=ABC")
        ],
        { concurrency: "unbounded" }
      )
      expect(yield* json(moral)).toContainEqual({ clave: "601", descripcion: "General de Ley Personas Morales" })
      expect(yield* json(individual)).not.toContainEqual(expect.objectContaining({ clave: "601" }))
      expect(yield* json(uses)).not.toContainEqual(expect.objectContaining({ clave: "G03" }))
      expect(refused.status).toBe(422)
    })
  )

  it.live("answers the stamp with a ZIP of the XML and the PDF, and a second one with the refusal", () =>
    Effect.gen(function* () {
      const b = yield* portal
      const form = typed(b.sales[1])
      const invoice = yield* postJson(b, "/api/facturas", form).pipe(Effect.flatMap(json))
      const { zip } = yield* Schema.decodeUnknown(Invoice)(invoice)
      const files = Object.entries(unzipSync(zip)).toSorted()
      expect(files.map(([name]) => name.slice(-4))).toEqual([".pdf", ".xml"])
      expect(new TextDecoder().decode(files[1]?.[1])).toContain(`Total="189.50"`)
      const again = yield* postJson(b, "/api/facturas", form)
      expect(again.status).toBe(409)
      expect(yield* json(again)).toMatchObject({ mensaje: "El ticket ya se encuentra facturado." })
      const posts = (yield* b.requests).filter(({ path }) => path === "/api/facturas")
      expect(posts.map(({ kind, status }) => [kind, status])).toEqual([
        ["stamp", 200],
        ["submit", 409]
      ])
      expect(posts[0]?.body).toEqual(form)
    })
  )

  it.live("refuses a name with its régimen societario in the SAT's words, and e-mails that differ", () =>
    Effect.gen(function* () {
      const b = yield* portal
      const form = typed(b.sales[2])
      const [name, email] = yield* Effect.all(
        [
          postJson(b, "/api/facturas", { ...form, nombre: "ESCUELA KEMPER URGATE SA DE CV" }),
          postJson(b, "/api/facturas", { ...form, correo2: "otro@kemper.example" })
        ],
        { concurrency: "unbounded" }
      )
      expect(yield* json(name)).toMatchObject({
        mensaje: expect.stringContaining("CFDI40145"),
        campos: [{ campo: "nombre" }]
      })
      expect(yield* json(email)).toMatchObject({ campos: [{ campo: "correo2" }] })
      expect(yield* b.stamps).not.toContainEqual(expect.objectContaining({ folio: form.folio }))
    })
  )

  it.live("a visitor who leaves while it works does not undo the stamp", () =>
    Effect.gen(function* () {
      const b = yield* portal
      const form = typed(b.sales[3])
      const visit = yield* Effect.fork(postJson(b, "/api/facturas", form))
      yield* b.stamps.pipe(
        Effect.repeat({ until: (all) => all.some(({ folio }) => folio === form.folio), schedule: Schedule.spaced(20) })
      )
      yield* Fiber.interrupt(visit)
      expect(yield* b.stamps).toContainEqual(expect.objectContaining({ folio: form.folio }))
      const post = (yield* b.requests).find(({ kind, body }) => kind === "stamp" && Bun.deepEquals(body, form))
      expect(post?.status).toBeNull()
    })
  )

  it.live("a body that is no JSON is a 400 and is logged", () =>
    Effect.gen(function* () {
      const b = yield* portal
      const response = yield* Effect.promise(() =>
        fetch(new URL("/api/tickets", b.url), {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: "{"
        })
      )
      expect(response.status).toBe(400)
      expect((yield* b.requests).at(-1)).toMatchObject({ path: "/api/tickets", body: null, status: 400 })
    })
  )
})
