import { Effect } from "effect"
import type { Answer, Desk, Document, Kept, Question, Step } from "../../src/agent/Desk.ts"

export interface Recorded {
  readonly steps: Array<Step>
  readonly documents: Array<Document>
  readonly questions: Array<Question>
  intents: number
}

/** A desk that keeps in memory what the agent tells it and answers its questions from a script. */
export const recordingDesk = (
  answer: (question: Question) => Answer = () => ({ action: "abort" }),
  kept: ReadonlyArray<Kept> = []
) => {
  const recorded: Recorded = { steps: [], documents: [], questions: [], intents: 0 }
  const desk: Desk = {
    step: (step) => Effect.sync(() => void recorded.steps.push(step)),
    intend: Effect.sync(() => {
      recorded.intents++
      return true
    }),
    show: () => Effect.void,
    byHand: { step: () => Effect.void, intend: Effect.succeed(false) },
    checkpoint: Effect.void,
    ask: (question) =>
      Effect.sync(() => {
        recorded.questions.push(question)
        return answer(question)
      }),
    login: () => Effect.succeedNone,
    keep: (document) =>
      Effect.sync(() => {
        recorded.documents.push(document)
        return crypto.randomUUID()
      }),
    kept: Effect.succeed(kept)
  }
  return { desk, recorded }
}
