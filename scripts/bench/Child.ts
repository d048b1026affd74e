import { Effect } from "effect"

/** A script of this folder in a process of its own, which says and hears a line at a time. */
export const child = (script: string, ...args: ReadonlyArray<string>) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const spawned = Bun.spawn([process.execPath, new URL(script, import.meta.url).pathname, ...args], {
        stdin: "pipe",
        stdout: "pipe",
        stderr: "inherit"
      })
      const reader = spawned.stdout.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ""
      const said = async (): Promise<Record<string, number>> => {
        while (!rest.includes("\n")) {
          const { done, value } = await reader.read()
          if (done) throw new Error(`${script} ended`)
          rest += value
        }
        const end = rest.indexOf("\n")
        const line = rest.slice(0, end)
        rest = rest.slice(end + 1)
        return JSON.parse(line)
      }
      const say = (line: string) => {
        spawned.stdin.write(`${line}\n`)
        spawned.stdin.flush()
      }
      return { spawned, hear: Effect.promise(said), say: (line: string) => Effect.sync(() => say(line)) }
    }),
    ({ spawned }) =>
      Effect.promise(() => {
        spawned.kill("SIGKILL")
        return spawned.exited
      })
  )
