import { expect } from "bun:test"
import { connect } from "node:net"
import { Context, Effect, Layer, Redacted } from "effect"
import { ForwardProxy } from "../../src/egress/ForwardProxy.ts"
import type { Credentials } from "../../src/egress/Pass.ts"
import * as it from "../lib/effect.ts"
import { egressAllowing, resolving } from "../lib/egress.ts"

/** A server that counts who comes to it. */
const counting = (answer: (request: Request) => Response) =>
  Effect.gen(function* () {
    let requests = 0
    const server = yield* Effect.acquireRelease(
      Effect.sync(() =>
        Bun.serve({
          hostname: "127.0.0.1",
          port: 0,
          fetch: async (request) => {
            requests++
            return answer(request)
          }
        })
      ),
      (server) => Effect.promise(() => server.stop(true))
    )
    return { host: server.url.host, port: server.port, url: server.url.href, requests: () => requests } as const
  })

/** The proxy where names are what `names` says. */
const proxyWith = (allowed: string, names: Readonly<Record<string, ReadonlyArray<string>>> = {}) =>
  Effect.map(
    Layer.build(ForwardProxy.Default.pipe(Layer.provide(egressAllowing(allowed)), Layer.provide(resolving(names)))),
    Context.get(ForwardProxy)
  )

const basic = ({ password, username }: Credentials) =>
  `Proxy-Authorization: Basic ${btoa(`${username}:${Redacted.value(password)}`)}\r\n`

/** What the proxy answers to these bytes until it closes, or until `enough` has come. */
const say = ({ url }: { readonly url: string }, text: string, enough?: string) =>
  Effect.async<string>((resume) => {
    const { hostname, port } = new URL(url)
    let heard = ""
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text))
    socket.on("data", (data) => {
      heard += data.toString("latin1")
      if (enough !== undefined && heard.includes(enough)) socket.destroy()
    })
    socket.on("error", () => {})
    socket.on("close", () => resume(Effect.succeed(heard)))
    return Effect.sync(() => socket.destroy())
  })

const statusOf = (answer: string) => Number(answer.split(" ")[1])

const get = (url: string, ...headers: ReadonlyArray<string>) =>
  `GET ${url} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${headers.join("")}\r\n`

const tunnel = (to: string, ...headers: ReadonlyArray<string>) =>
  `CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n${headers.join("")}\r\n`

it.live("serves whoever shows a living pass, over plain requests and tunnels, and nobody else", () =>
  Effect.gen(function* () {
    const shop = yield* counting((request) => new Response(`hola ${request.headers.get("host")}`))
    const proxy = yield* proxyWith(shop.host)
    const pass = yield* proxy.pass()
    expect(yield* say(proxy, get(shop.url, basic(pass), "Connection: close\r\n"))).toContain(`hola ${shop.host}`)
    const inside = `${get(shop.url, "Connection: close\r\n")}`
    expect(yield* say(proxy, tunnel(shop.host, basic(pass)) + inside)).toContain(`hola ${shop.host}`)
    expect(shop.requests()).toBe(2)

    const stale = yield* Effect.scoped(proxy.pass())
    const wrong = { ...pass, password: Redacted.make("guess") }
    const strangers = [get(shop.url), get(shop.url, basic(stale)), tunnel(shop.host), tunnel(shop.host, basic(wrong))]
    const answers = yield* Effect.forEach(strangers, (text) => say(proxy, text))
    expect(answers.map(statusOf)).toEqual([407, 407, 407, 407])
    expect(yield* say(proxy, get(proxy.greeting.href, basic(pass)), "204")).toStartWith("HTTP/1.1 204")
    expect(shop.requests()).toBe(2)
  })
)

it.live("keeps a browser's connection over several requests and destinations, bodies included", () =>
  Effect.gen(function* () {
    const echo = (name: string) =>
      counting((request) => new Response(`${name}:${request.headers.get("content-length") ?? 0};`))
    const [one, other] = [yield* echo("one"), yield* echo("other")]
    const proxy = yield* proxyWith("127.0.0.1")
    const pass = basic(yield* proxy.pass())
    const post = (url: string, body: string) =>
      get(url, pass, `Content-Length: ${body.length}\r\n`).replace("GET", "POST")
    const { hostname, port } = new URL(proxy.url)
    const heard = yield* Effect.async<string>((resume) => {
      const turns = [`${post(one.url, "abc")}abc`, get(one.url, pass), get(other.url, pass)]
      const wanted = ["one:3;", "one:0;", "other:0;"]
      let text = ""
      const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(turns[0] ?? ""))
      socket.on("data", (data) => {
        text += data.toString("latin1")
        if (!text.includes(wanted[0] ?? "")) return
        wanted.shift()
        turns.shift()
        if (turns[0] === undefined) socket.destroy()
        else socket.write(turns[0])
      })
      socket.on("close", () => resume(Effect.succeed(text)))
    })
    expect(heard.match(/\w+:\d;/g)).toEqual(["one:3;", "one:0;", "other:0;"])
  })
)

it.live("S2, S7: connects to no name that has a private address, and not to itself", () =>
  Effect.gen(function* () {
    const trap = yield* counting(() => new Response("leaked"))
    const names = {
      "loopback.example.mx": ["127.0.0.1"],
      "private.example.mx": ["10.0.0.1"],
      "fly.example.mx": ["fdaa:0:1::3"],
      "mapped.example.mx": ["::ffff:127.0.0.1"],
      "mixed.example.mx": ["8.8.8.8", "127.0.0.1"],
      "nothing.example.mx": [],
      "metadata.example.mx": ["169.254.169.254"]
    }
    const proxy = yield* proxyWith("", names)
    const pass = basic(yield* proxy.pass())
    const hosts = [
      ...Object.keys(names),
      "127.0.0.1",
      "localhost",
      "[::1]",
      "2130706433",
      "0x7f.1",
      "0",
      "[::ffff:7f00:1]"
    ]
    for (const host of hosts) {
      const expected = host === "nothing.example.mx" ? 502 : 403
      expect([host, statusOf(yield* say(proxy, get(`http://${host}:${trap.port}/`, pass)))]).toEqual([host, expected])
      expect([host, statusOf(yield* say(proxy, tunnel(`${host}:${trap.port}`, pass)))]).toEqual([host, expected])
    }
    expect(statusOf(yield* say(proxy, get("http://unknown.example.mx/", pass)))).toBe(502)

    const open = yield* proxyWith("127.0.0.1")
    expect(statusOf(yield* say(open, tunnel(new URL(open.url).host, basic(yield* open.pass()))))).toBe(403)
    expect(trap.requests()).toBe(0)
  })
)

it.live("S8: ends what a run has open once it has received its limit, and gives it nothing more", () =>
  Effect.gen(function* () {
    const endless = yield* counting(() => new Response("x".repeat(4_000_000)))
    const proxy = yield* proxyWith("127.0.0.1")
    const pass = basic(yield* proxy.pass({ connections: 2, bytes: 1_000_000 }))
    const answer = yield* say(proxy, get(endless.url, pass))
    expect(answer.length).toBeLessThan(3_000_000)
    expect(statusOf(yield* say(proxy, get(endless.url, pass)))).toBe(403)
    const other = basic(yield* proxy.pass())
    expect(statusOf(yield* say(proxy, get(endless.url, other, "Connection: close\r\n")))).toBe(200)
  })
)

it.live("a destination that closes without a word is a 502, since a browser repeats what silence answered", () =>
  Effect.gen(function* () {
    const mute = yield* Effect.acquireRelease(
      Effect.sync(() =>
        Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: (socket) => void socket.end(), open: () => {} } })
      ),
      (server) => Effect.sync(() => server.stop(true))
    )
    const proxy = yield* proxyWith("127.0.0.1")
    const pass = basic(yield* proxy.pass())
    const post = `${get(`http://127.0.0.1:${mute.port}/`, pass, "Content-Length: 3\r\n").replace("GET", "POST")}abc`
    expect(statusOf(yield* say(proxy, post))).toBe(502)
    expect(statusOf(yield* say(proxy, get("http://127.0.0.1:1/", pass)))).toBe(502)
  })
)

it.live("refuses what no browser sends: odd lines, two lengths, chunks, endless heads", () =>
  Effect.gen(function* () {
    const shop = yield* counting(() => new Response("hola"))
    const proxy = yield* proxyWith("127.0.0.1")
    const pass = basic(yield* proxy.pass())
    const odd = [
      ["GET / HTTP/1.1\r\n\r\n", 400],
      ["nonsense\r\n\r\n", 400],
      [get(shop.url, pass, "Content-Length: 1\r\nContent-Length: 2\r\n"), 400],
      [get(shop.url, pass, "Content-Length: +1\r\n"), 400],
      [get(shop.url, pass, "Transfer-Encoding: chunked\r\n"), 411],
      [get(shop.url, pass, "X : y\r\n"), 400],
      [get(shop.url, pass, "X: y\n Z: 1\r\n"), 400],
      [get(shop.url, pass).replace("GET", "GET /"), 400],
      [get("ftp://127.0.0.1/", pass), 400],
      [tunnel("127.0.0.1:99999", pass), 400],
      [tunnel("user@127.0.0.1:80", pass), 400],
      [tunnel("127.0.0.1:80/x", pass), 400],
      [`GET ${shop.url} HTTP/1.1\r\nX: ${"y".repeat(70_000)}`, 431]
    ] as const
    for (const [text, status] of odd)
      expect([text.slice(0, 60), statusOf(yield* say(proxy, text))]).toEqual([text.slice(0, 60), status])
    expect(shop.requests()).toBe(0)
  })
)
