import { Data, type Duration, Effect } from "effect"

/** The reader takes less than is sent to it. */
export class SlowReader extends Data.TaggedError("SlowReader") {}

/** What is unread of a socket before its sender waits: of events, and of pictures, where waiting means to skip some. */
export const highWater = { events: 256 * 1024, pictures: 16 * 1024 } as const

interface Wire {
  readonly send: (data: string | Uint8Array) => number
  readonly getBufferedAmount: () => number
}

/** One socket, as those see it who send over it. */
export interface Outbox {
  readonly send: (text: string) => Effect.Effect<void, SlowReader>
  readonly picture: (bytes: Uint8Array) => Effect.Effect<void, SlowReader>
}

/**
 * Sends in order, and waits while much is unread: `drained` is opened by whoever hears that the network took it. So a slow
 * reader costs one buffer, and after a while its connection.
 */
export const make = (wire: Wire, drained: Effect.Latch, high: number, patience: Duration.Duration): Outbox => {
  const write = (data: string | Uint8Array) => {
    wire.send(data)
    if (wire.getBufferedAmount() > high) drained.unsafeClose()
  }
  const room = drained.await.pipe(Effect.timeoutFail({ duration: patience, onTimeout: () => new SlowReader() }))
  // Waiting costs a timer, so only who has to wait does.
  const send = (data: string | Uint8Array) =>
    Effect.suspend(() => {
      if (wire.getBufferedAmount() > high) return Effect.map(room, () => write(data))
      write(data)
      return Effect.void
    })
  return { send, picture: send }
}

/** To be called when the network has taken something. */
export const drain = (wire: Wire, drained: Effect.Latch, high: number) => {
  if (wire.getBufferedAmount() <= high) drained.unsafeOpen()
}
