import { expect } from "bun:test"
import { Effect, Metric, MetricBoundaries } from "effect"
import { render } from "../../src/telemetry/Prometheus.ts"
import * as it from "../lib/effect.ts"

it.effect("measures are told as Prometheus reads them, by name, with their labels escaped", () =>
  Effect.gen(function* () {
    const counter = Metric.counter("timbra_test_total", { description: "Tests.", incremental: true })
    yield* Metric.incrementBy(Metric.tagged(counter, "host", 'a"b\\c'), 2)
    yield* Metric.increment(Metric.tagged(counter, "host", "d"))
    const histogram = Metric.histogram("timbra_test_seconds", MetricBoundaries.fromIterable([0.5, 1]), "Took.")
    for (const took of [0.25, 0.75, 3]) yield* Metric.update(histogram, took)
    yield* Metric.increment(Metric.counter("not_ours"))
    const lines = render(yield* Metric.snapshot).split("\n")
    expect(lines.filter((line) => line.includes("timbra_test"))).toEqual([
      "# HELP timbra_test_seconds Took.",
      "# TYPE timbra_test_seconds histogram",
      'timbra_test_seconds_bucket{le="0.5"} 1',
      'timbra_test_seconds_bucket{le="1"} 2',
      'timbra_test_seconds_bucket{le="+Inf"} 3',
      "timbra_test_seconds_sum 4",
      "timbra_test_seconds_count 3",
      "# HELP timbra_test_total Tests.",
      "# TYPE timbra_test_total counter",
      'timbra_test_total{host="a\\"b\\\\c"} 2',
      'timbra_test_total{host="d"} 1'
    ])
    expect(lines.join()).not.toContain("not_ours")
    expect(lines.at(-1)).toBe("")
  })
)
