import { Effect } from "effect"
import * as InPage from "./page/InPage.ts"
import { call } from "./page/PageError.ts"
import type { Tab } from "./page/Tab.ts"
import type { Field } from "./portal/Fields.ts"

const timeout = 5_000

/** What stands around a field, where no picture was found that it could mean: a sum, or a text that is drawn. */
const surroundings = (tab: Tab, { control }: Field) =>
  Effect.gen(function* () {
    const handle = yield* InPage.element(control.frame, control.ref)
    return yield* call("captcha", async () => {
      await handle.scrollIntoViewIfNeeded({ timeout })
      const page = tab.page()
      const box = await handle.boundingBox()
      const clip = box && {
        x: Math.max(0, box.x - 320),
        y: Math.max(0, box.y - 180),
        width: box.width + 640,
        height: box.height + 360
      }
      return page.screenshot({ timeout, ...(clip ? { clip } : {}) })
    })
  })

/** The captcha's own picture, cut out of the page. */
export const captchaPicture = (tab: Tab, field: Field) =>
  InPage.imageBeside(field.control.frame, field.control.ref).pipe(
    Effect.flatMap((image) => call("captcha", () => image.screenshot({ timeout }))),
    Effect.catchTag("PageMoved", () => surroundings(tab, field)),
    Effect.map((bytes) => new Uint8Array(bytes))
  )

/** The whole page, as far down as it goes. A page that will not be pictured is no reason not to ask. */
export const pagePicture = (tab: Tab) =>
  call("confirm", () => tab.page().screenshot({ fullPage: true, timeout })).pipe(
    Effect.map((bytes) => ({ image: new Uint8Array(bytes) })),
    Effect.catchAll((error) => Effect.as(Effect.logDebug("no screenshot", error._tag), {}))
  )
