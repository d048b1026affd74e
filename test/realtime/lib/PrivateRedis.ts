import { Effect } from "effect"

const start = async (port: number) => {
  const child = Bun.spawn(
    ["redis-server", "--bind", "127.0.0.1", "--port", String(port), "--save", "", "--appendonly", "no"],
    { stdout: "pipe", stderr: "ignore" }
  )
  const reader = child.stdout.getReader()
  let said = ""
  while (!said.includes("Ready to accept connections")) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`redis-server ended: ${said}`)
    said += new TextDecoder().decode(value)
  }
  reader.releaseLock()
  return child
}

/** A Redis of its own that can be killed and started again at the same place. */
export const privateRedis = Effect.gen(function* () {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } })
  const { port } = probe
  probe.stop(true)
  let child = yield* Effect.promise(() => start(port))
  const kill = Effect.promise(() => {
    child.kill("SIGKILL")
    return child.exited
  })
  yield* Effect.addFinalizer(() => kill)
  const restart = Effect.promise(async () => {
    child = await start(port)
  })
  return { url: `redis://127.0.0.1:${port}`, kill, restart, pause: () => child.kill("SIGSTOP") } as const
})
