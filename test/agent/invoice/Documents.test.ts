import { describe, expect, test } from "bun:test"
import { strToU8, zipSync } from "fflate"
import { recognize } from "../../../src/agent/invoice/Documents.ts"
import { sampleCfdi } from "../../cfdi/SampleCfdi.ts"

const pdf = strToU8(`%PDF-1.7\n${"x".repeat(100)}`)
const zeros = (megabytes: number) => new Uint8Array(megabytes * 1024 * 1024)

/** The archive with every size that it claims of its files replaced. */
const claiming = (archive: Uint8Array, size: number) => {
  const bytes = Buffer.from(archive)
  for (let at = 0; at < bytes.length - 30; at++) {
    if (bytes.readUInt32LE(at) === 0x04034b50) bytes.writeUInt32LE(size, at + 22)
    if (bytes.readUInt32LE(at) === 0x02014b50) bytes.writeUInt32LE(size, at + 24)
  }
  return bytes
}

const kinds = (bytes: Uint8Array, filename = "factura.zip") => recognize(bytes, filename).map(({ kind }) => kind)

describe("S8: what a portal hands out", () => {
  test("is known by its content, whatever it is called, and named without a path", () => {
    expect(recognize(strToU8(sampleCfdi), "../../etc/cron.d/x.pdf")).toMatchObject([{ kind: "xml", filename: "x.xml" }])
    expect(recognize(pdf, "..\\..\\a b;rm -rf.html")).toMatchObject([{ kind: "pdf", filename: "a_b_rm_-rf.pdf" }])
    expect(recognize(pdf, "")).toMatchObject([{ filename: "factura.pdf" }])
    expect(kinds(strToU8("<html><body>Comprobante</body></html>"), "factura.pdf")).toEqual([])
  })

  test("is read out of an archive", () => {
    const archive = zipSync({ "a/factura.xml": strToU8(sampleCfdi), "b/../../factura.pdf": pdf })
    expect(recognize(archive, "x.zip").map(({ filename }) => filename)).toEqual(["factura.xml", "factura.pdf"])
    expect(kinds(archive.slice(0, archive.length - 60))).toEqual(["xml", "pdf"])
    expect(kinds(zipSync({ "inner.zip": archive }))).toEqual([])
  })

  test("is refused where it inflates to more than 20 MB, also where an archive lies about its sizes", () => {
    const bomb = zipSync({ "factura.xml": strToU8(sampleCfdi), "bomb.xml": zeros(30) })
    expect(kinds(bomb)).toEqual([])
    expect(kinds(claiming(bomb, 1_000))).toEqual([])
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, nth) => [`${nth}.xml`, strToU8(sampleCfdi)]))
    expect(kinds(zipSync(many))).toEqual([])
  })

  test("is nothing where it is larger than 20 MB itself", () => {
    expect(kinds(Buffer.concat([pdf, zeros(21)]), "a.pdf")).toEqual([])
  })
})
