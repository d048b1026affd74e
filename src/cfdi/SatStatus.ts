import { FetchHttpClient, HttpBody, HttpClient } from "@effect/platform"
import { Config, Context, Data, Effect, Layer, Option, Schedule } from "effect"
import type { Invoice } from "./Invoice.ts"
import { formatMoney } from "./Money.ts"
import { parseXml, type XmlElement } from "./Xml.ts"

/** What the SAT has against an invoice, or that it could not be heard. */
export type SatWarning = "SAT_CANCELLED" | "SAT_NOT_FOUND" | "SAT_UNREACHABLE" | "ISSUER_LISTED"

/** Asks the SAT's register whether it knows an invoice as valid. Never a reason to lose one: all it says are warnings. */
export class SatStatus extends Context.Tag("cfdi/SatStatus")<
  SatStatus,
  { readonly warnings: (invoice: Invoice) => Effect.Effect<ReadonlyArray<SatWarning>> }
>() {}

class NotRegistered extends Data.TaggedError("NotRegistered") {}
class NoAnswer extends Data.TaggedError("NoAnswer")<{ readonly said: string }> {
  override get message() {
    return this.said
  }
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

// An "&" in an RFC is escaped in what the QR code says already, and all of it once more for the envelope.
const expression = ({ uuid, issuer, receiver, total, sealEnd }: Invoice) =>
  `?id=${uuid}&re=${escaped(issuer.rfc)}&rr=${escaped(receiver.rfc)}&tt=${formatMoney(total)}&fe=${escaped(sealEnd)}`

const envelope = (invoice: Invoice) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><c:Consulta xmlns:c="http://tempuri.org/">` +
  `<c:expresionImpresa>${escaped(expression(invoice))}</c:expresionImpresa></c:Consulta></s:Body></s:Envelope>`

const headers = { SOAPAction: '"http://tempuri.org/IConsultaCFDIService/Consulta"' }

const textIn = (element: XmlElement, name: string): string | undefined =>
  element.name === name
    ? element.text().trim()
    : element.children().reduce<string | undefined>((found, child) => found ?? textIn(child, name), undefined)

const judged = Effect.fnUntraced(function* (answer: XmlElement) {
  const state = textIn(answer, "Estado")
  if (state === "No Encontrado") return yield* new NotRegistered()
  if (state !== "Vigente" && state !== "Cancelado") {
    return yield* new NoAnswer({ said: textIn(answer, "CodigoEstatus") ?? answer.name })
  }
  const warnings: ReadonlyArray<SatWarning> = state === "Cancelado" ? ["SAT_CANCELLED"] : []
  // The list of those who invoice what never happened, article 69-B of the CFF.
  return textIn(answer, "ValidacionEFOS") === "100" ? [...warnings, "ISSUER_LISTED" as const] : warnings
})

/** An invoice of a moment ago may not be in the register yet: asked three times, two seconds apart. */
const again = Schedule.intersect(Schedule.spaced("2 seconds"), Schedule.recurs(2))

const only = (warning: SatWarning): ReadonlyArray<SatWarning> => [warning]

const asking = (url: URL, client: HttpClient.HttpClient) =>
  Effect.fn("SatStatus.warnings")((invoice: Invoice) =>
    client.post(url, { headers, body: HttpBody.text(envelope(invoice), "text/xml; charset=utf-8") }).pipe(
      Effect.flatMap((response) => response.text),
      Effect.flatMap(parseXml),
      Effect.flatMap(judged),
      Effect.retry({ schedule: again, while: (error) => error._tag === "NotRegistered" }),
      Effect.timeout("10 seconds"),
      Effect.catchTag("NotRegistered", () => Effect.succeed(only("SAT_NOT_FOUND"))),
      // The whole error holds the request, and with it the RFCs.
      Effect.catchAll((error) =>
        Effect.as(Effect.logWarning("The SAT does not answer", error.message), only("SAT_UNREACHABLE"))
      )
    )
  )

/** Where the register is asked, if it is: `https://consultaqr.facturaelectronica.sat.gob.mx/ConsultaCFDIService.svc`. */
export const satStatusUrl = Config.option(Config.url("SAT_STATUS_URL"))

export const SatStatusLive = Layer.effect(
  SatStatus,
  Effect.gen(function* () {
    const client = HttpClient.filterStatusOk(yield* HttpClient.HttpClient)
    return {
      warnings: Option.match(yield* satStatusUrl, {
        onNone: () => () => Effect.succeed<ReadonlyArray<SatWarning>>([]),
        onSome: (url) => asking(url, client)
      })
    }
  })
).pipe(Layer.provide(FetchHttpClient.layer))
