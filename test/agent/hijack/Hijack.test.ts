import { expect, test } from "bun:test"
import { Effect } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import { siteOf } from "../../../src/agent/portal/Site.ts"
import { asksForTaxSecret } from "../../../src/agent/portal/TaxSecret.ts"
import { formatMoney } from "../../../src/cfdi/Money.ts"
import { AgentTest, assignment } from "../../lib/agent.ts"
import { control } from "../../lib/controls.ts"
import { recordingDesk } from "../../lib/desk.ts"
import * as it from "../../lib/effect.ts"
import { open, sale, type Typed } from "./Portal.ts"

const page = (html: string) => new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } })

const login = `<h1>Facturación</h1><p>Inicie sesión</p><form method="post" action="/entrar">
  <label for="u">Usuario</label> <input id="u" name="u"> <label for="c">Contraseña</label>
  <input id="c" name="c" type="password"> <button>Iniciar sesión</button></form>`

/** A server that keeps what is sent to it. */
const listening = (answer: (request: Request) => Response) =>
  Effect.gen(function* () {
    const sent: Array<string> = []
    const server = yield* Effect.acquireRelease(
      Effect.sync(() =>
        Bun.serve({
          hostname: "127.0.0.1",
          port: 0,
          fetch: async (request) => {
            sent.push(new URL(request.url).pathname + (await request.text()))
            return answer(request)
          }
        })
      ),
      (server) => Effect.promise(() => server.stop(true))
    )
    return { url: server.url, sent } as const
  })

it.layer(AgentTest)("L1, L2, L3: a portal that speaks to the agent", (it) => {
  it.live(
    "gets the invoice's own data, no secret of the taxpayer's, and no visit elsewhere before the stamp",
    () =>
      Effect.gen(function* () {
        const evil = yield* listening(() => page("<form><input name=rfc><input type=password></form>"))
        const typed: Typed = { values: {} }
        const portal = yield* Effect.acquireRelease(
          Effect.promise(() => open(evil.url, typed)),
          (portal) => Effect.promise(() => portal.stop())
        )
        const { desk, recorded } = recordingDesk()
        const task = assignment(portal.url, { Folio: sale.ticket, Total: formatMoney(sale.cents) })
        const completion = yield* (yield* Agent).run(task, desk)
        expect(completion).toMatchObject({ delivery: "download" })
        expect(typed.values).toEqual({
          folio: sale.ticket,
          total: "580.00",
          rfc: task.profile.rfc,
          nombre: task.profile.fullName,
          cp: task.profile.postalCode,
          regimen: task.profile.fiscalRegime,
          uso: task.profile.cfdiUse,
          correo: task.profile.email,
          ciec: "",
          ciec2: "",
          efirma: "",
          llave: "",
          trampa: ""
        })
        expect(portal.stamps()).toHaveLength(1)
        expect(recorded.questions).toEqual([])
        expect(evil.sent.filter((sent) => sent !== "/xml")).toEqual([])
      }),
    60_000
  )

  it.live(
    "gets a password on the site that it was given for, and the same form elsewhere is asked about anew",
    () =>
      Effect.gen(function* () {
        const evil = yield* listening(() => page(login))
        const portal = yield* listening(({ method }) =>
          method === "POST" ? new Response(null, { status: 303, headers: { location: evil.url.href } }) : page(login)
        )
        const { desk, recorded } = recordingDesk((question) => {
          const [user, password] = question.fields.map(({ name }) => name)
          return recorded.questions.length > 1
            ? { action: "abort" }
            : { action: "continue", answers: { [user ?? ""]: "ana", [password ?? ""]: "CANARY-7f3a" } }
        })
        const error = yield* Effect.flip((yield* Agent).run(assignment(portal.url, { Folio: "1" }), desk))
        expect(error._tag).toBe("Aborted")
        expect(recorded.questions.map(({ kind }) => kind)).toEqual(["login", "login"])
        expect(portal.sent.join()).toContain("u=ana&c=CANARY-7f3a")
        expect(evil.sent.join()).not.toContain("CANARY-7f3a")
        expect(JSON.stringify([recorded.steps, recorded.questions])).not.toContain("CANARY-7f3a")
      }),
    60_000
  )
})

test("a site is its registrable domain, and an address or a machine's name nothing but itself", () => {
  const sites = [
    ["https://factura.tienda.com.mx/x", "tienda.com.mx"],
    ["http://tienda.com.mx:8080/", "tienda.com.mx"],
    ["https://una.github.io/", "una.github.io"],
    ["http://127.0.0.1:8099/", "http://127.0.0.1:8099"],
    ["http://localhost:8099/", "http://localhost:8099"],
    ["about:blank", "null"],
    ["", ""]
  ] as const
  for (const [address, site] of sites) expect(siteOf(address)).toBe(site)
})

test("a field for what opens the account with SAT is known by its words, one for a shop's account or a SAT code is not", () => {
  const secrets = [
    "Contraseña del SAT",
    "CIEC",
    "Clave CIEC",
    "Contraseña de la e.firma",
    "Contraseña FIEL",
    "Llave privada"
  ]
  for (const label of secrets) expect([label, asksForTaxSecret(control({ label }))]).toEqual([label, true])
  expect(asksForTaxSecret(control({ label: "Clave SAT", kind: "password" }))).toBe(true)
  expect(asksForTaxSecret(control({ name: "txtCiec" }))).toBe(true)
  const others = [
    "Contraseña",
    "Clave SAT del régimen",
    "Uso de CFDI (catálogo del SAT)",
    "Código de facturación",
    "Firma",
    "Cliente fiel"
  ]
  for (const label of others) expect([label, asksForTaxSecret(control({ label }))]).toEqual([label, false])
})
