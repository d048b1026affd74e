import { type Clock, Effect } from "effect"
import * as Measures from "../telemetry/Measures.ts"
import type { Frame } from "./Frame.ts"
import type { Hint } from "./Hint.ts"
import type { Outbox } from "./Outbox.ts"

/**
 * One reader's place in the log of a task. While it is level with the log, whoever brings an event writes it; otherwise its
 * fiber is called to read the log. An object rather than closures, since there are thousands and all are touched again and
 * again: that is half of the time beside the sending itself.
 */
export class Reader {
  /** The last event that was sent, the last that is known of, and the last that the snapshot knew of. */
  cursor = 0
  told = 0
  known = 0
  level = false
  ended = false
  seenAnew = false
  readonly called = Effect.unsafeMakeLatch()

  constructor(
    readonly outbox: Outbox,
    private readonly clock: Clock.Clock
  ) {}

  hear({ seq, frame }: Hint) {
    if (seq === 0) this.seenAnew = true
    else if (seq <= this.cursor) return
    else {
      this.level &&= frame !== undefined && this.write(frame)
      if (this.level) return
      this.told = Math.max(this.told, seq)
    }
    this.called.unsafeOpen()
  }

  private write(frame: Frame) {
    if (frame.seq !== this.cursor + 1 || !this.outbox.offer(frame.text)) return false
    this.sent(frame)
    return !this.ended
  }

  sent({ seq, at, ends }: Frame) {
    this.cursor = seq
    // What came before the snapshot does not change what the snapshot says.
    if (seq <= this.known) return
    if (ends !== undefined) this.ended = ends
    Measures.eventLag.unsafeUpdate((this.clock.unsafeCurrentTimeMillis() - at) / 1000, [])
  }
}
