import { Effect, type Mailbox, Option, Schema, Stream } from "effect"
import { type Stage, UserAct } from "../agent/Stage.ts"
import { HandRepo } from "../tasks/HandRepo.ts"
import { Stages } from "../tasks/Stages.ts"
import { isTerminal } from "../tasks/Status.ts"
import { Tasks } from "../tasks/Tasks.ts"
import { unreadable } from "./Commands.ts"
import type { Outbox } from "./Outbox.ts"
import { peer } from "./Peer.ts"
import type { Guest } from "./Visit.ts"

const decode = Schema.decodeUnknown(Schema.parseJson(UserAct))

const look = "500 millis"

const isBegun = (act: UserAct) => act.type === "text" || (act.type !== "wheel" && act.action === "down")

/**
 * Whoever presses or types where the agent has asked for their hands has taken over by that; the act waits until the agent's
 * own hands are off.
 */
const takeUp = Effect.fn("Live.takeUp")(
  function* ({ claims: { userId }, taskId }: Guest, stage: Stage) {
    const tasks = yield* Tasks
    const { intervention, taken_over } = yield* tasks.get(userId, taskId)
    const isAsked = intervention?.kind === "takeover"
    // Where that is refused somebody else was faster.
    if (isAsked) yield* Effect.catchTag(tasks.takeover(userId, taskId), "InvalidState", () => Effect.void)
    if (!isAsked && !taken_over) return
    const driven = Effect.delay(Effect.sync(stage.driven), "50 millis")
    yield* Effect.timeoutOption(Effect.repeat(driven, { until: (driven) => driven }), "5 seconds")
  },
  Effect.catchTag("TaskNotFound", () => Effect.void)
)

/** The stage of a run in this process: its pictures to the viewer, the viewer's hands to it, until it is no more. */
const onStage = Effect.fn("Live.onStage")(function* (
  guest: Guest,
  stage: Stage,
  inbox: Mailbox.ReadonlyMailbox<string>,
  outbox: Outbox
) {
  const stages = yield* Stages
  const { taskId } = guest
  const gone = stages.changes(taskId).pipe(
    Stream.filter(() => !Option.contains(stages.find(taskId), stage)),
    Stream.runHead
  )
  const showing = Effect.zipRight(
    Stream.runForEach(stage.frames, (picture) => outbox.send(picture)),
    Effect.never
  )
  const obeying = inbox.take.pipe(
    Effect.flatMap((message) =>
      decode(message).pipe(
        Effect.tap((act) => Effect.when(takeUp(guest, stage), () => isBegun(act) && !stage.driven())),
        Effect.flatMap(stage.act),
        Effect.catchTag("ParseError", () => unreadable(taskId, outbox))
      )
    ),
    Effect.forever
  )
  yield* Effect.raceAll([gone, showing, obeying])
})

/**
 * Shows one task's browser to one viewer for as long as there may be one, wherever it runs: its pictures as binary
 * messages, newest first and none queued, and what the viewer does to it while they drive. A browser of another process is
 * shown by way of that process.
 */
export const live = Effect.fn("Live")(function* (guest: Guest, inbox: Mailbox.ReadonlyMailbox<string>, outbox: Outbox) {
  const stages = yield* Stages
  const hand = yield* HandRepo
  const tasks = yield* Tasks
  const { claims, taskId, relayed } = guest
  while (true) {
    const here = stages.find(taskId)
    if (Option.isSome(here)) yield* onStage(guest, here.value, inbox, outbox)
    if (relayed) return
    const elsewhere = yield* hand.address(claims.userId, taskId)
    if (Option.isSome(elsewhere) && Option.isNone(stages.find(taskId))) {
      yield* peer(guest, elsewhere.value, inbox, outbox)
    }
    if (isTerminal(yield* tasks.status(claims.userId, taskId))) return
    yield* Effect.sleep(look)
  }
})
