import type { TestPortal } from "../../lib/Portal.ts"
import {
  ago,
  attachment,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  money,
  oneLine,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  template,
  usesFor,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly expired?: true
}
interface Client {
  rfc: string
  name: string
  postalCode: string
  regime: string
  email: string
}
interface Session {
  rfc: string
  client: Client | undefined
  values: Record<string, string>
  notice: string
}

const open: Sale = {
  ticket: "0417009935128845",
  cents: 31850n,
  description: "Medicamentos y productos de farmacia",
  paymentForm: "01"
}
const old: Sale = {
  ticket: "0417009929904417",
  cents: 14500n,
  description: "Medicamentos",
  paymentForm: "01",
  expired: true
}
const sales = [open, old]
const states = [
  "Aguascalientes",
  "Ciudad de México",
  "Guanajuato",
  "Hidalgo",
  "Jalisco",
  "México",
  "Puebla",
  "Querétaro"
]
const dir = import.meta.dir
const parts = ["razon", "calle", "numext", "numint", "colonia", "municipio", "estado", "cp", "regimen", "correo", "tel"]

const start = () => {
  const till = openTill(
    { rfc: "FSB060920TT8", name: "FARMACIAS SANTA BRIGIDA", regime: "601", postalCode: "76000" },
    "51241200"
  )

  const show = async (session: Session, cuerpo: string) => {
    const { notice } = session
    session.notice = ""
    return html(
      await template(dir, "index.html", {
        cuerpo,
        aviso: notice === "" ? "" : `<div class="m" role="alert">${notice}</div>`
      })
    )
  }
  const told = (session: Session, where: string, notice: string) => {
    session.notice = notice
    return seeOther(where)
  }

  const lookup = (session: Session) =>
    show(
      session,
      `<h2>¿Ya estás registrado?</h2><p>Ingresa tu RFC para consultar tus datos fiscales.</p>
<form method="post" action="/cliente"><div class="g"><div class="w"><label for="q">RFC con homoclave</label><input id="q" name="q" maxlength="13" value="${escaped(session.rfc)}"></div><div style="align-self:end"><button>Buscar</button></div></div></form>
<p>¿Primera vez que facturas con nosotros? <a href="/registro">Regístrate aquí</a></p>`
    )

  const register = (session: Session) => {
    const v = (name: string) => escaped(session.values[name] ?? "")
    const input = (name: string, label: string, more = "") =>
      `<div${more}><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${v(name)}"></div>`
    const star = ' <span class="q">*</span>'
    return show(
      session,
      `<h2>Cliente nuevo</h2><p><small><span class="q">*</span> Campos obligatorios</small></p><form method="post" action="/registro"><div class="g">
<div><label for="rfc">RFC${star}</label><input id="rfc" name="rfc" maxlength="13" value="${escaped(session.values.rfc ?? session.rfc)}"></div>${input("razon", `Nombre completo o razón social${star}`, ' class="w"')}
${input("calle", "Calle", ' class="w"')}${input("numext", "Núm. ext.")}${input("numint", "Núm. int.")}${input("colonia", "Colonia")}${input("municipio", "Alcaldía o municipio")}
<div><label for="estado">Estado</label><select id="estado" name="estado"><option value="">Selecciona</option>${options(
        states.map((text) => ({ value: text, text })),
        session.values.estado
      )}</select></div>${input("cp", `Código postal${star}`)}${input("tel", "Teléfono")}
<div class="t"><label for="regimen">Régimen fiscal${star}</label><select id="regimen" name="regimen"><option value="">Selecciona tu régimen</option>${options(
        [
          ...new Map(
            [...regimesFor("X".repeat(12)), ...regimesFor("X".repeat(13))].map((one) => [one.code, one])
          ).values()
        ].map(({ code, name }) => ({ value: code, text: `${code} | ${name}` })),
        session.values.regimen
      )}</select></div>
${input("correo", `Correo electrónico${star}`, ' class="t"')}
<div class="t"><label><input type="checkbox" name="acepto" value="1"> Autorizo el tratamiento de mis datos conforme al Aviso de Privacidad${star}</label><br><label><input type="checkbox" name="monedero" value="1"> Quiero mi monedero Salud y recibir descuentos por WhatsApp</label></div>
<div class="t" style="text-align:right"><button type="button" class="l" onclick="location='/'">Cancelar</button> <button>Guardar</button></div></div></form>`
    )
  }

  const bill = (session: Session, client: Client) =>
    show(
      session,
      `<h2>Factura tu compra</h2><table cellpadding="4"><tr><td>RFC</td><td><b>${escaped(client.rfc)}</b></td></tr><tr><td>Nombre</td><td><b>${escaped(client.name)}</b></td></tr><tr><td>CP</td><td><b>${escaped(client.postalCode)}</b></td></tr><tr><td>Régimen</td><td><b>${escaped(client.regime)}</b></td></tr></table><p><a href="/registro">Editar mis datos</a></p>
<form method="post" action="/facturar"><div class="g"><div class="t"><label for="tk">Código de barras</label><input id="tk" name="tk" maxlength="16" placeholder="16 dígitos" value="${escaped(session.values.tk ?? "")}"></div>
<div><label for="pago">¿Cuánto pagaste?</label><input id="pago" name="pago" placeholder="Ej. 125.50" value="${escaped(session.values.pago ?? "")}"></div>
<div class="w"><label for="uso">Uso CFDI</label><select id="uso" name="uso"><option value="">Selecciona</option>${options(
        usesFor(client.rfc)
          .filter(({ code }) => /^(G03|D0[12]|S01)$/.test(code))
          .map(({ code, name }) => ({ value: code, text: `${code} | ${name}` })),
        session.values.uso
      )}</select></div>
<div class="t" style="text-align:right"><button>Solicitar factura</button></div></div></form>`
    )

  const keep = (visit: Visit<Session>, names: ReadonlyArray<string>) => {
    for (const name of names) visit.session.values[name] = visit.field(name)
  }

  return shop<Session>({
    till,
    cookie: "brigida",
    fresh: () => ({ rfc: "", client: undefined, values: {}, notice: "" }),
    routes: {
      "GET /": ({ session }) => lookup(session),
      "GET /mis-facturas": () =>
        html(
          "<h2>Mis facturas</h2><form>Correo <input> Contraseña <input type=password> <button>Entrar</button></form>"
        ),
      "GET /recetas": () => html("<h2>Sube tu receta</h2><input type=file>"),
      "POST /cliente": ({ field, session }) => {
        session.rfc = field("q").toUpperCase()
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(session.rfc))
          return told(session, "/", "El RFC no tiene un formato válido.")
        if (session.client?.rfc === session.rfc) return seeOther("/facturar")
        return told(
          session,
          "/",
          `No encontramos el RFC ${escaped(session.rfc)} en nuestra base de clientes. Si es tu primera factura, <a href="/registro">regístrate</a>.`
        )
      },
      "GET /registro": ({ session }) => register(session),
      "POST /registro": (visit) => {
        const { field, has, session } = visit
        keep(visit, ["rfc", ...parts])
        const client = {
          rfc: field("rfc").toUpperCase(),
          name: oneLine(field("razon")),
          postalCode: field("cp"),
          regime: field("regimen"),
          email: field("correo")
        }
        const wrong = wrongOf({ ...client, use: "G03" })
        if (wrong === "empty") return told(session, "/registro", "Completa los campos obligatorios.")
        if (!has("acepto")) return told(session, "/registro", "Debes autorizar el tratamiento de tus datos.")
        if (wrong !== undefined)
          return told(
            session,
            "/registro",
            "Tus datos no pasaron la validación del SAT, captúralos como en tu constancia."
          )
        session.client = client
        return told(session, "/facturar", "Tus datos se guardaron. Ahora captura tu ticket.")
      },
      "GET /facturar": ({ session }) => (session.client === undefined ? seeOther("/") : bill(session, session.client)),
      "POST /facturar": async (visit) => {
        const { field, session } = visit
        const { client } = session
        if (client === undefined) return seeOther("/")
        keep(visit, ["tk", "pago", "uso"])
        const sale = sales.find(({ ticket }) => ticket === field("tk"))
        if (!/^\d{16}$/.test(field("tk")))
          return told(session, "/facturar", "El código de barras debe ser de 16 dígitos.")
        if (field("uso") === "" || field("pago") === "")
          return told(session, "/facturar", "Completa los datos de tu compra.")
        if (sale === undefined)
          return told(session, "/facturar", "No tenemos registrada una venta con ese código de barras.")
        if (!same(field("pago"), sale.cents))
          return told(session, "/facturar", "La cantidad pagada es distinta a la registrada en la venta.")
        if (sale.expired)
          return told(
            session,
            "/facturar",
            "Lo sentimos, esta compra ya no es facturable: excede los 15 días naturales."
          )
        if (isStamped(till, sale)) return told(session, "/facturar", "Esta compra ya fue facturada.")
        const { uuid } = await stampOf(till, sale, { ...client, use: field("uso") })
        return seeOther(`/lista/${uuid}`)
      },
      "GET /lista/*": ({ session, url }) => {
        const uuid = url.pathname.split("/").at(-1) ?? ""
        if (till.find(uuid) === undefined) return seeOther("/")
        return show(
          session,
          `<h2>Tu factura está lista</h2><p>Folio fiscal ${escaped(uuid)}</p><p><a href="/bajar/${escaped(uuid)}.pdf">Ver PDF</a> · <a href="/bajar/${escaped(uuid)}.xml" download>Guardar XML</a></p><p>También la enviamos a ${escaped(session.client?.email ?? "")}.</p>`
        )
      },
      "GET /bajar/*": async ({ url }) => {
        const [uuid = "", kind] = (url.pathname.split("/").at(-1) ?? "").split(".")
        const made = till.find(uuid)
        if (made === undefined) return seeOther("/")
        return kind === "xml"
          ? attachment(await xmlText(made), "text/xml", `FSB${uuid.slice(0, 6)}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `FSB${uuid.slice(0, 6)}.pdf`)
      }
    }
  })
}

const paper = (sale: Sale, days: number, over: Record<string, string> = {}) => ({
  Sucursal: "0417 Querétaro Centro",
  Caja: "1",
  Folio: sale.ticket.slice(6, 12),
  Fecha: ago(days).dashes,
  Hora: "11:05",
  Total: money(sale.cents),
  Efectivo: "400.00",
  Cambio: "81.50",
  ...over
})

export const says = {
  "no such sale": /No tenemos registrada una venta/,
  expired: /ya no es facturable/,
  "another total": /cantidad pagada es distinta/
}

export const portal: TestPortal = {
  id: "brigida",
  traps: [
    "¿Ya estás registrado? comes before the ticket; an unknown RFC leads to a new-client form",
    "address parts that may stay empty",
    "régimen in the registry, uso with the ticket",
    "the ticket key is the bar code, not the Folio",
    "a wallet box that must stay off",
    "the stamp is a POST that redirects"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open, 3, { Código: open.ticket }), expected: completed },
    {
      name: "no such sale",
      ticket: paper(open, 3, { Código: "0417009935128854" }),
      expected: failed("TICKET_NOT_FOUND")
    },
    { name: "expired", ticket: paper(old, 38, { Código: old.ticket }), expected: failed("TICKET_EXPIRED") },
    {
      name: "another total",
      ticket: paper(open, 3, { Código: open.ticket, Total: "381.50" }),
      expected: failed("TICKET_NOT_FOUND")
    }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#q").fill(profile.rfc)
    await page.getByRole("button", { name: "Buscar" }).click()
    await page.getByRole("link", { name: "regístrate", exact: true }).click()
    await page.locator("#razon").fill(profile.fullName)
    await page.locator("#cp").fill(profile.postalCode)
    await page.locator("#regimen").selectOption(profile.fiscalRegime)
    await page.locator("#correo").fill(profile.email)
    await page.locator("[name=acepto]").check()
    await page.getByRole("button", { name: "Guardar" }).click()
    await page.locator("#tk").fill(printed(ticket, "Código"))
    await page.locator("#pago").fill(printed(ticket, "Total"))
    await page.locator("#uso").selectOption(profile.cfdiUse)
    await page.getByRole("button", { name: "Solicitar factura" }).click()
    await download(page, () => page.getByText("Guardar XML").click())
  }
}
