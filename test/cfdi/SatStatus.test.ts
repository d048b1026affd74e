import { expect } from "bun:test"
import { ConfigProvider, Effect, Layer } from "effect"
import { type Invoice, parseInvoice } from "../../src/cfdi/Invoice.ts"
import { SatStatus, SatStatusLive } from "../../src/cfdi/SatStatus.ts"
import * as it from "../lib/effect.ts"
import { sampleCfdi } from "./SampleCfdi.ts"

const answer = (state: string, listed = "200") => `
  <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
  <ConsultaResponse xmlns="http://tempuri.org/">
    <ConsultaResult xmlns:a="http://schemas.datacontract.org/2004/07/Sat.Cfdi.Negocio.ConsultaCfdi.Servicio">
      <a:CodigoEstatus>S - Comprobante obtenido satisfactoriamente.</a:CodigoEstatus>
      <a:EsCancelable>Cancelable sin aceptación</a:EsCancelable><a:Estado>${state}</a:Estado>
      <a:EstatusCancelacion/><a:ValidacionEFOS>${listed}</a:ValidacionEFOS>
    </ConsultaResult>
  </ConsultaResponse></s:Body></s:Envelope>`

const malformed = answer("").replace(/S - [^<]+/, "N - 601: La expresión impresa proporcionada no es válida.")

interface Asked {
  readonly action: string | null
  readonly body: string
}

/** The register as its documentation has it, on loopback. */
const register = (answers: ReadonlyArray<string | number>) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const asked: Array<Asked> = []
        const server = Bun.serve({
          port: 0,
          hostname: "127.0.0.1",
          fetch: async (request) => {
            asked.push({ action: request.headers.get("SOAPAction"), body: await request.text() })
            const next = answers[Math.min(asked.length, answers.length) - 1] ?? 500
            return typeof next === "number"
              ? new Response("", { status: next })
              : new Response(next, { headers: { "Content-Type": "text/xml; charset=utf-8" } })
          }
        })
        return { asked, server }
      }),
      ({ server }) => Effect.promise(() => server.stop(true))
    ),
    ({ asked, server }) => ({ asked, url: server.url.href })
  )

const saidOf = (invoice: Invoice, settings: Readonly<Record<string, string>>) =>
  Effect.flatMap(SatStatus, (status) => status.warnings(invoice)).pipe(
    Effect.provide(
      Layer.provide(SatStatusLive, Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(settings)))))
    )
  )

const outcomes = [
  ["says nothing of an invoice that is in force", answer("Vigente"), []],
  ["warns of one that is cancelled", answer("Cancelado"), ["SAT_CANCELLED"]],
  ["warns of an issuer on the 69-B list", answer("Vigente", "100"), ["ISSUER_LISTED"]],
  ["warns where the register does not understand", malformed, ["SAT_UNREACHABLE"]],
  ["warns where the register fails", 503, ["SAT_UNREACHABLE"]],
  ["warns where what comes is no XML", "<html><br>", ["SAT_UNREACHABLE"]]
] as const

for (const [what, said, warnings] of outcomes) {
  it.live(what, () =>
    Effect.gen(function* () {
      const { url } = yield* register([said])
      expect<ReadonlyArray<string>>(yield* saidOf(yield* parseInvoice(sampleCfdi), { SAT_STATUS_URL: url })).toEqual(
        warnings
      )
    })
  )
}

it.live("asks again for an invoice that the register does not have yet", () =>
  Effect.gen(function* () {
    const { asked, url } = yield* register([answer("No Encontrado"), answer("Vigente")])
    expect(yield* saidOf(yield* parseInvoice(sampleCfdi), { SAT_STATUS_URL: url })).toEqual([])
    expect(asked).toHaveLength(2)
  })
)

it.live("sends what the QR code says, with an RFC's ampersand escaped twice", () =>
  Effect.gen(function* () {
    const { asked, url } = yield* register([answer("Vigente")])
    const invoice = yield* parseInvoice(sampleCfdi.replace("IIA040805DZ4", "P&amp;A040805DZ4"))
    yield* saidOf(invoice, { SAT_STATUS_URL: url })
    const [{ action, body } = { action: "", body: "" }] = asked
    expect(action).toBe('"http://tempuri.org/IConsultaCFDIService/Consulta"')
    expect(body).toContain(
      "<c:expresionImpresa>?id=5F1D7A3E-8C0B-4A52-9C3D-1E2F3A4B5C6D&#38;re=P&#38;#38;A040805DZ4&#38;rr=EKU9003173C9" +
        "&#38;tt=348.00&#38;fe=c2VsbG8=</c:expresionImpresa>"
    )
  })
)

it.live("asks nobody unless told whom", () =>
  Effect.gen(function* () {
    expect(yield* saidOf(yield* parseInvoice(sampleCfdi), {})).toEqual([])
  })
)
