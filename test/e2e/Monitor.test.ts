import { expect } from "bun:test"
import { Effect, Layer } from "effect"
import type { Page } from "playwright-core"
import { parseInvoice } from "../../src/cfdi/Invoice.ts"
import { Server } from "../../src/Server.ts"
import * as it from "../lib/effect.ts"
import { barriers, picture } from "../monitor/lib/Axe.ts"
import { Chromium, ChromiumLive, desktop, phone } from "../monitor/lib/Visit.ts"
import * as maizal from "../portals/asking/Maizal.ts"
import { profiles } from "../portals/lib/Portal.ts"
import { productTest } from "./lib/Product.ts"

const does = <A>(act: () => Promise<A>) => Effect.promise(act)

const looks = [
  { name: "desktop, light", viewport: desktop, dark: false },
  { name: "phone, dark", viewport: phone, dark: true }
] as const

const { person } = profiles

const registers = async (page: Page, url: URL) => {
  await page.goto(`${url}#/register`)
  await page.getByLabel("Correo electrónico").fill(`${crypto.randomUUID()}@example.mx`)
  await page.getByLabel("Contraseña").fill("correct horse battery")
  await page.getByLabel("RFC").fill(person.rfc)
  await page.getByLabel("Nombre o razón social").fill(person.fullName)
  await page.getByLabel("Régimen fiscal").selectOption(person.fiscalRegime)
  await page.getByLabel("Código postal").fill(person.postalCode)
  await page.getByLabel("Uso del CFDI").selectOption(person.cfdiUse)
  await page.getByLabel(/doy mi consentimiento expreso/).check()
  await page.getByRole("button", { name: "Crear cuenta" }).click()
  await page.getByRole("heading", { name: "Aún no hay facturas" }).waitFor()
}

const orders = async (page: Page, portal: URL) => {
  await page.getByRole("link", { name: "Nueva factura" }).first().click()
  await page.getByLabel("Portal de facturación").fill(portal.href)
  const lines = Object.entries(maizal.ticket).map(([label, value]) => `${label}: ${value}`)
  await page.getByLabel("Un dato por renglón").fill(lines.join("\n"))
  await page.getByText("Opciones").click()
  await page.getByLabel("Preguntarme antes").check()
  await page.getByRole("button", { name: "Pedir factura" }).click()
}

it.layer(Layer.merge(productTest(), ChromiumLive))("a person before the page, from nothing to the invoice", (it) => {
  for (const { dark, name, viewport } of looks) {
    it.live(name, () =>
      Effect.gen(function* () {
        const { url } = yield* Server
        const browser = yield* Chromium
        const portal = yield* Effect.acquireRelease(
          does(() => maizal.start()),
          (portal) => does(() => portal.stop())
        )
        const context = yield* Effect.acquireRelease(
          does(() =>
            browser.newContext({
              viewport,
              locale: "es-MX",
              timezoneId: "America/Mexico_City",
              colorScheme: dark ? "dark" : "light",
              reducedMotion: "reduce"
            })
          ),
          (context) => does(() => context.close())
        )
        const page = yield* does(() => context.newPage())
        page.setDefaultTimeout(30_000)
        const seen = (view: string) =>
          Effect.gen(function* () {
            yield* picture(page, `person-${name.replace(", ", "-")}-${view}`)
            expect(yield* barriers(page)).toEqual([])
            const wider = yield* does(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
            expect(wider).toBe(false)
          })

        yield* does(() => registers(page, url))
        yield* does(() => orders(page, portal.url))
        yield* does(async () => {
          await page.getByRole("heading", { name: "Resuelva el captcha" }).waitFor()
          await page.getByRole("img", { name: "Imagen del portal" }).waitFor()
        })
        yield* seen("captcha")
        yield* does(async () => {
          await page.getByLabel("Escriba las letras de la imagen").fill(maizal.letters(0))
          await page.keyboard.press("Enter")
          await page.getByRole("heading", { name: "Dé su visto bueno" }).waitFor()
          await page.getByRole("img", { name: "Imagen del portal" }).waitFor()
        })
        yield* seen("confirm")
        yield* does(async () => {
          await page.getByRole("button", { name: "Solicitar la factura" }).click()
          await page.getByRole("heading", { name: "Factura obtenida" }).waitFor()
        })
        yield* seen("done")
        const xml = yield* does(async () => {
          const arrives = page.waitForEvent("download")
          await page.getByRole("button", { name: /\.xml/ }).click()
          return Bun.file(await (await arrives).path()).bytes()
        })
        const invoice = yield* parseInvoice(xml)
        expect(invoice).toMatchObject({ total: maizal.open.cents, receiver: { rfc: person.rfc } })
        expect(portal.stamps().map(({ uuid }) => uuid)).toEqual([invoice.uuid])
        yield* does(() => page.getByText(invoice.uuid).first().waitFor())
      })
    )
  }
})
