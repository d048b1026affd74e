import { FileSystem, Path } from "@effect/platform"
import { Effect, Predicate, Schedule } from "effect"

const prefix = "timbra-chromium-"

const isAlive = (pid: number) =>
  Effect.try(() => process.kill(pid, 0)).pipe(
    Effect.catchAll(({ error }) => Effect.succeed(!Predicate.hasProperty(error, "code") || error.code !== "ESRCH"))
  )

// What a process that was killed left behind may hold somebody's invoice.
const sweep = Effect.fn("sweepProfiles")(function* (folder: string) {
  const path = yield* Path.Path
  const fs = yield* FileSystem.FileSystem
  const owner = (name: string) => Number(name.slice(prefix.length).split("-", 1))
  const profiles = (yield* fs.readDirectory(folder)).filter((name) => name.startsWith(prefix) && owner(name) > 0)
  const abandoned = yield* Effect.filter(profiles, (name) => Effect.negate(isAlive(owner(name))))
  yield* Effect.forEach(abandoned, (name) => fs.remove(path.join(folder, name), { recursive: true, force: true }))
})

/** A folder for one Chromium process, downloads included; gone with its scope, or when the next one is made. */
export const profileFolder = Effect.gen(function* () {
  const path = yield* Path.Path
  const fs = yield* FileSystem.FileSystem
  const folder = yield* Effect.acquireRelease(
    fs.makeTempDirectory({ prefix: `${prefix}${process.pid}-` }),
    // The last of Chromium's processes may still be writing while it dies.
    (folder) =>
      fs.remove(folder, { recursive: true, force: true }).pipe(
        Effect.retry({ times: 20, schedule: Schedule.spaced("50 millis") }),
        Effect.catchAll((error) => Effect.logWarning("A Chromium profile could not be removed", error))
      )
  )
  yield* sweep(path.dirname(folder))
  return folder
})
