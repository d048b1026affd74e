import { expect } from "bun:test"
import { ConfigProvider, Effect } from "effect"
import * as Incoming from "../../src/http/Incoming.ts"
import * as it from "../lib/effect.ts"

const read = (headers: Record<string, string>, variables: ReadonlyArray<readonly [string, string]> = []) =>
  Effect.map(Effect.withConfigProvider(Incoming.reader, ConfigProvider.fromMap(new Map(variables))), (read) =>
    read(new Request("http://x/", { headers }), "192.0.2.1")
  )

it.effect("details are Spanish unless the client likes English better", () =>
  Effect.sync(() => {
    const cases = [
      [null, "es"],
      ["", "es"],
      ["en", "en"],
      ["en-US,en;q=0.9", "en"],
      ["EN-gb", "en"],
      ["es-MX,es;q=0.9,en;q=0.8", "es"],
      ["fr, en;q=0.5", "en"],
      ["fr, *;q=0.1", "es"],
      ["en;q=0", "es"],
      ["en;q=0.5, es;q=0.5", "es"],
      ["en;q=nonsense", "es"]
    ] as const
    for (const [header, language] of cases) expect([header, Incoming.languageOf(header)]).toEqual([header, language])
  })
)

it.effect("a sane request id of the client is kept, any other replaced", () =>
  Effect.gen(function* () {
    expect((yield* read({ "x-request-id": "abc-123.DEF_456" })).id).toBe("abc-123.DEF_456")
    for (const id of ["short", "x".repeat(129), "a b c d e f g h", "<script>alert(1)</script>"]) {
      expect((yield* read({ "x-request-id": id })).id).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
)

it.effect("T15: only Fly's own header is believed about the address, and only on Fly", () =>
  Effect.gen(function* () {
    const spoofed = { "fly-client-ip": "203.0.113.9", "x-forwarded-for": "203.0.113.8" }
    expect((yield* read(spoofed)).address).toBe("192.0.2.1")
    expect((yield* read(spoofed, [["FLY_APP_NAME", "timbra"]])).address).toBe("203.0.113.9")
    expect((yield* read({}, [["FLY_APP_NAME", "timbra"]])).address).toBe("192.0.2.1")
  })
)
