import { mkdir } from "node:fs/promises"
import { resolve } from "node:path"
import axe from "axe-core"
import { Effect } from "effect"
import type { Page } from "playwright-core"

const grave = ["serious", "critical"]

/** What axe finds that would keep somebody from using the view. */
export const barriers = (page: Page) =>
  Effect.promise(async () => {
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run())
    return violations
      .filter(({ impact }) => grave.includes(impact ?? ""))
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, target }) => `${target} ${html}`).join(" | ")}`)
  })

const folder = resolve(import.meta.dir, "../../../test-output/monitor")

/** Kept as an output of the tests, for people to look at. */
export const picture = (page: Page, name: string) =>
  Effect.promise(async () => {
    await mkdir(folder, { recursive: true })
    await page.screenshot({ path: resolve(folder, `${name}.png`), fullPage: true })
  })
