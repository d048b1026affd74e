import { expect } from "bun:test"
import { Cause, ConfigProvider, Duration, Effect, Fiber, Layer, Logger, LogLevel, Option, Tracer } from "effect"
import { Llm, llmWith } from "../../../src/agent/plan/Llm.ts"
import * as it from "../../lib/effect.ts"
import { key, languageModel, type Said, settingsFor } from "../../lib/languageModel.ts"

const question = {
  instructions: "Say which label the field asks for.",
  data: "<data>Clave</data>",
  answers: ["Folio", "Caja"]
}

const layerOf = (settings: ReadonlyMap<string, string>, patience: Duration.DurationInput) =>
  llmWith(patience).pipe(Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map(settings)))), Layer.orDie)

/** Asks as the agent does, of a model that is waited for no longer than this. */
const ask = (settings: ReadonlyMap<string, string>, patience: "400 millis" | "8 seconds" = "8 seconds") =>
  Effect.flatMap(Llm, (llm) => Option.getOrThrow(llm).ask(question)).pipe(Effect.provide(layerOf(settings, patience)))

const providers = ["openai", "anthropic"] as const

const useless: ReadonlyArray<readonly [string, Said, string]> = [
  ["an unknown certainty", { answer: "Folio", certainty: "absolutely" }, "it gives none of the answers"],
  ["an invented label", { answer: "Folio fiscal" }, "it gives none of the answers"],
  ["an action for an answer", { answer: "click(#pagar)" }, "it gives none of the answers"],
  ["a megabyte", { body: "x".repeat(1_000_000) }, "it answers no JSON"],
  ["a megabyte for an answer", { answer: "x".repeat(1_000_000) }, "it answers no JSON"],
  ["broken JSON", { body: `{"choices":[{"message":{"content":"{` }, "it answers no JSON"],
  ["another JSON", { body: `{"ok":true}` }, "it gives none of the answers"],
  ["a text without an object", { text: "Con gusto: es el Folio." }, "it gives none of the answers"],
  ["a refusal", { refusal: true }, "it gives none of the answers"],
  ["a status that no waiting helps", { status: 403 }, "it answers with status 403"],
  ["429 for longer than is waited", { status: 429, headers: { "retry-after": "60" } }, "it answers with status 429"]
]

for (const provider of providers) {
  it.live(`L4: ${provider} is given what was offered as a schema, and its answer is one of those`, () =>
    Effect.gen(function* () {
      const { asked, url } = yield* languageModel(() => ({ answer: "Caja" }))
      expect(yield* ask(settingsFor(provider, url))).toEqual({ answer: "Caja", certain: true, tokens: 420 })
      expect(asked).toMatchObject([
        { offered: ["none", "Folio", "Caja"], system: expect.stringContaining(question.instructions) }
      ])
      expect(asked[0]?.data).toContain(question.data)
    })
  )

  for (const [what, said, reason] of useless) {
    it.live(`L4: ${what} from ${provider} is no answer, and asked for once`, () =>
      Effect.gen(function* () {
        const { asked, url } = yield* languageModel(() => said)
        const error = yield* Effect.flip(ask(settingsFor(provider, url)))
        expect(error).toMatchObject({ _tag: "NoAnswer", reason })
        expect(asked).toHaveLength(1)
      })
    )
  }

  for (const said of [{ status: 429, headers: { "retry-after": "0" } }, { status: 500 }, { status: 529 }]) {
    it.live(`L4: ${said.status} from ${provider} is asked again, once`, () =>
      Effect.gen(function* () {
        const better = yield* languageModel((_, nth) => (nth === 1 ? said : { answer: "Folio", certainty: "unsure" }))
        expect(yield* ask(settingsFor(provider, better.url))).toMatchObject({ answer: "Folio", certain: false })
        const worse = yield* languageModel(() => said)
        const error = yield* Effect.flip(ask(settingsFor(provider, worse.url)))
        expect([error.reason, worse.asked.length]).toEqual([`it answers with status ${said.status}`, 2])
      })
    )
  }

  it.live(`L4: ${provider} is waited for as long as it says, up to five seconds`, () =>
    Effect.gen(function* () {
      const { url } = yield* languageModel((_, nth) =>
        nth === 1 ? { status: 429, headers: { "retry-after": "1" } } : { answer: "Folio" }
      )
      const [took] = yield* Effect.timed(ask(settingsFor(provider, url)))
      expect(Duration.toMillis(took)).toBeGreaterThan(990)
    })
  )

  it.live(`L4: a key that ${provider} refuses is in no word of the refusal`, () =>
    Effect.gen(function* () {
      const { url } = yield* languageModel(() => ({ answer: "Folio" }))
      const error = yield* Effect.flip(ask(settingsFor(provider, url, "sk-otra-clave")))
      expect(error.reason).toBe("it answers with status 401")
      expect(JSON.stringify(error) + String(error)).not.toContain("sk-")
    })
  )

  it.live(`L4: ${provider} that stalls is left, and its connection with it`, () =>
    Effect.gen(function* () {
      const { asked, url } = yield* languageModel(() => ({ stalls: true }))
      const error = yield* Effect.flip(ask(settingsFor(provider, url), "400 millis"))
      expect(error.reason).toBe("it does not answer in time")
      yield* Effect.promise(() => asked[0]?.left ?? Promise.reject())
      expect(asked).toHaveLength(1)
    })
  )

  it.live(`L4: who is interrupted waits no longer for ${provider}`, () =>
    Effect.gen(function* () {
      const heard = Promise.withResolvers<void>()
      const { asked, url } = yield* languageModel(() => {
        heard.resolve()
        return { stalls: true }
      })
      const fiber = yield* Effect.fork(ask(settingsFor(provider, url)))
      yield* Effect.promise(() => heard.promise)
      yield* Fiber.interrupt(fiber)
      yield* Effect.promise(() => asked[0]?.left ?? Promise.reject())
    })
  )
}

it.live("no question, no answer and no key is in a log or a span, whatever becomes of them", () =>
  Effect.gen(function* () {
    const told: Array<unknown> = []
    const usual = yield* Effect.tracer
    const tracer = Tracer.make({
      context: usual.context,
      span: (...spec) => {
        const span = usual.span(...spec)
        told.push(span)
        return span
      }
    })
    const logger = Logger.make(({ cause, message, spans }) => told.push([message, Cause.pretty(cause), [...spans]]))
    for (const said of [{ answer: "Caja" }, { text: "Caja, claro" }, { status: 401 }, { body: "Caja" }]) {
      for (const provider of providers) {
        const { url } = yield* languageModel(() => said)
        yield* Effect.ignore(ask(settingsFor(provider, url))).pipe(
          Effect.withSpan("asking"),
          Effect.withTracer(tracer),
          Effect.provide(Logger.replace(Logger.defaultLogger, logger)),
          Logger.withMinimumLogLevel(LogLevel.All)
        )
      }
    }
    const text = Bun.inspect(told, { depth: 12 })
    expect(told.length).toBe(8)
    expect(text).toContain("asking")
    for (const secret of [question.instructions, question.data, "Caja", key]) expect(text).not.toContain(secret)
  })
)

it.live("a server that knows no schemas is asked without, by what stands in the prompt, and thinks aloud before", () =>
  Effect.gen(function* () {
    const text = '<think>{"a":1} is no label</think>\n```json\n{"answer": "Folio", "certainty": "certain"}\n```'
    const { asked, url } = yield* languageModel(() => ({ text }), { knowsSchemas: false })
    expect(yield* ask(settingsFor("openai", url))).toMatchObject({ answer: "Folio", certain: true })
    expect(asked.map(({ offered }) => offered.length)).toEqual([3, 0])
    expect(asked[1]?.system).toContain(`{"answer": <one of the answers`)
    expect(asked[1]?.data).toContain(`["Folio","Caja"]`)
  })
)

it.live("no key and no question follow a redirect", () =>
  Effect.gen(function* () {
    const elsewhere = yield* languageModel(() => ({ answer: "Folio" }))
    const server = Bun.serve({ port: 0, fetch: () => Response.redirect(elsewhere.url.href, 307) })
    yield* Effect.addFinalizer(() => Effect.promise(() => server.stop(true)))
    const error = yield* Effect.flip(ask(settingsFor("anthropic", server.url)))
    expect(error.reason).toBe("it cannot be reached")
    expect(elsewhere.asked).toEqual([])
  })
)

it.live("where nobody is there to be asked, that is no answer either", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(ask(settingsFor("openai", new URL("http://127.0.0.1:1"))))
    expect(error.reason).toBe("it cannot be reached")
    expect(String(error)).not.toContain(key)
  })
)

it.live("none is asked where none is set", () =>
  Effect.map(Effect.provide(Llm, layerOf(new Map(), "8 seconds")), (llm) => expect(llm).toEqual(Option.none()))
)
