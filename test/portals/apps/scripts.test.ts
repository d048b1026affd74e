import { expect } from "bun:test"
import { Effect } from "effect"
import * as it from "../../lib/effect.ts"
import { Chromium, visit } from "../lib/Chromium.ts"
import { profiles } from "../lib/Portal.ts"
import { appPortals } from "./Portals.ts"

/** What is rung up for the first case, and the request that stamps where the portal takes it a second time. */
const facts: Readonly<Record<string, { readonly cents: bigint; readonly stampsAgain?: string }>> = {
  encinos: { cents: 124990n, stampsAgain: "/api/v2/cfdi" },
  santalucia: { cents: 63275n, stampsAgain: "/api/comprobantes" },
  bajio: { cents: 18700n, stampsAgain: "/peaje/servicio/timbrar" },
  cafetal: { cents: 34850n, stampsAgain: "/api/ticket/timbrar" },
  tarahumara: { cents: 74800n },
  comensal: { cents: 96850n, stampsAgain: "/ValidaPagina2Facturar" },
  lacumbre: { cents: 90000n, stampsAgain: "/gw/generar" },
  trazofino: { cents: 41880n },
  burbujas: { cents: 23550n, stampsAgain: "/autofactura" },
  luzdeplata: { cents: 31400n, stampsAgain: "/svc/factura" },
  clubdorado: { cents: 384200n },
  balcones: { cents: 287450n, stampsAgain: "/factura/emitir" },
  letraviva: { cents: 56700n, stampsAgain: "/nota/facturar" },
  huasteca: { cents: 215830n }
}

/** What the portal answers to each ticket that must not stamp. */
const refusals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  encinos: {
    "not found, in a snack bar": "No localizamos la venta",
    "expired, in a snack bar": "El periodo para facturar esta compra ha concluido",
    "fiscal data refused, in a dialog after the stamping click": "coinciden con los de tu constancia"
  },
  santalucia: {
    "already invoiced, in an alert": "ya fue facturado anteriormente",
    "not found, under the field": "No encontramos este folio",
    "expired, under the field": "fuera del periodo permitido para facturar"
  },
  bajio: {
    "not yet there, in a toast": "El cruce aún no está disponible",
    "expired, in a toast": "El plazo de facturación ha vencido",
    "not found, in a toast": "No se encontró el cruce"
  },
  cafetal: {
    "already invoiced, in a banner": "El consumo ya fue facturado.",
    "another total, under the field": "Código inválido",
    "fiscal data refused after the stamping click": "CFDI40148"
  },
  tarahumara: { expired: "Boleto fuera del plazo", "not found": "El boleto no se encuentra" },
  comensal: {
    "already invoiced, in a modal": "Su ticket ya se encuentra facturado.",
    "of another month, in a modal": "solo puede facturar consumos del mismo mes",
    "not found, in a modal": "No se encontró el consumo."
  },
  lacumbre: {
    "wrong Web ID": "Código inválido, verifique con la estación.",
    expired: "Despacho vencido",
    "the station cannot be reached": "no está disponible"
  },
  trazofino: {
    "not found, inside the iframe": "No se encontró ningún ticket",
    "of another month, in the shop's page": "solo se pueden facturar tickets del mes en curso"
  },
  burbujas: {
    "already invoiced, in a toast": "La nota ya se encuentra facturada",
    "out of service, in a toast": "el servicio está temporalmente inactivo",
    "not found, in a toast": "La nota no existe"
  },
  luzdeplata: {
    "not found, in an alert": "No existe factura con ese código",
    "expired, in an alert": "ha terminado",
    "already invoiced, in an alert": "Este código ya fue facturado"
  },
  clubdorado: {
    "already invoiced": "ya fue facturada previamente",
    "another total": "No se encontró la remisión"
  },
  balcones: {
    "another room, before anything is asked": "No se encontró la estancia",
    "expired, before anything is asked": "Plazo de facturación vencido"
  },
  letraviva: {
    "already invoiced, in a dialog": "ya ha sido facturada",
    "wrong key, in a dialog": "No se encontró la referencia",
    "fiscal data refused after the stamping click, in a dialog": "40145"
  },
  huasteca: {
    "unknown, under the field": "El número de ticket no existe",
    "not yet there, above the form": "El ticket aún no está disponible",
    "another total, under the field": "Monto del ticket Inválido"
  }
}

it.layer(Chromium.Default)("app portals", (it) => {
  for (const portal of appPortals) {
    const { cents, stampsAgain } = facts[portal.id] ?? { cents: 0n }
    const profile = profiles[portal.profile]

    it.live(
      `${portal.id}: the script brings one invoice for the taxpayer and the total of the ticket`,
      () =>
        Effect.gen(function* () {
          const { page, running } = yield* visit(portal)
          const { ticket } = yield* Effect.fromNullable(portal.cases[0])
          yield* Effect.promise(() => portal.script(page, ticket, profile))
          expect(running.stamps()).toMatchObject([{ receiverRfc: profile.rfc, totalCents: cents }])

          if (stampsAgain === undefined) return
          const stamping = running.log().find(({ method, path }) => method === "POST" && path === stampsAgain)
          const headers = { "content-type": "application/x-www-form-urlencoded" }
          const again = { headers, data: stamping?.body ?? "" }
          yield* Effect.promise(() => page.request.post(new URL(stampsAgain, running.url).href, again))
          expect(running.stamps()).toHaveLength(2)
        }),
      40_000
    )

    for (const [name, words] of Object.entries(refusals[portal.id] ?? {})) {
      it.live(
        `${portal.id}, ${name}: the portal says so and stamps nothing`,
        () =>
          Effect.gen(function* () {
            const { page, running } = yield* visit(portal)
            const { ticket } = yield* Effect.fromNullable(portal.cases.find((one) => one.name === name))
            const refused = page.waitForResponse(
              async (response) => response.request().method() === "POST" && (await response.text()).includes(words)
            )
            const passed = portal.script(page, ticket, profile).then(() => "the script got through")
            const first = yield* Effect.promise(() => Promise.any([refused.then(() => "refused"), passed]))
            expect(first).toBe("refused")
            expect(running.stamps()).toEqual([])
          }),
        20_000
      )
    }
  }
})
