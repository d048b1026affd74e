import { expect } from "bun:test"
import { Config, Context, Effect, Layer, Option } from "effect"
import { unzipSync } from "fflate"
import { chromium, type Page } from "playwright-core"
import { DemoPortals } from "../../src/demo/Portals.ts"
import { printedDate } from "../../src/demo/Sale.ts"
import * as it from "../lib/effect.ts"
import { receiver } from "./Client.ts"

class Tabs extends Context.Tag("test/Tabs")<Tabs, { readonly open: Effect.Effect<Page> }>() {}

const TabsLive = Layer.scoped(
  Tabs,
  Effect.gen(function* () {
    const executablePath = yield* Config.withDefault(Config.string("CHROMIUM_PATH"), "/usr/bin/chromium-headless-shell")
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    const browser = yield* Effect.acquireRelease(
      Effect.promise(() => chromium.launch({ executablePath, args })),
      (browser) => Effect.promise(() => browser.close())
    )
    return { open: Effect.promise(() => browser.newPage({ locale: "es-MX" })) }
  })
)

const downloadFrom = async (page: Page, click: () => Promise<void>) => {
  const [download] = await Promise.all([page.waitForEvent("download"), click()])
  return { name: download.suggestedFilename(), bytes: await Bun.file(await download.path()).bytes() }
}

const utf8 = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

it.layer(Layer.merge(DemoPortals.Default({ host: "127.0.0.1" }), TabsLive))("in a real browser", (it) => {
  it.live("(a) one form leads to two links", () =>
    Effect.gen(function* () {
      const [a] = (yield* DemoPortals).portals
      const { ticket } = yield* Effect.fromNullable(a.sales[6])
      const page = yield* Effect.flatMap(Tabs, ({ open }) => open)
      const xml = yield* Effect.promise(async () => {
        await page.goto(a.url.href)
        await page.getByLabel("Sucursal").selectOption({ label: ticket.Sucursal ?? "" })
        await page.getByLabel("Folio del ticket").fill(ticket.Folio ?? "")
        await page.getByLabel("Fecha de consumo").fill(printedDate(ticket.Fecha ?? ""))
        await page.getByLabel("Total del ticket").fill(ticket.Total ?? "")
        await page.getByLabel("Forma de pago").selectOption("04")
        await page.getByLabel("RFC").fill(receiver.rfc)
        await page.getByLabel("Código postal").fill(receiver.cp)
        await page.getByLabel("Nombre o razón social").fill(receiver.nombre)
        await page.getByLabel("Régimen fiscal").selectOption("601")
        await page.getByLabel("Uso de CFDI").selectOption("G03")
        await page.getByLabel("Correo electrónico").fill(receiver.correo)
        await page.getByLabel("He leído y acepto").check()
        await page.getByRole("button", { name: "Generar factura" }).click()
        await page.getByText("¡Tu factura ha sido generada correctamente!").waitFor()
        expect(await downloadFrom(page, () => page.getByText("Descargar PDF").click())).toMatchObject({
          name: expect.stringMatching(/\.pdf$/)
        })
        return downloadFrom(page, () => page.getByText("Descargar XML").click())
      })
      expect((yield* a.stamps).map((stamp) => stamp.xml)).toEqual([utf8(xml.bytes)])
    })
  )

  it.live("(b) the wizard waits for its lists, asks once more, and ends in a ZIP", () =>
    Effect.gen(function* () {
      const [, b] = (yield* DemoPortals).portals
      const sale = yield* Effect.fromNullable(b.sales[5])
      const page = yield* Effect.flatMap(Tabs, ({ open }) => open)
      yield* Effect.promise(async () => {
        await page.goto(b.url.href)
        await page.locator("#itu").fill(sale.folio)
        await page.locator("#fecha").fill(sale.date)
        await page.locator("#importe").fill("1.00")
        await page.getByText("Buscar ticket").click()
        await page.getByText("El folio no se encuentra con los datos proporcionados.").waitFor()
        await page.locator("#importe").fill(sale.ticket["Total a pagar"] ?? "")
        await page.getByText("Buscar ticket").click()
        await page.getByText("Ticket validado correctamente").waitFor()
        await page.locator("#ir2").click()
        await page.locator("#rfc").fill(receiver.rfc)
        await page.locator("#cp").fill(receiver.cp)
        await page.locator("#razon").fill(receiver.nombre)
        await page.getByText("Seleccione…").waitFor()
        await page.locator("#regimen").dispatchEvent("click")
        expect(await page.getByText("General de Ley Personas Morales").count()).toBe(0)
        await page.locator("#regimen").click()
        await page.getByText("601 - General de Ley Personas Morales").click()
        expect(await page.locator("body > .cbo-lista").count()).toBe(0)
        await page.locator("#uso").selectOption("G03")
        await page.locator("#correo").fill(receiver.correo)
        await page.locator("#correo2").fill(receiver.correo)
        await page.locator("#ir3").click()
        await page.getByRole("button", { name: "Generar factura" }).click()
        await page.getByText("¿Son correctos sus datos?").waitFor()
      })
      expect(yield* b.stamps).toEqual([])
      const zip = yield* Effect.promise(async () => {
        await page.getByText("Sí, generar").click()
        await page.getByText("La factura se generó exitosamente").waitFor()
        return downloadFrom(page, () => page.getByText("Descargar factura (ZIP)").click())
      })
      const [stamp] = yield* b.stamps
      expect(zip.name).toBe(`${stamp?.fileName}.zip`)
      expect(utf8(unzipSync(zip.bytes)[`${stamp?.fileName}.xml`])).toBe(stamp?.xml ?? "")
      expect((yield* b.requests).filter(({ kind }) => kind === "submit" || kind === "stamp")).toHaveLength(1)
    })
  )

  it.live("(c) one refusal is an alert, one a modal, one red text, and success is a sentence without a link", () =>
    Effect.gen(function* () {
      const [, , c] = (yield* DemoPortals).portals
      const page = yield* Effect.flatMap(Tabs, ({ open }) => open)
      const check = async (state: string) => {
        const ticket = c.sales.find((sale) => sale.state === state)?.ticket
        await page.locator("#ctl00_Main_txtTienda").fill(ticket?.Tienda ?? "")
        await page.locator("#ctl00_Main_txtCaja").fill(ticket?.Caja ?? "")
        await page.locator("#ctl00_Main_txtReferencia").fill(ticket?.Ticket ?? "")
        await page.locator("#ctl00_Main_txtVenta").fill(ticket?.Total?.replace("$", "") ?? "")
        await page.getByText("Validar ticket").click()
      }
      yield* Effect.promise(async () => {
        await page.goto(c.url.href)
        await page.getByText("Entendido").click()
        const alerted = page.waitForEvent("dialog").then(async (dialog) => {
          await dialog.accept()
          return dialog.message()
        })
        await check("expired")
        expect(await alerted).toContain("Ticket fuera del plazo de 30 días permitidos.")
        await check("invoiced")
        await page.locator("#lblErrorTicket", { hasText: "El ticket ya se encuentra facturado." }).waitFor()
        await check("missing")
        await page.locator("#capaMensaje", { hasText: "No se encontró ningún ticket" }).waitFor()
        await page.getByText("Aceptar", { exact: true }).click()
        expect(await page.getByRole("button", { name: "Facturar y enviar" }).isDisabled()).toBe(true)

        await check("open")
        await page.getByText("El ticket ingresado es válido").waitFor()
        await page.locator("#ctl00_Main_txtRFC").fill(receiver.rfc)
        await page.locator("#ctl00_Main_txtCliente").fill(receiver.nombre)
        await page.locator("#ctl00_Main_txtCodigo").fill(receiver.cp)
        await page.locator("#ctl00_Main_ddlRegimen").selectOption({ label: "601 General de Ley Personas Morales" })
        await page.locator("#ctl00_Main_ddlUso").selectOption({ label: "G03 Gastos en general." })
        await page.locator("#ctl00_Main_txtEmail").fill(receiver.correo)
        await page.getByLabel("He leído y acepto el aviso").check()
        await page.getByRole("button", { name: "Facturar y enviar" }).click()
        await page.getByText(`se generó y envió correctamente al correo ${receiver.correo}`).waitFor()
        expect(await page.locator("#pnlExito a").allTextContents()).toEqual(["Facturar otro ticket"])
      })
      const [stamp] = yield* c.stamps
      expect(Option.fromNullable(stamp?.receiverRfc)).toEqual(Option.some(receiver.rfc))
    })
  )
})
