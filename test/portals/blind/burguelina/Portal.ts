import {
  ago,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  money,
  oneLine,
  openTill,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  usesFor,
  type Wrong,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
  readonly refused?: string
}

const open: Sale = {
  ticket: "T0271031188275",
  days: 2,
  cents: 34850n,
  description: "Consumo de alimentos",
  paymentForm: "28"
}
const other: Sale = {
  ...open,
  ticket: "T0271031188119",
  cents: 18900n,
  refused:
    "Al ticket T0271031188119 le corresponde un comprobante fiscal vigente con serie BUR y número 83321. No es posible emitir otro."
}
const late: Sale = {
  ...open,
  ticket: "T0271031099046",
  days: 35,
  cents: 41000n,
  refused: "La vigencia del ticket para emitir comprobante fiscal terminó a los 15 días de la compra."
}

const paper = (sale: Sale, total = sale.cents) => ({
  Unidad: "BURGUELINA LAS QUINTAS",
  Orden: "275",
  "Fecha/Hora": `${ago(sale.days).slashes} 21:09`,
  Cajero: "POS 3 / IVAN",
  Subtotal: money((total * 100n) / 116n),
  "IVA 16%": money(total - (total * 100n) / 116n),
  "TOTAL MXN": money(total),
  "Núm. de referencia": sale.ticket,
  Tarjeta: "DEBITO **** 0032"
})

const page = `<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Facturación BUR4</title><link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"><link rel="stylesheet" href="/vendor/jquery-ui-dist/jquery-ui.min.css">
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/jquery-ui-dist/jquery-ui.min.js"></script><script src="/vendor/bootstrap/dist/js/bootstrap.bundle.min.js"></script>
<style>.wizard{max-width:760px;margin:20px auto}.wizard .pasos{display:flex;list-style:none;padding:0}.wizard .pasos li{flex:1;text-align:center;padding:10px;background:#eee;border-right:2px solid #fff;color:#999}.wizard .pasos li.active{background:#ffc20e;color:#000;font-weight:bold}.tab-pane{display:none;padding:20px;border:1px solid #ddd}.tab-pane.active{display:block}.ui-autocomplete{max-height:220px;overflow:auto;z-index:2000}</style></head>
<body><div class="text-center pt-3"><h2 style="color:#c8102e;font-family:Impact">BURGUELINA</h2></div><div class="wizard"><ul class="pasos"><li class="active">1. TICKET</li><li>2. DATOS FISCALES</li><li>3. CONFIRMACIÓN</li><li>4. COMPROBANTE FISCAL</li></ul>
<div class="tab-pane active" id="paso1"><div class="form-group mb-2"><label>Ticket</label><input type="text" id="txt_ticket" class="form-control" maxlength="14"></div><div class="form-group mb-2"><label>Total</label><input type="text" id="txt_total" class="form-control"></div><div class="form-group mb-2"><label>RFC</label><input type="text" id="txt_rfccliente" class="form-control text-uppercase" maxlength="13"></div><button type="button" id="btn_s1" class="btn btn-warning">Siguiente</button></div>
<div class="tab-pane" id="paso2"><div class="form-group mb-2"><label>RFC</label><input type="text" id="txt_crfc" class="form-control" disabled></div><div class="form-group mb-2"><label>Razón social</label><input type="text" id="txt_cnombre" class="form-control"></div><div class="form-group mb-2"><label>Domicilio fiscal (CP)</label><input type="text" id="txt_ccp" class="form-control" maxlength="5"></div>
<div class="form-group mb-2"><label>Uso del comprobante</label><input type="text" id="txt_cucfdi" class="form-control" placeholder="Escriba para buscar..." autocomplete="off"><input type="hidden" id="hid_cucfdi"></div><div class="form-group mb-2"><label>Régimen fiscal</label><select id="cbo_cregfiscal" class="form-control"><option value="0">[Seleccione]</option></select></div><div class="form-group mb-2"><label>Correo</label><input type="text" id="txt_ccorreo" class="form-control"></div>
<button type="button" class="btn btn-light atras">Atrás</button> <button type="button" id="btn_s2" class="btn btn-warning">Siguiente</button></div>
<div class="tab-pane" id="paso3"><p>Revise la información; al confirmar se timbrará el comprobante y no podrá cambiarse.</p><table class="table table-sm" id="tbl_conf"></table><button type="button" class="btn btn-light atras">Atrás</button> <button type="button" id="btn_s3" class="btn btn-warning">Confirmar</button></div>
<div class="tab-pane" id="paso4"><h5>COMPROBANTE FISCAL</h5><p>UUID <span id="lbl_uuid"></span></p><p><button type="button" id="btn_dxmlpdf" class="btn btn-success">Descargar XML y PDF</button></p><div class="input-group"><input type="text" id="txt_dcorreo" class="form-control"><button type="button" id="btn_denviar" class="btn btn-secondary">Reenviar</button></div></div></div>
<div class="modal bootbox" id="msj" tabindex="-1"><div class="modal-dialog"><div class="modal-content"><div class="modal-body"><div class="bootbox-body"></div></div><div class="modal-footer"><button type="button" class="btn btn-primary" data-bs-dismiss="modal">OK</button></div></div></div></div>
<script>
$(function(){var paso=1,uuid='';function ir(n){paso=n;$('.tab-pane').removeClass('active');$('#paso'+n).addClass('active');$('.pasos li').removeClass('active').eq(n-1).addClass('active')}
function aviso(t){$('.bootbox-body').text(t);bootstrap.Modal.getOrCreateInstance('#msj').show()}
function pide(u,d,f,b){$(b).prop('disabled',true);$.post('/BUR4/ws/'+u,d).done(function(r){if(r.ok)f(r);else aviso(r.msg)}).always(function(){$(b).prop('disabled',false)})}
function datos(){return{ticket:$('#txt_ticket').val(),total:$('#txt_total').val(),rfc:$('#txt_rfccliente').val().toUpperCase(),nombre:$('#txt_cnombre').val(),cp:$('#txt_ccp').val(),uso:$('#hid_cucfdi').val(),regimen:$('#cbo_cregfiscal').val(),correo:$('#txt_ccorreo').val()}}
$('.atras').on('click',function(){ir(paso-1)});
$('#btn_s1').on('click',function(){var d=datos();if(!d.ticket||!d.total||!d.rfc)return aviso('Indique ticket, total y RFC.');pide('ticket',d,function(r){$('#txt_crfc').val(d.rfc);var s=$('#cbo_cregfiscal').empty().append('<option value="0">[Seleccione]</option>');$.each(r.regimenes,function(i,x){s.append($('<option>').val(x.id).text(x.nom))});
 $('#txt_cucfdi').autocomplete({minLength:1,source:r.usos.map(function(x){return{label:x.nom,value:x.nom,id:x.id}}),select:function(e,ui){$('#hid_cucfdi').val(ui.item.id)},change:function(e,ui){if(!ui.item){$(this).val('');$('#hid_cucfdi').val('')}}});ir(2)},this)});
$('#btn_s2').on('click',function(){var d=datos();pide('receptor',d,function(){$('#tbl_conf').empty();$.each({Ticket:d.ticket,Total:'$'+d.total,RFC:d.rfc,'Razón social':d.nombre.toUpperCase(),CP:d.cp,Uso:$('#txt_cucfdi').val(),'Régimen':$('#cbo_cregfiscal option:selected').text(),Correo:d.correo},function(a,b){$('#tbl_conf').append($('<tr>').append($('<th>').text(a),$('<td>').text(b)))});ir(3)},this)});
$('#btn_s3').on('click',function(){pide('timbrar',datos(),function(r){uuid=r.uuid;$('#lbl_uuid').text(uuid);$('#txt_dcorreo').val($('#txt_ccorreo').val());ir(4)},this)});
$('#btn_dxmlpdf').on('click',function(){location.href='/BUR4/ws/zip?id='+uuid});$('#btn_denviar').on('click',function(){aviso('Correo reenviado.')})});
</script></body></html>`

const words: Record<Wrong, string> = {
  empty: "Falta información del receptor.",
  rfc: "RFC no localizado en el SAT.",
  name: "La razón social no es la registrada para el RFC.",
  postalCode: "El CP no es el registrado para el RFC.",
  regime: "El régimen no es el registrado para el RFC.",
  use: "Elija el uso de la lista.",
  email: "Correo mal formado."
}

const start = () => {
  const till = openTill(
    { rfc: "BUR051020GN7", name: "BURGUELINA RESTAURANTES", regime: "601", postalCode: "80060" },
    "90101501"
  )
  const regimes = (rfc: string) =>
    regimesFor(rfc).map(({ code, name }, i) => ({ id: i + 1, code, nom: `${name} [${code}]` }))
  const uses = (rfc: string) => usesFor(rfc).map(({ code, name }, i) => ({ id: i + 1, code, nom: `${code} ${name}` }))
  const find = (field: (n: string) => string) =>
    [open, other, late].find(
      (s) => s.ticket === field("ticket") && /^\d+\.\d\d$/.test(field("total")) && same(field("total"), s.cents)
    )
  const typedOf = (field: (n: string) => string): Typed => ({
    rfc: field("rfc"),
    name: field("nombre"),
    postalCode: field("cp"),
    email: field("correo"),
    regime: regimes(field("rfc")).find(({ id }) => String(id) === field("regimen"))?.code ?? "",
    use: uses(field("rfc")).find(({ id }) => String(id) === field("uso"))?.code ?? ""
  })
  return shop<object>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/BUR4/"),
      "GET /BUR4/": () => html(page),
      "POST /BUR4/ws/ticket": async ({ field }) => {
        await Bun.sleep(400)
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("rfc"))) return json({ ok: false, msg: "RFC mal formado." })
        const sale = find(field)
        if (sale === undefined)
          return json({ ok: false, msg: "No hay ticket con ese número y total en nuestros registros." })
        if (sale.refused !== undefined) return json({ ok: false, msg: sale.refused })
        if (isStamped(till, sale)) return json({ ok: false, msg: "El ticket tiene un comprobante fiscal vigente." })
        return json({
          ok: true,
          regimenes: regimes(field("rfc")).map(({ id, nom }) => ({ id, nom })),
          usos: uses(field("rfc")).map(({ id, nom }) => ({ id, nom }))
        })
      },
      "POST /BUR4/ws/receptor": ({ field }) => {
        const wrong = wrongOf(typedOf(field))
        return json(wrong === undefined ? { ok: true } : { ok: false, msg: words[wrong] })
      },
      "POST /BUR4/ws/timbrar": async ({ field }) => {
        const sale = find(field)
        const typed = typedOf(field)
        const wrong = wrongOf(typed)
        if (sale === undefined || sale.refused !== undefined || isStamped(till, sale))
          return json({ ok: false, msg: "El ticket no puede timbrarse." })
        if (wrong !== undefined) return json({ ok: false, msg: words[wrong] })
        await Bun.sleep(1500)
        return json({ ok: true, uuid: (await stampOf(till, sale, { ...typed, name: oneLine(typed.name) })).uuid })
      },
      "GET /BUR4/ws/zip": ({ field }) => {
        const made = till.find(field("id"))
        return made === undefined ? html("404", 404) : zipFile(made)
      }
    }
  })
}

export const portal: TestPortal = {
  id: "burguelina",
  traps: [
    "a four-step wizard, all steps in the page",
    "a typeahead that empties what was not picked",
    "messages in a bootbox modal",
    "option ids, the SAT code at the end",
    "ZIP"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "another total", ticket: paper(open, 38450n), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced already", ticket: paper(other), expected: failed("ALREADY_INVOICED") },
    { name: "too late", ticket: paper(late), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    await page.fill("#txt_ticket", printed(ticket, "Núm. de referencia"))
    await page.fill("#txt_total", printed(ticket, "TOTAL MXN"))
    await page.fill("#txt_rfccliente", profile.rfc)
    await page.click("#btn_s1")
    await page.fill("#txt_cnombre", profile.fullName)
    await page.fill("#txt_ccp", profile.postalCode)
    await page.locator("#txt_cucfdi").pressSequentially(profile.cfdiUse)
    await page.locator(".ui-menu-item").first().click()
    await page.selectOption("#cbo_cregfiscal", {
      label: `${fiscalRegimes.find(({ code }) => code === profile.fiscalRegime)?.name} [${profile.fiscalRegime}]`
    })
    await page.fill("#txt_ccorreo", profile.email)
    await page.click("#btn_s2")
    await page.click("#btn_s3")
    await download(page, () => page.click("#btn_dxmlpdf"))
  }
}
