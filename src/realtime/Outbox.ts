import { Data, Duration, Effect } from "effect"

/** The reader takes less than is sent to it. */
export class SlowReader extends Data.TaggedError("SlowReader") {}

/** What is unread of a socket before its sender waits. */
export const highWater = 256 * 1024
const patience = Duration.seconds(10)

interface Wire {
  readonly send: (text: string) => number
  readonly getBufferedAmount: () => number
}

/** One socket, as those see it who send over it. */
export interface Outbox {
  readonly send: (text: string) => Effect.Effect<void, SlowReader>
}

/**
 * Sends in order, and waits while much is unread: `drained` is opened by whoever hears that the network took it. So a slow
 * reader costs one buffer, and after a while its connection.
 */
export const make = (wire: Wire, drained: Effect.Latch): Outbox => ({
  send: (text) =>
    drained.await.pipe(
      Effect.timeoutFail({ duration: patience, onTimeout: () => new SlowReader() }),
      Effect.zipRight(
        Effect.sync(() => {
          wire.send(text)
          if (wire.getBufferedAmount() > highWater) drained.unsafeClose()
        })
      )
    )
})

/** To be called when the network has taken something. */
export const drain = (wire: Wire, drained: Effect.Latch) => {
  if (wire.getBufferedAmount() <= highWater) drained.unsafeOpen()
}
