import { expect } from "bun:test"
import { Effect } from "effect"
import { countReport, countsLine } from "../../scripts/lib/Counts.ts"
import * as it from "../lib/effect.ts"

const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bun test" tests="6" assertions="2" failures="1" skipped="2" time="0.02">
  <testsuite name="test/a.test.ts" file="test/a.test.ts" tests="6" assertions="2" failures="1" skipped="2" time="0.01">
    <testcase name="&lt;ok&gt;" file="test/a.test.ts" line="2" />
    <testsuite name="group" file="test/a.test.ts" tests="1" failures="1" skipped="0">
      <testcase name="bad" file="test/a.test.ts"><failure type="AssertionError" message="no">no</failure></testcase>
    </testsuite>
  </testsuite>
</testsuites>`

it.effect("what neither failed nor was skipped has passed", () =>
  Effect.gen(function* () {
    const counts = yield* countReport(report, ["test/a.test.ts"])
    expect(counts).toEqual({ passed: 3, failed: 1, skipped: 2 })
    expect(countsLine(counts)).toBe("3 passed, 1 failed, 2 skipped")
  })
)

it.effect("a file that the report does not know has failed", () =>
  Effect.gen(function* () {
    expect(yield* countReport(report, ["test/a.test.ts", "test/b.test.ts"])).toMatchObject({ failed: 2 })
  })
)

it.effect("a report cut short is a failed set-up", () =>
  Effect.gen(function* () {
    expect(yield* Effect.flip(countReport(report.slice(0, 60), []))).toMatchObject({ _tag: "SetupFailed" })
  })
)

it.effect("skipped tests are named only where there are any", () =>
  Effect.sync(() => {
    expect(countsLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed")
  })
)
