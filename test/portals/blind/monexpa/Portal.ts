import {
  ago,
  clientBundle,
  commas,
  failed,
  html,
  isStamped,
  json,
  openTill,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  usesFor,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly card: string
  readonly invoiced?: true
}

const sale: Sale = {
  ticket: "PQ7R2K1M",
  cents: 67500n,
  description: "Servicio de estética canina",
  paymentForm: "04",
  card: "8823"
}
const invoiced: Sale = { ...sale, ticket: "PN41XJ6C", cents: 42000n, invoiced: true }
const sales = [sale, invoiced]
const otp = "482913"

const words = {
  empty: "Te falta un dato",
  rfc: "El SAT no reconoce ese RFC",
  name: "Ese nombre no coincide con el RFC. Cópialo tal cual de tu constancia",
  postalCode: "Ese código postal no es el de tu domicilio fiscal",
  regime: "Ese régimen no coincide con el RFC",
  use: "Elige otro uso",
  email: "Ese correo no se ve bien"
}

const start = () => {
  const till = openTill({ rfc: "MON180911RT5", name: "MONEXPA COBROS", regime: "601", postalCode: "06600" }, "70122006")
  return shop<{ sale?: Sale | undefined; email?: string; proven?: boolean }>({
    till,
    cookie: "mx_sid",
    landing: "/r/factura",
    fresh: () => ({}),
    routes: {
      "GET /r/factura": () =>
        html(
          `<!doctype html><html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Monexpa</title></head><body><noscript>Activa JavaScript para continuar.</noscript><div id="root"></div><script src="/static/js/main.9b1c.js"></script></body></html>`
        ),
      "GET /static/js/main.9b1c.js": async () => (await clientBundle(`${import.meta.dir}/client.tsx`))(),
      "POST /api/receipts/lookup": ({ field, session }) => {
        session.sale = undefined
        session.proven = false
        const found = sales.find((one) => one.ticket === field("receipt").toUpperCase())
        if (found === undefined || field("cents") !== String(found.cents) || found.card !== field("last4")) {
          return json(
            { message: "No encontramos un cobro con esos datos. Compáralos con tu comprobante de pago." },
            404
          )
        }
        if (found.invoiced || isStamped(till, found))
          return json({ message: "Este cobro ya tiene factura. Pídesela al comercio si no la tienes." }, 409)
        session.sale = found
        return json({ merchant: "Peludos Spa", total: commas(found.cents) })
      },
      "POST /api/otp/send": ({ field, session }) => {
        if (session.sale === undefined) return json({ message: "Empieza de nuevo" }, 401)
        if (!/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(field("email"))) return json({ message: words.email }, 422)
        session.email = field("email")
        return json({ sent: true })
      },
      "POST /api/otp/verify": ({ field, session }) => {
        if (session.email === undefined) return json({ message: "Empieza de nuevo" }, 401)
        if (field("code") !== otp) return json({ message: "El código no es correcto" }, 422)
        session.proven = true
        return json({ ok: true })
      },
      "POST /api/catalogs": ({ field }) =>
        json({
          regimes: regimesFor(field("rfc")).map(({ code, name }) => ({ code, name })),
          uses: usesFor(field("rfc")).map(({ code, name }) => ({ code, name }))
        }),
      "POST /api/invoices": async ({ field, session }) => {
        const one = session.sale
        if (one === undefined || !session.proven) return json({ message: "Empieza de nuevo" }, 401)
        const typed = {
          rfc: field("rfc"),
          name: field("name"),
          postalCode: field("zip"),
          regime: field("regime"),
          use: field("use"),
          email: session.email ?? ""
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ message: words[wrong] }, 422)
        await Bun.sleep(1800)
        if (isStamped(till, one)) return json({ message: "Este cobro ya tiene factura." }, 409)
        await stampOf(till, one, typed)
        return json({ email: session.email })
      }
    }
  })
}

const ticket = (one: Sale, receipt = one.ticket) => ({
  Comercio: "Peludos Spa",
  "Recibo no.": receipt,
  Fecha: `${ago(2).short} 16:40`,
  Monto: `$${commas(one.cents)}`,
  Propina: "$0.00",
  Total: `$${commas(one.cents)}`,
  Tarjeta: "Crédito VISA **** **** **** 8823",
  Autorización: "091544"
})

export const portal: TestPortal = {
  id: "monexpa",
  traps: [
    "React, one question a screen, the button disabled until the answer is well formed",
    "an amount typed from the cents up; the card's last digits; a code sent by e-mail in six boxes; lists in sheets from below",
    "the invoice only by e-mail"
  ],
  profile: "person",
  start,
  cases: [
    {
      name: "ok",
      ticket: ticket(sale),
      expected: {
        status: "ASKED",
        kind: "otp",
        answers: { código: otp },
        then: { status: "COMPLETED", delivery: "email" }
      }
    },
    { name: "another receipt", ticket: ticket(sale, "PQ7R2X1M"), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced before", ticket: ticket(invoiced), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    const next = () => page.locator(".cta").click()
    const answer = async (text: string) => {
      await page.locator("input.answer").fill(text)
      await next()
    }
    await page.getByText("Empezar").click()
    await page.getByText("¿Cuál es el número").waitFor()
    await answer(printed(ticket, "Recibo no."))
    await page.getByText("¿De cuánto").waitFor()
    await answer(printed(ticket, "Total"))
    await page.getByText("¿Con qué tarjeta").waitFor()
    await answer(printed(ticket, "Tarjeta").slice(-4))
    await page.getByText("¿A qué correo").waitFor()
    await answer(profile.email)
    await page.locator(".otp input").first().click()
    await page.keyboard.type(otp)
    await page.getByText("¿Cuál es tu RFC").waitFor()
    await answer(profile.rfc)
    await page.getByText("¿A qué nombre").waitFor()
    await answer(profile.fullName)
    await page.getByText("¿Y tu código postal").waitFor()
    await answer(profile.postalCode)
    await page.locator(".pick").click()
    await page.locator(".sheet li").filter({ hasText: "Profesionales" }).click()
    await next()
    await page.getByText("¿Para qué").waitFor()
    await page.locator(".pick").click()
    await page.locator(".sheet li").filter({ hasText: "Gastos en general" }).click()
    await next()
    await page.getByText("¿Todo bien?").waitFor()
    await next()
    await page.getByText("va en camino").waitFor()
  }
}
