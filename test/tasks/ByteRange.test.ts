import { expect, test } from "bun:test"
import { parse } from "../../src/tasks/ByteRange.ts"

const cases: ReadonlyArray<readonly [string | undefined, ReturnType<typeof parse>]> = [
  [undefined, undefined],
  ["bytes=0-9", { from: 0, to: 10 }],
  ["bytes=90-", { from: 90, to: 100 }],
  ["bytes=-10", { from: 90, to: 100 }],
  ["bytes=-1000", { from: 0, to: 100 }],
  ["bytes=50-1000", { from: 50, to: 100 }],
  ["bytes=100-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=9-5", undefined],
  ["bytes=-", undefined],
  ["bytes=0-1,5-6", undefined],
  ["lines=0-9", undefined]
]

for (const [header, range] of cases) {
  test(`of 100 bytes, ${header ?? "no header"} asks for ${JSON.stringify(range) ?? "all"}`, () => {
    expect(parse(header, 100)).toEqual(range)
  })
}
