import {
  ago,
  attachment,
  completed,
  download,
  escaped,
  failed,
  fiscalRegimes,
  html,
  inline,
  isStamped,
  json,
  money,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  usesFor,
  type Wrong,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly code: string
  readonly closed?: true
  readonly mine?: true
}

const open: Sale = {
  ticket: "58214",
  code: "QX4T-90BR-7MZ",
  cents: 64350n,
  description: "Consumo de alimentos",
  paymentForm: "01"
}
const closed: Sale = { ...open, ticket: "55102", code: "R0LM-2WUA-K41", cents: 31200n, closed: true }
const mine: Sale = { ...open, ticket: "58077", code: "H8CE-55PV-D2N", cents: 98700n, mine: true }

const paper = (sale: Sale, days: number, folio = sale.ticket) => ({
  Mesa: "14",
  Mesero: "LUPITA",
  Personas: "3",
  Orden: "117",
  "Folio cuenta": folio,
  Cierre: `${ago(days).slashes} 04:51:22 p. m.`,
  Subtotal: `$${money((sale.cents * 100n) / 116n)}`,
  "Total a pagar": `$${money(sale.cents)}`,
  Efectivo: `$${money(sale.cents)}`,
  "Clave de facturación": sale.code
})

const layout = (body: string) =>
  html(`<!DOCTYPE html>
<html lang="es"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1.0" /><title>Facturación | Birrionda</title>
<link href="/vendor/bootstrap/dist/css/bootstrap.min.css" rel="stylesheet" />
<style>body{background:#f3efe6}.body-content{max-width:720px;background:#fff;padding:28px;margin:24px auto;border-top:6px solid #b3261e}.field-validation-error{color:#b3261e;font-size:.85em}.boton{display:inline-block;padding:9px 26px;background:#b3261e;color:#fff;text-decoration:none;border-radius:3px;cursor:pointer}.boton.gris{background:#777}.toast-msg{position:fixed;right:14px;top:14px;background:#bd362f;color:#fff;padding:14px 22px;max-width:360px;box-shadow:0 0 12px #0006;z-index:9}</style>
<script src="/vendor/jquery/dist/jquery.min.js"></script></head><body>
<div class="container body-content"><div class="text-center mb-3"><span style="font:bold 30px Georgia;color:#b3261e">Birrionda</span><br><small>desde 1987</small></div>
${body}<hr /><footer><p class="small text-muted">&copy; ${new Date().getFullYear()} - Un servicio para restaurantes. ¿No encuentras tus datos? Están al pie de tu cuenta. Plazo para facturar: 5 días después de terminado el mes.</p></footer></div></body></html>`)

const span = (name: string, message = "") =>
  `<span class="${message ? "field-validation-error" : "field-validation-valid"} text-danger" data-valmsg-for="${name}" data-valmsg-replace="true">${message ? `<span id="${name}-error">${escaped(message)}</span>` : ""}</span>`

const box = (name: string, label: string, value: string, message: string, more = "") =>
  `<div class="form-group mb-3"><label class="control-label" for="${name}">${label}</label><input class="form-control text-box single-line" data-val="true" data-val-required="El campo ${label} es obligatorio." id="${name}" name="${name}" type="text" value="${escaped(value)}" ${more}/>${span(name, message)}</div>`

const token = '<input name="__RequestVerificationToken" type="hidden" value="CfDJ8Mq1x0Z3rTqV9" />'

const search = (value: (n: string) => string, errors: Record<string, string> = {}) =>
  layout(`<h4>Genera tu factura</h4><form action="/birrionda/Home/Validar" id="frmTicket" method="post">${token}
${box("CodigoUnicoTicket", "Código único", value("CodigoUnicoTicket"), errors.CodigoUnicoTicket ?? "", 'placeholder="XXXX-XXXX-XXX" autocomplete="off"')}
${box("FolioTicket", "Folio", value("FolioTicket"), errors.FolioTicket ?? "")}
${box("RFC", "R.F.C.", value("RFC"), errors.RFC ?? "", 'maxlength="13"')}
<a id="btnFacturar" class="boton">Facturar</a></form>
${errors.toast ? `<div class="toast-msg" role="alert">${escaped(errors.toast)}</div>` : ""}
<script>$("#btnFacturar").on("click",function(){var ok=true;$("#frmTicket input[data-val]").each(function(){var v=$.trim(this.value);$('[data-valmsg-for="'+this.name+'"]').text(v?"":$(this).data("val-required")).toggleClass("field-validation-error",!v);if(!v)ok=false});if(ok){$(this).addClass("gris").text("Buscando…");$("#frmTicket").submit()}});</script>`)

const fiscal = (sale: Sale, rfc: string, value: (n: string) => string, error: string) =>
  layout(`<div class="alert alert-secondary">Folio <b>${sale.ticket}</b> &nbsp; Importe <b>$${money(sale.cents)}</b> &nbsp; R.F.C. <b>${escaped(rfc)}</b></div>
${error ? `<div class="validation-summary-errors text-danger" data-valmsg-summary="true"><ul><li>${escaped(error)}</li></ul></div>` : ""}
<form action="/birrionda/Home/Facturar" id="frmDatos" method="post">${token}
${box("Cliente_RazonSocial", "Nombre o razón social (como en tu constancia)", value("Cliente_RazonSocial"), "")}
${box("Cliente_CodigoPostal", "Código postal fiscal", value("Cliente_CodigoPostal"), "", 'maxlength="5"')}
<div class="form-group mb-3"><label for="Cliente_RegimenFiscalId">Régimen fiscal</label><select class="form-control" id="Cliente_RegimenFiscalId" name="Cliente_RegimenFiscalId"><option value="">-- Seleccione --</option>${options(regimesFor(rfc).map(({ code, name }, i) => ({ value: String(i + 1), text: `(${code}) ${name}` })))}</select></div>
<div class="form-group mb-3"><label for="UsoCfdiId">Uso del CFDI</label><select class="form-control" id="UsoCfdiId" name="UsoCfdiId" disabled><option value="">-- Seleccione primero el régimen --</option></select></div>
${box("Cliente_Email", "Correo electrónico", value("Cliente_Email"), "")}
<div class="form-check mb-3"><input class="form-check-input" id="EnviarPromociones" name="EnviarPromociones" type="checkbox" value="true" /><label class="form-check-label" for="EnviarPromociones">Quiero recibir promociones de Birrionda</label></div>
<a href="/birrionda" class="boton gris">Regresar</a> <a id="btnGenerar" class="boton">Generar CFDI</a></form>
<script>$("#Cliente_RegimenFiscalId").on("change",function(){var s=$("#UsoCfdiId").prop("disabled",true);if(!this.value)return;$.getJSON("/birrionda/Home/Usos",{regimen:this.value},function(l){s.empty().append('<option value="">-- Seleccione --</option>');$.each(l,function(i,u){s.append($("<option>").val(u.Value).text(u.Text))});s.prop("disabled",false)})});
$("#btnGenerar").on("click",function(){if($(this).hasClass("gris"))return;$(this).addClass("gris").text("Generando…");$("#frmDatos").submit()});</script>`)

const links = (uuid: string) =>
  `<p><a class="boton" href="/birrionda/Archivo/Xml?id=${uuid}">Archivo XML</a> <a class="boton gris" href="/birrionda/Archivo/Pdf?id=${uuid}" target="_blank">Ver PDF</a></p>`

const words: Record<Wrong, string> = {
  empty: "Todos los campos son obligatorios.",
  rfc: "El RFC no está en la lista del SAT.",
  name: "El nombre no es el asociado al RFC.",
  postalCode: "El código postal no es el del domicilio fiscal del receptor.",
  regime: "El régimen no pertenece al RFC.",
  use: "El uso no aplica para el régimen.",
  email: "Correo electrónico incorrecto."
}

const usesOf = (rfc: string) => usesFor(rfc).filter(({ code }) => /^(G03|S01)$/.test(code))

interface Session {
  sale: Sale | undefined
  rfc: string
}

const start = async () => {
  const till = openTill(
    { rfc: "BIR870312AB9", name: "BIRRIONDA ALIMENTOS", regime: "601", postalCode: "44100" },
    "90101500"
  )
  const owner = { rfc: "CACX7605101P8", name: "XOCHILT CASAS CHAVEZ", postalCode: "36257", regime: "612" }
  const before = await till.archive(mine, { receiver: owner, use: "G03" })
  const regimeOf = (rfc: string, id: string) => regimesFor(rfc)[Number(id) - 1]?.code ?? ""
  return shop<Session>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({ sale: undefined, rfc: "" }),
    routes: {
      "GET /": () => seeOther("/birrionda"),
      "GET /birrionda": () => search(() => ""),
      "POST /birrionda/Home/Validar": ({ field, session }) => {
        const rfc = field("RFC").toUpperCase()
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc))
          return search(field, { RFC: "El RFC no tiene el formato correcto." })
        const sale = [open, closed, mine].find(
          (s) => s.ticket === field("FolioTicket") && s.code === field("CodigoUnicoTicket")
        )
        if (sale === undefined)
          return search(field, {
            toast: "El código único y el folio que escribiste no pertenecen a ninguna cuenta de este restaurante."
          })
        if (sale.closed)
          return search(field, { toast: "Esta cuenta ya no se puede facturar: el mes en que consumiste está cerrado." })
        const made =
          sale.mine && rfc === owner.rfc
            ? before
            : till.find(till.stamps().find((s) => s.ticket === sale.ticket && s.receiverRfc === rfc)?.uuid ?? "")
        if (made !== undefined)
          return layout(
            `<h4>Esta cuenta tiene factura</h4><p>El folio <b>${sale.ticket}</b> se facturó al R.F.C. ${made.receiverRfc} con el folio fiscal <b>${made.uuid}</b>. Si perdiste tus archivos los puedes bajar otra vez:</p>${links(made.uuid)}<p><a href="/birrionda">Facturar otra cuenta</a></p>`
          )
        if (sale.mine || isStamped(till, sale))
          return search(field, { toast: "Esta cuenta tiene factura a nombre de otro RFC." })
        session.sale = sale
        session.rfc = rfc
        return fiscal(sale, rfc, () => "", "")
      },
      "GET /birrionda/Home/Usos": async ({ session }) => {
        await Bun.sleep(600)
        return json(
          usesOf(session.rfc).map(({ code, name }, i) => ({ Value: String(i + 10), Text: `(${code}) ${name}` }))
        )
      },
      "POST /birrionda/Home/Facturar": async ({ field, session: { rfc, sale } }) => {
        if (sale === undefined) return seeOther("/birrionda")
        const typed: Typed = {
          rfc,
          name: field("Cliente_RazonSocial"),
          postalCode: field("Cliente_CodigoPostal"),
          email: field("Cliente_Email"),
          regime: regimeOf(rfc, field("Cliente_RegimenFiscalId")),
          use: usesOf(rfc)[Number(field("UsoCfdiId")) - 10]?.code ?? ""
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return fiscal(sale, rfc, field, words[wrong])
        if (isStamped(till, sale)) return search(() => "", { toast: "Esta cuenta tiene factura." })
        const made = await stampOf(till, sale, typed)
        return layout(
          `<h4>¡Listo, provecho!</h4><p>Tu factura con folio fiscal <b>${made.uuid}</b> está lista y va en camino a ${escaped(typed.email)}.</p>${links(made.uuid)}`
        )
      },
      "GET /birrionda/Archivo/Xml": async ({ field }) => {
        const made = till.find(field("id"))
        return made === undefined
          ? html("No existe", 404)
          : attachment(await xmlText(made), "application/xml", `${made.fileName}.xml`)
      },
      "GET /birrionda/Archivo/Pdf": async ({ field }) => {
        const made = till.find(field("id"))
        return made === undefined
          ? html("No existe", 404)
          : inline(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
      }
    }
  })
}

export const portal: TestPortal = {
  id: "birrionda",
  traps: [
    "<a> without href as buttons",
    "option values are indexes",
    "uses come by AJAX after the regime",
    "a promotions box not to tick",
    "an old invoice that can be fetched again"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open, 3), expected: completed },
    { name: "invoiced before to the same RFC", ticket: paper(mine, 4), expected: { ...completed, recovered: true } },
    { name: "the month is closed", ticket: paper(closed, 47), expected: failed("TICKET_EXPIRED") },
    { name: "another folio", ticket: paper(open, 3, "58241"), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    await page.fill("#CodigoUnicoTicket", printed(ticket, "Clave de facturación"))
    await page.fill("#FolioTicket", printed(ticket, "Folio cuenta"))
    await page.fill("#RFC", profile.rfc)
    await page.click("#btnFacturar")
    await page.fill("#Cliente_RazonSocial", profile.fullName)
    await page.fill("#Cliente_CodigoPostal", profile.postalCode)
    await page.selectOption("#Cliente_RegimenFiscalId", {
      label: `(${profile.fiscalRegime}) ${fiscalRegimes.find(({ code }) => code === profile.fiscalRegime)?.name}`
    })
    await page.selectOption("#UsoCfdiId", { value: "10" })
    await page.fill("#Cliente_Email", profile.email)
    await page.click("#btnGenerar")
    await download(page, () => page.getByText("Archivo XML").click())
  }
}
