const nothing = "default-src 'none'; frame-ancestors 'none'"
// The reference page is one HTML file with its script and styles inside.
const docs =
  "default-src 'self'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'"

/** Completes an answer with what every one of ours carries; what it says already stands. */
export const complete = (response: Response, requestId: string, path: string | undefined, secure: boolean) => {
  const headers = {
    ...(response.status === 503 && { "Retry-After": "5" }),
    ...(secure && { "Strict-Transport-Security": "max-age=31536000" }),
    "X-Request-Id": requestId,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": path === "/docs" ? docs : nothing,
    "Cache-Control": "no-store"
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!response.headers.has(name)) response.headers.set(name, value)
  }
  return response
}
