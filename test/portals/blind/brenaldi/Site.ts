import {
  cfdiUses,
  commas,
  html,
  isStamped,
  json,
  openTill,
  options,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  typedAs,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly unlisted?: true
  readonly late?: true
}

interface Session {
  sale: Sale | undefined
  rfc: string
  uuid: string
}

const box = (id: string, label: string, width: number, more = "") =>
  `<div class="form-group col-md-${width} mb-3"><label class="lbl_campo">${label}</label><input type="text" class="form-control input-sm" id="${id}" autocomplete="off" ${more}></div>`

const page = `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>EDX | Brenaldi - Facturación Electrónica</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css">
<style>body{background:#eef6f9}.cab{background:#0068b3;color:#fff}.wizard{display:flex;list-style:none;padding:0}.wizard li{flex:1;text-align:center;padding:8px;border-bottom:4px solid #ccc;color:#777}.wizard li.active{border-color:#0068b3;color:#0068b3;font-weight:bold}
.tab-pane{display:none}.tab-pane.active{display:block}ul.typeahead{position:absolute;z-index:1051;display:none;background:#fff;border:1px solid #ccc;list-style:none;padding:4px 0;max-height:240px;overflow:auto}ul.typeahead a{display:block;padding:4px 16px;color:#333;text-decoration:none}ul.typeahead li.active a{background:#0068b3;color:#fff}
#div_cargando{display:none;position:fixed;inset:0;background:#fffc;z-index:2000;text-align:center;padding-top:20%}</style></head>
<body><div class="cab p-3"><div class="container"><h4 class="m-0">Farmacias Brenaldi</h4></div></div><div class="container bg-white p-4 mt-3">
<ul class="wizard"><li class="active" id="li_1">1. TICKET</li><li id="li_2">2. CLIENTE</li><li id="li_3">3. CONFIRMACIÓN</li><li id="li_4">4. COMPROBANTE FISCAL</li></ul>
<div class="tab-content">
<div class="tab-pane active" id="paso_1"><div class="row">${box("txt_ticket", "Ticket", 5, 'maxlength="14"')}${box("txt_total", "Total", 3)}${box("txt_rfccliente", "RFC del cliente", 4, 'maxlength="13" onkeyup="this.value=this.value.toUpperCase()"')}</div>
<p class="text-muted small">El ticket consta de 14 posiciones. El total se captura con centavos y sin comas.</p><a href="javascript:void(0)" class="btn btn-primary btn_sig" id="btn_sig1">Siguiente</a></div>
<div class="tab-pane" id="paso_2"><div class="row">${box("txt_cnombre", "Nombre / Razón Social", 8, 'onkeyup="this.value=this.value.toUpperCase()"')}${box("txt_ccp", "Código Postal", 4, 'maxlength="5"')}
<div class="form-group col-md-6 mb-3" style="position:relative"><label class="lbl_campo">Uso CFDI</label><input type="text" class="form-control input-sm" id="txt_cucfdi" data-provide="typeahead" autocomplete="off" placeholder="Escriba para buscar"><ul class="typeahead dropdown-menu" role="listbox"></ul></div>
<div class="form-group col-md-6 mb-3"><label class="lbl_campo">Régimen Fiscal</label><select class="form-control input-sm" id="cbo_cregfiscal"><option value="0">--Seleccione--</option></select></div>
${box("txt_ccorreo", "Correo", 6)}${box("txt_ccorreo2", "Confirme correo", 6, 'onpaste="return false"')}</div>
<a href="javascript:void(0)" class="btn btn-secondary btn_ant">Anterior</a> <a href="javascript:void(0)" class="btn btn-primary btn_sig" id="btn_sig2">Siguiente</a></div>
<div class="tab-pane" id="paso_3"><table class="table table-bordered" id="tbl_resumen"><tbody></tbody></table><a href="javascript:void(0)" class="btn btn-secondary btn_ant">Anterior</a> <a href="javascript:void(0)" class="btn btn-success" id="btn_confirmar">Confirmar</a></div>
<div class="tab-pane" id="paso_4"><h5>COMPROBANTE FISCAL</h5><p>UUID <span id="spn_uuid"></span></p><a href="javascript:void(0)" class="btn btn-primary" id="btn_dxmlpdf">XML + PDF</a> <a href="javascript:void(0)" class="btn btn-outline-primary" id="btn_dxmlpet">Petición</a> <a href="/brenaldi/" class="btn btn-link">Salir</a></div>
</div></div><p class="text-center small mt-3">Servicio de EDX Retail. Facture su compra dentro del periodo indicado en su ticket.</p>
<div class="modal" id="modal_mensaje" tabindex="-1"><div class="modal-dialog"><div class="modal-content"><div class="modal-header"><h5 class="modal-title">Mensaje</h5></div><div class="modal-body" id="msj_texto"></div><div class="modal-footer"><a href="javascript:void(0)" class="btn btn-primary" data-bs-dismiss="modal">Cerrar</a></div></div></div></div>
<div id="div_cargando">Procesando solicitud...</div>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/bootstrap/dist/js/bootstrap.bundle.min.js"></script><script src="/brenaldi/js/edx.js"></script></body></html>`

const script = `$(function () {
  var usos = [], uso = '', paso = 1
  function ir(n) { paso = n; $('.tab-pane').removeClass('active'); $('#paso_' + n).addClass('active'); $('.wizard li').removeClass('active'); $('#li_' + n).addClass('active') }
  function mensaje(t) { $('#msj_texto').text(t); bootstrap.Modal.getOrCreateInstance($('#modal_mensaje')[0]).show() }
  function ws(m, datos, fn) { $('#div_cargando').show(); $.ajax({ url: '/brenaldi/ws/' + m, type: 'POST', contentType: 'application/json; charset=utf-8', data: JSON.stringify(datos), dataType: 'json' }).done(function (r) { var d = JSON.parse(r.d); if (d.error) mensaje(d.error); else fn(d) }).fail(function () { mensaje('Error de comunicación') }).always(function () { $('#div_cargando').hide() }) }
  $('.btn_ant').click(function () { ir(paso - 1) })
  $('#btn_sig1').click(function () { ws('ValidaTicket', { ticket: $('#txt_ticket').val(), total: $('#txt_total').val(), rfc: $('#txt_rfccliente').val() }, function (d) {
    usos = d.usos; $('#cbo_cregfiscal').html('<option value="0">--Seleccione--</option>' + d.regimenes); ir(2) }) })
  function datos() { return { rfc: $('#txt_rfccliente').val(), nombre: $('#txt_cnombre').val(), cp: $('#txt_ccp').val(), uso: uso, regimen: $('#cbo_cregfiscal').val(), correo: $('#txt_ccorreo').val(), correo2: $('#txt_ccorreo2').val() } }
  var menu = $('ul.typeahead'), input = $('#txt_cucfdi')
  input.on('keyup', function (e) {
    if (e.keyCode === 13 || e.keyCode === 9) return
    if (e.keyCode === 40 || e.keyCode === 38) { var a = menu.find('li.active'), n = e.keyCode === 40 ? a.next() : a.prev(); if (n.length) { a.removeClass('active'); n.addClass('active') } return }
    uso = ''; var q = input.val().toLowerCase()
    var l = q ? usos.filter(function (u) { return u.toLowerCase().indexOf(q) > -1 }).slice(0, 8) : []
    menu.html(l.map(function (u, i) { return '<li' + (i ? '' : ' class="active"') + ' data-value="' + u + '"><a class="dropdown-item" href="#" role="option">' + u + '</a></li>' }).join('')).toggle(l.length > 0)
  }).on('keydown', function (e) { if ((e.keyCode === 13 || e.keyCode === 9) && menu.is(':visible')) { toma(menu.find('li.active').data('value')); if (e.keyCode === 13) e.preventDefault() } })
  .on('blur', function () { setTimeout(function () { menu.hide() }, 200) })
  function toma(v) { uso = v; input.val(v); menu.hide() }
  menu.on('mouseenter', 'li', function () { menu.find('li').removeClass('active'); $(this).addClass('active') }).on('mousedown', 'li', function (e) { e.preventDefault() }).on('click', 'li', function (e) { e.preventDefault(); toma($(this).data('value')) })
  $('#btn_sig2').click(function () { ws('ValidaCliente', datos(), function (d) { $('#tbl_resumen tbody').html(d.resumen.map(function (r) { return '<tr><th>' + r[0] + '</th><td></td></tr>' }).join('')).find('td').each(function (i) { $(this).text(d.resumen[i][1]) }); ir(3) }) })
  $('#btn_confirmar').click(function () { ws('GeneraCFDI', datos(), function (d) { $('#spn_uuid').text(d.uuid); ir(4) }) })
  $('#btn_dxmlpdf').click(function () { location.href = '/brenaldi/descarga?t=zip' })
  $('#btn_dxmlpet').click(function () { location.href = '/brenaldi/descarga?t=pet' })
})`

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "FBR730301DA8", name: "FARMACIAS BRENALDI", regime: "601", postalCode: "64000" },
    "51241200"
  )
  const answer = (value: object) => json({ d: JSON.stringify(value) })
  const no = (error: string) => answer({ error })
  const regimes = (rfc: string) =>
    regimesFor(rfc).map(({ code, name }, at) => ({ value: String(at + 1), text: `${code}-${name}`, code }))
  const uses = (rfc: string) =>
    cfdiUses
      .filter(({ individual, moral }) => (rfc.length === 12 ? moral : individual))
      .map(({ code, name }) => ({ code, text: `${name.replace(/\.$/, "")} (${code})` }))

  const typedOf = (field: (name: string) => string, rfc: string) => {
    const typed = typedAs(field, {
      rfc: "rfc",
      name: "nombre",
      postalCode: "cp",
      regime: "regimen",
      use: "uso",
      email: "correo"
    })
    return {
      ...typed,
      rfc,
      regime: regimes(rfc)[Number(typed.regime) - 1]?.code ?? "",
      use: uses(rfc).find(({ text }) => text === typed.use)?.code ?? ""
    }
  }

  const fault = (field: (name: string) => string, rfc: string) => {
    const typed = typedOf(field, rfc)
    if (typed.name === "") return "Capture el nombre o razón social"
    if (!/^\d{5}$/.test(typed.postalCode)) return "Capture el código postal a 5 dígitos"
    if (typed.use === "") return "Seleccione el uso de CFDI de la lista"
    if (typed.regime === "") return "Seleccione el régimen fiscal"
    if (!/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(typed.email)) return "El correo es incorrecto"
    if (typed.email !== field("correo2")) return "Los correos son diferentes"
    return undefined
  }

  return shop<Session>({
    till,
    cookie: "EDXSESSION",
    fresh: () => ({ sale: undefined, rfc: "", uuid: "" }),
    routes: {
      "GET /": () => seeOther("/brenaldi/"),
      "GET /brenaldi/": () => html(page),
      "GET /favicon.ico": () => new Response(null, { status: 204 }),
      "GET /brenaldi/js/edx.js": () => new Response(script, { headers: { "content-type": "text/javascript" } }),
      "POST /brenaldi/ws/ValidaTicket": async ({ field, session }) => {
        await Bun.sleep(700)
        const rfc = field("rfc")
        if (field("ticket") === "" || field("total") === "" || rfc === "") return no("Capture ticket, total y RFC")
        if (!/^\d{14}$/.test(field("ticket"))) return no("El ticket debe ser de 14 posiciones numéricas")
        if (!/^\d+\.\d\d$/.test(field("total"))) return no("El total debe llevar centavos")
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return no("La estructura del RFC es incorrecta")
        const sale = sales.find(({ cents, ticket }) => ticket === field("ticket") && same(field("total"), cents))
        if (sale === undefined) return no("Los datos capturados no corresponden a ninguna venta registrada")
        if (isStamped(till, sale)) return no("La venta cuenta con comprobante fiscal")
        if (sale.late) return no("La vigencia para solicitar el comprobante de esta venta concluyó")
        session.sale = sale
        session.rfc = rfc
        return answer({ usos: uses(rfc).map(({ text }) => text), regimenes: options(regimes(rfc)) })
      },
      "POST /brenaldi/ws/ValidaCliente": async ({ field, session }) => {
        await Bun.sleep(400)
        if (session.sale === undefined) return no("La sesión ha caducado")
        const wrong = fault(field, session.rfc)
        if (wrong !== undefined) return no(wrong)
        const typed = typedOf(field, session.rfc)
        return answer({
          resumen: [
            ["Ticket", session.sale.ticket],
            ["Total", `$${commas(session.sale.cents)}`],
            ["RFC", typed.rfc],
            ["Nombre", typed.name],
            ["Código Postal", typed.postalCode],
            ["Régimen Fiscal", typed.regime],
            ["Uso CFDI", typed.use],
            ["Correo", typed.email]
          ]
        })
      },
      "POST /brenaldi/ws/GeneraCFDI": async ({ field, session }) => {
        await Bun.sleep(2400)
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return no("La sesión ha caducado")
        if (fault(field, session.rfc) !== undefined) return no("Los datos del cliente están incompletos")
        if (sale.unlisted) {
          return no(
            `Respuesta del PAC: el RFC ${session.rfc} no está inscrito en el padrón de contribuyentes vigentes (L_RFC) del SAT. Verifique con su constancia.`
          )
        }
        const typed = typedOf(field, session.rfc)
        const wrong = wrongOf(typed)
        if (wrong !== undefined)
          return no("Respuesta del PAC: los datos del receptor no concuerdan con el padrón del SAT")
        session.uuid = (await stampOf(till, sale, typed)).uuid
        session.sale = undefined
        return answer({ uuid: session.uuid })
      },
      "GET /brenaldi/descarga": ({ field, session }) => {
        const made = till.find(session.uuid)
        if (made === undefined) return seeOther("/brenaldi/")
        if (field("t") === "zip") return zipFile(made)
        return new Response(`<peticion ticket="${made.ticket}" rfc="${made.receiverRfc}"/>`, {
          headers: { "content-type": "text/xml", "content-disposition": 'attachment; filename="peticion.xml"' }
        })
      }
    }
  })
}
