import { Effect, Schema } from "effect"
import { XMLParser } from "fast-xml-parser"
import { SetupFailed } from "./Setup.ts"

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const Suite = Schema.Struct({ file: Schema.String })

const Report = Schema.Struct({
  testsuites: Schema.Struct({
    tests: Schema.NumberFromString,
    failures: Schema.NumberFromString,
    skipped: Schema.NumberFromString,
    testsuite: Schema.optionalWith(Schema.Array(Suite), { default: () => [] })
  })
})

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
  isArray: (name) => name === "testsuite"
})

/**
 * Counts a JUnit report of `bun test`. A file that broke while it was loaded is not in the report, and one without
 * a test in it proves nothing: each file of `expected` that is not reported counts as a failure.
 */
export const countReport = (xml: string, expected: ReadonlyArray<string>) =>
  Effect.try(() => parser.parse(xml)).pipe(
    Effect.flatMap(Schema.decodeUnknown(Report)),
    Effect.mapError(({ message }) => new SetupFailed({ message: `the report of bun test cannot be read: ${message}` })),
    Effect.map(({ testsuites: { failures, skipped, tests, testsuite } }): Counts => {
      const reported = new Set(testsuite.map(({ file }) => file))
      const unreported = expected.filter((file) => !reported.has(file)).length
      return { passed: tests - failures - skipped, failed: failures + unreported, skipped }
    })
  )

export const countsLine = ({ failed, passed, skipped }: Counts) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`
