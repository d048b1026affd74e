import type { Document } from "../agent/Desk.ts"

/** A document on its way into the record. */
export interface File extends Document {
  readonly id: string
  readonly sha256: string
}

/** Where its bytes are sealed until the store has them. */
export const contextOf = (user: string, id: string) => ({ user, table: "artifacts", row: id, column: "sealed" })

const maxName = 120

// The name came from a portal: no folders, no control characters, nothing that a shell or a header would read.
const safeName = (name: string) => {
  const base = name.normalize("NFC").split(/[/\\]/).at(-1) ?? ""
  const safe = base
    .replace(/[\p{C}"'`<>|:*?$;&%]/gu, "")
    .replace(/^\.+/, "")
    .trim()
  if (safe === "") return "documento"
  const dot = safe.lastIndexOf(".")
  const extension = dot > 0 ? safe.slice(dot).slice(0, 12) : ""
  return safe.slice(0, dot > 0 ? dot : undefined).slice(0, maxName - extension.length) + extension
}

const types: Readonly<Record<Document["kind"], ReadonlyArray<string>>> = {
  xml: ["application/xml"],
  pdf: ["application/pdf"],
  screenshot: ["image/jpeg", "image/png"],
  other: ["application/zip", "application/octet-stream"]
}

// Only types that a browser does not run come out again, whatever the portal called them.
const safeType = ({ kind, contentType }: Document) => {
  const known = types[kind]
  return known.includes(contentType) ? contentType : (known.at(-1) ?? "application/octet-stream")
}

export const make = (document: Document): File => ({
  ...document,
  id: crypto.randomUUID(),
  filename: safeName(document.filename),
  contentType: safeType(document),
  sha256: new Bun.CryptoHasher("sha256").update(document.bytes).digest("hex")
})

export const screenshot = (bytes: Uint8Array) =>
  make({ kind: "screenshot", filename: "pantalla.jpg", contentType: "image/jpeg", bytes })

export const captcha = (bytes: Uint8Array) =>
  make({ kind: "screenshot", filename: "captcha.png", contentType: "image/png", bytes })
