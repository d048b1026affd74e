import { Effect, Layer, Option, Tracer } from "effect"

const unexported = { sampled: false, end: () => undefined }

/** A trace begins with a request; a task's own is continued by its runs. */
const isAskedFor = (parent: Option.Option<Tracer.AnySpan>, kind: Tracer.SpanKind) =>
  Option.match(parent, { onNone: () => kind === "server", onSome: ({ sampled }) => sampled })

/**
 * Traces only of what somebody asked for. What a process looks after by itself, several times a second and mostly to find
 * nothing, would drown them: heartbeats, polls, measurements.
 */
export const tracesOfTheAsked = Layer.unwrapEffect(
  Effect.map(Effect.tracer, (tracer) =>
    Layer.setTracer(
      Tracer.make({
        context: tracer.context,
        span(name, parent, context, links, startTime, kind, options) {
          const span = tracer.span(name, parent, context, links, startTime, kind, options)
          return isAskedFor(parent, kind) ? span : Object.assign(span, unexported)
        }
      })
    )
  )
)
