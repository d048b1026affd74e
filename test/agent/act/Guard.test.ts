import { expect } from "bun:test"
import { Duration, Effect } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import { stampCfdi } from "../../../src/demo/Stamp.ts"
import { AgentTest, assignment } from "../../lib/agent.ts"
import { recordingDesk } from "../../lib/desk.ts"
import * as it from "../../lib/effect.ts"
import { request, ticket } from "../invoice/Printed.ts"

const html = (body: string) =>
  new Response(`<!DOCTYPE html><title>Facturación</title>${body}`, {
    headers: { "content-type": "text/html; charset=utf-8" }
  })

const form = (attributes: string, button: string) => `<h1>Facture su ticket</h1><form ${attributes}>
  <p><label>Folio <input name=folio></label><p><label>Total <input name=total></label>
  <p><label>RFC <input name=rfc></label><p><label>Razón social <input name=nombre></label>
  <p><label>Código postal <input name=cp></label>
  <p><label>Régimen fiscal <select name=regimen><option value="">Seleccione<option value=601>601 General de Ley Personas Morales<option value=612>612</select></label>
  <p><label>Uso de CFDI <select name=uso><option value="">Seleccione<option value=G01>G01 Adquisición de mercancías<option value=G03>G03 Gastos en general</select></label>
  <p>${button}</form>`

/** A form that its page sends by itself, with `send`. */
const scripted = (send: string) =>
  `${form(`onsubmit="event.preventDefault(); send(new FormData(this))"`, "<button>Generar factura</button>")}<div id=told></div>
  <script>async function send(data) { ${send} }</script>`

const made = `<p>Su factura fue generada correctamente.</p><a href="/factura.xml" download>Descargar XML</a>`

interface Shop {
  readonly form: string
  /** What the stamping address answers; it counts and it makes the invoice. */
  readonly stamped: string | Response
  readonly takes?: Duration.DurationInput
}

/** A shop whose only address that makes anything is `/timbrar`, and how often it was asked to. */
const shop = ({ form, stamped, takes = 0 }: Shop) =>
  Effect.acquireRelease(
    Effect.gen(function* () {
      const { xml } = yield* stampCfdi(request)
      const asked = { stamps: 0, waits: 0 }
      const server = Bun.serve({
        port: 0,
        hostname: "127.0.0.1",
        idleTimeout: 60,
        fetch: async ({ url }) => {
          const { pathname } = new URL(url)
          if (pathname === "/timbrar") {
            asked.stamps++
            await Bun.sleep(Duration.toMillis(takes))
            return typeof stamped === "string" ? html(stamped) : stamped.clone()
          }
          if (pathname === "/procesando")
            return html(
              asked.waits++ < 3 ? `<meta http-equiv=refresh content=0.3><p>Estamos procesando su solicitud…` : made
            )
          if (pathname === "/estado") return Response.json({ ready: asked.waits++ >= 3 })
          if (pathname === "/factura.xml")
            return new Response(xml, { headers: { "content-disposition": "attachment; filename=factura.xml" } })
          return pathname === "/" ? html(form) : new Response(null, { status: 404 })
        }
      })
      return { asked, server }
    }),
    ({ server }) => Effect.promise(() => server.stop(true))
  )

const timeout = 60_000

it.layer(AgentTest)("what may be sent once", (it) => {
  const run = Effect.fnUntraced(function* (made: Shop, confirmBeforeSubmit = false) {
    const { asked, server } = yield* shop(made)
    const { desk, recorded } = recordingDesk(() => ({ action: "continue", answers: {} }))
    const agent = yield* Agent
    const task = { ...assignment(server.url, ticket, "company"), confirmBeforeSubmit }
    const exit = yield* Effect.exit(agent.run(task, desk))
    const questions = recorded.questions.map(({ kind }) => kind)
    return { exit, asked, intents: recorded.intents, documents: recorded.documents.length, questions }
  })
  const completed = { exit: { _tag: "Success" }, intents: 1, documents: 1 }

  it.live(
    "D2, D8: a stamp that is a page fetched by a script, ten seconds long, is awaited and asked for once",
    () =>
      Effect.gen(function* () {
        const script = `onsubmit="event.preventDefault(); location.href = '/timbrar?' + new URLSearchParams(new FormData(this))"`
        const seen = yield* run({
          form: form(script, "<button>Generar factura</button>"),
          stamped: made,
          takes: "10 seconds"
        })
        expect(seen).toMatchObject({ ...completed, asked: { stamps: 1 } })
      }),
    timeout
  )

  it.live(
    "D8: a page that stamps when it is fetched, and fetches itself again, has stamped once",
    () =>
      Effect.gen(function* () {
        const again = `${made}<script>setTimeout(() => location.reload(), 50)</script>`
        const seen = yield* run({ form: form("action=/timbrar", "<button>Generar factura</button>"), stamped: again })
        expect(seen).toMatchObject({ ...completed, asked: { stamps: 1 } })
      }),
    timeout
  )

  it.live(
    "a page that fetches itself again until the invoice is made, which was ordered by a form, may do so",
    () =>
      Effect.gen(function* () {
        const seen = yield* run({
          form: form("method=post action=/timbrar", "<button>Generar factura</button>"),
          stamped: new Response(null, { status: 303, headers: { location: "/procesando" } })
        })
        expect(seen).toMatchObject({ ...completed, asked: { stamps: 1, waits: 4 } })
      }),
    timeout
  )

  it.live(
    "D7: a page that orders the invoice twice at once, and again when it is made, has ordered it once",
    () =>
      Effect.gen(function* () {
        const order = "fetch('/timbrar', { method: 'POST', body: new URLSearchParams(data) })"
        const seen = yield* run({
          form: scripted(`const first = ${order}; await ${order}.catch(() => {})
            const text = await (await first).text(); await ${order}.catch(() => {}); told.innerHTML = text`),
          stamped: made
        })
        expect(seen).toMatchObject({ ...completed, asked: { stamps: 1 } })
      }),
    timeout
  )

  it.live(
    "a page that asks whether the invoice is made, always in the same words, is answered until it is",
    () =>
      Effect.gen(function* () {
        const seen = yield* run({
          form: scripted(`told.textContent = "Procesando…"
            await fetch("/timbrar", { method: "POST", body: new URLSearchParams(data) })
            const ask = () => fetch("/estado", { method: "POST", body: "1" }).then((answer) => answer.json())
            while (!(await ask()).ready) await new Promise((next) => setTimeout(next, 200))
            told.innerHTML = '${made}'`),
          stamped: ""
        })
        expect(seen).toMatchObject({ ...completed, asked: { stamps: 1, waits: 4 } })
      }),
    timeout
  )

  it.live(
    "a press that makes the invoice by a yes to the browser's own question waits for the user who wants to be asked",
    () =>
      Effect.gen(function* () {
        const button = `<button onclick="return confirm('Se va a generar la factura. ¿Desea continuar?')">Validar</button>`
        const seen = yield* run({ form: form("method=post action=/timbrar", button), stamped: made }, true)
        expect(seen).toMatchObject({ ...completed, asked: { stamps: 1 }, questions: ["confirm_submit"] })
      }),
    timeout
  )
})
