import { expect } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Effect } from "effect"
import { binary, type Target } from "../../scripts/lib/Binary.ts"
import * as it from "../lib/effect.ts"

const bareRoom = ["unshare", "--mount", "--pid", "--fork", `${import.meta.dir}/lib/bareRoom.sh`]

// Needs the right to mount, which root has not in every container, and Debian's Chromium.
const hasRooms =
  process.getuid?.() === 0 &&
  Bun.which("chromium-headless-shell") !== null &&
  Bun.spawnSync(["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]).success

it.live(
  "the binary alone invoices the demo's tickets where there is nothing else but a C library and a Chromium",
  () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-binary-" })
      const program = `${folder}/timbra`
      yield* binary(program)
      const data = `${folder}/data`
      yield* fs.makeDirectory(data)
      const { code, out, err } = yield* Effect.promise(async () => {
        const command = hasRooms ? [...bareRoom, program, data] : [program]
        const child = Bun.spawn([...command, "demo", "--once"], {
          cwd: folder,
          env: { PATH: hasRooms ? (Bun.env.PATH ?? "") : "/usr/bin:/bin", HOST: "127.0.0.1", PORT: "0" },
          stdout: "pipe",
          stderr: "pipe"
        })
        const [out, err, code] = await Promise.all([
          new Response(child.stdout).text(),
          new Response(child.stderr).text(),
          child.exited
        ])
        return { out, err, code }
      })
      expect({ code, err }).toEqual({ code: 0, err: "" })
      expect(out).toContain("✓ Café Cenzontle")
      const files = yield* fs.readDirectory(`${data}/demo`)
      expect(files.filter((file) => file.endsWith(".xml"))).toHaveLength(2)
    }).pipe(Effect.provide(BunContext.layer)),
  120_000
)

// How a program for each begins: with the mark of its format, and further on the processor that it is for.
const systems: ReadonlyArray<readonly [Target, RegExp]> = [
  ["linux-arm64", /^7f454c46.{28}b700/],
  ["darwin-arm64", /^cffaedfe0c000001/]
]

it.live(
  "is made here for other systems and processors too",
  () =>
    Effect.gen(function* () {
      const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped({ prefix: "timbra-binary-" })
      for (const [system, beginning] of systems) {
        const program = `${folder}/${system}`
        yield* binary(program, system)
        expect(
          Buffer.from(yield* Effect.promise(() => Bun.file(program).slice(0, 32).bytes())).toString("hex")
        ).toMatch(beginning)
      }
    }).pipe(Effect.provide(BunContext.layer)),
  120_000
)
