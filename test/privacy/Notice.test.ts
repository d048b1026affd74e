import { expect } from "bun:test"
import { createHash } from "node:crypto"
import { FetchHttpClient, HttpApiClient } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../../src/Api.ts"
import { Server } from "../../src/Server.ts"
import { TestServer } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"

it.layer(TestServer)("privacy notice", (it) => {
  it.live("is public, versioned, and its hash is that of the full text", () =>
    Effect.gen(function* () {
      const { url } = yield* Server
      const client = yield* HttpApiClient.make(Api, { baseUrl: url })
      const { version, sha256, short, full } = yield* client.privacy.notice()
      expect(version).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(sha256).toBe(createHash("sha256").update(full).digest("hex"))
      for (const words of ["Responsable", "RFC", "consentimiento expreso", "ARCO", "revocar", "Cambios"]) {
        expect(full).toContain(words)
      }
      expect(short.length).toBeLessThan(full.length / 4)
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )
})
