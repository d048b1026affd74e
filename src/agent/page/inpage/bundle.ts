/**
 * The in-page code as one script. Called as a macro, so that it is a string literal in the program: what runs in the
 * page is typed TypeScript with imports, and a compiled binary needs no files for it.
 */
export const bundle = (): string => {
  const entry = new URL("./main.ts", import.meta.url).pathname
  const built = Bun.spawnSync([process.execPath, "build", entry, "--target=browser", "--format=iife"])
  if (!built.success) throw new Error(built.stderr.toString())
  return built.stdout.toString()
}
