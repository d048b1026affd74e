import type { AiError } from "@effect/ai/AiError"
import {
  type Cause,
  Config,
  Context,
  Data,
  Duration,
  Effect,
  Layer,
  Metric,
  Option,
  Redacted,
  Schema,
  Scope
} from "effect"
import * as Measures from "../../telemetry/Measures.ts"

const provider = Config.literal("none", "openai", "anthropic")("LLM_PROVIDER").pipe(Config.withDefault("none"))

const baseUrl = Config.url("LLM_BASE_URL").pipe(
  Config.validate({
    message: "must begin with http:// or https://",
    validation: (url) => /^https?:$/.test(url.protocol)
  }),
  Config.option
)

const account = Config.all({
  apiKey: Config.nonEmptyString("LLM_API_KEY").pipe(Config.map(Redacted.make)),
  model: Config.nonEmptyString("LLM_MODEL"),
  baseUrl
})

/** Which language model is asked, if any. */
export const llmSettings = Effect.flatMap(provider, (provider) =>
  provider === "none"
    ? Effect.succeedNone
    : Effect.map(account, (account) => Option.some({ provider, ...account } as const))
)

export type LlmSettings = Option.Option.Value<Effect.Effect.Success<typeof llmSettings>>

/** A question that only one of these answers, or "none", can answer. */
export interface ClosedQuestion {
  readonly instructions: string
  /** What is known, masked; none of it is believed to be an instruction. */
  readonly data: string
  readonly answers: ReadonlyArray<string>
}

export interface ClosedAnswer {
  /** "none", or one of those that were offered. */
  readonly answer: string
  readonly certain: boolean
  readonly tokens: number
}

/** The model gave no answer that was offered. What it said instead is kept nowhere. */
export class NoAnswer extends Data.TaggedError("NoAnswer")<{ readonly reason: string }> {
  override get message() {
    return this.reason
  }
}

export interface LanguageModel {
  readonly name: string
  readonly ask: (question: ClosedQuestion) => Effect.Effect<ClosedAnswer, NoAnswer>
}

/** The language model that is asked what the rules leave open, before a person is; there need be none. */
export class Llm extends Context.Reference<Llm>()("agent/plan/Llm", {
  defaultValue: () => Option.none<LanguageModel>()
}) {}

const longestWait = Duration.seconds(5)
const shortWait = Duration.millis(500)

/** How long to wait before the one repetition that may help. */
const waitBefore = (error: AiError | Cause.TimeoutException): Duration.Duration | undefined => {
  if (error._tag === "HttpRequestError") return error.reason === "Transport" ? shortWait : undefined
  if (error._tag !== "HttpResponseError") return undefined
  const { headers, status } = error.response
  if (status !== 429 && status < 500) return undefined
  const asked = headers["retry-after"]
  const wait = asked === undefined ? shortWait : Duration.seconds(Number(asked))
  return Number.isNaN(Number(asked ?? 0)) || Duration.greaterThan(wait, longestWait) ? undefined : wait
}

// The whole error holds the request, and with it the key; or the answer.
const reasonOf = (error: AiError | Cause.TimeoutException) => {
  switch (error._tag) {
    case "TimeoutException":
      return "it does not answer in time"
    case "HttpRequestError":
      return "it cannot be reached"
    case "HttpResponseError":
      return error.reason === "StatusCode" ? `it answers with status ${error.response.status}` : "it answers no JSON"
    default:
      return "it gives none of the answers"
  }
}

const replyTo = (answers: ReadonlyArray<string>) =>
  Schema.Struct({
    answer: Schema.Literal("none", ...answers),
    certainty: Schema.Literal("certain", "probable", "unsure")
  })

/** Its answer ends the prompt of every provider, those too that know of no schemas. */
const format = `Reply with JSON alone: {"answer": <one of the answers, word for word, or "none">, "certainty": "certain" | "probable" | "unsure"}.`

const make = (settings: LlmSettings, patience: Duration.DurationInput) =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    // Its libraries take their time to load, so that is done when there is something to ask.
    const model = yield* Effect.promise(() => import("./LlmProviders.ts")).pipe(
      Effect.flatMap(({ modelOf }) => modelOf(settings)),
      Scope.extend(scope),
      Effect.cached
    )
    const counted = (outcome: string) =>
      Metric.increment(
        Metric.tagged(Metric.tagged(Measures.llmCalls, "provider", settings.provider), "outcome", outcome)
      )

    const ask = Effect.fnUntraced(
      function* ({ answers, data, instructions }: ClosedQuestion) {
        const service = yield* model
        const call = Effect.timeout(
          service.generateObject({
            objectName: "answer",
            schema: replyTo(answers),
            prompt: [
              { role: "system", content: `${instructions} ${format}` },
              { role: "user", content: [{ type: "text", text: `${data}\nAnswers: ${JSON.stringify(answers)}` }] }
            ]
          }),
          patience
        )
        const { usage, value } = yield* Effect.catchAll(call, (error) => {
          const wait = waitBefore(error)
          return wait === undefined ? Effect.fail(error) : Effect.delay(call, wait)
        })
        const tokens = usage.totalTokens ?? 0
        yield* Metric.incrementBy(Metric.tagged(Measures.llmTokens, "provider", settings.provider), tokens)
        return { answer: value.answer, certain: value.certainty === "certain", tokens }
      },
      Effect.mapError((error) => new NoAnswer({ reason: reasonOf(error) })),
      Effect.tapBoth({ onSuccess: () => counted("answered"), onFailure: () => counted("failed") }),
      // A span of it would tell of its request.
      Effect.withTracerEnabled(false)
    )

    return Option.some<LanguageModel>({ name: `${settings.provider}, ${settings.model}`, ask })
  })

/** Asked at `LLM_PROVIDER`; where there is none nothing is loaded. */
export const llmWith = (patience: Duration.DurationInput) =>
  Layer.scoped(
    Llm,
    Effect.flatMap(
      llmSettings,
      Option.match({ onNone: () => Effect.succeedNone, onSome: (settings) => make(settings, patience) })
    )
  )

export const LlmLive = llmWith("8 seconds")
