import { expect } from "bun:test"
import { Effect, Either, Layer, Ref, TestClock } from "effect"
import { dial } from "../../src/egress/Dial.ts"
import { Egress } from "../../src/egress/Egress.ts"
import { HostUnknown, Resolver } from "../../src/egress/Resolver.ts"
import * as it from "../lib/effect.ts"
import { egressAllowing } from "../lib/egress.ts"
import { privateUrls, publicUrls } from "./Addresses.ts"

const judge = (urls: ReadonlyArray<string>) =>
  Effect.map(Egress, ({ parse }) =>
    urls.map((url) => Either.match(parse(url), { onLeft: ({ code }) => code, onRight: ({ href }) => href }))
  )

it.layer(egressAllowing(""))("without an allow-list", (it) => {
  it.live("S1: public portals may be visited", () =>
    Effect.gen(function* () {
      expect(yield* judge(publicUrls)).toEqual(publicUrls.map((url) => new URL(url).href))
    })
  )

  it.live("S1: an address of a private network is refused however it is written", () =>
    Effect.gen(function* () {
      expect(yield* judge(privateUrls)).toEqual(privateUrls.map(() => "URL_NOT_PUBLIC"))
    })
  )

  it.live("another scheme, credentials or no address at all are refused each by its name", () =>
    Effect.gen(function* () {
      expect(
        yield* judge([
          "ftp://shop.mx/",
          "file:///etc/passwd",
          "javascript:alert(1)",
          "https://user:pass@shop.mx/",
          "https://user@shop.mx/",
          "shop.mx",
          "http://",
          "http://300.1.1.1/"
        ])
      ).toEqual([
        "URL_SCHEME",
        "URL_MALFORMED",
        "URL_MALFORMED",
        "URL_CREDENTIALS",
        "URL_CREDENTIALS",
        "URL_MALFORMED",
        "URL_MALFORMED",
        "URL_MALFORMED"
      ])
    })
  )
})

it.layer(egressAllowing("127.0.0.1:8091, 10.0.0.0/8 ,[::1],portal.internal"))("with an allow-list", (it) => {
  it.live("only the host, port or network that it names is let through", () =>
    Effect.gen(function* () {
      expect(
        yield* judge([
          "http://127.0.0.1:8091/a",
          "http://0x7f.1:8091/a",
          "http://10.9.8.7:1234/",
          "http://[::ffff:10.0.0.1]/",
          "http://[::1]:99/",
          "https://portal.internal/"
        ])
      ).toEqual([
        "http://127.0.0.1:8091/a",
        "http://127.0.0.1:8091/a",
        "http://10.9.8.7:1234/",
        "http://[::ffff:a00:1]/",
        "http://[::1]:99/",
        "https://portal.internal/"
      ])
      expect(yield* judge(["http://127.0.0.1:8092/", "http://127.0.0.2:8091/", "http://x.portal.internal/"])).toEqual([
        "URL_NOT_PUBLIC",
        "URL_NOT_PUBLIC",
        "URL_NOT_PUBLIC"
      ])
    })
  )
})

it.live("an allow-list with an entry that is neither host nor network stops the start", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(Layer.build(egressAllowing("127.0.0.1,http://shop")))
    expect(String(error)).toContain('"http://shop" is no host[:port] or CIDR')
  })
)

it.effect(
  "S3: a name that moves to a private address is connected to where it was when it was checked, or not at all",
  () =>
    Effect.gen(function* () {
      const asked = yield* Ref.make(0)
      const addresses = (host: string) =>
        Effect.flatMap(
          Ref.updateAndGet(asked, (n) => n + 1),
          (turn) =>
            turn > 3 ? new HostUnknown({ host }) : Effect.succeed([turn === 1 ? "93.184.215.14" : "127.0.0.1"])
        )
      const context = yield* Layer.build(Layer.provide(egressAllowing(""), Layer.succeed(Resolver, { addresses })))
      const look = Effect.provide(
        Effect.flatMap(Egress, (egress) => egress.destination("moving.example.mx", 443)),
        context
      )
      expect((yield* look).addresses).toEqual(["93.184.215.14"])
      expect((yield* look).addresses).toEqual(["93.184.215.14"])
      expect(yield* Ref.get(asked)).toBe(1)
      yield* TestClock.adjust("31 seconds")
      expect((yield* Effect.flip(look))._tag).toBe("EgressRefused")
    })
)

it.live("S3: what is dialled is the checked address, whatever the name means by then", () =>
  Effect.gen(function* () {
    const server = yield* Effect.acquireRelease(
      Effect.sync(() => Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() })),
      (server) => Effect.promise(() => server.stop(true))
    )
    const port = server.port ?? 0
    const socket = yield* dial({ host: "nowhere.example.mx", port, addresses: ["127.0.0.1"] })
    expect([socket.remoteAddress, socket.remotePort]).toEqual(["127.0.0.1", port])
    socket.destroy()
    const error = yield* Effect.flip(dial({ host: "nowhere.example.mx", port: 1, addresses: ["127.0.0.1"] }))
    expect(error._tag).toBe("Unreachable")
  })
)
