import { expect } from "bun:test"
import { Effect } from "effect"
import type { Page } from "playwright-core"
import type { TaskDetail } from "../../src/monitor/Wire.ts"
import * as it from "../lib/effect.ts"
import { completed, files, newTask, screenshotOf, step } from "./lib/Samples.ts"
import { ChromiumLive, loggedIn } from "./lib/Visit.ts"

const does = <A>(act: () => Promise<A>) => Effect.promise(act)

const pixel = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (character) => character.charCodeAt(0)
)

const watching = Effect.fnUntraced(function* (task: TaskDetail) {
  const visited = yield* loggedIn()
  const { page, timbra, url } = visited
  timbra.files.set("screenshot", { bytes: pixel, type: "image/png" })
  timbra.add(task)
  yield* does(async () => {
    await page.goto(`${url}#/tasks/${task.id}`)
    await page.getByRole("heading", { name: "facturacion.jacaranda.mx" }).waitFor()
  })
  return visited
})

const isLive = (page: Page) => does(() => page.getByText("En vivo", { exact: true }).waitFor())

const told = (seq: number, message: string, screenshot_url: string | null = null) => {
  const { created_at: _, seq: __, ...told } = step(seq, message, { screenshot_url })
  return { type: "step", seq, step: told } as const
}

it.layer(ChromiumLive)("a task", (it) => {
  it.live("steps come as they happen, in a log that a screen reader hears, with the newest picture", () =>
    Effect.gen(function* () {
      const task = newTask({ steps: [step(1, "Abro el portal")] })
      const { page, timbra, complaints } = yield* watching(task)
      yield* isLive(page)
      timbra.tell(task.id, told(2, "Escribo el folio", screenshotOf(task)))
      timbra.tell(task.id, told(3, "Presiono «Validar»", screenshotOf(task)))
      yield* does(async () => {
        const log = page.getByRole("log")
        await log.getByText("Presiono «Validar»").waitFor()
        expect(await log.locator("li p:first-child").allTextContents()).toEqual([
          "Captura: Abro el portal",
          "Captura: Escribo el folio",
          "Captura: Presiono «Validar»"
        ])
        await page.getByRole("img", { name: "El portal después del paso: Presiono «Validar»" }).waitFor()
        await page.getByRole("button", { name: "Imagen del paso: Escribo el folio" }).click()
        await page.getByRole("img", { name: "El portal después del paso: Escribo el folio" }).waitFor()
        await page.getByRole("button", { name: "Volver al último paso" }).click()
        await page.getByRole("img", { name: "El portal después del paso: Presiono «Validar»" }).waitFor()
      })
      expect(complaints).toEqual([])
    })
  )

  it.live("a connection that breaks comes back where it was, and no step is lost or shown twice", () =>
    Effect.gen(function* () {
      const task = newTask({ steps: [step(1, "Uno")] })
      const { page, timbra } = yield* watching(task)
      yield* isLive(page)
      timbra.tell(task.id, told(2, "Dos"))
      yield* does(() => page.getByText("Dos").waitFor())
      for (const socket of [...timbra.sockets]) socket.close(1001)
      timbra.tell(task.id, told(3, "Tres"))
      yield* does(() => page.getByText("Tres").waitFor())
      yield* isLive(page)
      timbra.tell(task.id, told(4, "Cuatro"))
      yield* does(async () => {
        await page.getByText("Cuatro").waitFor()
        const shown = await page.getByRole("log").locator("li p:first-child").allTextContents()
        expect(shown).toEqual(["Captura: Uno", "Captura: Dos", "Captura: Tres", "Captura: Cuatro"])
      })
      expect([...timbra.sockets].map(({ after }) => after >= 2)).toEqual([true])
    })
  )

  it.live("a token that expires on the way is renewed, and the connection comes back with the new one", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* watching(newTask())
      yield* isLive(page)
      timbra.tokens.clear()
      for (const socket of [...timbra.sockets]) socket.close(4401)
      yield* does(() => page.getByText("Reconectando…").waitFor())
      yield* isLive(page)
      expect(timbra.bodies("POST", /refresh$/)).toHaveLength(1)
    })
  )

  it.live("where no socket comes through the page asks again and again", () =>
    Effect.gen(function* () {
      const { page, timbra, url } = yield* loggedIn()
      timbra.socketsRefused = true
      const task = timbra.add(newTask())
      yield* does(() => page.goto(`${url}#/tasks/${task.id}`))
      yield* does(() => page.getByText("Reconectando…").waitFor())
      timbra.change(task.id, completed({ id: task.id }))
      yield* does(() => page.getByRole("heading", { name: "Factura obtenida" }).waitFor())
    })
  )

  it.live("each status offers what it allows, and what is done is seen at once", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* watching(newTask())
      const offered = () => page.getByRole("group", { name: "Acciones" }).getByRole("button").allTextContents()
      yield* isLive(page)
      yield* does(async () => {
        expect(await offered()).toEqual(["Pausar", "Cancelar"])
        await page.getByRole("button", { name: "Pausar" }).click()
        await page.getByRole("button", { name: "Reanudar" }).waitFor()
        expect(await offered()).toEqual(["Reanudar", "Cancelar"])
        await page.getByRole("button", { name: "Reanudar" }).click()
        await page.getByRole("button", { name: "Pausar" }).waitFor()
        await page.getByRole("button", { name: "Cancelar" }).click()
        await page.getByRole("dialog").getByRole("button", { name: "No, continuar" }).click()
        await page.getByRole("button", { name: "Cancelar" }).click()
        await page.getByRole("button", { name: "Sí, cancelar" }).click()
        await page.getByRole("button", { name: "Reintentar" }).waitFor()
        await page.getByText("Usted detuvo esta factura").waitFor()
        await page.getByRole("button", { name: "Reintentar" }).click()
        await page.getByText("En cola", { exact: true }).waitFor()
      })
      yield* isLive(page)
      expect(timbra.bodies("POST", /cancel$/)).toHaveLength(1)
    })
  )

  it.live("what the present state does not allow is told", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* watching(newTask())
      yield* isLive(page)
      const [task] = timbra.tasks
      timbra.tasks.splice(0, 1, ...(task ? [{ ...task, status: "COMPLETED" as const }] : []))
      yield* does(async () => {
        await page.getByRole("button", { name: "Pausar" }).click()
        await page.getByRole("alert").getByText("El estado actual no permite este cambio.").waitFor()
      })
    })
  )

  it.live("a status is not passed over because a request has seen later steps than the socket has told", () =>
    Effect.gen(function* () {
      const task = newTask()
      const { page, timbra } = yield* watching(task)
      yield* isLive(page)
      timbra.change(task.id, { steps: [step(5, "Cinco")] })
      yield* does(async () => {
        await page.getByRole("button", { name: "Pausar" }).click()
        await page.getByText("Cinco").waitFor()
      })
      timbra.move(task.id, "INTERVENTION_NEEDED")
      yield* does(() => page.getByText("Espera su respuesta", { exact: true }).waitFor())
    })
  )

  it.live("a retry that could stamp twice is asked for first, and then confirmed to the server", () =>
    Effect.gen(function* () {
      const failure_code = "SUBMIT_UNCERTAIN" as const
      const { page, timbra } = yield* watching(
        newTask({ status: "FAILED", failure_code, failure_reason: "Sin respuesta." })
      )
      yield* does(async () => {
        await page.getByText("No se sabe si la factura se emitió").waitFor()
        await page.getByRole("button", { name: "Reintentar" }).click()
        await page.getByRole("dialog", { name: "La factura pudo haberse emitido" }).waitFor()
        await page.getByRole("button", { name: "Ya revisé, reintentar" }).click()
        await page.getByText("En cola", { exact: true }).waitFor()
      })
      expect(timbra.bodies("POST", /retry$/).map(({ body }) => body)).toEqual([{ confirm: true }])
    })
  )

  it.live("the invoice's facts and warnings are shown when it is there, and its files are saved", () =>
    Effect.gen(function* () {
      const task = newTask()
      const { page, timbra } = yield* watching(task)
      yield* isLive(page)
      for (const [name, bytes] of Object.entries(files)) timbra.files.set(name, { bytes, type: "application/xml" })
      timbra.change(task.id, completed({ id: task.id, status: "RUNNING" }))
      timbra.move(task.id, "COMPLETED")
      yield* does(async () => {
        const outcome = page.locator(".outcome")
        await outcome.getByText("5B1F3A52-9F0C-4C55-8B6E-0D3C6A3F7E11").waitFor()
        for (const fact of ["$348.50", "JAC850101AB1", "EKU9003173C9", "El código postal del CFDI difiere"])
          await outcome.getByText(fact).first().waitFor()
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: /^Descargar.*JAC-20931\.xml/ }).click()
        ])
        expect(download.suggestedFilename()).toBe("JAC-20931.xml")
        expect(await Bun.file(await download.path()).text()).toBe(files["factura.xml"])
        await page.getByText("En vivo", { exact: true }).waitFor({ state: "detached" })
      })
    })
  )

  it.live("a failure is told in the portal's own words and with what can be done", () =>
    Effect.gen(function* () {
      const task = newTask()
      const { page, timbra } = yield* watching(task)
      yield* isLive(page)
      timbra.move(task.id, "FAILED", { code: "TICKET_EXPIRED", reason: "Sólo consumos del mismo mes" })
      yield* does(async () => {
        await page.getByText("El plazo para facturar venció").waitFor()
        await page.getByText("Sólo consumos del mismo mes").waitFor()
        expect(await page.title()).toBe("No se logró · facturacion.jacaranda.mx · Timbra")
      })
    })
  )

  it.live("a task of nobody is told as such", () =>
    Effect.gen(function* () {
      const { page, url } = yield* loggedIn()
      yield* does(async () => {
        await page.goto(`${url}#/tasks/00000000-0000-4000-8000-000000000000`)
        await page.getByRole("alert").getByText("No existe esa tarea.").waitFor()
      })
    })
  )
})
