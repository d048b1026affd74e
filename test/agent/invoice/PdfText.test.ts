import { expect } from "bun:test"
import { Duration, Effect, Option } from "effect"
import { zlibSync } from "fflate"
import { PDFDocument, PDFName } from "pdf-lib"
import { naming } from "../../../src/agent/invoice/PdfText.ts"
import * as it from "../../lib/effect.ts"
import { pages, pdf, printed } from "./Printed.ts"

it.live("of two PDFs the one whose text names the UUID is found, wherever it stands", () =>
  Effect.gen(function* () {
    const [mine, other] = [yield* printed, yield* printed]
    expect(yield* naming(mine.uuid, [other.pdf, mine.pdf])).toEqual(Option.some(mine.pdf))
    expect(yield* naming(mine.uuid, [mine.pdf, other.pdf])).toEqual(Option.some(mine.pdf))
  })
)

it.live("a UUID in lower case, over two lines and with long dashes is the same", () =>
  Effect.gen(function* () {
    const uuid = "5F1D7A3E-8C0B-4A52-9C3D-1E2F3A4B5C6D"
    const written = yield* pages([
      `Folio fiscal:\n${uuid.slice(0, 15).toLowerCase()}\n${uuid.slice(15).replaceAll("-", "–")}`
    ])
    expect(yield* naming(uuid, [written])).toEqual(Option.some(written))
  })
)

it.live("none is found where no text names it, nor in what is no PDF at all", () =>
  Effect.gen(function* () {
    const [mine, other] = [yield* printed, yield* printed]
    const broken = pdf(mine.pdf.bytes.subarray(0, 200))
    expect(yield* naming(mine.uuid, [other.pdf, broken])).toEqual(Option.none())
    expect(yield* naming(mine.uuid, [broken, mine.pdf])).toEqual(Option.some(mine.pdf))
  })
)

it.live("the twentieth page is the last that is read", () =>
  Effect.gen(function* () {
    const { uuid } = yield* printed
    const at = (page: number) => pages(Array.from({ length: 21 }, (_, index) => (index + 1 === page ? uuid : "Anexo")))
    const [twentieth, last] = [yield* at(20), yield* at(21)]
    expect(yield* naming(uuid, [last])).toEqual(Option.none())
    expect(yield* naming(uuid, [last, twentieth])).toEqual(Option.some(twentieth))
  })
)

/** A hundred kilobytes that take a reader six seconds. */
const endless = Effect.promise(async () => {
  const document = await PDFDocument.create()
  const page = document.addPage()
  const text = new TextEncoder().encode("BT /F1 1 Tf (x) Tj ET\n".repeat(2_000_000))
  const stream = document.context.stream(zlibSync(text), { Filter: "FlateDecode" })
  page.node.set(PDFName.of("Contents"), document.context.register(stream))
  return pdf(await document.save())
})

it.live("a PDF without end is given up in time, and nothing else waits for it", () =>
  Effect.gen(function* () {
    const { uuid } = yield* printed
    const document = yield* endless
    const [took, found] = yield* Effect.timed(naming(uuid, [document], "300 millis"))
    expect(found).toEqual(Option.none())
    expect(Duration.toSeconds(took)).toBeLessThan(3)
  })
)
