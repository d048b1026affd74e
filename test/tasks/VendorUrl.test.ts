import { expect } from "bun:test"
import { ConfigProvider, Effect, Either, Layer } from "effect"
import { VendorUrl } from "../../src/tasks/VendorUrl.ts"
import * as it from "../lib/effect.ts"

const allowing = (list: string) =>
  VendorUrl.Default.pipe(
    Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["VENDOR_HOSTS_ALLOWED", list]]))))
  )

const judge = (urls: ReadonlyArray<string>) =>
  Effect.map(VendorUrl, ({ parse }) =>
    urls.map((url) => Either.match(parse(url), { onLeft: ({ code }) => code, onRight: ({ href }) => href }))
  )

const publicUrls = [
  "https://factura.example.com.mx/portal?x=1",
  "http://www.tienda.mx:8443/facturacion",
  "https://8.8.8.8/",
  "https://[2606:4700::1111]/",
  "https://facturación.mx/"
]

const privateUrls = [
  "http://localhost/",
  "http://LOCALHOST./",
  "http://a.localhost:3000/",
  "http://127.0.0.1/",
  "http://127.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0177.0.0.1/",
  "http://0/",
  "http://0.0.0.0/",
  "http://10.1.2.3/",
  "http://172.16.0.1/",
  "http://192.168.1.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://100.64.0.1/",
  "http://198.18.0.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://240.0.0.1/",
  "http://192.0.2.1/",
  "http://①②⑦.0.0.1/",
  "http://127。0。0。1/",
  "http://[::1]/",
  "http://[::]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[2002:7f00:1::]/",
  "http://[fc00::1]/",
  "http://[fdaa:0:1::3]/",
  "http://[fe80::1]/",
  "http://[ff02::1]/",
  "http://[2001:db8::1]/",
  "http://intranet/",
  "http://db.internal/",
  "http://timbra.flycast/",
  "http://printer.local/",
  "http://metadata.google.internal/"
]

it.layer(allowing(""))("without an allow-list", (it) => {
  it.live("public portals may be visited", () =>
    Effect.gen(function* () {
      expect(yield* judge(publicUrls)).toEqual(publicUrls.map((url) => new URL(url).href))
    })
  )

  it.live("an address of a private network is refused however it is written", () =>
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

it.layer(allowing("127.0.0.1:8091, 10.0.0.0/8 ,[::1],portal.internal"))("with an allow-list", (it) => {
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
    const error = yield* Effect.flip(Layer.build(allowing("127.0.0.1,http://shop")))
    expect(String(error)).toContain('"http://shop" is no host[:port] or CIDR')
  })
)
