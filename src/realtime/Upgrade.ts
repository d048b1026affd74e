import { HttpServerResponse } from "@effect/platform"
import { type Cause, Effect, Redacted, Schema } from "effect"
import { AuthUnavailable } from "../auth/Account.ts"
import { Unauthorized } from "../auth/Authentication.ts"
import { isOutage } from "../http/Outage.ts"
import * as Respond from "../http/Respond.ts"
import * as Problem from "../Problem.ts"
import { TaskNotFound } from "../tasks/Errors.ts"
import { TaskId } from "../tasks/Status.ts"
import { relayedHeader } from "./Peer.ts"

/** The address is a socket's, the request is none. */
export class UpgradeRequired extends Problem.make<UpgradeRequired>()("UpgradeRequired", {
  status: 426,
  code: "UPGRADE_REQUIRED",
  es: "Esta dirección es de un WebSocket.",
  en: "This address is that of a WebSocket."
}) {}

export class InvalidAfter extends Problem.make<InvalidAfter>()("InvalidAfter", {
  status: 400,
  code: "VALIDATION",
  fields: {
    errors: Schema.Array(Schema.Struct({ pointer: Schema.String, code: Schema.String, detail: Schema.String }))
  },
  es: "La petición no es válida: vea errors.",
  en: "The request is not valid: see errors."
}) {}

export class ForeignOrigin extends Problem.make<ForeignOrigin>()("ForeignOrigin", {
  status: 403,
  code: "FOREIGN_ORIGIN",
  es: "Las páginas de ese origen no pueden usar esta dirección.",
  en: "Pages of that origin may not use this address."
}) {}

export const protocol = "timbra.v1"
const bearer = "bearer."

const protocolsOf = (request: Request) =>
  (request.headers.get("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim())

/** Browsers cannot set a header on a socket, so theirs comes as a subprotocol. */
const tokenOf = (request: Request) => {
  const [, header] = /^Bearer +([^ ]+)$/i.exec(request.headers.get("authorization") ?? "") ?? []
  const offered = protocolsOf(request).find((name) => name.startsWith(bearer))
  return header ?? offered?.slice(bearer.length)
}

const After = Schema.NumberFromString.pipe(Schema.int(), Schema.between(0, 2 ** 31 - 1))
const decodeAfter = Schema.decodeUnknown(Schema.UndefinedOr(After))
const decodeId = Schema.decodeUnknown(TaskId)

const invalidAfter = () =>
  new InvalidAfter({
    errors: [{ pointer: "/query/after", code: "INVALID", detail: "0 … 2147483647" }]
  })

/** A page may come from where the API may be read from, or from this very server; other clients tell no origin. */
const isForeign = (request: Request, origins: ReadonlyArray<string>) => {
  const origin = request.headers.get("origin")
  return origin !== null && !origins.includes(origin) && URL.parse(origin)?.host !== request.headers.get("host")
}

/** What the request for a socket says, or what is wrong with it; its token is still to be judged. */
export const read = Effect.fn("Upgrade.read")(function* (request: Request, origins: ReadonlyArray<string>) {
  const url = new URL(request.url)
  const [, id, live] = /^\/ws\/([^/]+)(\/live)?$/.exec(url.pathname) ?? []
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") return yield* new UpgradeRequired()
  if (isForeign(request, origins)) return yield* new ForeignOrigin()
  const token = tokenOf(request)
  if (token === undefined) return yield* new Unauthorized()
  const after = yield* Effect.mapError(decodeAfter(url.searchParams.get("after") ?? undefined), invalidAfter)
  const headers: Record<string, string> = protocolsOf(request).includes(protocol)
    ? { "Sec-WebSocket-Protocol": protocol }
    : {}
  // Judged only once it is known who asks: a stranger is not told which ids are well formed.
  const taskId = Effect.mapError(decodeId(id), () => new TaskNotFound())
  const relayed = request.headers.has(relayedHeader)
  return { token: Redacted.make(token), taskId, after, headers, live: live !== undefined, relayed }
})

const Refused = Schema.Union(Unauthorized, AuthUnavailable, TaskNotFound, UpgradeRequired, InvalidAfter, ForeignOrigin)
const encode = Schema.encode(Refused)

/** A refusal before the upgrade, as any other answer of this server. */
export const refusal = (error: typeof Refused.Type) =>
  Effect.map(Effect.orDie(encode(error)), (problem) => {
    const headers = new Headers({ "content-type": Problem.contentType })
    if (problem.status === 401) headers.set("WWW-Authenticate", "Bearer")
    if (problem.status === 426) headers.set("Upgrade", "websocket")
    return Response.json(problem, { status: problem.status, headers })
  })

/** As for any other request, nothing of the inside is told. */
export const failure = (cause: Cause.Cause<never>) => {
  const answer = isOutage(cause) ? Respond.unavailable : Respond.internal
  return Effect.zipRight(Effect.logError("A socket could not be opened", cause), answer).pipe(
    Effect.map((response) => HttpServerResponse.toWeb(response))
  )
}
