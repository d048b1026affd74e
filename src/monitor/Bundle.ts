import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/**
 * The page's files. Called as a macro, so that they are string literals in the program: nobody has to build anything,
 * and a compiled binary carries them. Names hold a hash of what is inside.
 */
export const bundle = () => {
  const folder = mkdtempSync(join(tmpdir(), "timbra-monitor-"))
  const flags = [
    "--production",
    "--public-path=/",
    "--chunk-naming=monitor-[hash].[ext]",
    "--asset-naming=monitor-[hash].[ext]"
  ]
  try {
    const built = Bun.spawnSync([process.execPath, "build", "./index.html", ...flags, `--outdir=${folder}`], {
      cwd: import.meta.dir
    })
    if (!built.success) throw new Error(built.stderr.toString())
    return readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
