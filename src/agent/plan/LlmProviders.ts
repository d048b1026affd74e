import * as AiError from "@effect/ai/AiError"
import * as LanguageModel from "@effect/ai/LanguageModel"
import * as Tool from "@effect/ai/Tool"
import { AnthropicClient, make as makeClient } from "@effect/ai-anthropic/AnthropicClient"
import { make as makeAnthropic } from "@effect/ai-anthropic/AnthropicLanguageModel"
import { FetchHttpClient, HttpClient, HttpClientError, HttpClientRequest, HttpClientResponse } from "@effect/platform"
import { Effect, Layer, Option, Redacted, Ref, Schema, Stream } from "effect"
import type { LlmSettings } from "./Llm.ts"

const maxAnswerBytes = 65_536
const maxAnswerTokens = 1_000

/** An answer of no more than some words; one that does not end is not read to its end. */
const bounded = (response: HttpClientResponse.HttpClientResponse) =>
  response.stream.pipe(
    Stream.runFoldWhile(
      new Uint8Array(),
      (read) => read.length <= maxAnswerBytes,
      (read, more) => Buffer.concat([read, more])
    ),
    Effect.filterOrFail(
      (read) => read.length <= maxAnswerBytes,
      () => new HttpClientError.ResponseError({ request: response.request, response, reason: "Decode" })
    ),
    Effect.map((read) => {
      const { headers, status } = response
      return HttpClientResponse.fromWeb(
        response.request,
        new Response(read.length === 0 ? null : read, { headers, status })
      )
    })
  )

// What a proxy answers for a provider is not in the provider's form: its status is all that is read of an error.
const client = Effect.map(HttpClient.HttpClient, (client) =>
  HttpClient.transformResponse(HttpClient.filterStatusOk(client), Effect.flatMap(bounded))
)

// A server that redirects would be sent the key and the question a second time, somewhere else.
const ClientLive = FetchHttpClient.layer.pipe(
  Layer.provide(Layer.succeed(FetchHttpClient.RequestInit, { redirect: "error" }))
)

const where = ({ baseUrl }: LlmSettings, otherwise: string) =>
  Option.match(baseUrl, { onNone: () => otherwise, onSome: ({ href }) => href.replace(/\/$/, "") })

const anthropic = (settings: LlmSettings) =>
  makeAnthropic({ model: settings.model, config: { max_tokens: maxAnswerTokens } }).pipe(
    Effect.provideServiceEffect(
      AnthropicClient,
      makeClient({
        apiKey: settings.apiKey,
        apiUrl: where(settings, "https://api.anthropic.com").replace(/\/v1$/, "")
      })
    )
  )

/** What is read of a chat completion; servers that only resemble OpenAI's leave out most else. */
const Completion = Schema.Struct({
  choices: Schema.NonEmptyArray(Schema.Struct({ message: Schema.Struct({ content: Schema.String }) })),
  usage: Schema.optional(
    Schema.NullOr(Schema.Struct({ prompt_tokens: Schema.Number, completion_tokens: Schema.Number }))
  )
})

const failed = { module: "OpenAiChat", method: "createChatCompletion" }

const messagesOf = ({ prompt }: LanguageModel.ProviderOptions) =>
  prompt.content.flatMap((message) => {
    if (message.role === "system") return [{ role: "system", content: message.content }]
    if (message.role !== "user") return []
    const texts = message.content.flatMap((part) => (part.type === "text" ? [part.text] : []))
    return [{ role: "user", content: texts.join("\n") }]
  })

const formatOf = ({ responseFormat }: LanguageModel.ProviderOptions) => {
  if (responseFormat.type === "text") return {}
  const schema = Tool.getJsonSchemaFromSchemaAst(responseFormat.schema.ast)
  return {
    response_format: { type: "json_schema", json_schema: { name: responseFormat.objectName, strict: true, schema } }
  }
}

/** The last object in a text: models of other servers think aloud before it, or put it into a fence. */
const objectIn = (text: string) => text.slice(Math.max(0, text.lastIndexOf("{")), text.lastIndexOf("}") + 1)

/**
 * Chat completions rather than the newer Responses, which @effect/ai-openai alone speaks: they are what the servers that
 * call themselves compatible with OpenAI's have in common.
 */
const openAi = Effect.fnUntraced(function* (settings: LlmSettings) {
  const http = HttpClient.mapRequest(yield* HttpClient.HttpClient, (request) =>
    request.pipe(
      HttpClientRequest.prependUrl(where(settings, "https://api.openai.com/v1")),
      HttpClientRequest.bearerToken(Redacted.value(settings.apiKey)),
      HttpClientRequest.acceptJson
    )
  )
  const knowsSchemas = yield* Ref.make(true)

  const complete = (options: LanguageModel.ProviderOptions, withSchema: boolean) =>
    HttpClientRequest.post("/chat/completions").pipe(
      HttpClientRequest.bodyUnsafeJson({
        model: settings.model,
        messages: messagesOf(options),
        max_completion_tokens: maxAnswerTokens,
        ...(withSchema ? formatOf(options) : {})
      }),
      http.execute,
      Effect.flatMap(HttpClientResponse.schemaBodyJson(Completion))
    )

  const generateText = Effect.fnUntraced(
    function* (options: LanguageModel.ProviderOptions) {
      const withSchema = yield* Ref.get(knowsSchemas)
      const { choices, usage } = yield* Effect.catchIf(
        complete(options, withSchema),
        (error) => withSchema && error._tag === "ResponseError" && [400, 422].includes(error.response.status),
        () => Effect.zipLeft(complete(options, false), Ref.set(knowsSchemas, false))
      )
      const { content } = choices[0].message
      const [inputTokens, outputTokens] = [usage?.prompt_tokens, usage?.completion_tokens]
      const totalTokens = usage ? usage.prompt_tokens + usage.completion_tokens : undefined
      return [
        { type: "text" as const, text: options.responseFormat.type === "json" ? objectIn(content) : content },
        { type: "finish" as const, reason: "stop" as const, usage: { inputTokens, outputTokens, totalTokens } }
      ]
    },
    Effect.catchTags({
      RequestError: (error) => AiError.HttpRequestError.fromRequestError({ ...failed, error }),
      ResponseError: (error) => AiError.HttpResponseError.fromResponseError({ ...failed, error }),
      ParseError: (error) => AiError.MalformedOutput.fromParseError({ ...failed, error })
    })
  )

  return yield* LanguageModel.make({
    generateText,
    streamText: () =>
      Stream.fail(new AiError.MalformedInput({ ...failed, description: "Closed answers are not streamed" }))
  })
})

export const modelOf = (settings: LlmSettings) =>
  (settings.provider === "anthropic" ? anthropic(settings) : openAi(settings)).pipe(
    Effect.provideServiceEffect(HttpClient.HttpClient, client),
    Effect.provide(ClientLive)
  )
