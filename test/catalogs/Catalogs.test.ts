import { expect } from "bun:test"
import { Effect } from "effect"
import { api, newUser, TestServer } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"

it.layer(TestServer)("catalogues", (it) => {
  it.live("tell which régimen is whose, and what its buyers may declare", () =>
    Effect.gen(function* () {
      const { token } = yield* newUser()
      const { status, body } = yield* api("GET", "/catalogs/fiscal-regimes", { token })
      expect(status).toBe(200)
      expect(body).toHaveLength(19)
      expect(body).toContainEqual({
        code: "616",
        name: "Sin obligaciones fiscales",
        individual: true,
        moral: false,
        cfdi_uses: { individual: ["G02", "S01"], moral: [] }
      })
    })
  )

  it.live("tell which use fits which régimen, and which are not for purchases", () =>
    Effect.gen(function* () {
      const { token } = yield* newUser()
      const { body } = yield* api("GET", "/catalogs/cfdi-uses", { token })
      expect(body).toContainEqual(expect.objectContaining({ code: "G03", moral: true, for_purchases: true }))
      expect(body).toContainEqual(expect.objectContaining({ code: "CP01", for_purchases: false }))
      expect(body).toContainEqual(
        expect.objectContaining({ code: "CN01", for_purchases: false, fiscal_regimes: ["605"] })
      )
    })
  )

  it.live("are for those who have logged in", () =>
    Effect.gen(function* () {
      expect((yield* api("GET", "/catalogs/fiscal-regimes")).status).toBe(401)
      expect((yield* api("GET", "/catalogs/cfdi-uses")).status).toBe(401)
    })
  )
})
