import { expect } from "bun:test"
import { Effect } from "effect"
import type { Page } from "playwright-core"
import type { Intervention, TaskDetail } from "../../src/monitor/Wire.ts"
import * as it from "../lib/effect.ts"
import { barriers, picture } from "./lib/Axe.ts"
import { captcha, completed, newTask, screenshotOf, step } from "./lib/Samples.ts"
import type { Timbra } from "./lib/Timbra.ts"
import { ChromiumLive, desktop, loggedIn, phone, visit } from "./lib/Visit.ts"

const does = <A>(act: () => Promise<A>) => Effect.promise(act)

interface View {
  readonly name: string
  readonly stranger?: boolean
  /** Prepares the server and says where to go. */
  readonly at: (timbra: Timbra) => string
  readonly open: (page: Page) => Promise<unknown>
}

const task = (make: () => TaskDetail) => (timbra: Timbra) => {
  const made = make()
  const seen = { screenshot_url: screenshotOf(made) }
  const steps = [
    step(1, "Abro el portal", { step_type: "navigate", duration_ms: 900, ...seen }),
    step(2, "Escribo el RFC", { content: "EKU•••••••C9", ...seen }),
    step(3, "El portal no responde", { step_type: "error" }),
    step(4, "Terminado", { step_type: "completed" })
  ]
  timbra.add({ ...made, steps })
  return `#/tasks/${made.id}`
}

const { image_url: _, ...question } = captcha

const login: Intervention = {
  ...question,
  kind: "login",
  message: "El portal pide iniciar sesión.",
  fields: [
    { name: "usuario", label: "Usuario", type: "text", hint: "El correo con el que se registró", remember: true },
    { name: "contrasena", label: "Contraseña", type: "password", remember: true }
  ]
}

const views: ReadonlyArray<View> = [
  {
    name: "login",
    stranger: true,
    at: () => "",
    open: (page) => page.getByRole("button", { name: "Entrar" }).click()
  },
  {
    name: "register",
    stranger: true,
    at: () => "#/register",
    open: async (page) => {
      await page.getByText("Timbra trata sus datos").waitFor()
      await page.getByRole("button", { name: "Crear cuenta" }).click()
      await page.getByText("No es una dirección de correo.").waitFor()
    }
  },
  {
    name: "privacy",
    stranger: true,
    at: () => "#/privacy",
    open: (page) => page.getByText("AVISO DE PRIVACIDAD INTEGRAL").waitFor()
  },
  {
    name: "list",
    at: (timbra) => {
      for (let n = 0; n < 12; n++) timbra.add(completed())
      timbra.add(newTask({ status: "INTERVENTION_NEEDED" }))
      timbra.add(newTask({ status: "FAILED", failure_code: "PORTAL_DOWN" }))
      timbra.add(newTask({ status: "PAUSED" }))
      timbra.add(newTask({ vendor_url: "https://un-comercio-de-nombre-muy-largo-en-linea.com.mx" }))
      return "#/"
    },
    open: (page) => page.getByText("1 a 10 de 16").waitFor()
  },
  { name: "empty", at: () => "#/", open: (page) => page.getByText("Aún no hay facturas").waitFor() },
  {
    name: "order",
    at: () => "#/tasks/new",
    open: async (page) => {
      await page.getByText("Opciones").click()
      await page.getByLabel("Un dato por renglón").fill("Folio: 17\nGRACIAS")
      await page.getByRole("button", { name: "Pedir factura" }).click()
      await page.getByText("No es una dirección web completa.").waitFor()
    }
  },
  {
    name: "profile",
    at: () => "#/profile",
    open: (page) => page.getByText(/Aceptó la versión/).waitFor()
  },
  {
    name: "running",
    at: task(newTask),
    open: (page) => page.getByRole("img").waitFor()
  },
  {
    name: "asked",
    at: task(() => newTask({ status: "INTERVENTION_NEEDED", intervention: question })),
    open: (page) => page.getByText("Resuelva el captcha").waitFor()
  },
  {
    name: "login-asked",
    at: task(() => newTask({ status: "INTERVENTION_NEEDED", intervention: login })),
    open: async (page) => {
      await page.getByLabel("Recordar para la próxima vez").check()
      await page.getByRole("button", { name: "Enviar respuesta" }).click()
      await page.getByText("Falta esta respuesta.").first().waitFor()
    }
  },
  {
    name: "cancelling",
    at: task(newTask),
    open: async (page) => {
      await page.getByRole("button", { name: "Cancelar" }).click()
      await page.getByRole("dialog").waitFor()
    }
  },
  { name: "completed", at: task(completed), open: (page) => page.getByText("Factura obtenida").waitFor() },
  {
    name: "failed",
    at: task(() => newTask({ status: "FAILED", failure_code: "DATA_REJECTED", failure_reason: "RFC inválido" })),
    open: (page) => page.getByText("El portal rechazó los datos").waitFor()
  }
]

const looks = [
  { viewport: desktop, dark: false },
  { viewport: phone, dark: true }
]

const arrive = Effect.fnUntraced(function* (view: View, look: (typeof looks)[number]) {
  const { page, timbra, url, complaints } = yield* view.stranger ? visit(look) : loggedIn(look)
  timbra.files.set("screenshot", {
    bytes: yield* does(async () => Uint8Array.from(await page.screenshot())),
    type: "image/png"
  })
  const hash = view.at(timbra)
  yield* does(async () => {
    await page.goto(url.href + hash)
    await page.reload()
    await view.open(page)
  })
  return { page, complaints }
})

it.layer(ChromiumLive)("access", (it) => {
  for (const view of views) {
    it.live(`${view.name}: axe finds nothing serious, wide and light, narrow and dark`, () =>
      Effect.forEach(looks, (look) =>
        Effect.gen(function* () {
          const { page, complaints } = yield* arrive(view, look)
          expect(yield* barriers(page)).toEqual([])
          expect(complaints).toEqual([])
          yield* picture(page, `${view.name}-${look.viewport.width}-${look.dark ? "dark" : "light"}`)
        }).pipe(Effect.scoped)
      )
    )
  }

  it.live(
    "no view is wider than a screen of 360 pixels",
    () =>
      Effect.forEach(views, (view) =>
        Effect.gen(function* () {
          const { page } = yield* arrive(view, { viewport: { width: 360, height: 740 }, dark: false })
          const wide = yield* does(() => page.evaluate(() => document.documentElement.scrollWidth))
          expect([view.name, wide]).toEqual([view.name, 360])
        }).pipe(Effect.scoped)
      ),
    60_000
  )

  it.live("English is a press away and stays; the agent's own words keep their language", () =>
    Effect.gen(function* () {
      const { page, timbra, url } = yield* loggedIn()
      const made = timbra.add(newTask({ steps: [step(1, "Abro el portal")] }))
      yield* does(async () => {
        await page.goto(`${url}#/tasks/${made.id}`)
        await page.getByRole("button", { name: "English" }).click()
        await page.getByText("All invoices").waitFor()
        await page.reload()
        await page.getByRole("button", { name: "Pause" }).waitFor()
        expect(await page.locator("html").getAttribute("lang")).toBe("en")
        expect(await page.getByText("Abro el portal").getAttribute("lang")).toBe("es-MX")
      })
      expect(timbra.received.at(-1)?.headers.get("accept-language")).toBe("en")
    })
  )

  it.live("the colours follow the system until the user chooses, and then the user", () =>
    Effect.gen(function* () {
      const { page, url } = yield* visit({ dark: true })
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      yield* does(async () => {
        await page.goto(url.href)
        const dark = await ground()
        await page.getByRole("button", { name: "Usar colores claros" }).click()
        const light = await ground()
        expect(light).not.toBe(dark)
        await page.reload()
        await page.getByRole("button", { name: "Usar colores oscuros" }).waitFor()
        expect(await ground()).toBe(light)
      })
    })
  )

  it.live("an invoice is asked for by the keyboard alone, and each view says where one is", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "")
      const tabTo = async (text: string) => {
        for (let presses = 0; presses < 30 && (await focused()) !== text; presses++) await page.keyboard.press("Tab")
        expect(await focused()).toBe(text)
      }
      yield* does(async () => {
        await page.getByText("Aún no hay facturas").waitFor()
        await page.keyboard.press("Tab")
        expect(await focused()).toBe("Ir al contenido")
        await page.keyboard.press("Enter")
        expect(await focused()).toBe("Facturas")
        await tabTo("Pedir la primera factura")
        await page.keyboard.press("Enter")
        await page.getByRole("heading", { name: "Nueva factura" }).waitFor()
        expect(await focused()).toBe("Nueva factura")
        await page.keyboard.press("Tab")
        await page.keyboard.type("cenzontle.mx")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await page.keyboard.type("Folio: 17")
        await tabTo("Pedir factura")
        await page.keyboard.press("Enter")
        await page.getByRole("heading", { name: "cenzontle.mx" }).waitFor()
      })
      expect(timbra.tasks).toHaveLength(1)
    })
  )
})
