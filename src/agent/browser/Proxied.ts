import { Redacted } from "effect"
import type { Credentials } from "../../egress/Pass.ts"
import type { Session } from "./Browser.ts"
import type { Chromium } from "./ChromiumProcess.ts"

/**
 * A Chromium that reaches nothing but the proxy: loopback is no exception, WebRTC sends no datagrams, and names are not
 * even resolved here. The flag against datagrams is among those that every Chromium of ours is started with.
 */
export const through = (proxy: string, chromium: Chromium): Chromium => ({
  ...chromium,
  args: [
    ...chromium.args,
    `--proxy-server=${proxy}`,
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
  ]
})

/**
 * Shows the proxy the session's pass, once: Chromium keeps it for all that the context opens later, popups and workers
 * included. Playwright's own way stops every request of the session instead, and turns its cache off.
 */
export const introduce =
  ({ context, page }: Session, pass: Credentials, greeting: URL) =>
  async () => {
    const cdp = await context.newCDPSession(page)
    cdp.on("Fetch.authRequired", ({ requestId }) => {
      void cdp.send("Fetch.continueWithAuth", {
        requestId,
        authChallengeResponse: {
          response: "ProvideCredentials",
          username: pass.username,
          password: Redacted.value(pass.password)
        }
      })
    })
    cdp.on("Fetch.requestPaused", ({ requestId }) => void cdp.send("Fetch.continueRequest", { requestId }))
    await cdp.send("Fetch.enable", { handleAuthRequests: true, patterns: [{ urlPattern: `${greeting.href}*` }] })
    // It is answered with 204, which leaves the tab as blank as it was.
    await cdp.send("Page.navigate", { url: greeting.href })
    await cdp.detach()
  }
