import { profiles } from "../../lib/Portal.ts"
import { receiverOf } from "../../lib/Taxpayers.ts"
import {
  ago,
  asked,
  attachment,
  captchaCode,
  captchaImage,
  commas,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  js,
  openTill,
  options,
  pdfBytes,
  printed,
  regimeOptions,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  useOptions,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly store: string
  readonly day: string
  readonly state?: "foreign"
}

const stores: ReadonlyArray<readonly [string, string]> = [
  ["1", "T-02 Plaza Fiesta"],
  ["2", "T-04 Las Américas"],
  ["3", "T-07 Galerías"],
  ["4", "T-11 Altabrisa"],
  ["5", "T-12 Macroplaza"]
]
const sale: Sale = {
  ticket: "0000318842",
  cents: 104950n,
  description: "Alimento para mascota",
  paymentForm: "01",
  store: "3",
  day: ago(7).dashes
}
const foreign: Sale = { ...sale, ticket: "0000318377", cents: 56000n, state: "foreign" }
const lastMonth: TillSale = {
  ticket: "0000297015",
  cents: 88700n,
  description: "Alimento para mascota",
  paymentForm: "28"
}
const sales = [sale, foreign]

interface Session {
  attempt: number
  sale?: Sale | undefined
  rfc?: string
}

const start = async () => {
  const till = openTill(
    { rfc: "MAS160315VC0", name: "MASCOTELIA ALIMENTOS", regime: "601", postalCode: "97130" },
    "10121800"
  )
  const { cfdiUse: use, email, fiscalRegime: regime, fullName: name, postalCode, rfc } = profiles.person
  const before = await till.archive(lastMonth, {
    receiver: receiverOf({ rfc, name, postalCode, regime, use, email }),
    use
  })

  const layout = async (content: string, toast = "") =>
    html(await template(import.meta.dir, "layout.html", { content, toast }))
  const box = (id: string, label: string, value = "", more = "") =>
    `<div class="input-field col s12"><input id="${id}" name="${id}" type="text" value="${escaped(value)}" ${more}><label for="${id}"${value === "" ? "" : ` class="active"`}>${label}</label></div>`
  const select = (id: string, label: string, tags: string) =>
    `<div class="input-field col s12"><select id="${id}" name="${id}"><option value="" disabled selected>Elige una opción</option>${tags}</select><label>${label}</label></div>`
  const first = (session: Session, field: (name: string) => string, toast = "") =>
    layout(
      `<h5>Factura tu ticket</h5><form action="/index.php/factura/buscar" method="post" class="row">
${select(
  "tienda",
  "Tienda",
  options(
    stores.map(([value, text]) => ({ value, text })),
    field("tienda")
  )
)}
${box("ticket", "Ticket", field("ticket"), `maxlength="10" data-length="10"`)}
${box("fecha", "Fecha del ticket", field("fecha"), `class="datepicker"`)}
${box("importe", "Importe total", field("importe"))}
<div class="col s12"><img src="/index.php/factura/imagen?${session.attempt}" width="200" height="60" alt="imagen de seguridad"></div>
${box("imagen", "Escribe las letras de la imagen", "", `maxlength="5" autocomplete="off"`)}
<div class="col s12"><button class="btn waves-effect waves-light" type="submit" name="action">Siguiente<i class="material-icons right">send</i></button></div></form>`,
      toast
    )
  const second = (one: Sale, field: (name: string) => string, toast = "") =>
    layout(
      `<h5>Datos de facturación</h5><div class="card-panel teal lighten-5">Ticket ${one.ticket} &nbsp; $${commas(one.cents)}</div>
<form id="frm" action="/index.php/factura/crear" method="post" class="row">
${box("rfc", "RFC", field("rfc"), `maxlength="13"`)}${box("razon", "Razón social (sin S.A. de C.V.)", field("razon"))}${box("cp", "C.P.", field("cp"), `maxlength="5"`)}
${select("regimen", "Régimen", regimeOptions(undefined, field("regimen")))}${select("uso", "Uso CFDI", useOptions(undefined, field("uso")))}
${box("mail", "E-mail", field("mail"))}
<div class="col s12"><p><label><input type="checkbox" class="filled-in" name="puntos" value="1"><span>Quiero inscribirme al club Huellitas y recibir promociones</span></label></p></div>
<div class="col s12"><a class="btn-flat" href="/index.php/factura">Atrás</a> <a class="btn waves-effect waves-light modal-trigger" href="#modal1">Facturar</a></div>
</form>
<div id="modal1" class="modal"><div class="modal-content"><h6>¿Son correctos tus datos?</h6><p id="datos"></p></div><div class="modal-footer"><a href="#!" class="modal-close btn-flat">No, corregir</a> <a href="#!" id="enviar" class="btn">Sí, facturar</a></div></div>`,
      toast
    )

  return shop<Session>({
    till,
    cookie: "ci_session",
    landing: "/index.php/factura",
    fresh: () => ({ attempt: 0 }),
    routes: {
      "GET /index.php/factura": ({ session }) => first(session, () => ""),
      "GET /js/init.js": async () => js(await Bun.file(`${import.meta.dir}/init.js`).text()),
      "GET /index.php/factura/imagen": ({ session }) => captchaImage(captchaCode("mascotelia", session.attempt)),
      "POST /index.php/factura/buscar": ({ field, session }) => {
        if (field("imagen").toUpperCase() !== captchaCode("mascotelia", session.attempt)) {
          session.attempt++
          return first(session, field, "Las letras no coinciden con la imagen")
        }
        const found = sales.find(
          ({ day, store, ticket }) => store === field("tienda") && ticket === field("ticket") && day === field("fecha")
        )
        if (found === undefined || !same(field("importe"), found.cents))
          return first(session, field, "El ticket no se encuentra en la tienda con esa fecha e importe")
        if (found.state === "foreign") return first(session, field, "El ticket se facturó con anterioridad a otro RFC")
        if (isStamped(till, found)) return first(session, field, "El ticket se facturó con anterioridad")
        session.sale = found
        return seeOther("/index.php/factura/datos")
      },
      "GET /index.php/factura/datos": ({ session }) =>
        session.sale === undefined ? seeOther("/index.php/factura") : second(session.sale, () => ""),
      "POST /index.php/factura/crear": async ({ field, session }) => {
        const one = session.sale
        if (one === undefined || isStamped(till, one)) return seeOther("/index.php/factura")
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("razon").toUpperCase(),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("mail")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) {
          return second(
            one,
            field,
            {
              empty: "Llena todos los datos",
              rfc: "RFC no válido",
              name: "CFDI40145: la razón social no es la del RFC",
              postalCode: "CFDI40147: el C.P. no es el del RFC",
              regime: "CFDI40157: el régimen no es del RFC",
              use: "CFDI40161: uso no permitido",
              email: "E-mail no válido"
            }[wrong]
          )
        }
        await Bun.sleep(1200)
        await stampOf(till, one, typed)
        session.sale = undefined
        session.rfc = typed.rfc
        return seeOther("/index.php/factura/lista?ok=1")
      },
      "GET /index.php/factura/lista": ({ field, session }) => {
        if (session.rfc === undefined) return seeOther("/index.php/factura")
        const row = (uuid: string, ticket: string, day: string, cents: bigint) =>
          `<tr><td>${day}</td><td>${ticket}</td><td>$${commas(cents)}</td><td><a href="/index.php/factura/archivo/${uuid}/pdf" class="tooltipped" data-tooltip="PDF"><i class="material-icons">picture_as_pdf</i></a></td><td><a href="/index.php/factura/archivo/${uuid}/xml" class="tooltipped" data-tooltip="XML"><i class="material-icons">code</i></a></td></tr>`
        const made = till.stamps().filter(({ receiverRfc }) => receiverRfc === session.rfc)
        return layout(
          `<h5>Comprobantes de ${session.rfc}</h5><table class="striped"><thead><tr><th>Emitido</th><th>Ticket</th><th>Importe</th><th>PDF</th><th>XML</th></tr></thead><tbody>${session.rfc === rfc ? row(before.uuid, before.ticket, ago(33).slashes, before.totalCents) : ""}${made.map((one) => row(one.uuid, one.ticket, ago(0).slashes, one.totalCents)).join("")}</tbody></table><p><a class="btn-flat" href="/index.php/factura">Facturar otro ticket</a></p>`,
          field("ok") === "" ? "" : "¡Tu comprobante se generó! Descárgalo de la lista"
        )
      },
      "GET /index.php/factura/archivo/*": async ({ url }) => {
        const [uuid = "", kind] = url.pathname.split("/").slice(4)
        const made = till.find(uuid)
        if (made === undefined) return html("404", 404)
        return kind === "xml"
          ? attachment(await xmlText(made), "text/xml", `${made.fileName}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
      }
    }
  })
}

const ticket = (one: Sale, cents = one.cents) => ({
  Tienda: "T-07 GALERIAS",
  "Ticket no": one.ticket,
  Caja: "02",
  Cajero: "112 Dani",
  Fecha: `${one.day.replaceAll("-", "/")} 13:25:41`,
  Artículos: 5,
  TOTAL: commas(cents),
  EFECTIVO: commas(cents + 50n),
  CAMBIO: "0.50",
  Ahorró: "86.00"
})

const captcha = { imagen: captchaCode("mascotelia", 0) }

export const portal: TestPortal = {
  id: "mascotelia",
  traps: [
    "Materialize: selects drawn as read-only boxes with lists, labels over their boxes, a date picker in a modal, toasts that go",
    "an image captcha beside the ticket; a modal before the stamp; the new invoice below an older one in a list, the links only icons",
    "a club's box beside the data"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticket(sale), expected: asked(captcha, completed) },
    { name: "invoiced to another RFC", ticket: ticket(foreign), expected: asked(captcha, failed("ALREADY_INVOICED")) },
    { name: "total misread", ticket: ticket(sale, 101950n), expected: asked(captcha, failed("TICKET_NOT_FOUND")) }
  ],
  script: async (page, ticket, profile) => {
    const pick = async (id: string, text: string) => {
      await page.locator(`.select-wrapper:has(#${id}) input`).click()
      await page.locator(`.select-wrapper:has(#${id}) li`).filter({ hasText: text }).click()
    }
    await pick("tienda", "T-07")
    await page.locator("#ticket").fill(printed(ticket, "Ticket no"))
    const [day = "", month = "", year = ""] = printed(ticket, "Fecha").slice(0, 10).split("/")
    await page.locator("#fecha").click()
    const now = new Date()
    for (let back = (now.getFullYear() - Number(year)) * 12 + now.getMonth() + 1 - Number(month); back > 0; back--)
      await page.locator(".month-prev").click()
    await page.locator(`.datepicker-day-button[data-day="${Number(day)}"]`).click()
    await page.locator(".datepicker-done").click()
    await page.locator("#importe").fill(printed(ticket, "TOTAL"))
    await page.locator("#imagen").fill(captchaCode("mascotelia", 0))
    await page.locator("[name=action]").click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#razon").fill(profile.fullName)
    await page.locator("#cp").fill(profile.postalCode)
    await pick("regimen", profile.fiscalRegime)
    await pick("uso", profile.cfdiUse)
    await page.locator("#mail").fill(profile.email)
    await page.locator(".modal-trigger").click()
    await page.locator("#enviar").click()
    await download(page, () =>
      page
        .locator("tr")
        .filter({ hasText: printed(ticket, "Ticket no") })
        .locator("[data-tooltip=XML]")
        .click()
    )
  }
}
