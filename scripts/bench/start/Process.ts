import { Effect } from "effect"

const read = (pid: number, file: string) => Effect.tryPromise(() => Bun.file(`/proc/${pid}/${file}`).text())

/** Of all its threads since its start. Linux counts in hundredths of a second. */
export const secondsOfCpu = (pid: number) =>
  Effect.map(read(pid, "stat"), (stat) => {
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13)
    return (Number(user) + Number(system)) / 100
  })

/** Its resident memory in MB. */
export const sizeOf = (pid: number) =>
  Effect.map(read(pid, "status"), (status) =>
    Math.round((Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024) / 1e6)
  )
