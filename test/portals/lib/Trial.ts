import { Effect, Exit } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import { RunTimeout } from "../../../src/agent/AgentError.ts"
import type { Answer, Desk, Question } from "../../../src/agent/Desk.ts"
import { assignment } from "../../lib/agent.ts"
import { recordingDesk } from "../../lib/desk.ts"
import type { Expected, PortalCase, RunningPortal, TestPortal } from "./Portal.ts"
import { profiles } from "./Portal.ts"

/** How the agent did with one ticket at one portal. */
export interface Trial {
  readonly portal: string
  readonly case: string
  readonly expected: string
  readonly outcome: string
  readonly seconds: number
  readonly steps: number
  readonly stamps: number
  readonly reason: string
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

/** Replies as a person would who knows the answers by a word of each field's label. */
const answerFrom = (expected: Expected) => {
  let at = expected
  return (question: Question): Answer => {
    if (at.status !== "ASKED" || question.kind !== at.kind) return { action: "abort" }
    const known = Object.entries(at.answers)
    const answers = question.fields.flatMap(({ name, label }) => {
      const found =
        known.find(([word]) => plain(label).includes(plain(word))) ?? (known.length === 1 ? known[0] : undefined)
      return found ? [[name, found[1]] as const] : []
    })
    at = at.then
    return { action: "continue", answers: Object.fromEntries(answers) }
  }
}

const finalOf = (expected: Expected): Exclude<Expected, { status: "ASKED" }> =>
  expected.status === "ASKED" ? finalOf(expected.then) : expected

const kindsAsked = (expected: Expected): ReadonlyArray<string> =>
  expected.status === "ASKED" ? [expected.kind, ...kindsAsked(expected.then)] : []

const written = (expected: Expected) => {
  const final = finalOf(expected)
  return [...kindsAsked(expected), final.status === "COMPLETED" ? `COMPLETED ${final.delivery}` : final.code].join(
    " → "
  )
}

/** Gives one ticket to the agent at a running portal. Stamps counted are those of this run. */
export const attempt = Effect.fn("Trial.attempt")(function* (
  portal: TestPortal,
  running: RunningPortal,
  { name, ticket, expected }: PortalCase,
  around: (desk: Desk) => Desk = (desk) => desk
) {
  const agent = yield* Agent
  const { desk, recorded } = recordingDesk(answerFrom(expected))
  const before = running.stamps().length
  const start = performance.now()
  const exit = yield* agent.run(assignment(running.url, ticket, portal.profile), around(desk)).pipe(
    Effect.timeoutFail({
      duration: "3 minutes",
      onTimeout: () => new RunTimeout({ reason: "no end in the three minutes of a run" })
    }),
    Effect.exit
  )
  const stamped = running.stamps().slice(before)
  const { rfc } = profiles[portal.profile]
  const error = Exit.isFailure(exit) && exit.cause._tag === "Fail" ? exit.cause.error : undefined
  const ended = Exit.isSuccess(exit) ? `COMPLETED ${exit.value.delivery}` : (error?.code ?? "died")
  const foreign = stamped.some(({ receiverRfc }) => receiverRfc !== rfc) ? " to another RFC" : ""
  const trial: Trial = {
    portal: portal.id,
    case: name,
    expected: written(expected),
    outcome: [...recorded.questions.map(({ kind }) => kind), ended + foreign].join(" → "),
    seconds: (performance.now() - start) / 1000,
    steps: recorded.steps.length,
    stamps: stamped.length,
    reason: error?.reason ?? (Exit.isFailure(exit) && !error ? String(exit.cause) : "")
  }
  return trial
})

/** How often the portal has to stamp for this case. */
export const stampsOf = ({ expected }: PortalCase) => {
  const final = finalOf(expected)
  return final.status === "COMPLETED" && final.recovered !== true ? 1 : 0
}

/** Right outcome, and no stamp too many or too few. */
export const isRight = (trial: Trial, one: PortalCase) =>
  trial.outcome === trial.expected && trial.stamps === stampsOf(one)

export const row = (trial: Trial, right: boolean) =>
  [
    right ? "✓" : "✗",
    trial.portal.padEnd(14),
    trial.case.padEnd(34),
    trial.outcome.padEnd(30),
    `${trial.seconds.toFixed(1)} s`.padStart(7),
    `${trial.steps} steps`.padStart(9),
    `${trial.stamps} stamps`.padStart(9)
  ].join(" ") + (right ? "" : `\n    expected ${trial.expected}; ${trial.reason}`)
