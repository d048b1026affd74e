import { expect } from "bun:test"
import { Effect } from "effect"
import * as it from "../lib/effect.ts"
import { email, incomplete, newTask, password } from "./lib/Samples.ts"
import { ChromiumLive, loggedIn } from "./lib/Visit.ts"

const does = <A>(act: () => Promise<A>) => Effect.promise(act)

const ordering = Effect.gen(function* () {
  const visited = yield* loggedIn()
  yield* does(() => visited.page.goto(`${visited.url}#/tasks/new`))
  return { ...visited, send: visited.page.getByRole("button", { name: "Pedir factura" }) }
})

it.layer(ChromiumLive)("a new invoice", (it) => {
  it.live("a pasted ticket is shown as it was understood, sent so, and then watched", () =>
    Effect.gen(function* () {
      const { page, send, timbra } = yield* ordering
      yield* does(async () => {
        await page.getByLabel("Portal de facturación").fill("factura.cenzontle.mx/alta")
        await page.getByLabel("Un dato por renglón").fill("CAFÉ CENZONTLE\nFolio: A-00017   Caja: 2\nTotal: 87.00")
        await page.getByText("Se enviarán estos 3 datos").waitFor()
        await page.getByText("no tiene dos puntos").waitFor()
        await page.getByText("Opciones").click()
        await page.getByLabel("Uso del CFDI").selectOption("G01")
        await page.getByLabel("Preguntarme antes").check()
        await send.click()
        await page.getByRole("heading", { name: "factura.cenzontle.mx" }).waitFor()
      })
      expect(timbra.bodies("POST", /^\/tasks$/)[0]?.body).toEqual({
        vendor_url: "https://factura.cenzontle.mx/alta",
        ticket_details: { Folio: "A-00017", Caja: "2", Total: "87.00" },
        cfdi_use: "G01",
        confirm_before_submit: true,
        retry_not_found: false
      })
    })
  )

  it.live("what was pasted is there in the table, and what is changed there is sent", () =>
    Effect.gen(function* () {
      const { page, send, timbra } = yield* ordering
      yield* does(async () => {
        await page.getByLabel("Portal de facturación").fill("https://cenzontle.mx")
        await page.getByLabel("Un dato por renglón").fill("Folio: 17")
        await page.getByRole("radio", { name: "Llenar tabla" }).check()
        expect(await page.getByLabel("Valor 1").inputValue()).toBe("17")
        await page.getByRole("button", { name: "Agregar dato" }).click()
        await page.getByLabel("Dato 2").fill("Total")
        await send.click()
        await page.getByRole("alert").getByText("no tiene valor").waitFor()
        await page.getByLabel("Valor 2").fill("87.00")
        await send.click()
        await page.getByRole("heading", { name: "cenzontle.mx" }).waitFor()
      })
      expect(timbra.bodies("POST", /^\/tasks$/)).toHaveLength(1)
      expect(timbra.tasks[0]?.ticket_details).toEqual({ Folio: "17", Total: "87.00" })
    })
  )

  it.live("a refused address is told at its field, an empty ticket before anything is sent", () =>
    Effect.gen(function* () {
      const { page, send, timbra } = yield* ordering
      yield* does(async () => {
        await send.click()
        await page.getByText("Escriba al menos un dato del ticket.").first().waitFor()
        await page.getByLabel("Un dato por renglón").fill("Folio: 17")
        await send.click()
        const address = page.getByLabel("Portal de facturación")
        await page.getByText("No es una dirección web completa.").waitFor()
        expect(await address.evaluate((field) => document.activeElement === field)).toBe(true)
      })
      expect(timbra.bodies("POST", /^\/tasks$/)).toHaveLength(1)
    })
  )

  it.live("without consent, or with a ticket that is under way, the page shows where to go", () =>
    Effect.gen(function* () {
      const { page, send, timbra } = yield* ordering
      const { id } = timbra.add(newTask({ ticket_details: { Folio: "17" } }))
      yield* does(async () => {
        await page.getByLabel("Portal de facturación").fill("https://cenzontle.mx")
        await page.getByLabel("Un dato por renglón").fill("Folio: 17")
        await send.click()
        const link = page.getByRole("link", { name: "Ver la factura que ya está en proceso" })
        await link.waitFor()
        expect(await link.getAttribute("href")).toBe(`#/tasks/${id}`)
        timbra.accounts.set(email, { password, profile: incomplete })
        await send.click()
        await page.getByRole("link", { name: "Revisar el aviso de privacidad" }).waitFor()
      })
    })
  )

  it.live(
    "a second press while the first is on its way sends nothing, and a lost answer is asked for with the same key",
    () =>
      Effect.gen(function* () {
        const { page, send, timbra, url } = yield* ordering
        const release = Promise.withResolvers<void>()
        timbra.held.set("/tasks", release.promise)
        yield* does(async () => {
          await page.getByLabel("Portal de facturación").fill("https://cenzontle.mx")
          await page.getByLabel("Un dato por renglón").fill("Folio: 17")
          await page.route(`${url}api/v1/tasks`, (route) => route.abort(), { times: 1 })
          await send.click()
          await page.getByText("No hay comunicación con el servidor").waitFor()
          const arrives = page.waitForRequest(`${url}api/v1/tasks`)
          await send.click()
          const lost = await arrives
          expect(await send.getAttribute("aria-busy")).toBe("true")
          await send.click({ force: true })
          expect(lost.headers()["idempotency-key"]).toMatch(/^[0-9a-f]{32}$/)
        })
        release.resolve()
        yield* does(() => page.getByRole("heading", { name: "cenzontle.mx" }).waitFor())
        expect(timbra.bodies("POST", /^\/tasks$/)).toHaveLength(1)
      })
  )
})
