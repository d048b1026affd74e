import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Data, Effect } from "effect"

class NotServing extends Data.TaggedError("NotServing")<{ readonly output: string }> {}

/** `timbra serve` as a process of its own with nothing but this environment, killed with the scope; started by `prefix`. */
export const serve = Effect.fnUntraced(function* (
  env: Readonly<Record<string, string>>,
  prefix: ReadonlyArray<string> = []
) {
  const fs = yield* FileSystem.FileSystem
  const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-serve-" })
  const output: Array<string> = []
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      Bun.spawn([...prefix, process.execPath, `${import.meta.dir}/../../src/main.ts`, "serve"], {
        cwd: folder,
        env: {
          PATH: Bun.env.PATH ?? "",
          DATA_DIR: folder,
          HOST: "127.0.0.1",
          PORT: "0",
          LOG_FORMAT: "json",
          JWT_SECRET: "a secret of the tests, longer than 32 bytes",
          ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 7).toString("base64")}`,
          ...env
        },
        stdout: "pipe",
        stderr: "pipe"
      })
    ),
    (child) =>
      Effect.promise(() => {
        child.kill("SIGKILL")
        return child.exited
      })
  )
  const url = yield* Effect.async<URL, NotServing>((resume) => {
    const follow = async (stream: ReadableStream<Uint8Array>) => {
      const decoder = new TextDecoder()
      for await (const bytes of stream) {
        output.push(decoder.decode(bytes, { stream: true }))
        const address = /Listening on (http:\S+?)[\s"]/.exec(output.join(""))?.[1]
        if (address !== undefined) resume(Effect.succeed(new URL(address)))
      }
      resume(new NotServing({ output: output.join("") }))
    }
    void follow(child.stdout)
    void follow(child.stderr)
  })
  const stop = Effect.promise(() => {
    child.kill("SIGTERM")
    return child.exited
  })
  return { url, stop, output: () => output.join("") }
}, Effect.provide(BunContext.layer))

interface Options {
  readonly json?: unknown
  readonly token?: string
}

/** One request to it. */
export const request = (url: URL, method: string, path: string, { json, token }: Options = {}) =>
  Effect.promise(async () => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        "Content-Type": "application/json",
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` })
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) })
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text }
  })
