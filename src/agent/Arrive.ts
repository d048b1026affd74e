import { Effect } from "effect"
import { PortalBlocked, PortalDown, UnsupportedPortal } from "./AgentError.ts"
import { Hands } from "./act/Hands.ts"
import type { Desk } from "./Desk.ts"
import { settle } from "./page/Settle.ts"
import type { Tab } from "./page/Tab.ts"

const arrivalMs = 30_000

const noSuchHost = /ERR_NAME_NOT_RESOLVED|ERR_ADDRESS_INVALID|ERR_INVALID_URL/
const failure = (message: string) => /net::(ERR_\w+)/.exec(message)?.[1] ?? "sin respuesta"

/** Opens the portal, or says why it cannot be. */
export const arrive = Effect.fn("agent.arrive")(function* (tab: Tab, url: URL, desk: Desk) {
  yield* desk.step({ type: "navigate", message: `Abro ${url.host}`, content: url.origin + url.pathname })
  const hands = yield* Hands
  const opening = Effect.tryPromise({
    try: () => tab.page().goto(url.href, { waitUntil: "domcontentloaded", timeout: arrivalMs }),
    catch: (cause) => {
      const message = String(cause)
      return noSuchHost.test(message)
        ? new UnsupportedPortal({ reason: `La dirección ${url.host} no existe.` })
        : new PortalDown({ reason: `El portal no respondió (${failure(message)}).` })
    }
  })
  // A user who was faster than this has found an empty page.
  const response = yield* hands.act(opening).pipe(
    Effect.tapErrorTag("PageMoved", () => hands.looks),
    Effect.retry({ while: (error) => error._tag === "PageMoved" })
  )
  yield* settle(tab)
  const status = response?.status() ?? 200
  if (status >= 500) return yield* new PortalDown({ reason: `El portal respondió con el error ${status}.` })
  const refused = status === 403 || status === 429
  // What keeps robots out lets people in who say that they are none.
  if (refused && (yield* tab.look).captchas.length === 0)
    return yield* new PortalBlocked({ reason: `El portal negó el acceso (${status}).` })
})
