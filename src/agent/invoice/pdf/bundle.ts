/**
 * The PDF reader as one script. Called as a macro, so that it is a string literal in the program: a compiled binary
 * has no file that a worker could be started from.
 */
export const bundle = (): string => {
  const entry = new URL("./reader.ts", import.meta.url).pathname
  const built = Bun.spawnSync([process.execPath, "build", entry, "--target=bun", "--minify"])
  if (!built.success) throw new Error(built.stderr.toString())
  return built.stdout.toString()
}
