import { Data, type Duration, Effect } from "effect"

/** The reader takes less than is sent to it. */
export class SlowReader extends Data.TaggedError("SlowReader") {}

interface Wire {
  /** Less than 0: some of it waits for the network. */
  readonly send: (data: string | Uint8Array) => number
  readonly getBufferedAmount: () => number
}

/**
 * One socket, as those see it who send over it. A slow reader costs one buffer, of little more than `high` bytes, and after a
 * while its connection.
 */
export class Outbox {
  private waits = false
  // Few sockets ever wait for their reader.
  private drained: Effect.Latch | undefined

  constructor(
    private readonly wire: Wire,
    private readonly high: number,
    private readonly patience: Duration.Duration
  ) {}

  /** Sends now; false, and nothing sent, where much is unread. */
  offer(data: string | Uint8Array) {
    if (this.waits && this.wire.getBufferedAmount() > this.high) return false
    this.waits = this.wire.send(data) < 0
    return true
  }

  /** Sends in order, and waits while much is unread. */
  send(data: string | Uint8Array): Effect.Effect<void, SlowReader> {
    return Effect.suspend(() => {
      if (this.offer(data)) return Effect.void
      this.drained ??= Effect.unsafeMakeLatch()
      this.drained.unsafeClose()
      const room = Effect.timeoutFail(this.drained.await, {
        duration: this.patience,
        onTimeout: () => new SlowReader()
      })
      return Effect.zipRight(room, this.send(data))
    })
  }

  /** To be called when the network has taken something. */
  drain() {
    if (this.wire.getBufferedAmount() <= this.high) this.drained?.unsafeOpen()
  }
}
