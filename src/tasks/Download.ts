import { type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { Found } from "./ArtifactsRepo.ts"

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

/** A file that never changes: a client that has it is told so; a question's picture is kept by none. A blob, since Bun tells the length of no stream. */
export const respond = <E, R>(
  request: HttpServerRequest.HttpServerRequest,
  artifact: Found,
  open: Effect.Effect<Blob, E, R>
) => {
  const etag = `"${artifact.sha256}"`
  const headers = { ETag: etag, "Cache-Control": artifact.asked ? "no-store" : "private, max-age=31536000, immutable" }
  if (matches(request.headers["if-none-match"], etag)) {
    return Effect.succeed(HttpServerResponse.empty({ status: 304, headers }))
  }
  return Effect.map(open, (blob) =>
    HttpServerResponse.raw(blob, {
      contentType: artifact.contentType,
      contentLength: artifact.size,
      headers: { ...headers, "Content-Disposition": disposition(artifact) }
    })
  )
}
