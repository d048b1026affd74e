import { Clock, Duration, Effect, Redacted, Schedule } from "effect"
import { Sessions } from "../auth/Sessions.ts"
import type { Guest } from "./Visit.ts"

/** A login that was ended elsewhere ends its sockets within this time. */
const recheck = Duration.minutes(1)

/** Closes the sockets of logins that are over: a token's own end is known, an earlier one has to be asked for. */
export const endWithLogins = Effect.fnUntraced(function* <Socket>(
  guests: ReadonlyMap<Socket, Guest>,
  close: (socket: Socket) => void
) {
  const sessions = yield* Sessions

  const expire = Effect.map(Clock.currentTimeMillis, (now) => {
    for (const [socket, { claims }] of guests) if (claims.expiresAt <= now) close(socket)
  })

  const isOver = (token: string) =>
    sessions.authenticate(Redacted.make(token)).pipe(
      Effect.as(false),
      Effect.catchTag("Unauthorized", () => Effect.succeed(true)),
      // A database, or a provider's keys, that are away say nothing of the login.
      Effect.catchTag("AuthUnavailable", () => Effect.succeed(false)),
      Effect.catchAllDefect(() => Effect.succeed(false))
    )

  // A user's sockets mostly hold one token, which is asked for once.
  const ask = Effect.suspend(() =>
    Effect.forEach(
      Map.groupBy(guests, ([, { token }]) => Redacted.value(token)),
      Effect.fnUntraced(function* ([token, holders]) {
        if (yield* isOver(token)) for (const [socket] of holders) close(socket)
      }),
      { concurrency: 4, discard: true }
    )
  )

  yield* expire.pipe(Effect.schedule(Schedule.spaced("1 second")), Effect.forkScoped)
  yield* ask.pipe(Effect.schedule(Schedule.spaced(recheck)), Effect.forkScoped)
})
