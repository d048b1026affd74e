import { profiles } from "../../lib/Portal.ts"
import { receiverOf } from "../../lib/Taxpayers.ts"
import {
  ago,
  attachment,
  commas,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  js,
  money,
  openTill,
  pdfBytes,
  printed,
  regimeOptions,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  useOptions,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

const sale: TillSale = { ticket: "7KQ4-M2XD-9A", cents: 34780n, description: "Abarrotes", paymentForm: "01" }
const before: TillSale = { ticket: "3HWP-TT6C-41", cents: 91250n, description: "Abarrotes", paymentForm: "28" }
const sales = [sale, before]

interface Session {
  flash?: string | undefined
  csrf: string
  shown: Set<string>
}

const words: Readonly<Record<string, readonly [string, string]>> = {
  rfc: ["rfc", "no está en la lista del SAT"],
  name: ["legal_name", "no es el que el SAT tiene registrado con ese RFC"],
  postalCode: ["zip", "no es el del domicilio fiscal de ese RFC"],
  regime: ["tax_system", "no corresponde a ese RFC"],
  use: ["use", "no se puede con ese régimen"],
  email: ["email", "no parece un correo"]
}

const start = async () => {
  const till = openTill(
    { rfc: "TLA200815QH7", name: "TIENDAS TLAPIXCA", regime: "626", postalCode: "72000" },
    "50192100"
  )
  const fourth = profiles.person
  const typedBefore = {
    rfc: fourth.rfc,
    name: fourth.fullName,
    postalCode: fourth.postalCode,
    regime: fourth.fiscalRegime,
    use: "G01",
    email: fourth.email
  }
  const archived = await till.archive(before, { receiver: receiverOf(typedBefore), use: "G01" })
  const ready = new Map<string, number>()

  const layout = (session: Session, content: string, status = 200) => {
    const flash =
      session.flash === undefined
        ? ""
        : `<div class="flash flash--alert" role="alert" data-controller="flash">${escaped(session.flash)}</div>`
    session.flash = undefined
    return html(
      `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>Tlapixca</title><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="csrf-param" content="authenticity_token"><meta name="csrf-token" content="${session.csrf}">
<link rel="stylesheet" href="/assets/application-4f0c19.css" data-turbo-track="reload"><script src="/assets/turbo-77c1.js" data-turbo-track="reload" defer></script></head>
<body><nav class="top"><a href="/" class="logo">tlapixca</a><span>tu tiendita de confianza</span></nav><div id="flash">${flash}</div><main class="container">${content}</main>
<footer>¿Dudas? <a href="mailto:hola@tlapixca.example">hola@tlapixca.example</a> · Con tecnología de <b>Ventanilla</b></footer></body></html>`,
      status
    )
  }
  const token = (session: Session) =>
    `<input type="hidden" name="authenticity_token" value="${session.csrf}" autocomplete="off">`
  const lookUp = (session: Session, code = "", total = "", error = "") =>
    layout(
      session,
      `<h1>Factura tu compra</h1><p>Captura el código web que está al pie de tu ticket, debajo del código QR. Puedes hacerlo durante los 15 días siguientes a tu compra.</p>
${error === "" ? "" : `<div class="error_explanation" role="alert"><p>${escaped(error)}</p></div>`}
<form action="/compras" accept-charset="UTF-8" method="post" class="card">${token(session)}
<div class="field"><label for="purchase_code">Código web</label><input id="purchase_code" name="purchase[code]" type="text" class="code" placeholder="XXXX-XXXX-XX" maxlength="12" autocomplete="off" autocapitalize="characters" data-controller="code" data-action="input->code#format" value="${escaped(code)}"></div>
<div class="field"><label for="purchase_total">¿Cuánto pagaste?</label><div class="prefix"><span>$</span><input id="purchase_total" name="purchase[total]" type="text" inputmode="decimal" value="${escaped(total)}"></div></div>
<input type="submit" name="commit" value="Buscar mi compra" class="btn" data-disable-with="Buscando…"></form>`,
      error === "" ? 200 : 422
    )
  const form = (session: Session, one: TillSale, field: (name: string) => string, wrong?: string) => {
    const value = (name: string) => escaped(field(`invoice[${name}]`))
    const [at = "", text = ""] = words[wrong ?? ""] ?? []
    const row = (name: string, label: string, input: string) =>
      `<div class="field${at === name ? " field_with_errors" : ""}"><label for="invoice_${name}">${label}</label>${input}${at === name ? `<span class="hint error">${text}</span>` : ""}</div>`
    const box = (name: string, label: string, more = "") =>
      row(
        name,
        label,
        `<input type="text" name="invoice[${name}]" id="invoice_${name}" value="${value(name)}" required ${more}>`
      )
    return layout(
      session,
      `<h1>¿A nombre de quién?</h1><p class="muted">Compra ${one.ticket} por $${commas(one.cents)}</p>
${wrong === "empty" ? `<div class="error_explanation" role="alert"><p>Faltan datos por capturar</p></div>` : ""}
<form action="/compras/${one.ticket}/factura" accept-charset="UTF-8" method="post" class="card" id="new_invoice">${token(session)}
${box("rfc", "RFC", `maxlength="13" class="up"`)}${box("legal_name", "Nombre o razón social", `class="up"`)}${box("zip", "Código postal fiscal", `maxlength="5" inputmode="numeric" pattern="[0-9]{5}"`)}
${row("tax_system", "Régimen", `<select name="invoice[tax_system]" id="invoice_tax_system" required><option value=""></option>${regimeOptions(undefined, field("invoice[tax_system]"))}</select>`)}
${row("use", "¿Para qué la vas a usar?", `<select name="invoice[use]" id="invoice_use" required><option value=""></option>${useOptions(undefined, field("invoice[use]"))}</select>`)}
${box("email", "Correo", `inputmode="email"`)}
<div class="check"><input name="invoice[newsletter]" type="hidden" value="0"><input type="checkbox" name="invoice[newsletter]" id="invoice_newsletter" value="1"> <label for="invoice_newsletter">Mándenme las ofertas de la semana</label></div>
<div class="actions"><a href="/">Cancelar</a> <input type="submit" name="commit" value="Crear factura" class="btn" data-disable-with="Creando…"></div></form>`,
      wrong === undefined ? 200 : 422
    )
  }
  const links = (uuid: string) =>
    `<p class="ok">✔ Tu factura está lista</p><p>Folio fiscal<br><code>${uuid}</code></p><p><a class="btn" data-turbo="false" href="/facturas/${uuid}.pdf">PDF</a> <a class="btn" data-turbo="false" href="/facturas/${uuid}.xml">XML</a></p><p class="muted">También te la mandamos por correo.</p>`

  return shop<Session>({
    till,
    cookie: "_tlapixca_session",
    fresh: () => ({ csrf: crypto.randomUUID(), shown: new Set() }),
    routes: {
      "GET /": ({ session }) => lookUp(session),
      "GET /assets/application-4f0c19.css": () => new Response(Bun.file(`${import.meta.dir}/app.css`)),
      "GET /assets/turbo-77c1.js": async () => js(await Bun.file(`${import.meta.dir}/turbo.js`).text()),
      "POST /compras": ({ field, session }) => {
        const code = field("purchase[code]")
        const total = field("purchase[total]")
        if (field("authenticity_token") !== session.csrf) return html("ActionController::InvalidAuthenticityToken", 422)
        if (code === "" || total === "")
          return lookUp(session, code, total, "Necesitamos el código y el total de tu compra")
        const found = sales.find((one) => one.ticket === code && same(total, one.cents))
        if (found === undefined) {
          return lookUp(
            session,
            code,
            total,
            "No dimos con esa compra. Checa el código (ojo con el 0 y la O) y que el total sea el mismo del ticket"
          )
        }
        session.shown.add(code)
        return seeOther(`/compras/${code}`)
      },
      "GET /compras/*": ({ field, session, url }) => {
        const [, , code = "", step] = url.pathname.split("/")
        const found = sales.find((one) => one.ticket === code)
        if (found === undefined || !session.shown.has(code)) return seeOther("/")
        if (isStamped(till, found) || found === before) {
          return layout(
            session,
            `<h1>Esta compra ya se facturó</h1><p>Si fuiste tú, escribe el RFC con el que la pediste y te la damos otra vez.</p>${step === "no" ? `<div class="error_explanation" role="alert"><p>No fue con ese RFC</p></div>` : ""}<form action="/compras/${code}/copia" method="post" class="card">${token(session)}<div class="field"><label for="copy_rfc">RFC</label><input id="copy_rfc" name="copy[rfc]" class="up" maxlength="13" required></div><input type="submit" name="commit" value="Ver mi factura" class="btn"></form>`
          )
        }
        if (step === "factura") return form(session, found, field)
        return layout(
          session,
          `<h1>¡La encontramos!</h1><div class="card"><table><tr><td>Compra</td><td>${code}</td></tr><tr><td>Sucursal</td><td>Cholula Centro</td></tr><tr><td>Artículos</td><td>9</td></tr><tr><td>Forma de pago</td><td>01 Efectivo</td></tr><tr><td>Total</td><td>$${commas(found.cents)}</td></tr></table></div><p><a class="btn" href="/compras/${code}/factura">Sí es, continuar</a> <a href="/">No es mi compra</a></p>`
        )
      },
      "POST /compras/*": async ({ field, session, url }) => {
        const [, , code = "", action] = url.pathname.split("/")
        const found = sales.find((one) => one.ticket === code)
        if (found === undefined || !session.shown.has(code) || field("authenticity_token") !== session.csrf)
          return seeOther("/")
        if (action === "copia") {
          const made = found === before ? archived : till.stamps().find(({ ticket }) => ticket === code)
          if (made === undefined || field("copy[rfc]").toUpperCase() !== made.receiverRfc)
            return seeOther(`/compras/${code}/no`)
          return seeOther(`/facturas/${made.uuid}`)
        }
        if (isStamped(till, found) || found === before) return seeOther(`/compras/${code}`)
        const typed = {
          rfc: field("invoice[rfc]").toUpperCase(),
          name: field("invoice[legal_name]").toUpperCase(),
          postalCode: field("invoice[zip]"),
          regime: field("invoice[tax_system]"),
          use: field("invoice[use]"),
          email: field("invoice[email]")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return form(session, found, field, wrong)
        const made = await stampOf(till, found, typed)
        ready.set(made.uuid, Date.now() + 2500)
        return seeOther(`/facturas/${made.uuid}`)
      },
      "GET /facturas/*": async ({ session, url }) => {
        const [uuid = "", kind] = url.pathname.slice("/facturas/".length).split(".")
        const made = till.find(uuid)
        if (made === undefined) return html("No existe", 404)
        if (kind === "xml") return attachment(await xmlText(made), "application/xml", `${made.fileName}.xml`)
        if (kind === "pdf") return attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
        if (kind === "estado") {
          const done = Date.now() > (ready.get(uuid) ?? 0)
          return new Response(
            done
              ? `<turbo-stream action="update" target="invoice_status"><template>${links(uuid)}</template></turbo-stream>`
              : "",
            { headers: { "content-type": "text/vnd.turbo-stream.html; charset=utf-8" } }
          )
        }
        const waiting = Date.now() < (ready.get(uuid) ?? 0)
        return layout(
          session,
          `<h1>Gracias por comprar en Tlapixca</h1><div id="invoice_status" class="card"${waiting ? ` data-controller="poll" data-poll-url-value="/facturas/${uuid}.estado"` : ""}>${waiting ? `<div class="spin"></div><p>Estamos preparando tu factura, no tarda…</p>` : links(uuid)}</div><p class="muted">Total $${money(made.totalCents)}</p>`
        )
      }
    }
  })
}

const ticket = (one: TillSale, code = one.ticket) => ({
  Sucursal: "Cholula Centro",
  Atendió: "Lupita",
  Nota: "118204",
  Fecha: `${ago(1).slashes} 18:22`,
  Artículos: 9,
  TOTAL: `$${commas(one.cents)}`,
  ...(one === sale ? { Efectivo: "$500.00", Cambio: "$152.20" } : { "Tarjeta débito": `$${commas(one.cents)}` }),
  "CÓDIGO WEB": code
})

export const portal: TestPortal = {
  id: "tlapixca",
  traps: [
    "Rails with Turbo: forms sent by fetch, the body exchanged, 422 with the errors in the page, a status that arrives as a stream",
    "a summary between ticket and data; an old invoice given again against the RFC",
    "a newsletter box"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticket(sale), expected: completed },
    { name: "another code", ticket: ticket(sale, "7KQ4-M2KD-9A"), expected: failed("TICKET_NOT_FOUND") },
    {
      name: "invoiced before, given again",
      ticket: ticket(before),
      expected: { status: "COMPLETED", delivery: "download", recovered: true }
    }
  ],
  script: async (page, ticket, profile) => {
    await page.getByLabel("Código web").fill(printed(ticket, "CÓDIGO WEB"))
    await page.getByLabel("¿Cuánto pagaste?").fill(printed(ticket, "TOTAL"))
    await page.getByText("Buscar mi compra").click()
    const copy = page.locator("#copy_rfc")
    await page.getByText("Sí es, continuar").or(copy).waitFor()
    if (await copy.isVisible()) {
      await copy.fill(profile.rfc)
      await page.getByText("Ver mi factura").click()
    } else {
      await page.getByText("Sí es, continuar").click()
      await page.locator("#invoice_rfc").fill(profile.rfc)
      await page.locator("#invoice_legal_name").fill(profile.fullName)
      await page.locator("#invoice_zip").fill(profile.postalCode)
      await page.locator("#invoice_tax_system").selectOption(profile.fiscalRegime)
      await page.locator("#invoice_use").selectOption(profile.cfdiUse)
      await page.locator("#invoice_email").fill(profile.email)
      await page.getByText("Crear factura").click()
    }
    await download(page, () => page.getByRole("link", { name: "XML" }).click())
  }
}
