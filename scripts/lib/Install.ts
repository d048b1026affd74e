/** On a bare machine only Bun itself is there, so this imports nothing that would have to be installed first. */
export const installDependencies = () => {
  const root = `${import.meta.dir}/../..`
  const { success } = Bun.spawnSync([process.execPath, "install", "--frozen-lockfile", "--silent"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"]
  })
  if (!success) process.exit(1)
}
