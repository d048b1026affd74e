import type { Latency } from "./Measure.ts"

interface Result {
  readonly name: string
  readonly idle: Latency
  readonly steady: Latency
  readonly drain: number
}

const columns = (name: string, drain: string, idle: string, steady: string) =>
  `${name.padEnd(26)}${drain.padStart(10)}${idle.padStart(24)}${steady.padStart(24)}`

const millis = ({ p50, p95, p99 }: Latency) => [p50, p95, p99].map((value) => value.toFixed(1)).join(" / ")

export const head = columns("queue", "jobs/s", "idle p50/95/99 ms", "1,000/s p50/95/99 ms")

export const row = ({ name, idle, steady, drain }: Result) =>
  columns(name, Math.round(drain).toLocaleString("en"), millis(idle), millis(steady))

export const fairness = ({ fair, fifo }: { readonly fair: number; readonly fifo: number }) =>
  `\n1,000 users: ${Math.round(fair)} tasks/s fair, ${Math.round(fifo)} first in, first out: fairness costs ${(
    100 * (1 - fair / fifo)
  ).toFixed(0)} %`

interface Dead {
  readonly fresh: number
  readonly after: number
  readonly pinned: number
}

export const dead = ({ fresh, after, pinned }: Dead) =>
  `a claim of ten: ${fresh.toFixed(1)} ms, among dead rows ${after.toFixed(1)} ms, and while a snapshot keeps them ${pinned.toFixed(1)} ms`

export const rescue = (seconds: number | null) =>
  seconds === null
    ? "kill -9: not measured"
    : `from kill -9 of a worker until its task runs again: ${seconds.toFixed(1)} s`
