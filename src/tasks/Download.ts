import { type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Predicate } from "effect"
import type { Found } from "./ArtifactsRepo.ts"
import * as ByteRange from "./ByteRange.ts"
import { StoreAway } from "./Stored.ts"

// RFC 6266: a plain name for the old readers, the right one for all others.
const disposition = ({ kind, filename }: Found) => {
  const plain =
    filename
      .normalize("NFD")
      .replace(/[^\x20-\x7e]/g, "")
      .replace(/["\\]/g, "") || "documento"
  const exact = encodeURIComponent(filename).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`
  )
  return `${kind === "screenshot" ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${exact}`
}

const matches = (header: string | undefined, etag: string) =>
  header !== undefined &&
  (header.trim() === "*" || header.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag))

const inOnePiece = 1024 * 1024

/**
 * What is sent of a file. An object of a bucket has no length for Bun once it is a stream, and as it is Bun would send the
 * client to the bucket: so a small one is read first, and only a large one goes out without its length.
 */
const bodyOf = (part: Blob, length: number) => {
  if (!Predicate.hasProperty(part, "presign")) return Effect.succeed(part)
  if (length > inOnePiece) return Effect.succeed(part.stream())
  return Effect.tryPromise({ try: () => part.arrayBuffer(), catch: (cause) => new StoreAway({ cause }) }).pipe(
    Effect.orDie
  )
}

/**
 * A file that never changes: a client that has it is told so, and one that has a part of it may ask for the rest. A
 * question's picture is kept by none.
 */
export const respond = <E, R>(
  { headers: asked }: HttpServerRequest.HttpServerRequest,
  artifact: Found,
  open: Effect.Effect<Blob, E, R>
) =>
  Effect.gen(function* () {
    const etag = `"${artifact.sha256}"`
    const headers = {
      ETag: etag,
      "Cache-Control": artifact.asked ? "no-store" : "private, max-age=31536000, immutable",
      "Accept-Ranges": "bytes"
    }
    if (matches(asked["if-none-match"], etag)) return HttpServerResponse.empty({ status: 304, headers })

    const wanted = matches(asked["if-range"] ?? etag, etag) ? asked.range : undefined
    const range = ByteRange.parse(wanted, artifact.size)
    if (range === "unsatisfiable") {
      return HttpServerResponse.empty({
        status: 416,
        headers: { ...headers, "Content-Range": `bytes */${artifact.size}` }
      })
    }
    const blob = yield* open
    const { from, to } = range ?? { from: 0, to: artifact.size }
    return HttpServerResponse.raw(yield* bodyOf(range === undefined ? blob : blob.slice(from, to), to - from), {
      status: range === undefined ? 200 : 206,
      contentType: artifact.contentType,
      contentLength: to - from,
      headers: {
        ...headers,
        "Content-Disposition": disposition(artifact),
        ...(range === undefined ? {} : { "Content-Range": `bytes ${from}-${to - 1}/${artifact.size}` })
      }
    })
  })
