import { expect } from "bun:test"
import { Effect } from "effect"
import type { Intervention } from "../../src/monitor/Wire.ts"
import * as it from "../lib/effect.ts"
import { captcha, newTask, screenshotOf } from "./lib/Samples.ts"
import { ChromiumLive, loggedIn } from "./lib/Visit.ts"

const does = <A>(act: () => Promise<A>) => Effect.promise(act)

const pixel = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (character) => character.charCodeAt(0)
)

const { image_url: _, ...plain } = captcha

const asked = Effect.fnUntraced(function* (part: Partial<Intervention>) {
  const visited = yield* loggedIn()
  const { page, timbra, url } = visited
  const task = timbra.add(newTask())
  timbra.files.set("screenshot", { bytes: pixel, type: "image/png" })
  const intervention = { ...plain, ...part, ...(part.kind ? {} : { image_url: screenshotOf(task) }) }
  yield* does(async () => {
    await page.goto(`${url}#/tasks/${task.id}`)
    await page.getByText("En vivo", { exact: true }).waitFor()
  })
  timbra.move(task.id, "INTERVENTION_NEEDED")
  timbra.tell(task.id, { type: "intervention", seq: 2, intervention })
  const answers = () => timbra.bodies("POST", /intervention$/).map(({ body }) => body)
  return { ...visited, task, answers }
})

it.layer(ChromiumLive)("an intervention", (it) => {
  it.live("a captcha comes with its image and takes the focus; an empty answer is told at its field", () =>
    Effect.gen(function* () {
      const { page, answers } = yield* asked({})
      yield* does(async () => {
        const heading = page.getByRole("heading", { name: "Resuelva el captcha" })
        await heading.waitFor()
        expect(await heading.evaluate((element) => document.activeElement === element)).toBe(true)
        await page.getByRole("img", { name: "Imagen del portal" }).waitFor()
        await page.getByText("La solicitud vence dentro de 23 horas.").waitFor()
        await page.getByRole("button", { name: "Enviar respuesta" }).click()
        await page.getByText("Falta esta respuesta.").waitFor()
        await page.getByLabel("Escriba el texto de la imagen").fill("k7W2q")
        await page.keyboard.press("Enter")
        await heading.waitFor({ state: "detached" })
      })
      expect(answers()[1]).toEqual({ intervention_id: captcha.id, answers: { captcha: "k7W2q" } })
    })
  )

  it.live("a choice offers the portal's options, a login hides its password", () =>
    Effect.gen(function* () {
      const { page, answers } = yield* asked({
        kind: "login",
        message: "El portal pide iniciar sesión.",
        fields: [
          { name: "plaza", label: "Plaza", type: "select", options: ["Norte", "Sur"] },
          { name: "usuario", label: "Usuario", type: "text", hint: "Su número de socio", remember: true },
          { name: "clave", label: "Clave", type: "password", remember: true }
        ]
      })
      yield* does(async () => {
        await page.getByLabel("Plaza").selectOption("Sur")
        await page.getByLabel("Usuario").fill("ana")
        const secret = page.getByLabel("Clave")
        expect(await secret.getAttribute("type")).toBe("password")
        await secret.fill("s3creto")
        await page.getByText("Su número de socio").waitFor()
        await page.getByLabel("Recordar para la próxima vez").check()
        await page.getByRole("button", { name: "Enviar respuesta" }).click()
        await page.getByRole("heading", { name: "Inicie sesión en el portal" }).waitFor({ state: "detached" })
      })
      expect(answers()).toEqual([
        { intervention_id: captcha.id, answers: { plaza: "Sur", usuario: "ana", clave: "s3creto" }, remember: true }
      ])
    })
  )

  it.live("before the stamp the user gives their word", () =>
    Effect.gen(function* () {
      const { page, answers } = yield* asked({ kind: "confirm_submit", message: "¿Se envía?", fields: [] })
      yield* does(() => page.getByRole("button", { name: "Solicitar la factura" }).click())
      yield* does(() => page.getByText("En cola", { exact: true }).waitFor())
      expect(answers()).toEqual([{ intervention_id: captcha.id, action: "continue" }])
    })
  )

  it.live("or does not", () =>
    Effect.gen(function* () {
      const { page, answers } = yield* asked({ kind: "confirm_submit", message: "¿Se envía?", fields: [] })
      yield* does(() => page.getByRole("button", { name: "No continuar" }).click())
      yield* does(() => page.getByText("En cola", { exact: true }).waitFor())
      expect(answers()).toEqual([{ intervention_id: captcha.id, action: "abort" }])
    })
  )
})
