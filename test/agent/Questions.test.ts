import { expect } from "bun:test"
import { Effect } from "effect"
import { Agent } from "../../src/agent/Agent.ts"
import { AgentTest, assignment } from "../lib/agent.ts"
import { recordingDesk } from "../lib/desk.ts"
import * as it from "../lib/effect.ts"

const html = (body: string) =>
  new Response(`<!DOCTYPE html><html lang="es"><title>Portal</title><body>${body}</body></html>`, {
    headers: { "content-type": "text/html; charset=utf-8" }
  })

/** A server of these pages, and all that was sent to it. */
const serve = (pages: Readonly<Record<string, () => Response>>) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const bodies: Array<string> = []
      const server = Bun.serve({
        port: 0,
        fetch: async (request) => {
          bodies.push(await request.text())
          return (pages[new URL(request.url).pathname] ?? (() => new Response(null, { status: 404 })))()
        }
      })
      return { port: server.port, bodies, stop: () => server.stop(true) }
    }),
    ({ stop }) => Effect.promise(stop)
  )

const login = `<form method="post" action="/entrar"><label>Usuario <input name="u"></label>
<label>Contraseña <input type="password" name="p"></label><button>Entrar</button></form>`

it.layer(AgentTest)("the agent", (it) => {
  it.live("types a password into no page of another domain, whatever that calls its fields", () =>
    Effect.gen(function* () {
      const foreign = yield* serve({ "/": () => html(login) })
      const shop = yield* serve({
        "/": () => html(login),
        "/entrar": () => Response.redirect(`http://localhost:${foreign.port}/`, 302)
      })
      const hosts: Array<string | undefined> = []
      const { desk } = recordingDesk(({ fields, host }) => {
        hosts.push(host)
        if (hosts.length > 1) return { action: "abort" }
        const answers = fields.map(({ name, type }) => [name, type === "password" ? "Jacal-4417!" : "ana"])
        return { action: "continue", answers: Object.fromEntries(answers) }
      })
      const agent = yield* Agent
      yield* Effect.exit(agent.run(assignment(new URL(`http://127.0.0.1:${shop.port}/`), { Folio: "1" }), desk))
      expect(hosts).toEqual(["127.0.0.1", "localhost"])
      expect(shop.bodies.join()).toContain("Jacal-4417")
      expect(foreign.bodies.join()).not.toContain("Jacal-4417")
    })
  )

  it.live("writes a code over the boxes of its digits, and asks again where it was wrong", () =>
    Effect.gen(function* () {
      const boxes = Array.from({ length: 6 }, (_, at) => `<input name="d${at}" maxlength="1" size="1">`).join("")
      const form = (words: string) => () =>
        html(
          `<p>${words}</p><form method="post" action="/codigo"><p>Código</p>${boxes}<p><button>Verificar</button></p></form>`
        )
      const shop = yield* serve({
        "/": form("Te enviamos un código de seis dígitos por SMS."),
        "/codigo": form("El código es incorrecto. Te enviamos un código de seis dígitos por SMS.")
      })
      const kinds: Array<string> = []
      const { desk } = recordingDesk(({ fields, kind }) => {
        kinds.push(kind)
        const code = kinds.length === 1 ? "309114" : "772650"
        return kinds.length > 2
          ? { action: "abort" }
          : { action: "continue", answers: Object.fromEntries(fields.map(({ name }) => [name, code])) }
      })
      const agent = yield* Agent
      yield* Effect.exit(agent.run(assignment(new URL(`http://127.0.0.1:${shop.port}/`), { Folio: "1" }), desk))
      expect(kinds).toEqual(["otp", "otp", "otp"])
      expect(shop.bodies.filter((body) => body !== "")).toEqual([
        "d0=3&d1=0&d2=9&d3=1&d4=1&d5=4",
        "d0=7&d1=7&d2=2&d3=6&d4=5&d5=0"
      ])
    })
  )

  it.live("asks for a captcha again although the word that it was wrong lies over it", () =>
    Effect.gen(function* () {
      const shop = yield* serve({
        "/": () =>
          html(`<form onsubmit="fetch('/ver', { method: 'POST', body: this.c.value }).then(() => aviso.hidden = false); return false">
<label>Folio del ticket <input name="f"></label><img src="/c.png" width="120" height="40" alt="">
<input name="txtCaptcha" placeholder="Código" id="c"><button>Buscar</button></form>
<div id="aviso" hidden role="dialog" aria-modal="true" style="position:fixed;inset:0;background:#fffc"><p>Captcha incorrecto</p>
<button type="button" onclick="aviso.hidden = true">Aceptar</button></div>`),
        "/ver": () => new Response("no")
      })
      const answers = ["uno", "dos", "tres"]
      const kinds: Array<string> = []
      const { desk } = recordingDesk(({ fields, kind }) => {
        kinds.push(kind)
        const said = answers[kinds.length - 1] ?? ""
        return { action: "continue", answers: Object.fromEntries(fields.map(({ name }) => [name, said])) }
      })
      const agent = yield* Agent
      const end = agent.run(assignment(new URL(`http://127.0.0.1:${shop.port}/`), { Folio: "1" }), desk)
      expect(yield* Effect.flip(end)).toMatchObject({ code: "CAPTCHA" })
      expect(kinds).toEqual(["captcha", "captcha", "captcha"])
      expect(shop.bodies.filter((body) => body !== "")).toEqual(answers)
    })
  )

  it.live("asks for a person where a portal lets nobody in who has not said that they are one", () =>
    Effect.gen(function* () {
      const wall = `<h1>Verifica que eres humano</h1><div class="cf-turnstile" data-sitekey="x" style="height:65px"></div>`
      const shop = yield* serve({
        "/": () => new Response(`<!DOCTYPE html>${wall}`, { status: 403, headers: { "content-type": "text/html" } })
      })
      const { desk, recorded } = recordingDesk()
      const agent = yield* Agent
      const end = agent.run(assignment(new URL(`http://127.0.0.1:${shop.port}/`), { Folio: "1" }), desk)
      expect(yield* Effect.flip(end)).toMatchObject({ code: "CANCELLED" })
      expect(recorded.questions).toMatchObject([{ kind: "takeover", fields: [] }])
    })
  )
})
