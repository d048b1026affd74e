import type { Effect, Scope } from "effect"

/** A queue with jobs that do nothing. */
export interface Contestant {
  readonly name: string
  /** How its worker was set, for the table. */
  readonly settings: string
  /** Puts many jobs in at once, the same number for each user where it knows users. */
  readonly fill: (jobs: number, users: number) => Effect.Effect<void>
  /** Puts one job in, as a request of a user does; its run is told the time. */
  readonly put: (sentAt: number) => Effect.Effect<void>
  /** Works as long as the scope lives. `ran` is called by each job's run. */
  readonly work: (ran: (sentAt: number) => void) => Effect.Effect<void, never, Scope.Scope>
}

/** Where the contestants of a run meet: servers of the run's own. */
export interface Ground {
  readonly postgres: string
  readonly redis: string
}
