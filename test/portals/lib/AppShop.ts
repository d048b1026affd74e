import { join } from "node:path"
import { clientBundle } from "./ClientBundle.ts"
import { type Handler, openShop, page, type ShopOptions } from "./ShopServer.ts"

interface AppOptions<Session extends object> extends Omit<ShopOptions<Session>, "routes"> {
  /** Where page.html and the client's source lie. */
  readonly folder: string
  readonly client: string
  /** Where the page says its script is. */
  readonly script: string
  readonly routes: Readonly<Record<string, Handler<Session>>>
}

/** A shop whose pages are drawn in the browser: one HTML file, one bundle, and an API below it. */
export const openApp = async <Session extends object>(options: AppOptions<Session>) => {
  const html = await Bun.file(join(options.folder, "page.html")).text()
  const bundle = await clientBundle(join(options.folder, options.client))
  return openShop<Session>({
    ...options,
    routes: { "GET /": () => page(html), [`GET ${options.script}`]: bundle, ...options.routes }
  })
}
