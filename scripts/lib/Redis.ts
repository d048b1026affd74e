import { Command, FileSystem } from "@effect/platform"
import { Chunk, Deferred, Effect, Stream } from "effect"
import { freePort } from "./Port.ts"
import { SetupFailed } from "./Setup.ts"

/** A Redis of its own for one run, which keeps nothing on the disk; gone with the scope. */
export const privateRedis = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-redis-" })
  const port = yield* freePort
  const password = crypto.randomUUID()
  const config = `bind 127.0.0.1\nport ${port}\nrequirepass ${password}\ndir ${folder}\nsave ""\nappendonly no\n`
  const server = yield* Command.make("redis-server", "-").pipe(Command.feed(config), Command.start)

  const ready = yield* Deferred.make<void, SetupFailed>()
  yield* server.stdout.pipe(
    Stream.decodeText(),
    Stream.splitLines,
    Stream.runFoldEffect(Chunk.empty<string>(), (last, line) =>
      Effect.as(
        line.includes("Ready to accept connections") ? Deferred.succeed(ready, undefined) : Effect.void,
        Chunk.takeRight(Chunk.append(last, line), 5)
      )
    ),
    Effect.flatMap((last) => new SetupFailed({ message: `redis-server ended\n${Chunk.join(last, "\n")}` })),
    Effect.catchAll(({ message }) => Deferred.fail(ready, new SetupFailed({ message }))),
    Effect.forkScoped
  )
  yield* Deferred.await(ready)
  return `redis://:${password}@127.0.0.1:${port}`
})
