import { expect } from "bun:test"
import { Command } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Effect, Schema } from "effect"
import * as it from "../lib/effect.ts"

const Outcome = Schema.parseJson(
  Schema.Struct({
    bare: Schema.Array(Schema.String),
    caught: Schema.Array(Schema.String),
    asked: Schema.Array(Schema.String)
  })
)

// Its own network has loopback alone, and there a private address and a name server that are traps as well.
const inNamespace = `
ip link set lo up && ip addr add 10.0.0.1/32 dev lo
resolv=$(mktemp) && echo "nameserver 127.0.0.1" > $resolv && mount --bind $resolv /etc/resolv.conf && rm $resolv
exec "$0" "$1"
`

const run = new URL("hostile/Run.ts", import.meta.url).pathname
const unshare = process.getuid?.() === 0 ? "-nm" : "-rnm"

it.live(
  "S4, S5: a page that tries every channel reaches nothing that is not public, not even with a name look-up",
  () =>
    Effect.gen(function* () {
      const command = Command.make("unshare", unshare, "sh", "-c", inNamespace, process.execPath, run)
      const { asked, bare, caught } = yield* Schema.decode(Outcome)(yield* Command.string(command))
      // Without the guard each of them does: otherwise the page would prove nothing.
      expect(bare).toEqual(
        expect.arrayContaining([
          ...[
            "beacon",
            "css",
            "css-import",
            "css-url",
            "download",
            "embed",
            "fetch",
            "fetch-keepalive",
            "fetch-redirect"
          ],
          ...[
            "font",
            "form",
            "iframe",
            "iframe-redirect",
            "img",
            "img-decimal",
            "img-ipv6",
            "img-mapped",
            "img-private"
          ],
          ...[
            "img-redirect",
            "import",
            "object",
            "ping",
            "popup",
            "popup-redirect",
            "prefetch",
            "script",
            "shared-worker"
          ],
          ...["service-worker", "sse", "svg-image", "top-redirect", "video", "worker", "ws", "xhr", "tls", "datagram"],
          "name"
        ])
      )
      expect(asked).toEqual(expect.arrayContaining(["/", "/alive", "/to/fetch-redirect", "/to/top-redirect"]))
      expect(caught).toEqual([])
    }).pipe(Effect.provide(BunContext.layer))
)
