import { readdir } from "node:fs/promises"
import { Effect, Schedule } from "effect"

export interface Process {
  readonly pid: number
  readonly parent: number
  readonly group: number
}

/** The command's name is in brackets and may hold any character, these too. */
const read = (stat: string): ReadonlyArray<Process> => {
  const pid = Number.parseInt(stat, 10)
  const [state = "", parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return state === "Z" || state === "" ? [] : [{ pid, parent: Number(parent), group: Number(group) }]
}

/** Every process of this machine but those that are dead and only wait to be asked after. */
export const processes = Effect.promise(async () => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  // One that ends meanwhile has no file any more.
  const stats = await Promise.all(
    pids.map((pid) =>
      Bun.file(`/proc/${pid}/stat`)
        .text()
        .catch(() => "")
    )
  )
  return stats.flatMap(read)
})

/** Returns once no process of these groups is left. */
export const groupsGone = (groups: ReadonlyArray<number>) =>
  processes.pipe(
    Effect.map((all) => all.filter(({ group }) => groups.includes(group))),
    Effect.repeat({ until: (left) => left.length === 0, schedule: Schedule.spaced("20 millis") }),
    Effect.timeout("5 seconds")
  )
