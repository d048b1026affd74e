import { Effect } from "effect"

/** What the stand-in says to one question: an answer, or one of the ways in which there is none. */
export type Said =
  | { readonly answer: string; readonly certainty?: string }
  | { readonly text: string }
  | { readonly refusal: true }
  | { readonly body: string }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly stalls: true }

export interface Asked {
  /** The request as it came: its address, its headers, its body. */
  readonly whole: string
  readonly system: string
  readonly data: string
  /** The answers that its schema allows, if it has one. */
  readonly offered: ReadonlyArray<string>
  /** Settled when the client has gone away. */
  readonly left: Promise<void>
}

export const key = "sk-test-clave-91c4"
export const model = "modelo-de-prueba"

interface Wire {
  readonly model: string
  readonly max_tokens?: number
  readonly system?: ReadonlyArray<{ readonly text: string }>
  readonly messages: ReadonlyArray<{
    readonly role: string
    readonly content: string | ReadonlyArray<{ text: string }>
  }>
  readonly response_format?: { readonly json_schema: { readonly strict: boolean; readonly schema: AnswerSchema } }
  readonly tools?: ReadonlyArray<{ readonly name: string; readonly input_schema: AnswerSchema }>
  readonly tool_choice?: { readonly type: string; readonly name: string }
}

interface AnswerSchema {
  readonly additionalProperties?: boolean
  readonly required?: ReadonlyArray<string>
  readonly properties: Readonly<Record<string, { readonly enum?: ReadonlyArray<string> }>>
}

const textOf = (content: Wire["messages"][number]["content"] = "") =>
  typeof content === "string" ? content : content.map(({ text }) => text).join("\n")

const error = (status: number, type: string, headers: Readonly<Record<string, string>> = {}) =>
  Response.json(
    { type: "error", error: { type, code: type, param: null, message: `${type} for ${key}` } },
    { status, headers }
  )

/** As OpenAI documents them; a strict schema has to name all of its properties and no others. */
const chatCompletion = (said: Said) => {
  const content =
    "answer" in said ? JSON.stringify({ certainty: "certain", ...said }) : "text" in said ? said.text : null
  return Response.json({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_795_000_000,
    model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content, refusal: "refusal" in said ? "No puedo ayudar con eso." : null },
        logprobs: null,
        finish_reason: "stop"
      }
    ],
    usage: { prompt_tokens: 400, completion_tokens: 20, total_tokens: 420 }
  })
}

/** As Anthropic documents them: the object is the input of the tool that had to be used. */
const message = (said: Said, tool: string) => {
  const content =
    "answer" in said
      ? [{ type: "tool_use", id: "toolu_01", name: tool, input: { certainty: "certain", ...said } }]
      : "text" in said
        ? [{ type: "text", text: said.text }]
        : []
  return Response.json({
    id: "msg_01",
    type: "message",
    role: "assistant",
    model,
    content,
    stop_reason: "refusal" in said ? "refusal" : "answer" in said ? "tool_use" : "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 400, output_tokens: 20 }
  })
}

const isStrict = ({ json_schema: { schema, strict } }: NonNullable<Wire["response_format"]>) =>
  strict &&
  schema.additionalProperties === false &&
  Object.keys(schema.properties).every((name) => schema.required?.includes(name))

/**
 * A server that speaks the documented protocols of OpenAI (chat completions) and Anthropic (messages) and says what it is
 * told to, question by question; the last of `says` for ever.
 */
export const languageModel = (
  says: (asked: Asked, nth: number) => Said,
  { knowsSchemas = true }: { readonly knowsSchemas?: boolean } = {}
) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const asked: Array<Asked> = []
      const server = Bun.serve({
        hostname: "127.0.0.1",
        port: 0,
        idleTimeout: 0,
        fetch: async (request) => {
          const { pathname } = new URL(request.url)
          const body = await request.text()
          const wire: Wire = JSON.parse(body)
          const [tool] = wire.tools ?? []
          const schema = tool?.input_schema ?? wire.response_format?.json_schema.schema
          const system = wire.system?.map(({ text }) => text).join("\n")
          const question: Asked = {
            whole: [request.method, request.url, JSON.stringify([...request.headers]), body].join("\n"),
            system: system ?? textOf(wire.messages.find(({ role }) => role === "system")?.content),
            data: textOf(wire.messages.find(({ role }) => role === "user")?.content),
            offered: schema?.properties.answer?.enum ?? [],
            left: new Promise((resolve) => request.signal.addEventListener("abort", () => resolve()))
          }
          asked.push(question)
          if (pathname === "/v1/messages") {
            if (request.headers.get("x-api-key") !== key) return error(401, "authentication_error")
            const forced = wire.tool_choice?.type === "tool" && wire.tool_choice.name === tool?.name
            if (!forced || !wire.max_tokens || request.headers.get("anthropic-version") === null)
              return error(400, "invalid_request_error")
          } else {
            if (pathname !== "/v1/chat/completions") return error(404, "not_found")
            if (request.headers.get("authorization") !== `Bearer ${key}`) return error(401, "invalid_api_key")
            const format = wire.response_format
            if (format && (!knowsSchemas || !isStrict(format))) return error(400, "invalid_request_error")
          }
          if (wire.model !== model) return error(404, "model_not_found")
          const said = says(question, asked.length)
          if ("stalls" in said) return question.left.then(() => new Response(null, { status: 499 }))
          if ("status" in said) return error(said.status, "server_error", said.headers)
          if ("body" in said) return new Response(said.body, { headers: { "content-type": "application/json" } })
          return pathname === "/v1/messages" ? message(said, tool?.name ?? "") : chatCompletion(said)
        }
      })
      return { url: server.url, asked, stop: () => server.stop(true) }
    }),
    ({ stop }) => Effect.promise(stop)
  )

/** The settings of a Timbra that asks it. */
export const settingsFor = (provider: "openai" | "anthropic", url: URL, apiKey = key) =>
  new Map([
    ["LLM_PROVIDER", provider],
    ["LLM_API_KEY", apiKey],
    ["LLM_MODEL", model],
    ["LLM_BASE_URL", new URL("/v1", url).href]
  ])
