import { type Cause, type Context, Effect, type Mailbox, type Redacted } from "effect"
import type { Claims } from "../auth/Tokens.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import type { TaskNotFound } from "../tasks/Errors.ts"
import type { TaskId } from "../tasks/Status.ts"
import { obey } from "./Commands.ts"
import { feed } from "./Feed.ts"
import { live } from "./Live.ts"
import type { Outbox, SlowReader } from "./Outbox.ts"

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

type Inbox = Mailbox.ReadonlyMailbox<string>

/** The code that the socket is closed with when this is done or has failed. */
const ending = <R>(
  { info }: Guest,
  side: Effect.Effect<void, SlowReader | TaskNotFound | Cause.NoSuchElementException, R>
) =>
  side.pipe(
    Effect.as(closing.done),
    Effect.catchTags({
      SlowReader: () => Effect.succeed(closing.slow),
      TaskNotFound: () => Effect.succeed(closing.done),
      NoSuchElementException: () => Effect.succeed(closing.done)
    }),
    Effect.catchAllCause((cause) => Effect.as(Effect.logError("A socket failed", cause), closing.failed)),
    Effect.provideService(RequestInfo, info)
  )

const who = ({ claims, taskId }: Guest) => ({ userId: claims.userId, taskId })

/** What happens to the task, to its end. */
export const telling = (guest: Guest, outbox: Outbox) =>
  ending(guest, feed({ ...who(guest), after: guest.after }, outbox))

/** The task's browser, to its end. */
export const showing = (guest: Guest, inbox: Inbox, outbox: Outbox) => ending(guest, live(guest, inbox, outbox))

/** A client's messages are obeyed one after the other. */
export const listening = (guest: Guest, inbox: Inbox, outbox: Outbox) =>
  ending(guest, Effect.forever(Effect.flatMap(inbox.take, (message) => obey(who(guest), message, outbox))))
