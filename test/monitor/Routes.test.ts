import { expect } from "bun:test"
import { Effect } from "effect"
import { paths } from "../../src/monitor/Routes.ts"
import * as it from "../lib/effect.ts"
import { server } from "./lib/Server.ts"

const get = (url: URL, path: string) => Effect.promise(() => fetch(new URL(path, url)))

it.live("the page and all it loads are there, and nothing stands inline or comes from elsewhere", () =>
  Effect.gen(function* () {
    const { url } = yield* server
    const page = yield* get(url, "/")
    const html = yield* Effect.promise(() => page.text())
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8")
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*src=)|https?:/)
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path)
    expect(loaded.toSorted()).toEqual(paths.filter((path) => path !== "/").toSorted())
    for (const path of loaded) expect([path, (yield* get(url, path)).status]).toEqual([path, 200])
  })
)

it.live("a strict policy goes with the page; only what has its hash in its name is kept", () =>
  Effect.gen(function* () {
    const { url } = yield* server
    const { headers } = yield* get(url, "/")
    const policy = headers.get("content-security-policy")
    expect(policy).toContain("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain("unsafe")
    expect(headers.get("cache-control")).toBe("no-cache")
    const script = paths.find((path) => path.endsWith(".js")) ?? ""
    expect((yield* get(url, script)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable")
  })
)
