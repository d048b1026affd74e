import { Array as Arr, Option, Order } from "effect"
import type { Took } from "./Round.ts"

/** The rounds at one portal, in which agent and script alternate. */
export interface Comparison {
  readonly portal: string
  readonly agent: ReadonlyArray<Took>
  readonly script: ReadonlyArray<Took>
}

export const median = (numbers: Arr.NonEmptyReadonlyArray<number>) => {
  const sorted = Arr.sort(numbers, Order.number)
  const middle = (sorted.length - 1) / 2
  return (Number(sorted[Math.floor(middle)]) + Number(sorted[Math.ceil(middle)])) / 2
}

export const failures = (all: ReadonlyArray<Took>) => all.flatMap((took) => ("failed" in took ? [took.failed] : []))

/** Of the rounds that got there; none where no one did. */
export const medianSeconds = (all: ReadonlyArray<Took>) => {
  const seconds = all.flatMap((took) => ("seconds" in took ? [took.seconds] : []))
  return Arr.isNonEmptyReadonlyArray(seconds) ? Option.some(median(seconds)) : Option.none()
}

/** How many times as long as the script the agent takes; none where one of them failed, if only in one round. */
export const ratio = ({ agent, script }: Comparison) =>
  failures([...agent, ...script]).length > 0
    ? Option.none()
    : Option.zipWith(medianSeconds(agent), medianSeconds(script), (agent, script) => agent / script)

export interface Summary {
  readonly portals: number
  readonly compared: number
  /** Null where no portal could be compared. */
  readonly medianRatio: number | null
  readonly worst: { readonly portal: string; readonly ratio: number } | null
}

export const summarize = (comparisons: ReadonlyArray<Comparison>): Summary => {
  const ratios = comparisons.flatMap((one) =>
    Option.toArray(Option.map(ratio(one), (ratio) => ({ portal: one.portal, ratio })))
  )
  const given = { portals: comparisons.length, compared: ratios.length }
  if (!Arr.isNonEmptyReadonlyArray(ratios)) return { ...given, medianRatio: null, worst: null }
  const byRatio = Order.mapInput(Order.number, ({ ratio }: (typeof ratios)[number]) => ratio)
  return { ...given, medianRatio: median(Arr.map(ratios, ({ ratio }) => ratio)), worst: Arr.max(ratios, byRatio) }
}
