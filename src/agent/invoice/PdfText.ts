import { inflateSync } from "node:zlib"
import { Array as Arr, Data, type Duration, Effect, Option } from "effect"
import type { Found } from "./Documents.ts"
import { bundle } from "./pdf/bundle.ts" with { type: "macro" }
import type { Reply, Request } from "./pdf/reader.ts"

const maxBytes = 20 * 1024 * 1024
const maxPages = 20
/** How much is looked through without a worker: of so many streams, each so long. */
const maxStreams = 12
const maxGlance = 512 * 1024

class PdfUnreadable extends Data.TaggedError("PdfUnreadable")<{ readonly reason: string }> {}

const script = URL.createObjectURL(new Blob([bundle()], { type: "text/javascript" }))

/** Whether the text of the first twenty pages holds the UUID: 0.1 to 0.3 seconds, most of it the reader's own start. */
const textHolds = (uuid: string, { bytes }: Found) =>
  Effect.acquireRelease(
    Effect.sync(() => new Worker(script)),
    (worker) => Effect.sync(() => worker.terminate())
  ).pipe(
    Effect.flatMap((worker) =>
      Effect.async<boolean, PdfUnreadable>((resume) => {
        worker.onmessage = ({ data }: MessageEvent<Reply>) =>
          resume(data._tag === "Read" ? Effect.succeed(data.holds) : new PdfUnreadable({ reason: data.reason }))
        worker.onerror = ({ message }) => resume(new PdfUnreadable({ reason: message }))
        worker.postMessage({ bytes, uuid, maxPages } satisfies Request)
      })
    ),
    Effect.scoped,
    Effect.catchTag("PdfUnreadable", ({ reason }) => Effect.as(Effect.logDebug("PDF not readable", reason), false))
  )

const string = /<([\da-f\s]{2,})>|\(((?:\\.|[^\\()])*)\)/gi

const inflated = (stream: string) =>
  Option.liftThrowable(() => inflateSync(Buffer.from(stream, "latin1"), { maxOutputLength: maxGlance }))().pipe(
    Option.match({ onNone: () => "", onSome: (bytes) => bytes.toString("latin1") })
  )

/** What is written with the plain letters of a standard font can be found without a reader, in a millisecond. */
const inBytes = (uuid: string, { bytes }: Found) => {
  const source = Buffer.from(bytes).toString("latin1")
  if (source.toUpperCase().includes(uuid)) return true
  return source
    .split(/stream\r?\n/)
    .filter((part) => part.endsWith("end"))
    .slice(0, maxStreams)
    .some((stream) => {
      const written = inflated(stream)
        .matchAll(string)
        .map(([, hex, text = ""]) =>
          hex === undefined ? text : Buffer.from(hex.replace(/\s/g, ""), "hex").toString("latin1")
        )
      return [...written].join("").toUpperCase().includes(uuid)
    })
}

/**
 * The first of the documents that names the UUID, as it stands or in its text; none where no one does, or where they
 * take longer than `patience` to read.
 */
export const naming = Effect.fn("PdfText.naming")(function* <A extends Found>(
  uuid: string,
  documents: ReadonlyArray<A>,
  patience: Duration.DurationInput = "5 seconds"
) {
  const plain = Arr.findFirst(documents, (document) => inBytes(uuid, document))
  if (Option.isSome(plain)) return plain
  const small = documents.filter(({ bytes }) => bytes.length <= maxBytes)
  const found = yield* Effect.timeoutOption(
    Effect.findFirst(small, (document) => textHolds(uuid, document)),
    patience
  )
  return Option.flatten(found)
})
