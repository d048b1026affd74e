import { expect } from "bun:test"
import { Effect } from "effect"
import { unzipSync } from "fflate"
import type { Page } from "playwright-core"
import * as it from "../../lib/effect.ts"
import { captchaCode } from "../lib/CaptchaImage.ts"
import { Chromium, visit } from "../lib/Chromium.ts"
import { type PortalCase, profiles, type TestPortal } from "../lib/Portal.ts"
import { plainAmount, printed } from "../lib/ScriptTools.ts"
import { readDate } from "../lib/TicketDates.ts"
import { portal as colibri } from "./colibri/Portal.ts"
import { portal as origami } from "./origami/Portal.ts"
import { portal as pochote } from "./pochote/Portal.ts"
import { portal as xicalli } from "./xicalli/Portal.ts"

const ticketOf = (portal: TestPortal, name: string) =>
  Effect.map(Effect.fromNullable(portal.cases.find((one) => one.name === name)), ({ ticket }) => ticket)

const recover = async (page: Page, ticket: PortalCase["ticket"]) => {
  await page.locator("#ref").fill(printed(ticket, "Ref"))
  await page.locator("#fch").fill(readDate(printed(ticket, "Fecha")).iso)
  await page.locator("#mto").fill(printed(ticket, "Total"))
  await page.getByText("Verificar").click()
  await page.getByText("Sí, recuperar").click()
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("Descargar ZIP").click()])
  const files = unzipSync(await Bun.file(await download.path()).bytes())
  const xml = Object.entries(files).find(([name]) => name.endsWith(".xml"))
  return new TextDecoder().decode(xml?.[1])
}

const addTicket = async (page: Page, ticket: PortalCase["ticket"]) => {
  await page.locator("#venta").fill(printed(ticket, "Venta"))
  await page.locator("#total").fill(plainAmount(printed(ticket, "Total (IVA incl.)").slice(1)))
  await page.locator("#agregar").click()
  await page.locator("#filas input").check()
}

const invoiceAll = async (page: Page) => {
  await page.locator("#facturar").click()
  await page.locator("#si").click()
  await page.getByText("La factura ha sido timbrada correctamente").waitFor()
}

it.layer(Chromium.Default)("traps of the classic portals", (it) => {
  for (const [name, owner] of [
    ["already invoiced to us: recovered", profiles.person],
    ["already invoiced to somebody else", profiles.company]
  ] as const) {
    it.live(`xicalli, ${name}: the old file bears ${owner.rfc}, and nothing is stamped`, () =>
      Effect.gen(function* () {
        const { page, running } = yield* visit(xicalli)
        const ticket = yield* ticketOf(xicalli, name)
        expect(yield* Effect.promise(() => recover(page, ticket))).toContain(`Rfc="${owner.rfc}"`)
        expect(running.stamps()).toEqual([])
      })
    )
  }

  it.live("colibri: a mistyped captcha brings another image, whose letters then pass", () =>
    Effect.gen(function* () {
      const { page, running } = yield* visit(colibri)
      const ticket = yield* ticketOf(colibri, "the captcha mistyped once")
      const transaction = printed(ticket, "Transacción")
      const src = () => page.locator("img").getAttribute("src")
      yield* Effect.promise(async () => {
        await page.locator("#t1").fill(printed(ticket, "Tienda"))
        await page.locator("#t2").fill(transaction)
        await page.locator("#t3").fill(printed(ticket, "TOTAL"))
        await page.getByText("Validar", { exact: true }).click()
        const first = await src()
        await page.locator("#codigo").fill("AAAAA")
        await page.getByText("Generar Factura").click()
        await page.getByText("Captcha incorrecto", { exact: true }).waitFor()
        expect(await src()).not.toBe(first)
        await page.locator("#codigo").fill(captchaCode(transaction, 1))
        await page.getByText("Generar Factura").click()
        await page.getByText("RFC inválido.").waitFor()
      })
      expect(running.stamps()).toEqual([])
    })
  )

  it.live("origami: a receiver left as prefilled gets the invoice, a ticked donation another total", () =>
    Effect.gen(function* () {
      const { page, running } = yield* visit(origami)
      const ticket = yield* ticketOf(origami, "ok")
      yield* Effect.promise(async () => {
        await page.locator("#dona").check()
        await addTicket(page, ticket)
        await invoiceAll(page)
      })
      expect(running.stamps()).toMatchObject([{ receiverRfc: "XAXX010101000", totalCents: 86707n }])
    })
  )

  it.live("pochote: a total put in at once is lost, the calendar's input takes no keys", () =>
    Effect.gen(function* () {
      const { page } = yield* visit(pochote)
      const shown = yield* Effect.promise(async () => {
        await page.locator("#imp").fill("1243.50")
        await page.locator("#dtp").focus()
        await page.keyboard.type("01/11/2026")
        return [await page.locator("#imp").inputValue(), await page.locator("#dtp").inputValue()]
      })
      expect(shown).toEqual(["0.00", ""])
    })
  )
})
