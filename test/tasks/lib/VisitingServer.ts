import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Clock, Duration, Effect, Layer, Predicate, Schema } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import { BrowserGone, PortalDown, TicketRefused } from "../../../src/agent/AgentError.ts"
import type { Assignment } from "../../../src/agent/Assignment.ts"
import { productWith } from "../../../src/Product.ts"
import { TelemetryLive } from "../../../src/Telemetry.ts"
import { Timing } from "../../../src/tasks/Timing.ts"
import type { Errand } from "./HeldPortal.ts"
import { sent } from "./Process.ts"

// `timbra serve`, but for an agent that visits a portal of the tests, and a lease and a clock that the arguments give.
const [lease = "", ahead = ""] = process.argv.slice(2)

const Answer = Schema.Struct({ stamped: Schema.Boolean })

const visit = ({ vendorUrl, ticket }: Assignment, errand: typeof Errand.Type) =>
  Effect.tryPromise({
    try: async (signal) => {
      const query = new URLSearchParams({ errand, folio: `${ticket.folio ?? ticket.Folio}`, pid: `${process.pid}` })
      const response = await fetch(new URL(`?${query}`, vendorUrl), { signal })
      return response.ok ? await response.json() : undefined
    },
    catch: (cause) => new BrowserGone({ reason: String(cause) })
  }).pipe(
    Effect.filterOrFail(Predicate.isNotUndefined, () => new PortalDown({ reason: "El portal no respondió." })),
    Effect.flatMap(Schema.decodeUnknown(Answer)),
    Effect.catchTag("ParseError", Effect.die)
  )

const AgentLive = Layer.succeed(
  Agent,
  Agent.make({
    run: (assignment, desk) =>
      Effect.gen(function* () {
        if (assignment.submitted) {
          if ((yield* visit(assignment, "look")).stamped) return sent
          return yield* new TicketRefused({ code: "TICKET_NOT_FOUND", reason: "No se encontró." })
        }
        yield* visit(assignment, "open")
        yield* desk.step({ type: "click", message: "Facturar" })
        yield* desk.intend
        yield* visit(assignment, "stamp")
        return sent
      })
  })
)

const shifted = (clock: Clock.Clock, by: Duration.Duration): Clock.Clock => {
  const millis = () => clock.unsafeCurrentTimeMillis() + Duration.toMillis(by)
  const nanos = () => clock.unsafeCurrentTimeNanos() + BigInt(Duration.toMillis(by)) * 1_000_000n
  return {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: millis,
    currentTimeMillis: Effect.sync(millis),
    unsafeCurrentTimeNanos: nanos,
    currentTimeNanos: Effect.sync(nanos),
    sleep: (duration) => clock.sleep(duration)
  }
}

const program = Effect.gen(function* () {
  const timing = yield* Timing
  const clock = shifted(yield* Effect.clock, yield* Schema.decode(Schema.DurationFromMillis)(Number(ahead)))
  const leaseTime = Duration.millis(Number(lease))
  const intervals = {
    ...timing,
    lease: leaseTime,
    heartbeat: Duration.times(leaseTime, 0.25),
    rescue: Duration.millis(300)
  }
  return yield* Layer.launch(
    productWith(AgentLive).pipe(
      Layer.provide(Layer.succeed(Timing, intervals)),
      Layer.provide(Layer.setClock(clock)),
      Layer.provide(TelemetryLive)
    )
  )
})

program.pipe(Effect.provide(BunContext.layer), BunRuntime.runMain({ disablePrettyLogger: true }))
