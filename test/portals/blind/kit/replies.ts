import { fits } from "./checks.ts"
import { type Typed, type Wrong, wrongOf } from "./kit.ts"

export type { PortalCase, Profile, RunningPortal } from "../../lib/Portal.ts"
export { typeMasked } from "../../lib/ScriptTools.ts"
export { pdfFile, xmlFile } from "../../lib/ShopServer.ts"
export * from "./kit.ts"

export const script = (text: string) => () => new Response(text, { headers: { "content-type": "text/javascript" } })

export const css = (text: string) => () => new Response(text, { headers: { "content-type": "text/css" } })

export const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes as Uint8Array).toString("base64")

/** What a portal says against a receiver, if anything; `pair` is a use that the régimen does not allow. */
export const against = (typed: Typed, words: Readonly<Record<Wrong | "pair", string>>) => {
  const wrong = wrongOf(typed)
  if (wrong !== undefined) return words[wrong]
  return fits(typed) ? undefined : words.pair
}
