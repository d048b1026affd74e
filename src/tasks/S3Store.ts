import { Config, Effect, Option, Redacted } from "effect"
import { type Address, StoreAway } from "./Stored.ts"

export const s3Settings = Config.all({
  endpoint: Config.url("S3_ENDPOINT"),
  bucket: Config.nonEmptyString("S3_BUCKET"),
  // Not `Config.redacted`, which keeps to itself even that there is none.
  accessKeyId: Config.nonEmptyString("S3_ACCESS_KEY_ID").pipe(Config.map(Redacted.make)),
  secretAccessKey: Config.nonEmptyString("S3_SECRET_ACCESS_KEY").pipe(Config.map(Redacted.make))
})

const patience = "30 seconds"

const keyOf = ({ userId, taskId, id }: Address) => `${userId}/${taskId}/${id}`

/** Objects in a private bucket of anything that speaks S3, which keeps an object whole or not at all. */
export const s3Store = Effect.gen(function* () {
  const { endpoint, bucket, accessKeyId, secretAccessKey } = yield* s3Settings
  const client = new Bun.S3Client({
    endpoint: endpoint.href,
    bucket,
    accessKeyId: Redacted.value(accessKeyId),
    secretAccessKey: Redacted.value(secretAccessKey)
  })

  const call = <A>(run: () => Promise<A>) =>
    Effect.tryPromise({ try: run, catch: (cause) => new StoreAway({ cause }) }).pipe(
      Effect.timeoutFail({
        duration: patience,
        onTimeout: () => new StoreAway({ cause: `no answer in ${patience}` })
      })
    )

  const write = (address: Address, bytes: Uint8Array) =>
    Effect.asVoid(call(() => client.write(keyOf(address), bytes, { type: "application/octet-stream" })))

  const open = Effect.fnUntraced(function* (address: Address) {
    const file = client.file(keyOf(address))
    return (yield* call(() => file.exists())) ? Option.some<Blob>(file) : Option.none()
  })

  const remove = (address: Address) => call(() => client.delete(keyOf(address)))

  return { write, open, remove } as const
})
