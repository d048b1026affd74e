import { Context, Duration } from "effect"

const intervals = {
  /** RUNNING time of one run. */
  budget: Duration.minutes(3),
  /** How long a run that waits for its user keeps its browser. */
  hold: Duration.minutes(10),
  /**
   * How many browsers are kept for waiting users for each that may run. People take longer than browsers, and a captcha
   * whose page is gone was answered in vain; one that waits takes some 60 MB.
   */
  kept: 4,
  /** A task is left this long to the process that still holds its browser. */
  affinity: Duration.seconds(5),
  /** Between two looks for work, jittered by a fifth. */
  poll: Duration.seconds(1),
  /** Between two looks for the oldest task that waits, below which claims do not look. */
  floor: Duration.seconds(5),
  /** Between two looks at what became of this process's own runs. */
  control: Duration.millis(500),
  /** How long a worker is believed alive after its last sign. */
  lease: Duration.seconds(30),
  heartbeat: Duration.seconds(10),
  rescue: Duration.seconds(5),
  /** How long announcements of queued tasks gather before other processes are notified. */
  debounce: Duration.millis(10),
  /** Between two proofs that notices are heard, and how long each may take. */
  ping: Duration.seconds(10),
  patience: Duration.seconds(5)
}
export type Intervals = typeof intervals

/** The intervals of the queue, and what it keeps in them; tests shorten them. */
export class Timing extends Context.Reference<Timing>()("tasks/Timing", { defaultValue: () => intervals }) {}
