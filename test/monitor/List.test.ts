import { expect } from "bun:test"
import { Effect } from "effect"
import * as it from "../lib/effect.ts"
import { completed, newTask } from "./lib/Samples.ts"
import { ChromiumLive, loggedIn } from "./lib/Visit.ts"

const does = <A>(act: () => Promise<A>) => Effect.promise(act)

it.layer(ChromiumLive)("the list", (it) => {
  it.live("what changes on the server changes in the list without a reload", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      const { id } = timbra.add(newTask({ vendor_url: "https://cenzontle.mx" }))
      const row = page.getByRole("link", { name: /cenzontle\.mx/ })
      yield* does(() => row.getByText("En curso").waitFor())
      timbra.change(id, completed({ id, vendor_url: "https://cenzontle.mx" }))
      yield* does(async () => {
        await row.getByText("Completada").waitFor()
        await row.getByText("$348.50").waitFor()
      })
      timbra.change(id, { result: null, status: "FAILED", failure_code: "TICKET_EXPIRED" })
      yield* does(() => row.getByText("El plazo para facturar venció").waitFor())
    })
  )

  it.live("it goes page by page, and back with the browser", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      for (let n = 1; n <= 12; n++) timbra.add(newTask({ vendor_url: `https://tienda-${n}.mx` }))
      yield* does(async () => {
        await page.getByText("1 a 10 de 12").waitFor()
        await page.getByRole("link", { name: "Siguiente" }).click()
        await page.getByText("11 a 12 de 12").waitFor()
        expect(await page.locator(".task").allTextContents()).toEqual([
          expect.stringContaining("tienda-2.mx"),
          expect.stringContaining("tienda-1.mx")
        ])
        await page.goBack()
        await page.getByText("1 a 10 de 12").waitFor()
      })
    })
  )

  it.live("a filter shows one status alone, and how many have it", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      timbra.add(newTask({ vendor_url: "https://uno.mx", status: "PAUSED" }))
      timbra.add(newTask({ vendor_url: "https://dos.mx", status: "INTERVENTION_NEEDED" }))
      yield* does(async () => {
        const filter = page.getByRole("navigation", { name: "Filtrar por estado" })
        await filter.getByText("Espera su respuesta").click()
        await page.getByText("dos.mx").waitFor()
        expect(await page.getByText("uno.mx").count()).toBe(0)
        // The counts come with an answer of their own.
        await filter.locator("[aria-current]", { hasText: "1" }).waitFor()
        expect(await filter.locator("[aria-current]").textContent()).toBe("Espera su respuesta1")
      })
    })
  )

  it.live("while the server is away what was last received stays, and the page says so", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      timbra.add(newTask({ vendor_url: "https://uno.mx" }))
      yield* does(async () => {
        await page.getByText("uno.mx").waitFor()
        await page.route("**/api/v1/**", (route) => route.abort())
        await page.getByText("Sin comunicación con el servidor").waitFor()
        expect(await page.getByText("uno.mx").count()).toBe(1)
        await page.unroute("**/api/v1/**")
        await page.getByText("Sin comunicación con el servidor").waitFor({ state: "detached" })
      })
    })
  )
})
