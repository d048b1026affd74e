import { expect } from "bun:test"
import { Effect } from "effect"
import * as it from "../../lib/effect.ts"
import { Chromium, visit } from "../lib/Chromium.ts"
import { profiles } from "../lib/Portal.ts"
import { classicPortals } from "./Portals.ts"

/** What is rung up for the first case, and the request that stamps where the portal takes it a second time. */
const facts: Readonly<Record<string, { readonly cents: bigint; readonly stampsAgain?: RegExp }>> = {
  tepozan: { cents: 48635n, stampsAgain: /^POST \/facturar\.php/ },
  ahuehuete: { cents: 73951n, stampsAgain: /btnFacturar/ },
  chilaquil: { cents: 41800n, stampsAgain: /^POST \/ticket\/timbrar/ },
  pochote: { cents: 124350n, stampsAgain: /^POST \/ws\/factura/ },
  yunque: { cents: 312096n, stampsAgain: /^POST \/guardar/ },
  tequio: { cents: 89900n, stampsAgain: /^POST \/api\/invoice/ },
  tlaloque: { cents: 67400n },
  cuatrovientos: { cents: 17300n, stampsAgain: /^GET \/peaje\/emitir\.do/ },
  volador: { cents: 21450n, stampsAgain: /paso=3/ },
  neza: { cents: 187322n },
  origami: { cents: 86207n, stampsAgain: /^POST \/tickets\/facturar/ },
  cuca: { cents: 64000n, stampsAgain: /^POST \/enviar/ },
  xicalli: { cents: 54900n },
  colibri: { cents: 101499n }
}

/** What the portal answers to each ticket that must not stamp. */
const refusals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tepozan: { "another total": "El ticket no existe", expired: "El plazo para facturar este ticket ha vencido" },
  ahuehuete: {
    "another WebID": "Código inválido, verifique con la estación.",
    "already invoiced": "El consumo ya fue facturado.",
    maintenance: "el servicio está temporalmente inactivo"
  },
  chilaquil: {
    "another code": "No se encontró el consumo.",
    "already invoiced": "Este folio ya fue facturado anteriormente!",
    "last month's": "Recuerde que solo puede facturar consumos del mismo mes."
  },
  pochote: {
    "another reference": "No se encontró la referencia",
    "too late": "Ticket fuera del plazo de 2 días permitidos"
  },
  yunque: {
    "another number": "los datos del ticket no son validos",
    "last month's": "Su remisión ya venció."
  },
  tequio: {
    "another transaction": "No se encontró orden con la información capturada.",
    "already invoiced": "Folio 55-10288-1 ya ha sido facturado.",
    "refused by the PAC in the dialog": "Por favor verifica que los datos ingresados coinciden"
  },
  tlaloque: { "another key": "No se encontró la referencia.", expired: "Plazo de facturación vencido" },
  cuatrovientos: {
    "another hour": "No se encontró el cruce con los datos proporcionados.",
    "already invoiced": "Su ticket ya se encuentra facturado."
  },
  volador: {
    "another total": "El folio no se encuentra con los datos proporcionados",
    "last month's": "Solo se pueden facturar tickets del mes en curso."
  },
  neza: {
    "another code": "* Los datos del ticket no son validos",
    expired: "* El periodo para facturar este ticket ha vencido"
  },
  origami: {
    "another total": "No se encontró ningún ticket.",
    "already invoiced": "La venta V0561020 fue facturada previamente."
  },
  cuca: { "another order": "No se encontró el consumo", "too late": "Su cuenta está fuera del plazo de 72 horas" },
  xicalli: {
    "another reference": "No se encontró la referencia.",
    "already invoiced to somebody else": "¿Desea recuperar su factura?",
    "already invoiced to us: recovered": "¿Desea recuperar su factura?",
    "refused by the PAC": "CFDI40148"
  },
  colibri: { "another transaction": "No se encontró ningún ticket.", expired: "Plazo de facturación vencido." }
}

it.layer(Chromium.Default)("classic portals", (it) => {
  for (const portal of classicPortals) {
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

          const stamping = running
            .log()
            .find(({ body, method, path }) => stampsAgain?.test(`${method} ${path} ${body}`))
          if (stamping === undefined) return expect(stampsAgain).toBeUndefined()
          const { body, method, path } = stamping
          const headers = { "content-type": "application/x-www-form-urlencoded" }
          const again = method === "GET" ? { method } : { method, headers, data: body }
          yield* Effect.promise(() => page.request.fetch(new URL(path, running.url).href, again))
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
              async (response) => response.status() !== 302 && (await response.text()).includes(words)
            )
            const passed = portal.script(page, ticket, profile).then(() => "the script got through")
            const first = yield* Effect.promise(() => Promise.race([refused.then(() => "refused"), passed]))
            expect(first).toBe("refused")
            expect(running.stamps()).toEqual([])
          }),
        20_000
      )
    }
  }

  it.live("every case but those that an agent completes is refused above", () =>
    Effect.sync(() => {
      const failing = classicPortals.flatMap(({ cases, id }) =>
        cases.filter(({ expected }) => expected.status === "FAILED").map(({ name }) => [id, name] as const)
      )
      expect(failing.filter(([id, name]) => refusals[id]?.[name] === undefined)).toEqual([])
    })
  )
})
