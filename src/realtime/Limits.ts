import { Context, Duration } from "effect"

const limits = {
  /** Sockets that one user may have open on this process. */
  perUser: 256,
  /** How long a reader may take nothing of what is sent to it. */
  patience: Duration.seconds(10)
}

/** What one client may cost; tests ask for less. */
export class Limits extends Context.Reference<Limits>()("realtime/Limits", { defaultValue: () => limits }) {}
