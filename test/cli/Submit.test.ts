import { expect } from "bun:test"
import { Effect } from "effect"
import { Server } from "../../src/Server.ts"
import * as it from "../lib/effect.ts"
import { HouseTest, taxpayer } from "../tasks/lib/House.ts"
import { onTicket, sent } from "../tasks/lib/Process.ts"

const main = new URL("../../src/main.ts", import.meta.url).pathname

const timbra = (token: string, ...args: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const { url } = yield* Server
    const [command = "", ...rest] = args
    return yield* Effect.promise(async () => {
      const child = Bun.spawn([process.execPath, main, command, "--server", url.href, ...rest], {
        env: { TIMBRA_TOKEN: token },
        stdout: "pipe",
        stderr: "pipe"
      })
      const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
      return { out, err, code: await child.exited }
    })
  })

it.layer(HouseTest)("the terminal", (it) => {
  it.live("submit asks for an invoice and tells what happens to the end; watch tells it again", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      yield* onTicket("A-1", (_, desk) =>
        Effect.as(desk.step({ type: "input", message: "Escribo el folio", content: "A-1" }), sent)
      )
      const done = yield* timbra(token, "submit", "https://portal.example.mx/", "Folio: A-1", "Total: 116.00")
      expect(done).toMatchObject({ err: "", code: 0 })
      const [id = "", ...told] = done.out.trim().split("\n")
      expect(told.slice(0, 3)).toEqual(["RUNNING", "Escribo el folio · A-1", "COMPLETED"])
      expect(JSON.parse(told.slice(3).join("\n"))).toMatchObject({ delivery: "email" })
      const watched = yield* timbra(token, "watch", id)
      expect(watched.out.trim().split("\n")).toEqual(told)
    })
  )

  it.live("ends with 1 and a line that says why, where the server refuses or the ticket is not written so", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const malformed = yield* timbra(token, "submit", "https://portal.example.mx/", "Folio A-1")
      expect([malformed.code, malformed.out + malformed.err]).toEqual([1, expect.stringContaining("label: value")])
      const foreign = yield* timbra(token, "watch", crypto.randomUUID())
      expect(foreign.code).toBe(1)
    })
  )
})
