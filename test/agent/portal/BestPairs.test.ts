import { expect, test } from "bun:test"
import { bestPairs } from "../../../src/agent/portal/BestPairs.ts"

test("the pairs that are worth the most together win over the best single one", () => {
  expect(
    bestPairs([
      [14, 12],
      [10, 0]
    ])
  ).toEqual([1, 0])
})

test("what is worth nothing is no pair, and of more rows than columns the best are paired", () => {
  expect(
    bestPairs([
      [0, 5],
      [0, 0]
    ])
  ).toEqual([1, -1])
  expect(bestPairs([[3], [7], [5]])).toEqual([-1, 0, -1])
  expect(bestPairs([])).toEqual([])
})

test("no other choice is worth more, whatever the numbers", () => {
  let seed = 42
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return seed % 20
  }
  const most = (worth: ReadonlyArray<ReadonlyArray<number>>, row: number, taken: ReadonlySet<number>): number => {
    if (row === worth.length) return 0
    const without = most(worth, row + 1, taken)
    return (worth[row] ?? []).reduce(
      (best, value, column) =>
        taken.has(column) ? best : Math.max(best, value + most(worth, row + 1, new Set([...taken, column]))),
      without
    )
  }
  for (let round = 0; round < 200; round++) {
    const worth = Array.from({ length: 1 + (round % 4) }, () => Array.from({ length: 1 + (round % 5) }, random))
    const found = bestPairs(worth)
    const used = found.filter((column) => column >= 0)
    expect(new Set(used).size).toBe(used.length)
    const sum = found.reduce((total, column, row) => total + (worth[row]?.[column] ?? 0), 0)
    expect(sum).toBe(most(worth, 0, new Set()))
  }
})
