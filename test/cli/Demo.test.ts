import { expect } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Effect } from "effect"
import { parseInvoice } from "../../src/cfdi/Invoice.ts"
import * as it from "../lib/effect.ts"

const run = (env: Readonly<Record<string, string>>) =>
  Effect.promise(async () => {
    const child = Bun.spawn([process.execPath, `${import.meta.dir}/../../src/main.ts`, "demo", "--once"], {
      env: { PATH: Bun.env.PATH ?? "", HOME: Bun.env.HOME ?? "", ...env },
      stdout: "pipe",
      stderr: "pipe"
    })
    const [out, err, code] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited
    ])
    return { out, err, code }
  })

it.live(
  "the demo invoices real tickets over the public API, ends with 0 and leaves proven invoices on disk",
  () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-demo-" })
      const { out, err, code } = yield* run({ DATA_DIR: folder, PORT: "0", HOST: "127.0.0.1" })
      expect({ code, err }).toEqual({ code: 0, err: "" })
      expect(out).toContain("Escribo el RFC · CAC•••")
      expect(out).not.toContain("CACX7605101P8")
      for (const ended of ["COMPLETED", "TICKET_EXPIRED", "ALREADY_INVOICED", "TICKET_NOT_FOUND"]) {
        expect(out).toContain(`: ${ended}`)
      }
      const files = yield* fs.readDirectory(`${folder}/demo`)
      const xmls = files.filter((file) => file.endsWith(".xml"))
      const invoices = yield* Effect.forEach(xmls, (file) =>
        Effect.flatMap(fs.readFile(`${folder}/demo/${file}`), parseInvoice)
      )
      expect(invoices.map(({ total }) => total).sort()).toEqual([127490n, 34800n])
      for (const { receiver, uuid } of invoices) {
        expect(receiver.rfc).toBe("CACX7605101P8")
        expect(files).toContain(`${uuid}.pdf`)
      }
    }).pipe(Effect.provide(BunContext.layer)),
  120_000
)
