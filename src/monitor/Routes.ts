import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { bundle } from "./Bundle.ts" with { type: "macro" }

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml"
}

// Nothing inline and nothing from elsewhere, but what the page makes itself of the pictures that it fetched.
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join("; ")

const files = bundle().map(({ name, text }) => {
  const isPage = name === "index.html"
  const response = HttpServerResponse.text(text, {
    contentType: types[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    headers: {
      "Content-Security-Policy": policy,
      "Cache-Control": isPage ? "no-cache" : "public, max-age=31536000, immutable"
    }
  })
  return { path: isPage ? ("/" as const) : (`/${name}` as const), response }
})

/** Where something is, for those that must know all paths. */
export const paths = files.map(({ path }) => path)

/** The monitor page and what it loads. */
export const MonitorRoutes = HttpLayerRouter.use((router) =>
  Effect.forEach(files, ({ path, response }) => router.add("GET", path, response), { discard: true })
)
