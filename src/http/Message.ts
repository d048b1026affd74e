import { Effect, Option } from "effect"
import { RequestInfo } from "./RequestInfo.ts"

const text = (code: string, es: string, en: string) =>
  Effect.map(RequestInfo, ({ language }) => `${code}: ${language === "en" ? en : es}`)

/**
 * The annotation that says what is wrong with a value, in the language of the request and with a stable code:
 * `Schema.String.pipe(…).annotations(Message.of("POSTAL_CODE", "Son cinco dígitos.", "Five digits are needed."))`.
 */
export const of = (code: string, es: string, en: string) => ({
  message: () => ({ message: text(code, es, en), override: true })
})

/** The same for one check of several: it leaves the word to those before it. */
export const ofCheck = (code: string, es: string, en: string) => ({ message: () => text(code, es, en) })

/** The code and the text, if it is one of ours. */
export const parse = (message: string) => {
  const [, code, detail] = /^([A-Z][A-Z0-9_]+): (.+)$/s.exec(message) ?? []
  return code === undefined || detail === undefined ? Option.none() : Option.some({ code, detail })
}
