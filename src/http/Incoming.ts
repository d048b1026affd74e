import { Config, Effect } from "effect"
import type { Language } from "./RequestInfo.ts"

const weigh = (range: string) => {
  const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith("q="))
  return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality.slice(2)) }
}

/** Spanish, unless English is what the reader likes better. */
export const languageOf = (acceptLanguage: string | null): Language => {
  const quality = (language: Language) =>
    (acceptLanguage ?? "")
      .split(",")
      .map(weigh)
      .reduce((best, range) => (range.language === language && range.quality > best ? range.quality : best), 0)
  return quality("en") > quality("es") ? "en" : "es"
}

const sane = /^[A-Za-z0-9._-]{8,128}$/

const idOf = (given: string | null) => (given !== null && sane.test(given) ? given : crypto.randomUUID())

/**
 * Reads what `RequestInfo` tells. The caller's address is the socket's, except on Fly, whose proxy overwrites
 * `Fly-Client-IP` on every request; no other header is believed.
 */
export const reader = Effect.gen(function* () {
  const onFly = yield* Config.nonEmptyString("FLY_APP_NAME").pipe(Config.option)
  return (request: Request, socketAddress: string | undefined) => {
    const forwarded = onFly._tag === "Some" ? request.headers.get("fly-client-ip") : null
    return {
      id: idOf(request.headers.get("x-request-id")),
      language: languageOf(request.headers.get("accept-language")),
      address: forwarded ?? socketAddress ?? "unknown"
    }
  }
})
