import { profiles } from "../../lib/Portal.ts"
import { download } from "../../lib/ScriptTools.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import {
  ago,
  attachment,
  cfdiUses,
  commas,
  completed,
  escaped,
  failed,
  html,
  inline,
  money,
  openTill,
  pdfBytes,
  printed,
  seeOther,
  shop,
  type TestPortal,
  type TillSale,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly reference: string
  readonly day: ReturnType<typeof ago>
  readonly tip: bigint
  readonly archived?: { readonly folio: string; readonly series: string }
}

const open: Sale = {
  ticket: "48213",
  reference: "CT2-48213-7719",
  cents: 61250n,
  tip: 9200n,
  description: "Consumo de alimentos y bebidas",
  paymentForm: "04",
  day: ago(1)
}
const done: Sale = {
  ticket: "47906",
  reference: "CT2-47906-1180",
  cents: 33900n,
  tip: 0n,
  description: "Consumo de alimentos y bebidas",
  paymentForm: "01",
  day: ago(8),
  archived: { folio: "65112", series: "CT" }
}
const differs: Sale = {
  ticket: "48099",
  reference: "CT2-48099-4402",
  cents: 28400n,
  tip: 0n,
  description: "Consumo de alimentos y bebidas",
  paymentForm: "01",
  day: ago(3)
}
const sales = [open, done, differs]

/** Who has invoiced before: name, postal code and régimen come from then and cannot be changed here. */
const register: Readonly<Record<string, { name: string; postalCode: string; regime: string; email: string }>> = {
  [profiles.company.rfc]: {
    name: profiles.company.fullName,
    postalCode: profiles.company.postalCode,
    regime: "601",
    email: "compras@kemper.example"
  }
}

interface Session {
  rfc: string
  sale?: Sale
}

const style = `<style>*{box-sizing:border-box}body{margin:0;background:#f4f1ea;font:15px "Segoe UI",sans-serif;color:#333}.barra{background:#3b2a20;color:#f1dcb5;padding:14px 0;text-align:center}
.caja{max-width:560px;margin:26px auto;background:#fff;border-radius:6px;padding:24px 30px;box-shadow:0 1px 6px #0002}.renglon{margin:12px 0}.renglon>span{display:block;color:#7a6a5c;font-size:13px}
input[type=text]{width:100%;border:0;border-bottom:2px solid #c9b89f;padding:7px;font-size:15px}input[disabled]{background:#f6f3ee;color:#666}button{background:#a5512b;color:#fff;border:0;padding:11px 24px;border-radius:4px;font-size:15px}
.velo{position:fixed;inset:0;background:#0007;display:flex;align-items:center;justify-content:center}.velo>div{background:#fff;padding:26px;border-radius:6px;max-width:420px;text-align:center}
.uso{display:block;padding:4px 0}a.version{display:inline-block;margin:8px;padding:12px 22px;border:1px solid #a5512b;color:#a5512b;text-decoration:none;border-radius:4px}</style>`

const frame = (body: string, notice = "") =>
  html(`<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>MiFactura 4.0</title>${style}</head><body><div class="barra"><b>Café Tlacuilo</b> &nbsp;·&nbsp; Facturación electrónica</div>
<div class="caja">${body}</div>${notice && `<div class="velo" id="aviso"><div><p>${escaped(notice)}</p><button type="button" onclick="document.getElementById('aviso').remove()">Ok</button></div></div>`}
<p style="text-align:center;color:#998" >Servicio de MiFactura · Soluciones en comprobantes digitales</p></body></html>`)

const start = async () => {
  const till = openTill({ rfc: "CTL140808HM1", name: "CAFE TLACUILO", regime: "601", postalCode: "06700" }, "90101501")
  const { person } = profiles
  await till.archive(done, {
    receiver: { rfc: person.rfc, name: person.fullName, postalCode: person.postalCode, regime: "612" },
    use: "G03"
  })
  const folios = new Map<string, string>()
  const byFolio = new Map<string, string>()

  const first = (session: Session, values = { reference: "", total: "" }, notice = "") =>
    frame(
      `<h2>Genera tu factura</h2><form method="post" action="/cfdi40/buscar" autocomplete="off">
<div class="renglon"><span>Su RFC</span><input type="text" name="a1" maxlength="13" value="${escaped(session.rfc)}"></div>
<div class="renglon"><span>Referencia</span><input type="text" name="a2" value="${escaped(values.reference)}"></div>
<div class="renglon"><span>Total</span><input type="text" name="a3" value="${escaped(values.total)}"></div>
<button>Buscar referencia</button></form><p><small>La referencia y el total vienen en la parte inferior de tu cuenta. El total no debe incluir propina.</small></p>`,
      notice
    )

  const second = (session: Session, sale: Sale, email: string, use: string, notice = "") => {
    const known = register[session.rfc]
    if (known === undefined) return frame("")
    return frame(
      `<h2>Datos del comprobante</h2><p>Referencia <b>${sale.reference}</b> · ${sale.day.slashes} · Total <b>$${commas(sale.cents)}</b></p><form method="post" action="/cfdi40/generar">
<div class="renglon"><span>RFC</span><input type="text" disabled value="${session.rfc}"></div>
<div class="renglon"><span>Nombre</span><input type="text" disabled value="${escaped(known.name)}"></div>
<div class="renglon"><span>Código postal</span><input type="text" disabled value="${known.postalCode}"></div>
<div class="renglon"><span>Régimen fiscal</span><input type="text" disabled value="601 General de Ley Personas Morales"></div>
<div class="renglon"><span>Correo</span><input type="text" name="b5" value="${escaped(email)}"></div>
<div class="renglon"><span>Uso del comprobante</span>${cfdiUses
        .filter(({ code }) => /^(G0|I0|S0)/.test(code))
        .map(
          ({ code, name }) =>
            `<label class="uso"><input type="radio" name="b6" value="USO_${code}"${`USO_${code}` === use ? " checked" : ""}> ${code} ${escaped(name)}</label>`
        )
        .join("")}</div>
<button onclick="this.innerText='Espere...'">Generar comprobante</button></form><p><a href="/cfdi40/inicio">Regresar</a></p>`,
      notice
    )
  }

  return shop<Session>({
    till,
    cookie: "mf_sid",
    fresh: () => ({ rfc: "" }),
    routes: {
      "GET /": () =>
        html(
          `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>Café Tlacuilo</title>${style}</head><body><div class="barra"><h1>Café Tlacuilo</h1><p>Roma Norte · Coyoacán</p></div><div class="caja"><p>Pan de horno de leña y café de altura.</p><ul><li><a href="/menu">Menú</a></li><li><a href="/sucursales">Sucursales</a></li><li><a href="/facturacion">Facturación</a></li><li><a href="/bolsa-de-trabajo">Bolsa de trabajo</a></li></ul></div></body></html>`
        ),
      "GET /menu": () => frame("<h2>Menú</h2><p>Chilaquiles, conchas, café de olla.</p>"),
      "GET /sucursales": () => frame("<h2>Sucursales</h2><p>Roma Norte: Orizaba 101. Coyoacán: Francisco Sosa 40.</p>"),
      "GET /facturacion": () => seeOther("/cfdi40/inicio"),
      "GET /cfdi40/inicio": ({ session }) => {
        session.rfc = ""
        delete session.sale
        return first(
          session,
          undefined,
          "Recuerda que la factura se emite con la fecha en que la generas. Después de emitida no hay cambios."
        )
      },
      "POST /cfdi40/buscar": ({ field, session }) => {
        session.rfc = field("a1").toUpperCase()
        const values = { reference: field("a2"), total: field("a3") }
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(session.rfc))
          return first(session, values, "Revise su RFC, la estructura no es correcta")
        const sale = sales.find(({ reference }) => reference === values.reference.toUpperCase())
        if (sale === undefined) return first(session, values, "No localizamos esa referencia, verifíquela en su cuenta")
        if (!/^\d+(\.\d{1,2})?$/.test(values.total))
          return first(session, values, "El total se captura sólo con números y punto decimal")
        if (Number(values.total).toFixed(2) !== money(sale.cents))
          return first(session, values, "El total capturado no es igual al de la referencia")
        const folio = sale.archived?.folio ?? folios.get(sale.ticket)
        if (folio !== undefined)
          return first(
            session,
            values,
            `La referencia ${sale.reference} está ligada al comprobante CT ${folio} y no puede usarse de nuevo`
          )
        if (register[session.rfc] === undefined)
          return first(session, values, "Su RFC no está registrado, solicite su alta en caja")
        session.sale = sale
        return second(session, sale, register[session.rfc]?.email ?? "", "USO_G01")
      },
      "GET /cfdi40/buscar": () => seeOther("/cfdi40/inicio"),
      "POST /cfdi40/generar": async ({ field, session }) => {
        const { sale } = session
        const known = register[session.rfc]
        if (sale === undefined || known === undefined) return seeOther("/cfdi40/inicio")
        const typed = {
          rfc: session.rfc,
          name: known.name,
          postalCode: known.postalCode,
          regime: known.regime,
          use: field("b6").replace("USO_", ""),
          email: field("b5")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return second(session, sale, field("b5"), field("b6"), refused)
        delete session.sale
        const made = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        const folio = String(65700 + till.stamps().length)
        folios.set(sale.ticket, folio)
        byFolio.set(folio, made.uuid)
        return seeOther(`/cfdi40/comprobante/;folio=${folio};serie=CT;rfc_emisor=CTL140808HM1`)
      },
      "GET /cfdi40/comprobante/*": ({ url }) => {
        const folio = /folio=(\d+)/.exec(url.pathname)?.[1] ?? ""
        if (till.find(byFolio.get(folio) ?? "") === undefined) return seeOther("/cfdi40/inicio")
        return frame(
          `<h2>Descargar factura</h2><p>Comprobante CT ${folio}. También lo enviamos a su correo.</p><a class="version" href="/cfdi40/version/${folio}/pdf" target="_blank">Versión PDF</a><a class="version" href="/cfdi40/version/${folio}/xml">Versión XML</a>`
        )
      },
      "GET /cfdi40/version/*": async ({ url }) => {
        const [folio = "", kind] = url.pathname.split("/").slice(-2)
        const made = till.find(byFolio.get(folio) ?? "")
        if (made === undefined) return seeOther("/cfdi40/inicio")
        return kind === "pdf"
          ? inline(await pdfBytes(made), "application/pdf", `CT${folio}.pdf`)
          : attachment(await xmlText(made), "application/xml", `CT${folio}.xml`)
      }
    }
  })
}

const ticketOf = (sale: Sale, total = sale.cents) => ({
  Mesa: "12",
  Mesero: "LUCIA",
  Cuenta: sale.ticket,
  Fecha: sale.day.short,
  Subtotal: `$${commas((sale.cents * 100n) / 116n)}`,
  TOTAL: `$${commas(total)}`,
  ...(sale.tip > 0n && { "Propina sugerida 15%": `$${commas(sale.tip)}` }),
  "Para facturar, referencia": sale.reference
})

export const portal: TestPortal = {
  id: "tlacuilo",
  traps: [
    "inputs without labels, ids or telling names",
    "another e-mail is prefilled and another use is chosen",
    "the form is two addresses away",
    "an Ok to press before all else"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "already invoiced, no recovery", ticket: ticketOf(done), expected: failed("ALREADY_INVOICED") },
    { name: "total differs", ticket: ticketOf(differs, differs.cents + 100n), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    await page.getByRole("link", { name: "Facturación" }).click()
    await page.getByRole("button", { name: "Ok" }).click()
    const inputs = page.locator("input[type=text]")
    await inputs.nth(0).fill(profile.rfc)
    await inputs.nth(1).fill(printed(ticket, "Para facturar, referencia"))
    await inputs.nth(2).fill(printed(ticket, "TOTAL").replace(/[$,]/g, ""))
    await page.getByText("Buscar referencia").click()
    await page.locator("[name=b5]").fill(profile.email)
    await page.getByText(`${profile.cfdiUse} `).click()
    await page.getByText("Generar comprobante").click()
    await download(page, () => page.getByText("Versión XML").click())
  }
}
