import { expect } from "bun:test"
import { Effect } from "effect"
import * as it from "../lib/effect.ts"
import { email, incomplete, password, profile } from "./lib/Samples.ts"
import { ChromiumLive, loggedIn, visit } from "./lib/Visit.ts"

const does = <A>(act: () => Promise<A>) => Effect.promise(act)

it.layer(ChromiumLive)("accounts", (it) => {
  it.live("who registers is led to what is wrong, and then stands in the list with what is odd", () =>
    Effect.gen(function* () {
      const { page, timbra, url, complaints } = yield* visit()
      yield* does(async () => {
        await page.goto(`${url}#/register`)
        await page.getByLabel("Correo electrónico").fill("nuevo@example.mx")
        await page.getByLabel("Contraseña").fill("password123")
        await page.getByLabel("RFC").fill("ABC123456XYZ")
        await page.getByRole("button", { name: "Crear cuenta" }).click()
        const code = page.getByLabel("Código postal")
        await page.getByText("Debe tener cinco dígitos.").waitFor()
        expect(await code.getAttribute("aria-invalid")).toBe("true")
        expect(await code.evaluate((field) => document.activeElement === field)).toBe(true)
        await code.fill("03100")
        await page.getByLabel("Régimen fiscal").selectOption("601")
        await page.getByText("Otros datos de la empresa").first().click()
        await page.getByRole("button", { name: "Agregar dato" }).click()
        await page.getByLabel("Dato 1").fill("Calle")
        await page.getByLabel("Valor 1").fill("Reforma 10")
        await page.getByLabel(/doy mi consentimiento expreso/).check()
        await page.getByRole("button", { name: "Crear cuenta" }).click()
        await page.getByText("La fecha dentro del RFC no existe").waitFor()
        await page.getByRole("heading", { name: "Aún no hay facturas" }).waitFor()
      })
      const [, sent] = timbra.bodies("POST", /register$/)
      expect(sent?.body).toEqual({
        email: "nuevo@example.mx",
        password: "password123",
        rfc: "ABC123456XYZ",
        fiscal_regime: "601",
        postal_code: "03100",
        company_details: { Calle: "Reforma 10" },
        accept_privacy: true
      })
      expect(complaints).toEqual([])
    })
  )

  it.live("the lists offer only what the SAT lets such a taxpayer have", () =>
    Effect.gen(function* () {
      const { page, url } = yield* visit()
      yield* does(async () => {
        await page.goto(`${url}#/register`)
        const regimes = page.getByLabel("Régimen fiscal")
        await page.getByLabel("RFC").fill("CACX7605101P8")
        expect(await regimes.locator("option[value='605']").count()).toBe(1)
        expect(await regimes.locator("option[value='601']").count()).toBe(0)
        await regimes.selectOption("605")
        const uses = page.getByLabel("Uso del CFDI")
        expect(await uses.locator("option[value='G03']").count()).toBe(0)
        expect(await uses.locator("option[value='D01']").count()).toBe(1)
      })
    })
  )

  it.live("the privacy notice stands short beside the consent and whole in another tab", () =>
    Effect.gen(function* () {
      const { page, url } = yield* visit()
      yield* does(async () => {
        await page.goto(`${url}#/register`)
        await page.getByText("Timbra trata sus datos").waitFor()
        const [tab] = await Promise.all([
          page.waitForEvent("popup"),
          page.getByRole("link", { name: /aviso de privacidad integral/ }).click()
        ])
        await tab.getByText("AVISO DE PRIVACIDAD INTEGRAL").waitFor()
      })
    })
  )

  it.live("a wrong password is told; the right one leads to the view that was asked for", () =>
    Effect.gen(function* () {
      const { page, timbra, url } = yield* visit()
      timbra.accounts.set(email, { password, profile })
      yield* does(async () => {
        await page.goto(`${url}#/profile`)
        await page.getByLabel("Correo electrónico").fill(email)
        await page.getByLabel("Contraseña").fill("wrong")
        await page.getByRole("button", { name: "Entrar" }).click()
        await page.getByRole("alert").getByText("no son correctos").waitFor()
        await page.getByLabel("Contraseña").fill(password)
        await page.keyboard.press("Enter")
        await page.getByRole("heading", { name: "Perfil fiscal" }).waitFor()
        expect(await page.getByLabel("RFC").inputValue()).toBe(profile.rfc)
        await page.reload()
        await page.getByRole("heading", { name: "Perfil fiscal" }).waitFor()
      })
    })
  )

  it.live("a token that the server no longer takes is renewed unseen, once for all that wait for it", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      yield* does(() => page.getByText("Aún no hay facturas").waitFor())
      timbra.tokens.clear()
      yield* does(async () => {
        await page.getByRole("link", { name: "Nueva factura" }).first().click()
        await page.getByRole("link", { name: "Perfil fiscal" }).click()
        await page.getByLabel("RFC").waitFor()
      })
      expect(timbra.bodies("POST", /refresh$/)).toHaveLength(1)
    })
  )

  it.live("where nothing can be renewed the user is asked to log in again, and is told why", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      yield* does(() => page.getByText("Aún no hay facturas").waitFor())
      timbra.tokens.clear()
      timbra.refreshTokens.clear()
      yield* does(async () => {
        await page.getByRole("link", { name: "Perfil fiscal" }).click()
        await page.getByText("Su sesión terminó").waitFor()
        expect(await page.evaluate(() => sessionStorage.getItem("timbra.session"))).toBeNull()
      })
    })
  )

  it.live("logging out tells the server and forgets the token", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      yield* does(async () => {
        await page.getByRole("button", { name: "Cerrar sesión" }).click()
        await page.getByRole("heading", { name: "Iniciar sesión" }).waitFor()
        expect(await page.evaluate(() => sessionStorage.getItem("timbra.session"))).toBeNull()
      })
      expect(timbra.bodies("POST", /logout$/)[0]?.headers.get("authorization")).toBe("Bearer token-1")
    })
  )

  it.live("the profile is changed where it is wrong, and keeps what the page cannot show", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      timbra.accounts.set(email, { password, profile: { ...incomplete, company_details: { Calle: "A", branch: [1] } } })
      yield* does(async () => {
        await page.getByRole("link", { name: "Perfil fiscal" }).click()
        await page.getByText("La fecha dentro del RFC no existe").waitFor()
        await page.getByLabel("Nombre o razón social").fill("ESCUELA KEMPER URGATE")
        await page.getByLabel("Código postal").fill("1")
        await page.getByRole("button", { name: "Guardar cambios" }).click()
        await page.getByText("Debe tener cinco dígitos.").waitFor()
        await page.getByLabel("Código postal").fill("42501")
        await page.getByRole("button", { name: "Guardar cambios" }).click()
        await page.getByText("Los cambios se guardaron.").waitFor()
      })
      const sent = timbra.bodies("PUT", /profile$/).at(-1)?.body
      expect(sent).toMatchObject({ full_name: "ESCUELA KEMPER URGATE", cfdi_use: null })
      expect(sent?.company_details).toEqual({ Calle: "A", branch: [1] })
    })
  )

  it.live("consent is given and taken back with one press each", () =>
    Effect.gen(function* () {
      const { page, timbra } = yield* loggedIn()
      timbra.accounts.set(email, { password, profile: incomplete })
      yield* does(async () => {
        await page.getByRole("link", { name: "Perfil fiscal" }).click()
        await page.getByText("Falta su consentimiento").waitFor()
        await page.getByRole("button", { name: "Aceptar el aviso" }).click()
        await page.getByText(/Aceptó la versión/).waitFor()
        await page.getByRole("button", { name: "Retirar mi consentimiento" }).click()
        await page.getByText("Falta su consentimiento").waitFor()
      })
      expect(timbra.bodies("PUT", /profile$/).map(({ body }) => body)).toEqual([
        { accept_privacy: true },
        { accept_privacy: false }
      ])
    })
  )
})
