import * as http from "node:http"
import * as https from "node:https"
import { Data, type Duration, Effect } from "effect"
import { type Destination, type Egress, hostOf, portOf } from "./Egress.ts"

/** No answer came. */
export class Unanswered extends Data.TaggedError("Unanswered")<{ readonly cause: unknown }> {
  override get message() {
    return this.cause instanceof Error ? this.cause.message : String(this.cause)
  }
}

interface Letter {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeout: Duration.DurationInput
}

const send = ({ body, headers, url }: Letter, { addresses }: Destination) =>
  Effect.async<number, Unanswered>((resume) => {
    const failed = (cause: unknown) => resume(new Unanswered({ cause }))
    const known = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }))
    const request = (url.protocol === "https:" ? https : http).request(
      url,
      {
        method: "POST",
        agent: false,
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        lookup: (_name, _options, found) => found(null, known)
      },
      (response) => {
        resume(Effect.succeed(response.statusCode ?? 0))
        // What it says besides is nobody's business, and may have no end.
        response.destroy()
      }
    )
    request.on("error", failed)
    request.end(body)
    return Effect.sync(() => request.destroy())
  })

/**
 * Posts to an address that somebody else chose: to a checked address of its host only, following no redirect. The status
 * of the answer is all that comes back. Bun's `fetch` will not do: NO_PROXY silently sends it past any proxy.
 */
export const post = (egress: Egress, letter: Letter) =>
  egress.destination(hostOf(letter.url), portOf(letter.url) ?? 0).pipe(
    Effect.flatMap((destination) => send(letter, destination)),
    Effect.timeoutFail({ duration: letter.timeout, onTimeout: () => new Unanswered({ cause: "no answer in time" }) })
  )
