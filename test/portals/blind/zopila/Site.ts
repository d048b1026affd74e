import {
  cfdiUses,
  escaped,
  html,
  isStamped,
  json,
  money,
  openTill,
  options,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  wrongOf
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly booth: string
  readonly lane: string
  readonly number: string
  readonly date: string
  readonly time: string
  readonly closed?: true
}

interface Client {
  readonly rfc: string
  readonly name: string
  readonly postalCode: string
  readonly regime: string
}

interface Session {
  rfc: string
  email: string
  client: Client | undefined
  sales: Array<Sale>
  uuid: string
}

const booths = [
  "Agua Zarca",
  "Cerro Pelón",
  "El Mezote",
  "La Escondida",
  "La Escondida II",
  "Paso Hondo",
  "San Jerónimo",
  "Tres Cruces"
]
const lanes = ["A01", "A02", "A03", "B01", "B02", "B03", "B04"]

const layout = (body: string) => `<!DOCTYPE html>
<html><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1.0" /><title>Zopila - Facturaci&#243;n de Peaje</title>
<link href="/vendor/bootstrap/dist/css/bootstrap.min.css" rel="stylesheet"/><link href="/vendor/bootstrap-datepicker/dist/css/bootstrap-datepicker3.min.css" rel="stylesheet"/>
<style>.navbar-zopila{background:#00503c}.navbar-zopila a{color:#fff}.body-content{padding-top:20px}.field-validation-error{color:#b00}input[readonly].form-control{background:#fff}</style></head>
<body><div class="navbar navbar-zopila"><div class="container"><a class="navbar-brand" href="/">Zopila Autopistas</a><span class="text-white">Facturaci&#243;n de peaje</span></div></div>
<div class="container body-content">${body}<hr /><footer><p>&copy; 2026 - Concesionaria Zopila. Factura tus cruces del mes en curso. Atenci&#243;n a usuarios 800 000 0000</p></footer></div>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/bootstrap/dist/js/bootstrap.bundle.min.js"></script>
<script src="/vendor/bootstrap-datepicker/dist/js/bootstrap-datepicker.min.js"></script><script src="/vendor/bootstrap-datepicker/dist/locales/bootstrap-datepicker.es.min.js"></script>
<script src="/Scripts/facturacion.js"></script></body></html>`

const modal = (id: string, title: string, body: string, footer: string) =>
  `<div class="modal fade" id="${id}" tabindex="-1" role="dialog" data-bs-backdrop="static"><div class="modal-dialog" role="document"><div class="modal-content"><div class="modal-header"><h4 class="modal-title">${title}</h4><button type="button" class="btn-close" data-bs-dismiss="modal" aria-label="Close"></button></div><div class="modal-body">${body}</div><div class="modal-footer">${footer}</div></div></div></div>`

const entry =
  layout(`<div class="row justify-content-center"><div class="col-md-5"><div class="card"><div class="card-header">Acceso</div><div class="card-body">
<form id="frmAcceso"><div class="mb-3"><label class="control-label" for="rfc">RFC</label><input class="form-control text-uppercase" id="rfc" name="rfc" maxlength="13" type="text" /></div>
<div class="mb-3"><label class="control-label" for="correo">Correo electr&#243;nico</label><input class="form-control" id="correo" name="correo" type="text" /></div>
<div id="msgAcceso" class="field-validation-error"></div><button type="submit" class="btn btn-success">Ingresar</button></form></div></div></div></div>
${modal(
  "modalRegistro",
  "Complete sus datos",
  `<p>Es la primera vez que ingresa con este RFC.</p><form id="frmRegistro"><div class="mb-2"><label for="RazonSocial">Raz&#243;n social</label><input class="form-control" id="RazonSocial" name="RazonSocial" /></div><div class="mb-2"><label for="CP">C&#243;digo postal</label><input class="form-control" id="CP" name="CP" maxlength="5" /></div><div class="mb-2"><label for="RegimenId">R&#233;gimen</label><select class="form-control form-select" id="RegimenId" name="RegimenId"><option value="">- Seleccione -</option></select></div><div id="msgRegistro" class="field-validation-error"></div></form>`,
  `<button type="button" class="btn btn-secondary" data-bs-dismiss="modal">Cancelar</button><button type="button" class="btn btn-success" id="btnGuardar">Guardar</button>`
)}`)

const capture = ({ name, postalCode, rfc }: Client, email: string) =>
  layout(`<p><strong>${escaped(name)}</strong> &nbsp; ${rfc} &nbsp; C.P. ${postalCode} <a href="/Home/Salir">Salir</a></p>
<div class="card mb-3"><div class="card-header">Datos del cruce</div><div class="card-body"><form id="frmCruce" class="row">
<div class="col-md-4 mb-3"><label for="cmbCaseta">Caseta</label><select class="form-control form-select" id="cmbCaseta" name="CasetaId"><option value="0">Seleccione</option>${options(booths.map((text, at) => ({ value: String(at + 21), text })))}</select></div>
<div class="col-md-4 mb-3"><label for="CarrilId">Carril</label><select class="form-control form-select" id="CarrilId" name="CarrilId" disabled><option value="0">Seleccione</option></select></div>
<div class="col-md-4 mb-3"><label for="Fecha">Fecha</label><input class="form-control" id="Fecha" name="Fecha" readonly type="text" /></div>
<div class="col-md-3 mb-3"><label for="hora">Hora</label><input class="form-control" id="hora" name="hora" placeholder="HH:MM:SS" maxlength="8" /></div>
<div class="col-md-3 mb-3"><label for="NumeroId">N&#250;mero Id</label><input class="form-control" id="NumeroId" name="NumeroId" /></div>
<div class="col-md-3 mb-3"><label for="consecutivo">Consecutivo</label><input class="form-control" id="consecutivo" name="consecutivo" /></div>
<div class="col-md-3 mb-3"><label for="total">Total</label><input class="form-control" id="total" name="total" /></div>
<div class="col-12"><div id="msgCruce" class="field-validation-error"></div><button type="submit" class="btn btn-primary">Agregar cruce</button></div></form></div></div>
<div class="card" id="pnlFactura" style="display:none"><div class="card-header">Cruces a facturar</div><div class="card-body"><table class="table table-striped" id="tblCruces"><thead><tr><th>Caseta</th><th>Fecha</th><th>Consecutivo</th><th>Total</th></tr></thead><tbody></tbody></table>
<div class="row"><div class="col-md-6"><label for="ClaveCDFI">Uso de CFDI</label><select class="form-control form-select" id="ClaveCDFI" name="ClaveCDFI"><option value="0">Seleccione</option>${options(cfdiUses.map(({ name }, at) => ({ value: String(at + 1), text: name.replace(/\.$/, "") })))}</select></div></div>
<div id="msgFactura" class="field-validation-error"></div><button type="button" class="btn btn-success mt-3" id="btnFacturar">Facturar</button></div></div>
<div class="card" id="pnlListo" style="display:none"><div class="card-body"><h4>Comprobante generado</h4><p>UUID: <span id="uuid"></span></p><button type="button" class="btn btn-primary" id="btnSendEmail"><span class="glyphicon glyphicon-envelope"></span> Enviar por correo</button> <button type="button" class="btn btn-default" onclick="location.reload()">Facturar otro cruce</button><div id="msgEnvio" class="mt-3"></div></div></div>
${modal("modalConfirmar", "Confirmar", `<p>Se va a facturar a <strong>${escaped(name)}</strong> con RFC <strong>${rfc}</strong>. Esta operaci&#243;n no se puede deshacer.</p>`, `<button type="button" class="btn btn-secondary" data-bs-dismiss="modal">Cancelar</button><button type="button" class="btn btn-success" id="btnConfirmar">Facturar</button>`)}
${modal("modalCorreo", "Enviar comprobante", `<label for="Correo">Correo</label><input class="form-control" id="Correo" value="${escaped(email)}" />`, `<button type="button" class="btn btn-primary" id="btnEnviar">Enviar</button>`)}`)

const script = `$(function () {
  function show(id) { bootstrap.Modal.getOrCreateInstance(document.getElementById(id)).show() }
  function hide(id) { bootstrap.Modal.getOrCreateInstance(document.getElementById(id)).hide() }
  $('#frmAcceso').submit(function (e) { e.preventDefault(); $('#msgAcceso').text('')
    $.post('/Home/Ingresar', $(this).serialize(), function (r) {
      if (r.Error) return $('#msgAcceso').text(r.Mensaje)
      if (!r.Nuevo) return location.href = '/Cruces'
      $('#RegimenId').html('<option value="">- Seleccione -</option>' + $.map(r.Regimenes, function (x) { return '<option value="' + x.Id + '">' + x.Nombre + '</option>' }).join(''))
      show('modalRegistro') }) })
  $('#btnGuardar').click(function () { $('#msgRegistro').text(''); $.post('/Home/Registrar', $('#frmRegistro').serialize(), function (r) { if (r.Error) $('#msgRegistro').text(r.Mensaje); else location.href = '/Cruces' }) })
  $('#Fecha').datepicker({ format: 'dd/mm/yyyy', language: 'es', autoclose: true, endDate: '0d' })
  $('#cmbCaseta').change(function () { var c = $('#CarrilId').prop('disabled', true)
    $.getJSON('/Cruces/Carriles', { casetaId: this.value }, function (l) { c.html('<option value="0">Seleccione</option>' + $.map(l, function (x) { return '<option value="' + x.Id + '">' + x.Nombre + '</option>' }).join('')).prop('disabled', false) }) })
  $('#frmCruce').submit(function (e) { e.preventDefault(); $('#msgCruce').text('')
    $.post('/Cruces/Agregar', $(this).serialize(), function (r) {
      if (r.Error) return $('#msgCruce').text(r.Mensaje)
      $('#tblCruces tbody').append('<tr><td>' + r.Caseta + '</td><td>' + r.Fecha + '</td><td>' + r.Consecutivo + '</td><td>' + r.Total + '</td></tr>'); $('#pnlFactura').show(); $('#frmCruce')[0].reset() }) })
  $('#btnFacturar').click(function () { $('#msgFactura').text(''); if ($('#ClaveCDFI').val() === '0') return $('#msgFactura').text('Seleccione el uso de CFDI'); show('modalConfirmar') })
  $('#btnConfirmar').click(function () { $(this).prop('disabled', true).text('Procesando...')
    $.post('/Cruces/Facturar', { ClaveCDFI: $('#ClaveCDFI').val() }, function (r) { hide('modalConfirmar'); $('#btnConfirmar').prop('disabled', false).text('Facturar')
      if (r.Error) return $('#msgFactura').text(r.Mensaje)
      $('#frmCruce').closest('.card').hide(); $('#pnlFactura').hide(); $('#uuid').text(r.Uuid); $('#pnlListo').show() }) })
  $('#btnSendEmail').click(function () { show('modalCorreo') })
  $('#btnEnviar').click(function () { $.post('/Cruces/EnviarCorreo', { Correo: $('#Correo').val() }, function (r) { hide('modalCorreo'); $('#msgEnvio').attr('class', 'mt-3 alert ' + (r.Error ? 'alert-danger' : 'alert-success')).text(r.Mensaje) }) })
})`

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "AZO020624B19", name: "AUTOPISTAS ZOPILA", regime: "601", postalCode: "52140" },
    "95111602"
  )
  const no = (Mensaje: string) => json({ Error: true, Mensaje })

  return shop<Session>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({ rfc: "", email: "", client: undefined, sales: [], uuid: "" }),
    routes: {
      "GET /": () => html(entry),
      "GET /favicon.ico": () => new Response(null, { status: 204 }),
      "GET /Scripts/facturacion.js": () => new Response(script, { headers: { "content-type": "text/javascript" } }),
      "GET /Home/Salir": ({ session }) => {
        session.client = undefined
        return seeOther("/")
      },
      "POST /Home/Ingresar": ({ field, session }) => {
        const rfc = field("rfc").toUpperCase()
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return no("El RFC no es válido")
        if (!/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(field("correo"))) return no("El correo no es válido")
        session.rfc = rfc
        session.email = field("correo")
        session.client = undefined
        session.sales = []
        return json({
          Error: false,
          Nuevo: true,
          Regimenes: regimesFor(rfc).map(({ code, name }, at) => ({ Id: at + 1, Nombre: `${code} ${name}` }))
        })
      },
      "POST /Home/Registrar": ({ field, session }) => {
        const regime = regimesFor(session.rfc)[Number(field("RegimenId")) - 1]?.code ?? ""
        if (field("RazonSocial") === "" || field("CP") === "" || regime === "")
          return no("Todos los campos son requeridos")
        const client = { rfc: session.rfc, name: field("RazonSocial").toUpperCase(), postalCode: field("CP"), regime }
        const wrong = wrongOf({ ...client, use: "G03", email: session.email })
        if (wrong !== undefined) return no("Los datos no coinciden con la Constancia de Situación Fiscal del RFC")
        session.client = client
        return json({ Error: false })
      },
      "GET /Cruces": ({ session }) => {
        session.sales = []
        return session.client === undefined ? seeOther("/") : html(capture(session.client, session.email))
      },
      "GET /Cruces/Carriles": async () => {
        await Bun.sleep(350)
        return json(lanes.map((Nombre, at) => ({ Id: at + 301, Nombre })))
      },
      "POST /Cruces/Agregar": async ({ field, session }) => {
        await Bun.sleep(500)
        if (field("CasetaId") === "0" || ["", "0"].includes(field("CarrilId")) || field("Fecha") === "")
          return no("Capture todos los datos del cruce")
        if (!/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(field("hora")))
          return no("La hora debe tener el formato HH:MM:SS")
        const sale = sales.find(
          (one) =>
            booths[Number(field("CasetaId")) - 21] === one.booth &&
            lanes[Number(field("CarrilId")) - 301] === one.lane &&
            field("Fecha") === one.date &&
            field("hora") === one.time &&
            field("NumeroId") === one.number &&
            field("consecutivo") === one.ticket &&
            same(field("total"), one.cents)
        )
        if (sale === undefined) return no("No hay ningún cruce registrado con esos datos")
        if (isStamped(till, sale)) return no("El cruce fue incluido en un comprobante emitido")
        if (sale.closed) return no("El cruce pertenece a un mes contable cerrado; ya no es posible facturarlo")
        if (session.sales.includes(sale)) return no("El cruce está en la lista")
        session.sales.push(sale)
        return json({
          Error: false,
          Caseta: sale.booth,
          Fecha: sale.date,
          Consecutivo: sale.ticket,
          Total: `$${money(sale.cents)}`
        })
      },
      "POST /Cruces/Facturar": async ({ field, session }) => {
        await Bun.sleep(2200)
        const sale = session.sales[0]
        const use = cfdiUses[Number(field("ClaveCDFI")) - 1]
        if (session.client === undefined || sale === undefined || isStamped(till, sale))
          return no("No hay cruces por facturar")
        if (use === undefined || !use.fiscalRegimes.includes(session.client.regime))
          return no("El uso de CFDI no es compatible con su régimen")
        session.sales = []
        session.uuid = (await stampOf(till, sale, { ...session.client, use: use.code, email: session.email })).uuid
        return json({ Error: false, Uuid: session.uuid })
      },
      "POST /Cruces/EnviarCorreo": async ({ field, session }) => {
        await Bun.sleep(600)
        if (session.uuid === "" || !field("Correo").includes("@")) return no("No fue posible enviar el correo")
        return json({ Error: false, Mensaje: `El comprobante fue enviado a ${field("Correo")}` })
      }
    }
  })
}
