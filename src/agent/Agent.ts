import { Effect, Option } from "effect"
import type { BrowserContext } from "playwright-core"
import { Egress } from "../egress/Egress.ts"
import { type AgentError, BrowserGone, BrowsersTaken, PortalDown, SubmitUncertain } from "./AgentError.ts"
import { arrive } from "./Arrive.ts"
import type { Assignment } from "./Assignment.ts"
import { guard } from "./act/Guard.ts"
import { Hands, makeHands } from "./act/Hands.ts"
import { Browser, type BrowserLost, type NoVacancy } from "./browser/Browser.ts"
import type { Completion } from "./Completion.ts"
import type { Desk } from "./Desk.ts"
import { intend } from "./Intent.ts"
import { concludeKept } from "./invoice/Collect.ts"
import { Journey } from "./Journey.ts"
import { mayVisit, watchLeaving } from "./Leaving.ts"
import { drive } from "./Pilot.ts"
import type { PageError } from "./page/PageError.ts"
import { type NativeDialog, openTab } from "./page/Tab.ts"
import { Llm } from "./plan/Llm.ts"
import { plain } from "./portal/Plain.ts"
import { takeover } from "./Takeover.ts"

const leaving = /salir|cancelar|eliminar|borrar|descartar|abandonar|perder/
// "Una vez emitida no se puede cancelar" warns of what follows a yes.
const irreversible = /\bno (se )?(podra|puede|es posible|sera posible|habra)[^.?!¿]*/g
const recovering = /recuperar|reenviar|descargar/
const stamping = /generar|timbrar|emitir|facturar|factura|cfdi|enviar|correctos/

/** Turns a ticket and a taxpayer into a proven invoice by way of the shop's own portal. */
export class Agent extends Effect.Service<Agent>()("agent/Agent", {
  effect: Effect.gen(function* () {
    const browser = yield* Browser
    const egress = yield* Egress
    const llm = yield* Llm

    /** What went wrong with the page, as what it means for the task. */
    const explain =
      (journey: Journey) =>
      (error: AgentError | PageError | BrowserLost | NoVacancy): AgentError => {
        const uncertain = (what: string) =>
          new SubmitUncertain({ reason: `Se envió la solicitud y después ${what}; no se sabe cómo terminó.` })
        switch (error._tag) {
          case "NoVacancy":
            return new BrowsersTaken({ reason: "Todos los navegadores están ocupados.", retryAfter: error.retryAfter })
          case "BrowserLost":
          case "PageClosed":
            return journey.stamping
              ? uncertain("se perdió el navegador")
              : new BrowserGone({ reason: "Se perdió el navegador." })
          case "PageStuck":
          case "PageMoved":
            return journey.stamping
              ? uncertain("el portal dejó de responder")
              : new PortalDown({ reason: "El portal dejó de responder." })
          default:
            return error
        }
      }

    const run = Effect.fn("Agent.run")(function* (
      assignment: Assignment,
      desk: Desk
    ): Effect.fn.Return<Completion, AgentError> {
      const journey = new Journey()

      // A native question is answered with yes, save one that would leave; one that may stamp has the intent committed
      // first, or is put off until the user was asked.
      const agreeIn = (context: BrowserContext) =>
        Effect.fnUntraced(
          function* ({ text }: NativeDialog) {
            const said = plain(text).replace(irreversible, " ")
            if (leaving.test(said)) return false
            if (recovering.test(said)) return true
            if (journey.stamping || !stamping.test(said) || journey.given.size < 3) return true
            if (assignment.submitted) return false
            if (!journey.confirmed && (assignment.confirmBeforeSubmit || !journey.given.has("rfc"))) {
              journey.presses.holdBack()
              return false
            }
            if (!journey.intended) yield* guard(context, journey)
            yield* intend(desk, journey)
            journey.beginStamp()
            return true
          },
          // A page that is gone asks nothing any more.
          Effect.catchAll((error) => Effect.as(Effect.logDebug("native question not answered", error._tag), false))
        )

      const kept = assignment.submitted ? yield* concludeKept(assignment, desk) : Option.none()
      if (Option.isSome(kept)) return kept.value

      return yield* Effect.gen(function* () {
        yield* mayVisit(egress, assignment.vendorUrl)
        const session = yield* browser.session
        const left = yield* watchLeaving(session.context, egress)
        const drivePortal = Effect.gen(function* () {
          const tab = yield* openTab(session, agreeIn(session.context))
          yield* desk.show(yield* takeover({ assignment, desk, tab, journey }))
          yield* arrive(tab, assignment.vendorUrl, desk)
          return yield* drive({ assignment, desk, tab, journey })
        })
        return yield* Effect.raceFirst(drivePortal, Effect.raceFirst(session.lost, left))
      }).pipe(
        Effect.scoped,
        Effect.provideServiceEffect(Hands, makeHands),
        Effect.provideService(Llm, llm),
        Effect.mapError(explain(journey))
      )
    })

    return { run } as const
  })
}) {}
