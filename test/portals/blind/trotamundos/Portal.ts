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
  plain,
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
  readonly register: string
  readonly store: string
  readonly days: number
  readonly expired?: true
  readonly invoiced?: true
}
interface Session {
  sale: Sale | undefined
  promo: boolean
}

const open: Sale = {
  ticket: "55317",
  store: "208",
  register: "02",
  days: 6,
  cents: 129900n,
  description: "Calzado",
  paymentForm: "04"
}
const old: Sale = { ...open, ticket: "54890", days: 35, cents: 79900n, expired: true }
const gone: Sale = { ...open, ticket: "55240", days: 8, cents: 54900n, invoiced: true }
const sales = [open, old, gone]
const dir = import.meta.dir
const regimes = [
  ...new Map([...regimesFor("X".repeat(13)), ...regimesFor("X".repeat(12))].map((one) => [one.code, one])).values()
]

const start = () => {
  const till = openTill(
    { rfc: "CTR840228MX1", name: "CALZADO TROTAMUNDOS", regime: "601", postalCode: "37500" },
    "53111600"
  )
  const home = async (titulo: string, cuerpo: string) => html(await template(dir, "home.html", { titulo, cuerpo }))
  const inner = async (cuerpo: string) => html(await template(dir, "marco.html", { cuerpo }))
  const row = (name: string, label: string, value: string, more = "") =>
    `<div class="r"><label>${label}</label><input name="${name}" value="${escaped(value)}" ${more}></div>`

  const first = ({ field }: Visit<Session>, message = "") =>
    inner(`<form name="f" method="post" action="/fe/valida.asp"><fieldset><legend>Datos de tu ticket</legend>
${row("a1", "Clave de la tienda (3 digitos)", field("a1"), 'maxlength="3"')}${row("a2", "Caja", field("a2"))}${row("a3", "No. operacion", field("a3"))}${row("a4", "Total con IVA", field("a4"))}</fieldset><div class="m">${escaped(message)}</div><span class="b" onclick="document.f.submit()">Verificar</span></form><p style="font-size:12px">¿Ya facturaste? <a href="/fe/consulta.asp">Consulta tu factura</a></p>`)

  const second = ({ field }: Visit<Session>, sale: Sale, message = "") =>
    inner(`<form name="f" method="post" action="/fe/emite.asp"><p>Operacion ${sale.ticket} por $${money(sale.cents)}</p><fieldset><legend>Datos para tu factura</legend>
${row("b1", "RFC", field("b1"), 'maxlength="13"')}${row("b2", "Nombre / Razon Social", field("b2"))}${row("b3", "CP del domicilio fiscal", field("b3"))}
<div class="r"><label>Regimen Fiscal</label><select name="b4"><option value=""></option>${options(
      regimes.map(({ code, name }) => ({ value: code, text: `${code} ${plain(name)}` })),
      field("b4")
    )}</select></div>
<div class="r"><label>Uso CFDI</label><select name="b5"><option value=""></option>${options(
      usesFor("X".repeat(13)).map(({ code, name }) => ({ value: code, text: `${code} ${plain(name)}` })),
      field("b5")
    )}</select></div>
${row("b6", "E-mail", field("b6"))}${row("b7", "Celular (10 digitos) *", field("b7"), 'maxlength="10" required')}</fieldset><div class="m">${escaped(message)}</div><span class="b b2" onclick="location='/fe/'">Cancelar</span> <span class="b" onclick="this.onclick=null;document.f.submit()">Facturar</span></form>`)

  const page = (text: string) => home(text, `<div class="container py-4"><h3>${text}</h3></div>`)

  return shop<Session>({
    till,
    cookie: "ASPSESSIONIDQA",
    fresh: () => ({ sale: undefined, promo: false }),
    routes: {
      "GET /": () =>
        home(
          "Inicio",
          `<div class="container py-5"><h1>Nueva temporada</h1><div class="row"><div class="col-4"><a href="/c/dama">Bota Siena $1,299.00</a></div><div class="col-4"><a href="/c/caballero">Mocasín Roma $1,099.00</a></div></div></div><div class="promo" id="promo"><div><span class="x" onclick="document.getElementById('promo').remove()">×</span><h4>10% en tu primera compra</h4><input class="form-control" placeholder="Correo electrónico"><button class="btn btn-dark mt-2">Quiero mi cupón</button></div></div>`
        ),
      "GET /facturacion": () =>
        home(
          "Facturación",
          `<div class="container py-3"><h3>Facturación electrónica</h3><p>Ten a la mano tu ticket y tu Constancia de Situación Fiscal.</p><iframe src="/fe/" width="100%" height="560" style="border:1px solid #ddd" title="Facturación"></iframe></div>`
        ),
      "GET /c/*": () => page("Catálogo"),
      "GET /tiendas": () => page("Tiendas"),
      "GET /buscar": () => page("Sin resultados"),
      "GET /cambios": () => page("Cambios y devoluciones"),
      "GET /privacidad": () => page("Aviso de privacidad"),
      "GET /bolsa": () => page("Bolsa de trabajo"),
      "GET /fe/": (visit) => first(visit),
      "GET /fe/consulta.asp": () =>
        inner("<h3>Consulta tu factura</h3>RFC <input> Folio <input> <button>Consultar</button>"),
      "POST /fe/valida.asp": (visit) => {
        const { field, session } = visit
        if (["a1", "a2", "a3", "a4"].some((name) => field(name) === "")) return first(visit, "Capture todos los campos")
        const sale = sales.find(
          ({ register, store, ticket }) =>
            store === field("a1") && Number(register) === Number(field("a2")) && ticket === field("a3")
        )
        if (sale === undefined)
          return first(visit, "Operacion no registrada. Favor de verificar los datos de su ticket.")
        if (!same(field("a4"), sale.cents)) return first(visit, "El total no es correcto.")
        if (sale.expired)
          return first(visit, "Su ticket ya no puede ser facturado, el limite es de 30 dias despues de la compra.")
        if (sale.invoiced || isStamped(till, sale)) return first(visit, "Esta operacion ya cuenta con CFDI.")
        session.sale = sale
        return second(visit, sale)
      },
      "POST /fe/emite.asp": async (visit) => {
        const { field, session } = visit
        const { sale } = session
        if (sale === undefined) return seeOther("/fe/")
        const typed = {
          rfc: field("b1").toUpperCase(),
          name: oneLine(field("b2")),
          postalCode: field("b3"),
          regime: field("b4"),
          use: field("b5"),
          email: field("b6")
        }
        if (!/^\d{10}$/.test(field("b7"))) return second(visit, sale, "El celular es obligatorio (10 digitos)")
        const wrong = wrongOf(typed)
        if (wrong !== undefined)
          return second(
            visit,
            sale,
            wrong === "empty" ? "Capture todos los campos" : "Sus datos no son validos ante el SAT"
          )
        if (isStamped(till, sale)) return first(visit, "Esta operacion ya cuenta con CFDI.")
        session.sale = undefined
        const { uuid } = await stampOf(till, sale, typed)
        return inner(
          `<h3>Gracias por tu compra</h3><p>Comprobante generado: ${uuid}</p><span class="b" onclick="location='/fe/doc.asp?k=x&id=${uuid}'">XML</span> <span class="b" onclick="location='/fe/doc.asp?k=p&id=${uuid}'">PDF</span>`
        )
      },
      "GET /fe/doc.asp": async ({ field }) => {
        const made = till.find(field("id"))
        if (made === undefined) return seeOther("/fe/")
        return field("k") === "x"
          ? attachment(await xmlText(made), "text/xml", `${field("id")}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${field("id")}.pdf`)
      }
    }
  })
}

const paper = (sale: Sale, over: Record<string, string> = {}) => ({
  Tienda: `${sale.store} LEON CENTRO`,
  Caja: sale.register,
  Operación: sale.ticket,
  Vendedor: "1140",
  Fecha: ago(sale.days).slashes,
  Pares: "1",
  Total: money(sale.cents),
  Tarjeta: "************4417",
  ...over
})

export const says = {
  "already invoiced": /ya cuenta con CFDI/,
  expired: /limite es de 30 dias/,
  "another operation": /Operacion no registrada/
}

export const portal: TestPortal = {
  id: "trotamundos",
  traps: [
    "the address is a shop's home page with a promotion over it; Facturación is a link in its foot",
    "the portal is an iframe",
    "spans as buttons",
    "a mobile number that no profile has",
    "search and newsletter forms around it"
  ],
  profile: "person",
  start,
  cases: [
    {
      name: "ok",
      ticket: paper(open),
      expected: { status: "ASKED", kind: "missing_data", answers: { celular: "4771234567" }, then: completed }
    },
    { name: "already invoiced", ticket: paper(gone), expected: failed("ALREADY_INVOICED") },
    { name: "expired", ticket: paper(old), expected: failed("TICKET_EXPIRED") },
    { name: "another operation", ticket: paper(open, { Operación: "55371" }), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#promo .x").click()
    await page.getByRole("link", { name: "Facturación" }).click()
    const frame = page.frameLocator("iframe")
    const box = (name: string) => frame.locator(`[name=${name}]`)
    await box("a1").fill(printed(ticket, "Tienda").slice(0, 3))
    await box("a2").fill(printed(ticket, "Caja"))
    await box("a3").fill(printed(ticket, "Operación"))
    await box("a4").fill(printed(ticket, "Total"))
    await frame.getByText("Verificar", { exact: true }).click()
    await box("b1").fill(profile.rfc)
    await box("b2").fill(profile.fullName)
    await box("b3").fill(profile.postalCode)
    await box("b4").selectOption(profile.fiscalRegime)
    await box("b5").selectOption(profile.cfdiUse)
    await box("b6").fill(profile.email)
    await box("b7").fill("4771234567")
    await frame.getByText("Facturar", { exact: true }).click()
    await download(page, () => frame.getByText("XML", { exact: true }).click())
  }
}
