import { expect } from "bun:test"
import { Effect } from "effect"
import { DemoPortals } from "../../../src/demo/Portals.ts"
import { printedDate, type Sale } from "../../../src/demo/Sale.ts"
import * as it from "../../lib/effect.ts"
import { get, postForm, receiver, text } from "../Client.ts"

const portal = Effect.map(DemoPortals, ({ portals: [a] }) => a)

const typed = (sale: Sale | undefined) => ({
  sucursal: sale?.ticket.Sucursal ?? "",
  folio: sale?.ticket.Folio ?? "",
  fecha: printedDate(sale?.ticket.Fecha ?? ""),
  total: sale?.ticket.Total ?? "",
  formaPago: "28",
  terminos: "si",
  ...receiver
})

it.layer(DemoPortals.Default({ host: "127.0.0.1" }))("the one-page portal", (it) => {
  it.live("stamps what was typed, once, and links to the XML and the PDF", () =>
    Effect.gen(function* () {
      const a = yield* portal
      const form = typed(a.sales[0])
      const redirect = yield* postForm(a, "/facturar", { ...form, nombre: "Escuela Kemper Urgate, S.A. de C.V." })
      expect(redirect.status).toBe(303)
      const result = yield* get(a, redirect.headers.get("location") ?? "").pipe(Effect.flatMap(text))
      const [xmlPath, pdfPath] = Array.from(
        result.matchAll(/href="(\/factura\/[^"]+\/(?:xml|pdf))"/g),
        ([, path = ""]) => path
      )
      const xml = yield* get(a, xmlPath ?? "")
      expect(xml.headers.get("content-disposition")).toMatch(/^attachment; filename=".+\.xml"$/)
      const body = yield* text(xml)
      expect(body).toContain(`Rfc="EKU9003173C9" Nombre="ESCUELA KEMPER URGATE" DomicilioFiscalReceptor="42501"`)
      expect(body).toContain(`Total="348.00"`)
      expect(body).toContain(`FormaPago="28"`)
      const pdf = yield* get(a, pdfPath ?? "")
      expect(pdf.headers.get("content-type")).toBe("application/pdf")

      const again = yield* postForm(a, "/facturar", form).pipe(Effect.flatMap(text))
      expect(again).toContain("El ticket ya se encuentra facturado.")
      expect(yield* a.stamps).toHaveLength(1)
      const kinds = (yield* a.requests).filter(({ path }) => path === "/facturar").map(({ kind }) => kind)
      expect(kinds).toEqual(["stamp", "submit"])
    })
  )

  it.live("a form it refuses comes back with the reason and what was typed, as text", () =>
    Effect.gen(function* () {
      const a = yield* portal
      const { terminos: _, ...unticked } = typed(a.sales[1])
      const page = yield* postForm(a, "/facturar", { ...unticked, nombre: `"><b>`, cp: "1" }).pipe(Effect.flatMap(text))
      expect(page).toContain("Debes aceptar los términos y condiciones.")
      expect(page).toContain("El código postal debe tener 5 dígitos.")
      expect(page).toContain(`value="&quot;><b>"`)
      expect(page).toContain(`<option value="G03" selected="">`)
      expect(yield* a.stamps).not.toContainEqual(expect.objectContaining({ folio: unticked.folio }))
    })
  )

  for (const [field, wrong] of Object.entries({
    sucursal: "Narvarte",
    folio: "a-10533",
    fecha: "01/01/2020",
    total: "89.01"
  })) {
    it.live(`does not find a ticket whose ${field} is another`, () =>
      Effect.gen(function* () {
        const a = yield* portal
        const form = { ...typed(a.sales[2]), [field]: wrong }
        expect(yield* postForm(a, "/facturar", form).pipe(Effect.flatMap(text))).toContain(
          "No se encontró ningún ticket"
        )
        expect(yield* a.stamps).not.toContainEqual(expect.objectContaining({ folio: "A-10533" }))
      })
    )
  }

  it.live("of two submits at one moment only one stamps", () =>
    Effect.gen(function* () {
      const a = yield* portal
      const form = typed(a.sales[3])
      const both = yield* Effect.all([postForm(a, "/facturar", form), postForm(a, "/facturar", form)], {
        concurrency: 2
      })
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 303])
      expect((yield* a.stamps).filter(({ folio }) => folio === form.folio)).toHaveLength(1)
    })
  )

  it.live("an invoice nobody made is a 404", () =>
    Effect.gen(function* () {
      const a = yield* portal
      expect((yield* get(a, "/factura/00000000-0000-4000-8000-000000000000/xml")).status).toBe(404)
    })
  )
})
