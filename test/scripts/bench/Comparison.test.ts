import { describe, expect, test } from "bun:test"
import { Option } from "effect"
import { type Comparison, median, ratio, summarize } from "../../../scripts/bench/agent/Comparison.ts"

const took = (...seconds: ReadonlyArray<number>) => seconds.map((seconds) => ({ seconds }))

const comparison = (portal: string, agent: Comparison["agent"], script: Comparison["script"]): Comparison => ({
  portal,
  agent,
  script
})

describe("the comparison of agent and script", () => {
  test("takes the middle of an odd number of rounds and the mean of the two in the middle of an even one", () => {
    expect([median([9, 1, 3]), median([9, 1, 3, 4])]).toEqual([3, 3.5])
  })

  test("is the ratio of the two medians", () => {
    expect(ratio(comparison("a", took(3, 30, 2), took(2, 1, 2)))).toEqual(Option.some(1.5))
  })

  test("has no ratio where one round failed, however quick the others were", () => {
    expect(ratio(comparison("a", [...took(1, 1), { failed: "PORTAL_DOWN" }], took(1, 1, 1)))).toEqual(Option.none())
  })

  test("is summed up by the median and the worst of the portals that could be compared", () => {
    const failed = comparison("d", [{ failed: "died" }], took(1))
    const some = [
      comparison("a", took(1), took(1)),
      comparison("b", took(4), took(1)),
      comparison("c", took(2), took(1))
    ]
    expect(summarize([...some, failed])).toEqual({
      portals: 4,
      compared: 3,
      medianRatio: 2,
      worst: { portal: "b", ratio: 4 }
    })
    expect(summarize([failed])).toEqual({ portals: 1, compared: 0, medianRatio: null, worst: null })
  })
})
