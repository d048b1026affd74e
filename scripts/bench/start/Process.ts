import { Effect } from "effect"

const read = (pid: number, file: string) => Effect.tryPromise(() => Bun.file(`/proc/${pid}/${file}`).text())

/** What its main thread has worked since its start, in milliseconds: what no other thread can take from it. */
export const mainThreadMs = (pid: number) =>
  Effect.map(read(pid, `task/${pid}/schedstat`), (stat) => Number(stat.split(" ", 1)) / 1e6)

/** Its resident memory in MB. */
export const sizeOf = (pid: number) =>
  Effect.map(read(pid, "status"), (status) =>
    Math.round((Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024) / 1e6)
  )
