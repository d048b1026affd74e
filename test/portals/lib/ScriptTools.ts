import type { Page } from "playwright-core"
import type { PortalCase } from "./Portal.ts"

/** What the ticket says under that label. */
export const printed = (ticket: PortalCase["ticket"], label: string) => {
  const value = ticket[label]
  if (value === undefined) throw new Error(`the ticket has no "${label}"`)
  return String(value)
}

/** The amount as most forms want it: no sign, no separators. */
export const plainAmount = (text: string) => text.replace(/[^0-9.]/g, "")

/** Does what brings a file, and waits until the file is whole. */
export const download = async (page: Page, act: () => Promise<unknown>) => {
  const [file] = await Promise.all([page.waitForEvent("download"), act()])
  await file.path()
}
