import { Data } from "effect"

/** A file that a portal handed out, known by its content rather than by its name. */
export interface Found {
  readonly kind: "xml" | "pdf"
  readonly bytes: Uint8Array
  readonly filename: string
}

class UnzipRefused extends Data.TaggedError("UnzipRefused") {}

const maxBytes = 20 * 1024 * 1024
const maxEntries = 50

const startsWith = (bytes: Uint8Array, text: string, within = 0) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, within + text.length)).includes(text, 0, "latin1")

const isPdf = (bytes: Uint8Array) => startsWith(bytes, "%PDF-", 1024)
const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 9) <= 7
const isCfdi = (text: string) =>
  /<(\w+:)?Comprobante[\s>]/.test(text.slice(0, 4000)) && text.includes("http://www.sat.gob.mx/cfd/")

const name = (filename: string, kind: Found["kind"]) => {
  const base =
    filename
      .split(/[\\/]/)
      .pop()
      ?.replace(/[^\w.-]+/g, "_")
      .replace(/\.\w{1,5}$/, "") ?? ""
  return `${base || "factura"}.${kind}`
}

/** Smaller than a bomb could make large: what each piece inflates to is counted before the next. */
const piece = 4096

/** Inflated no further than allowed, whatever an archive claims of its sizes. */
const unzip = (bytes: Uint8Array): ReadonlyArray<Found> => {
  // Its tables are laid out when there is an archive, and not at each start of the program.
  const { Unzip, UnzipInflate }: typeof import("fflate") = require("fflate")
  const files: Array<{ readonly path: string; readonly parts: Array<Uint8Array> }> = []
  let total = 0
  const archive = new Unzip()
  archive.register(UnzipInflate)
  archive.onfile = (file) => {
    const parts: Array<Uint8Array> = []
    files.push({ path: file.name, parts })
    file.ondata = (error, part) => {
      total += part?.length ?? 0
      if (error || total > maxBytes || files.length > maxEntries) throw new UnzipRefused()
      parts.push(part)
    }
    file.start()
  }
  for (let at = 0; at < bytes.length; at += piece)
    archive.push(bytes.subarray(at, at + piece), at + piece >= bytes.length)
  return files.flatMap(({ path, parts }) => {
    const content = Buffer.concat(parts)
    return isZip(content) ? [] : recognize(content, path)
  })
}

const decoded = (base64: string): Uint8Array | undefined => {
  const clean = base64.replace(/\\[nr]|\\\//g, (escaped) => (escaped === "\\/" ? "/" : ""))
  const bytes = Buffer.from(clean, "base64")
  return bytes.length > 100 ? bytes : undefined
}

// "<?xml", "<cfdi", "<tfd", BOM + "<", "%PDF", "PK" as base64 writes them.
const embedded = /"((?:PD94bWw|PGNmZGk|PHRmZDp|77u\/P|JVBERi0|UEsDB)[\w+/=\\]{100,})"/g

/** Documents inside a JSON or HTML reply: base64 strings, or an XML kept as an escaped string. */
const insideText = (text: string): ReadonlyArray<Found> => {
  const found = [...text.matchAll(embedded)].flatMap(([, base64 = ""]) => {
    const bytes = decoded(base64)
    return bytes ? recognize(bytes, "") : []
  })
  if (found.some(({ kind }) => kind === "xml")) return found
  const escaped = /"((?:\\ufeff|\s)*<\?xml(?:[^"\\]|\\.)+Comprobante(?:[^"\\]|\\.)+)"/.exec(text)?.[1]
  if (escaped === undefined) return found
  const xml = unescapeJson(escaped)
  return xml !== undefined && isCfdi(xml)
    ? [...found, { kind: "xml", bytes: Buffer.from(xml), filename: "factura.xml" }]
    : found
}

const unescapeJson = (escaped: string): string | undefined => {
  try {
    return String(JSON.parse(`"${escaped}"`))
  } catch {
    return undefined
  }
}

/** The invoices and PDFs in a file, archive or reply; none where it holds none or is not what it claims. */
export const recognize = (bytes: Uint8Array, filename: string): ReadonlyArray<Found> => {
  if (bytes.length < 20 || bytes.length > maxBytes) return []
  if (isPdf(bytes)) return [{ kind: "pdf", bytes, filename: name(filename, "pdf") }]
  if (isZip(bytes)) return unzipOrNothing(bytes)
  const text = new TextDecoder().decode(bytes)
  if (/^\s*\ufeff?\s*</.test(text) && isCfdi(text)) return [{ kind: "xml", bytes, filename: name(filename, "xml") }]
  return insideText(text)
}

const unzipOrNothing = (bytes: Uint8Array): ReadonlyArray<Found> => {
  try {
    return unzip(bytes)
  } catch {
    // A broken archive is no invoice; the run goes on looking for one.
    return []
  }
}
