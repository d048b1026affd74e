import type { Locator, Page } from "playwright-core"
import type { PortalCase } from "./Portal.ts"

/** What the ticket says under that label. */
export const printed = (ticket: PortalCase["ticket"], label: string) => {
  const value = ticket[label]
  if (value === undefined) throw new Error(`the ticket has no "${label}"`)
  return String(value)
}

/** The amount as most forms want it: no sign, no separators. */
export const plainAmount = (text: string) => text.replace(/[^0-9.]/g, "")

/** A mask moves the caret a moment after the focus, so that the first keys may land anywhere: looked at, typed again. */
export const typeMasked = async (field: Locator, text: string) => {
  for (let tries = 0; tries < 5 && (await field.inputValue()) !== text; tries++) {
    await field.click()
    await field.press("ControlOrMeta+A")
    await field.pressSequentially(text, { delay: 10 })
  }
}

/** Does what brings a file, and waits until the file is whole. */
export const download = async (page: Page, act: () => Promise<unknown>) => {
  const [file] = await Promise.all([page.waitForEvent("download"), act()])
  await file.path()
}
