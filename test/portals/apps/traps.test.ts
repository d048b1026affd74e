import { expect } from "bun:test"
import { Effect } from "effect"
import { unzipSync } from "fflate"
import type { Page } from "playwright-core"
import * as it from "../../lib/effect.ts"
import { Chromium, visit } from "../lib/Chromium.ts"
import { profiles, type TestPortal } from "../lib/Portal.ts"
import { plainAmount, printed } from "../lib/ScriptTools.ts"
import { portal as bajio } from "./bajio/Portal.ts"
import { portal as burbujas } from "./burbujas/Portal.ts"
import { portal as cafetal } from "./cafetal/Portal.ts"
import { portal as clubdorado } from "./clubdorado/Portal.ts"
import { member } from "./clubdorado/Site.ts"
import { portal as encinos } from "./encinos/Portal.ts"
import { portal as huasteca } from "./huasteca/Portal.ts"
import { portal as lacumbre } from "./lacumbre/Portal.ts"
import { portal as trazofino } from "./trazofino/Portal.ts"

const okTicket = ({ cases }: TestPortal) => Effect.map(Effect.fromNullable(cases[0]), ({ ticket }) => ticket)

const logIn = async (page: Page, password: string) => {
  await page.getByLabel("Usuario").fill(member.user)
  await page.getByLabel("Contraseña").fill(password)
  await page.getByRole("button", { name: "Entrar" }).click()
}

it.layer(Chromium.Default)("traps of the app portals", (it) => {
  it.live("encinos: a store that was typed but not picked is no store", () =>
    Effect.gen(function* () {
      const { page, running } = yield* visit(encinos)
      yield* Effect.promise(async () => {
        await page.getByLabel("Sucursal").fill("014 - Querétaro Centro Sur")
        await page.getByLabel("Número de ticket").fill("0140388127")
        await page.getByRole("button", { name: "Continuar" }).click()
        await page.getByText("Elija una sucursal de la lista").waitFor()
      })
      expect(running.log().filter(({ method }) => method === "POST")).toEqual([])
    })
  )

  it.live("bajio: one archive holds the XML and the PDF of the same invoice", () =>
    Effect.gen(function* () {
      const { page, running } = yield* visit(bajio)
      const ticket = yield* okTicket(bajio)
      const file = page.waitForEvent("download")
      yield* Effect.promise(() => bajio.script(page, ticket, profiles.person))
      const names = yield* Effect.promise(async () =>
        Object.keys(unzipSync(await Bun.file(await (await file).path()).bytes()))
      )
      const [stamp] = running.stamps()
      expect(names.map((name) => name.includes(stamp?.uuid ?? "none"))).toEqual([true, true])
    })
  )

  it.live("cafetal: the masks take keys alone, and the RFC clears the name", () =>
    Effect.gen(function* () {
      const { page } = yield* visit(cafetal)
      yield* Effect.promise(async () => {
        await page.locator("[name=email_2]").fill("TX4K-09QM-77BD")
        await page.locator("[name=monto]").pressSequentially("348.50")
        await page.locator("[name=direccion]").fill(profiles.person.fullName)
        await page.locator("[name=clave]").fill(profiles.person.rfc)
      })
      const value = (name: string) => Effect.promise(() => page.locator(`[name=${name}]`).inputValue())
      expect(yield* value("email_2")).toBe("")
      expect(yield* value("monto")).toBe("$348.50")
      expect(yield* value("direccion")).toBe("")
    })
  )

  it.live("lacumbre: régimen comes late after the RFC, under a veil that takes the clicks", () =>
    Effect.gen(function* () {
      const { page } = yield* visit(lacumbre)
      const ticket = yield* okTicket(lacumbre)
      const veil = page.locator(".velo")
      const options = page.locator("[formcontrolname=cmbRegimen] option")
      yield* Effect.promise(async () => {
        await page.locator("[formcontrolname=station]").selectOption({ label: printed(ticket, "Estación") })
        await page.locator("[formcontrolname=despacho]").fill(printed(ticket, "Folio"))
        await page.locator("[formcontrolname=reference]").fill(printed(ticket, "Web ID"))
        await page.getByRole("button", { name: "Consultar ticket" }).click()
        await page.locator("[formcontrolname=inputRfc2]").fill(profiles.company.rfc)
        await page.locator("[formcontrolname=inputRazon]").focus()
      })
      expect(yield* Effect.promise(() => options.count())).toBe(1)
      yield* Effect.promise(async () => {
        await veil.waitFor()
        await veil.waitFor({ state: "detached" })
      })
      expect(yield* Effect.promise(() => options.count())).toBeGreaterThan(5)
    })
  )

  it.live("trazofino: the form is of another origin, and only the shop's page says that it is done", () =>
    Effect.gen(function* () {
      const { page, running } = yield* visit(trazofino)
      const ticket = yield* okTicket(trazofino)
      const src = yield* Effect.promise(() => page.locator("#facturador").getAttribute("src"))
      expect(new URL(src ?? "").origin).not.toBe(running.url.origin)
      yield* Effect.promise(() => trazofino.script(page, ticket, profiles.person))
      expect(page.frames()).toHaveLength(1)
      expect(yield* Effect.promise(() => page.locator("#resultado").textContent())).toStartWith("Enhorabuena")
    })
  )

  it.live("burbujas: a few seconds after the stamp nothing on the page tells of it", () =>
    Effect.gen(function* () {
      const { page, running } = yield* visit(burbujas)
      // The lists' texts are the page's as well, and come by themselves.
      yield* Effect.promise(() => page.locator("#luso option").first().waitFor({ state: "attached" }))
      const before = yield* Effect.promise(() => page.locator("body").textContent())
      const ticket = yield* okTicket(burbujas)
      yield* Effect.promise(() => burbujas.script(page, ticket, profiles.person))
      yield* Effect.promise(() => page.locator(".tostada").waitFor({ state: "detached" }))
      expect(yield* Effect.promise(() => page.locator("body").textContent())).toBe(before)
      expect(running.stamps()).toHaveLength(1)
    })
  )

  it.live("clubdorado: a wrong password lets nobody in", () =>
    Effect.gen(function* () {
      const { page, running } = yield* visit(clubdorado)
      yield* Effect.promise(async () => {
        await logIn(page, "nopal2026")
        await page.getByText("Usuario o contraseña incorrectos").waitFor()
      })
      const list = yield* Effect.promise(() => page.request.get(new URL("/portal/facturas", running.url).href))
      expect(list.status()).toBe(401)
    })
  )

  it.live("clubdorado: who leaves the grid as it is invoices somebody else", () =>
    Effect.gen(function* () {
      const { page, running } = yield* visit(clubdorado)
      const ticket = yield* okTicket(clubdorado)
      yield* Effect.promise(async () => {
        await logIn(page, member.password)
        await page.getByRole("menuitem", { name: "Facturar remisión" }).click()
        await page.locator(".renglones input").nth(0).fill(printed(ticket, "Remisión"))
        await page
          .locator(".renglones input")
          .nth(1)
          .fill(plainAmount(printed(ticket, "Total")))
        await page.locator(".p-dropdown").click()
        await page.locator(".p-dropdown-item", { hasText: "(G03)" }).click()
        await page.getByRole("button", { name: "Facturar", exact: true }).click()
        await page.getByText("La remisión fue facturada con éxito").waitFor()
      })
      expect(running.stamps()).toMatchObject([{ receiverRfc: profiles.company.rfc }])
    })
  )

  it.live(
    "huasteca: the button works again while the stamp is under way, and stamps a second time",
    () =>
      Effect.gen(function* () {
        const { page, running } = yield* visit(huasteca)
        const ticket = yield* okTicket(huasteca)
        const button = page.getByRole("button", { name: "Generar factura" })
        const sent = () => page.waitForRequest((request) => request.method() === "POST")
        const done = huasteca.script(page, ticket, profiles.company)
        yield* Effect.promise(async () => {
          await sent()
          await Promise.all([sent(), button.click()])
          await done
        })
        expect(running.stamps()).toHaveLength(2)
      }),
    60_000
  )
})
