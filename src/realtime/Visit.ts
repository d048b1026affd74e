import { Clock, type Context, Duration, Effect, type Mailbox, type Redacted } from "effect"
import { Sessions } from "../auth/Sessions.ts"
import type { Claims } from "../auth/Tokens.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import type { TaskId } from "../tasks/Status.ts"
import { obey } from "./Commands.ts"
import { feed } from "./Feed.ts"
import { live } from "./Live.ts"
import type { Outbox } from "./Outbox.ts"

/** Why the server closes a socket. */
export const closing = {
  done: 1000,
  goingAway: 1001,
  misuse: 1008,
  failed: 1011,
  expired: 4401,
  slow: 4408,
  tooMany: 4429
} as const

/** A login that was ended elsewhere ends its sockets within this time. */
const recheck = Duration.minutes(1)

/** Who watches which task, and by what right. */
export interface Guest {
  readonly token: Redacted.Redacted
  readonly claims: Claims
  readonly taskId: TaskId
  readonly after: number | undefined
  /** Watches the browser rather than the events, and from another process than the one that was asked first. */
  readonly live: boolean
  readonly relayed: boolean
  readonly info: Context.Tag.Service<RequestInfo>
}

/** Returns when the guest's login is over: the token's own end is known, an earlier one has to be asked for. */
const expired = Effect.fnUntraced(function* ({ token, claims }: Guest) {
  const sessions = yield* Sessions
  const left = Duration.millis(claims.expiresAt - (yield* Clock.currentTimeMillis))
  const isOver = sessions.authenticate(token).pipe(
    Effect.as(false),
    Effect.catchTag("Unauthorized", () => Effect.succeed(true)),
    // A database, or a provider's keys, that are away say nothing of the login.
    Effect.catchTag("AuthUnavailable", () => Effect.succeed(false)),
    Effect.catchAllDefect(() => Effect.succeed(false))
  )
  const ended = Effect.repeat(Effect.delay(isOver, recheck), { until: (over) => over })
  yield* Effect.raceFirst(Effect.sleep(left), ended)
})

const watching = Effect.fnUntraced(function* (guest: Guest, inbox: Mailbox.ReadonlyMailbox<string>, outbox: Outbox) {
  if (guest.live) return yield* live(guest, inbox, outbox)
  const who = { userId: guest.claims.userId, taskId: guest.taskId }
  const listening = Effect.forever(Effect.flatMap(inbox.take, (message) => obey(who, message, outbox)))
  yield* Effect.raceFirst(feed({ ...who, after: guest.after }, outbox), listening)
})

/** One socket from its opening to the code that it is closed with. A client's messages are obeyed one after the other. */
export const visit = Effect.fn("Visit")(function* (
  guest: Guest,
  inbox: Mailbox.ReadonlyMailbox<string>,
  outbox: Outbox
) {
  return yield* watching(guest, inbox, outbox).pipe(
    Effect.as(closing.done),
    Effect.raceFirst(Effect.as(expired(guest), closing.expired)),
    Effect.catchTags({
      SlowReader: () => Effect.succeed(closing.slow),
      TaskNotFound: () => Effect.succeed(closing.done),
      NoSuchElementException: () => Effect.succeed(closing.done)
    }),
    Effect.catchAllCause((cause) => Effect.as(Effect.logError("A socket failed", cause), closing.failed)),
    Effect.provideService(RequestInfo, guest.info)
  )
})
