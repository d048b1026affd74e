import { expect } from "bun:test"
import { Effect, Exit, Layer } from "effect"
import { Agent } from "../../src/agent/Agent.ts"
import { parseInvoice } from "../../src/cfdi/Invoice.ts"
import type { DemoPortal } from "../../src/demo/Portal.ts"
import { DemoPortals } from "../../src/demo/Portals.ts"
import { AgentTest, assignment } from "../lib/agent.ts"
import { recordingDesk } from "../lib/desk.ts"
import * as it from "../lib/effect.ts"
import { printed, ticket } from "./invoice/Printed.ts"

const submits = (portal: DemoPortal) =>
  Effect.map(portal.requests, (requests) => requests.filter(({ kind }) => kind === "stamp" || kind === "submit").length)

const saleOf = (portal: DemoPortal, state: "open" | "expired" | "invoiced" | "missing", nth = 0) => {
  const sale = portal.sales.filter((sale) => sale.state === state)[nth]
  if (!sale) throw new Error(`no ${state} sale`)
  return sale
}

const timeout = 60_000

it.layer(Layer.merge(AgentTest, DemoPortals.Default({ host: "127.0.0.1" })))("the agent", (it) => {
  for (const index of [0, 1] as const) {
    it.live(
      `brings the proven invoice of demo portal ${"ab"[index]}, having recorded its intent and submitted once`,
      () =>
        Effect.gen(function* () {
          const agent = yield* Agent
          const portal = (yield* DemoPortals).portals[index]
          const sale = saleOf(portal, "open")
          const { desk, recorded } = recordingDesk()
          const task = assignment(portal.url, sale.ticket)
          const completion = yield* agent.run(task, desk)
          expect(completion).toMatchObject({ delivery: "download", warnings: [] })
          const [xml, pdf] = recorded.documents
          const invoice = yield* parseInvoice(xml?.bytes ?? "")
          expect(invoice).toMatchObject({
            total: sale.total,
            receiver: { rfc: task.profile.rfc, use: "G03", regime: "612" }
          })
          expect(Buffer.from(pdf?.bytes ?? []).toString("latin1")).toStartWith("%PDF-")
          expect(recorded.intents).toBe(1)
          expect(yield* submits(portal)).toBe(1)
          expect(JSON.stringify(recorded.steps)).not.toContain(task.profile.rfc)
        }),
      timeout
    )
  }

  it.live(
    "takes the portal's word that the invoice was mailed",
    () =>
      Effect.gen(function* () {
        const agent = yield* Agent
        const portal = (yield* DemoPortals).portals[2]
        const { desk, recorded } = recordingDesk()
        const completion = yield* agent.run(assignment(portal.url, saleOf(portal, "open").ticket), desk)
        expect(completion).toEqual({ delivery: "email", warnings: [], artifacts: [] })
        expect(JSON.stringify(recorded.steps)).not.toContain("xochilt@example.com")
      }),
    timeout
  )

  const refusals = [
    ["expired", "TICKET_EXPIRED", "plazo"],
    ["invoiced", "ALREADY_INVOICED", "facturado"],
    ["missing", "TICKET_NOT_FOUND", "No se encontró"]
  ] as const
  for (const [state, code, words] of refusals) {
    it.live(
      `D10: ends an ${state} ticket with ${code} and the portal's words, without a submit`,
      () =>
        Effect.gen(function* () {
          const agent = yield* Agent
          const portal = (yield* DemoPortals).portals[2]
          const before = yield* submits(portal)
          const { desk, recorded } = recordingDesk()
          const error = yield* Effect.flip(agent.run(assignment(portal.url, saleOf(portal, state).ticket), desk))
          expect(error).toMatchObject({ _tag: "TicketRefused", code })
          expect(error.reason).toContain(words)
          expect(recorded.intents).toBe(0)
          expect(yield* submits(portal)).toBe(before)
        }),
      timeout
    )
  }

  it.live(
    "D3: that is told of an earlier submit never submits again",
    () =>
      Effect.gen(function* () {
        const agent = yield* Agent
        const portal = (yield* DemoPortals).portals[0]
        const before = yield* submits(portal)
        const { desk, recorded } = recordingDesk()
        const task = { ...assignment(portal.url, saleOf(portal, "open", 2).ticket), submitted: true }
        const error = yield* Effect.flip(agent.run(task, desk))
        expect(error._tag).toBe("SubmitUncertain")
        expect(recorded.intents).toBe(0)
        expect(yield* submits(portal)).toBe(before)
      }),
    timeout
  )

  it.live(
    "that is told of an earlier submit and has its invoice visits no portal",
    () =>
      Effect.gen(function* () {
        const agent = yield* Agent
        const { uuid, xml } = yield* printed
        const { desk } = recordingDesk(undefined, [{ ...xml, id: "file" }])
        const task = { ...assignment(new URL("http://127.0.0.1:1/"), ticket, "company"), submitted: true }
        expect(yield* agent.run(task, desk)).toMatchObject({ invoice: { uuid }, artifacts: ["file"] })
      }),
    timeout
  )

  it.live(
    "sends nothing when its intent cannot be committed",
    () =>
      Effect.gen(function* () {
        const agent = yield* Agent
        const portal = (yield* DemoPortals).portals[0]
        const before = yield* submits(portal)
        const { desk } = recordingDesk()
        const exit = yield* agent
          .run(assignment(portal.url, saleOf(portal, "open", 3).ticket), { ...desk, intend: Effect.interrupt })
          .pipe(Effect.exit)
        expect(Exit.isInterrupted(exit)).toBe(true)
        expect(yield* submits(portal)).toBe(before)
      }),
    timeout
  )

  it.live(
    "asks before the submit where the user wants to be asked, and stops when told to",
    () =>
      Effect.gen(function* () {
        const agent = yield* Agent
        const portal = (yield* DemoPortals).portals[0]
        const before = yield* submits(portal)
        const { desk, recorded } = recordingDesk(() => ({ action: "abort" }))
        const task = { ...assignment(portal.url, saleOf(portal, "open", 4).ticket), confirmBeforeSubmit: true }
        const error = yield* Effect.flip(agent.run(task, desk))
        expect(error).toMatchObject({ _tag: "Aborted" })
        expect(recorded.questions.map(({ kind }) => kind)).toEqual(["confirm_submit"])
        expect(yield* submits(portal)).toBe(before)
      }),
    timeout
  )

  it.live(
    "F4: says that nobody answers at a dead address, as something to try again",
    () =>
      Effect.gen(function* () {
        const agent = yield* Agent
        const { desk } = recordingDesk()
        const error = yield* Effect.flip(agent.run(assignment(new URL("http://127.0.0.1:1/"), { Folio: "1" }), desk))
        expect(error._tag).toBe("PortalDown")
      }),
    timeout
  )
})
