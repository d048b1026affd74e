import { expect } from "bun:test"
import { Effect, Layer, Schema } from "effect"
import type { BrowserContextOptions, Page } from "playwright-core"
import { Server } from "../../src/Server.ts"
import { Created } from "../../src/tasks/NewTask.ts"
import { api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"
import { Chromium, ChromiumLive, desktop, phone } from "../monitor/lib/Visit.ts"
import { folio, openHandPortal, places } from "./lib/HandPortal.ts"
import { person, productOn } from "./lib/LiveHouse.ts"

const output = new URL("../../test-output/live/", import.meta.url).pathname

const sizes: ReadonlyArray<readonly [string, BrowserContextOptions]> = [
  ["desktop", { viewport: desktop }],
  ["phone", { viewport: phone, hasTouch: true, isMobile: true }]
]

/** Presses a place of the portal's window in its live picture, with a mouse or a finger, once the picture stands still. */
const pressAt = async (page: Page, place: { readonly x: number; readonly y: number }, touch: boolean) => {
  const hands = page.getByRole("textbox", { name: "El navegador del portal" })
  const box = await hands.boundingBox()
  if (box === null) throw new Error("no picture")
  const position = { x: place.x * box.width, y: place.y * box.height }
  await (touch ? hands.tap({ position }) : hands.click({ position }))
  // What is typed before goes nowhere.
  await page.locator("textarea:focus").waitFor()
}

type Portal = Awaited<ReturnType<typeof openHandPortal>>

/** Returns once the portal was asked for it, which is what a person sees before they let go of the page. */
const asked = ({ log }: Portal, wanted: string) =>
  Effect.runPromise(
    Effect.repeat(Effect.delay(Effect.sync(log), "50 millis"), {
      until: (log) => log.some(({ path }) => path === wanted)
    })
  )

/** A page of the monitor on which a task at the portal is being done; gives what the portal was ordered. */
const onMonitor = Effect.fnUntraced(function* (
  options: BrowserContextOptions,
  walled: boolean,
  use: (page: Page, portal: Portal) => Promise<void>
) {
  const address = yield* database
  const product = yield* Layer.build(productOn(address))
  const portal = yield* Effect.acquireRelease(
    Effect.promise(() => openHandPortal({ walled })),
    ({ stop }) => Effect.promise(stop)
  )
  yield* Effect.gen(function* () {
    const { email, password, token } = yield* person
    const { url } = yield* Server
    const json = {
      vendor_url: portal.url.href,
      ticket_details: { Folio: folio, Total: "348.50" },
      confirm_before_submit: !walled
    }
    const { body } = yield* api("POST", "/tasks", { token, json })
    const { taskId } = yield* Schema.decodeUnknown(Created)(body)
    const browser = yield* Chromium
    const context = yield* Effect.acquireRelease(
      Effect.promise(() => browser.newContext({ ...options, locale: "es-MX", reducedMotion: "reduce" })),
      (context) => Effect.promise(() => context.close())
    )
    yield* Effect.promise(async () => {
      const page = await context.newPage()
      const complaints: Array<string> = []
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
      page.on("pageerror", (error) => complaints.push(String(error)))
      page.setDefaultTimeout(30_000)
      await page.goto(`${url}#/tasks/${taskId}`)
      await page.getByLabel("Correo").fill(email)
      await page.getByLabel("Contraseña").fill(password)
      await page.getByRole("button", { name: "Entrar" }).click()
      await page.getByRole("img", { name: "El portal en vivo" }).waitFor()
      await use(page, portal)
      await page.getByText("Factura obtenida").waitFor()
      expect(complaints).toEqual([])
    })
  }).pipe(Effect.provide(product))
  expect(portal.stamps()).toHaveLength(1)
  return portal.log().filter(({ method }) => method === "POST")
})

it.layer(ChromiumLive)("the monitor page", (it) => {
  for (const [name, options] of sizes) {
    const touch = options.hasTouch ?? false

    it.live(
      `lets the user see the browser, take it over, type and press in it, and hand it back (${name})`,
      () =>
        Effect.gen(function* () {
          const [order] = yield* onMonitor(options, false, async (page, portal) => {
            await page.getByRole("button", { name: "Solicitar la factura" }).waitFor()
            await page.getByRole("button", { name: "Tomar el control" }).click()
            await page.getByRole("button", { name: "Devolver el control" }).waitFor()
            const log = page.getByRole("log")
            await pressAt(page, places.comments, touch)
            await page.keyboard.type("gracias")
            await log.getByText("El usuario escribe en «Comentarios (opcional)»").waitFor()
            await page.screenshot({ path: `${output}${name}-driven.png` })
            await pressAt(page, places.stamp, touch)
            await log.getByText("El usuario pulsa «Generar factura»").waitFor()
            await asked(portal, "/factura")
            await page.getByRole("button", { name: "Devolver el control" }).click()
            await page.getByText("Factura obtenida").waitFor()
            await page.screenshot({ path: `${output}${name}-done.png`, fullPage: true })
          })
          expect(order?.body).toContain("comments=gracias")
        }),
      60_000
    )
  }

  it.live(
    "lets the user do in the picture itself what the agent asks their hands for",
    () =>
      onMonitor({ viewport: phone, hasTouch: true, isMobile: true }, true, async (page, portal) => {
        await page.getByRole("heading", { name: "El portal necesita sus manos" }).waitFor()
        // Not the full page: for that the window is made longer, and the page still moves when it is pressed.
        await page.screenshot({ path: `${output}phone-asked.png` })
        // Who drives is read after it is told that the agent does not: what the user does meanwhile must not go astray.
        const read = Promise.withResolvers<void>()
        await page.route("**/api/v1/tasks/*", (route) => read.promise.then(() => route.continue()))
        await pressAt(page, places.box, true)
        await page.getByRole("log").getByText("El usuario toma el control").waitFor()
        expect(await page.locator("textarea:focus").count()).toBe(1)
        read.resolve()
        await asked(portal, "/humano")
        await page.getByRole("button", { name: "Devolver el control" }).click()
      }),
    60_000
  )
})
