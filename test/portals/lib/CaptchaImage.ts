import { createHash } from "node:crypto"
import { crc32, deflateSync } from "node:zlib"

/** Five by seven dots each; nothing that a person could take for another. */
const glyphs: Readonly<Record<string, ReadonlyArray<string>>> = {
  A: ["01110", "10001", "10001", "11111", "10001", "10001", "10001"],
  C: ["01111", "10000", "10000", "10000", "10000", "10000", "01111"],
  E: ["11111", "10000", "10000", "11110", "10000", "10000", "11111"],
  H: ["10001", "10001", "10001", "11111", "10001", "10001", "10001"],
  K: ["10001", "10010", "10100", "11000", "10100", "10010", "10001"],
  L: ["10000", "10000", "10000", "10000", "10000", "10000", "11111"],
  P: ["11110", "10001", "10001", "11110", "10000", "10000", "10000"],
  R: ["11110", "10001", "10001", "11110", "10100", "10010", "10001"],
  T: ["11111", "00100", "00100", "00100", "00100", "00100", "00100"],
  X: ["10001", "01010", "01010", "00100", "01010", "01010", "10001"],
  Y: ["10001", "01010", "00100", "00100", "00100", "00100", "00100"],
  Z: ["11111", "00001", "00010", "00100", "01000", "10000", "11111"]
}

const letters = Object.keys(glyphs)

const digest = (text: string) => createHash("sha256").update(text).digest()

/** Five letters that follow from the ticket and from how many images came before. */
export const captchaCode = (ticket: string, attempt: number) =>
  Array.from(digest(`${ticket}/${attempt}`).subarray(0, 5), (byte) => letters[byte % letters.length]).join("")

const width = 200
const height = 60
const dot = 5

const chunk = (type: string, data: Uint8Array) => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data])
  const head = Buffer.alloc(4)
  const tail = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  tail.writeUInt32BE(crc32(body))
  return Buffer.concat([head, body, tail])
}

/** Grey levels, a row at a time, each row after a zero for "no filter". */
const png = (pixels: Uint8Array) => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array())
  ])
}

/** The code drawn askew over a grain and two strokes, as a PNG. */
export const captchaImage = (code: string) => {
  const noise = digest(code)
  const at = (index: number) => noise[index % noise.length] ?? 0
  const pixels = new Uint8Array(width * height).map((_, index) => 205 + (at(index * 7 + (index >> 5)) % 50))
  const paint = (x: number, y: number, grey: number) => {
    if (x >= 0 && x < width && y >= 0 && y < height) pixels[y * width + x] = grey
  }
  for (const [place, letter] of [...code].entries()) {
    const left = 16 + place * 36 + (at(place) % 6)
    const top = 8 + (at(place + 5) % 10)
    const slant = ((at(place + 10) % 5) - 2) / 8
    for (const [row, dots] of (glyphs[letter] ?? []).entries()) {
      for (const [column, lit] of [...dots].entries()) {
        if (lit === "0") continue
        for (let dy = 0; dy < dot; dy++) {
          const y = row * dot + dy
          for (let dx = 0; dx < dot; dx++) paint(left + column * dot + dx + Math.round(y * slant), top + y, 60)
        }
      }
    }
  }
  for (let x = 0; x < width; x++) {
    paint(x, 30 + Math.round(14 * Math.sin((x + at(20)) / 22)), 110)
    paint(x, 25 + Math.round(18 * Math.cos((x + at(21)) / 31)), 140)
  }
  return new Response(png(pixels), { headers: { "content-type": "image/png" } })
}
