import { Effect, Schedule } from "effect"
import type { Session } from "../../../src/agent/browser/Browser.ts"

/** Every process of the Chromium that a session runs in, the browser process first. */
export const processesOf = (session: Session) =>
  Effect.promise(async () => {
    const cdp = await session.context.browser()?.newBrowserCDPSession()
    const info = await cdp?.send("SystemInfo.getProcessInfo")
    const order = (info?.processInfo ?? []).toSorted(
      (a, b) => Number(b.type === "browser") - Number(a.type === "browser")
    )
    return order.map(({ id }) => id)
  })

const procFile = (pid: number, name: "cmdline" | "environ") =>
  Effect.tryPromise(() => Bun.file(`/proc/${pid}/${name}`).text()).pipe(
    Effect.map((text) => text.split("\0").filter((entry) => entry !== "")),
    Effect.orElseSucceed((): Array<string> => [])
  )

export const argumentsOf = (pid: number) => procFile(pid, "cmdline")

export const environmentOf = (pid: number) => procFile(pid, "environ")

/** A dead process whose parent has not asked after it still has its number, but no arguments. */
export const running = (pids: ReadonlyArray<number>) =>
  Effect.filter(pids, (pid) => Effect.map(argumentsOf(pid), (line) => line.length > 0))

export const allGone = (pids: ReadonlyArray<number>) =>
  running(pids).pipe(
    Effect.repeat({ until: (left) => left.length === 0, schedule: Schedule.spaced("20 millis") }),
    Effect.timeout("5 seconds")
  )
