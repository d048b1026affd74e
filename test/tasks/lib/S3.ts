import S3rver from "@20minutes/s3rver"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Effect } from "effect"

/** A server that speaks S3 and checks signatures, with one bucket; it can be stopped, and started where it was. */
export const s3 = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const directory = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-s3-" })
  const start = (port: number) =>
    Effect.promise(async () => {
      const configureBuckets = [{ name: "invoices", configs: [] }]
      const server = new S3rver({ address: "127.0.0.1", port, silent: true, directory, configureBuckets })
      const running = await server.run()
      return { server, port: running.port }
    })
  let current = yield* start(0)
  const { port } = current
  const stop = Effect.promise(() => current.server.close())
  const again = Effect.map(start(port), (next) => {
    current = next
  })
  yield* Effect.addFinalizer(() => stop)
  const settings = {
    ARTIFACT_STORE: "s3",
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_BUCKET: "invoices",
    S3_ACCESS_KEY_ID: "S3RVER",
    S3_SECRET_ACCESS_KEY: "S3RVER"
  }
  return { settings, stop, again }
}).pipe(Effect.provide(BunContext.layer))
