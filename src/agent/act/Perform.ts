import { Effect } from "effect"
import { call } from "../page/PageError.ts"
import type { Tab } from "../page/Tab.ts"
import type { UserAct } from "../Stage.ts"

const unknownKey = /unknown key/i

/** Does to the page what the user did to its picture. */
export const perform = Effect.fn("act.perform")(function* (tab: Tab, act: UserAct) {
  const { keyboard, mouse } = tab.page()
  const { height, width } = tab.viewport()
  const move = (to: { readonly x: number; readonly y: number }) => mouse.move(to.x * width, to.y * height)

  yield* call("user", async () => {
    switch (act.type) {
      case "pointer":
        await move(act)
        if (act.action !== "move") await mouse[act.action]({ button: act.button, clickCount: act.clicks })
        return
      case "wheel":
        await move(act)
        return mouse.wheel(act.dx, act.dy)
      case "text":
        return keyboard.insertText(act.text)
      case "key":
        if (act.action === "up") return keyboard.up(act.key)
        return keyboard.down(act.key)
    }
  }).pipe(
    // Letters that no US keyboard has are typed as what they are.
    Effect.catchIf(
      (error) => error._tag === "PageMoved" && unknownKey.test(String(error.cause)) && act.type === "key",
      () =>
        act.type === "key" && act.action === "down" && [...act.key].length === 1
          ? call("user", () => keyboard.insertText(act.key))
          : Effect.void
    )
  )
})
