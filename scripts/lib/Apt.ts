import { Command, FileSystem } from "@effect/platform"
import { Console, Effect, Option } from "effect"
import { run } from "./Run.ts"
import { SetupFailed } from "./Setup.ts"

export interface Need {
  readonly name: string
  readonly isHere: boolean
  /** The Debian packages that bring it, the best one first. */
  readonly packages: ReadonlyArray<string>
  /** Whether it can be done without. */
  readonly optional: boolean
}

const aptGet = (...args: ReadonlyArray<string>) =>
  Command.make("apt-get", "-qq", "-o", "Dpkg::Options::=--force-confold", ...args).pipe(
    // dpkg refuses to work without the sbin folders, and not every root shell has them.
    Command.env({
      DEBIAN_FRONTEND: "noninteractive",
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    })
  )

// The packages would start a cluster on port 5432 and a Redis on 6379, which nobody asked for.
const withoutServices = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const clusters = "/etc/postgresql-common"
  yield* fs.makeDirectory(clusters, { recursive: true })
  yield* Effect.unlessEffect(
    fs.writeFileString(`${clusters}/createcluster.conf`, "create_main_cluster = false\n"),
    fs.exists(`${clusters}/createcluster.conf`)
  )
  const policy = "/usr/sbin/policy-rc.d"
  yield* Effect.unlessEffect(
    Effect.acquireRelease(fs.writeFileString(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 }), () =>
      Effect.orDie(fs.remove(policy))
    ),
    fs.exists(policy)
  )
})

const firstKnown = (need: Need) =>
  Effect.findFirst(need.packages, (name) =>
    run(Command.make("apt-cache", "show", name)).pipe(
      Effect.as(true),
      Effect.catchTag("SetupFailed", () => Effect.succeed(false))
    )
  )

const install = Effect.fn("install")(function* (missing: ReadonlyArray<Need>) {
  yield* Console.log(
    `Installing ${missing.map(({ name }) => name).join(", ")} with apt-get: this takes a minute or two`
  )
  yield* withoutServices
  yield* run(aptGet("update"))
  const packages = yield* Effect.forEach(missing, firstKnown)
  yield* run(aptGet("install", "--yes", "--no-install-recommends", ...packages.flatMap(Option.toArray)))
}, Effect.scoped)

/** Brings what is missing where that can be done, and says what to install where it cannot. */
export const ensure = Effect.fn("ensure")(function* (needs: ReadonlyArray<Need>) {
  const missing = needs.filter(({ isHere }) => !isHere)
  if (missing.length === 0) return
  if (process.getuid?.() === 0 && Bun.which("apt-get") !== null) return yield* install(missing)
  const required = missing.filter(({ optional }) => !optional)
  if (required.length === 0) return
  return yield* new SetupFailed({
    message: [
      "The tests need what is not installed here:",
      ...required.map(({ name, packages }) => `  ${name} (Debian and Ubuntu: apt-get install ${packages[0]})`),
      "As root on Debian or Ubuntu this command installs it by itself."
    ].join("\n")
  })
})
