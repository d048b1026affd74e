import { Option } from "effect"
import { type Comparison, failures, medianSeconds, ratio, type Summary } from "./Comparison.ts"

const shown = (number: Option.Option<number>, unit: string) =>
  Option.match(number, { onNone: () => "–", onSome: (number) => `${number.toFixed(2)}${unit}` })

const columns = (portal: string, agent: string, script: string, ratio: string) =>
  `${portal.padEnd(16)}${agent.padStart(10)}${script.padStart(10)}${ratio.padStart(9)}`

export const head = columns("portal", "agent", "script", "ratio")

export const row = (one: Comparison) => {
  const why = [
    ...failures(one.agent).map((failed) => `agent: ${failed}`),
    ...failures(one.script).map((failed) => `script: ${failed}`)
  ]
  const line = columns(
    one.portal,
    shown(medianSeconds(one.agent), " s"),
    shown(medianSeconds(one.script), " s"),
    shown(ratio(one), "")
  )
  return [line, ...[...new Set(why)].map((line) => `    ${line}`)].join("\n")
}

export const foot = ({ compared, medianRatio, portals, worst }: Summary) =>
  medianRatio === null || worst === null
    ? `none of ${portals} portals could be compared`
    : `median of ${compared} ratios ${medianRatio.toFixed(2)}, worst ${worst.ratio.toFixed(2)} (${worst.portal})` +
      (compared < portals ? `; ${portals - compared} not compared` : "")
