import {
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  money,
  openTill,
  printed,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  type Wrong,
  wrongOf
} from "../kit/kit.ts"

const tillOf = () =>
  openTill({ rfc: "GGA020415QH3", name: "GAZUMBRA ENERGETICOS", regime: "601", postalCode: "64000" }, "15101514")

interface Sale extends TillSale {
  readonly station: string
  readonly webId: string
  readonly date: string
  readonly liters: string
  readonly refused?: { readonly status: number; readonly text: string }
}

const paid = ago(2)
const late = ago(63)
const open: Sale = {
  ticket: "0418873",
  station: "2317",
  webId: "7F3KD9",
  date: paid.iso,
  liters: "38.412",
  cents: 91805n,
  description: "GASOLINA REGULAR MENOR A 91 OCTANOS",
  paymentForm: "04"
}
const old: Sale = {
  ...open,
  ticket: "0391150",
  webId: "K2M81Q",
  date: late.iso,
  cents: 60000n,
  liters: "25.105",
  refused: {
    status: 7,
    text: `La fecha límite para emitir el comprobante de esta carga venció el ${ago(60).slashes}. La operación quedó incluida en el CFDI global de la estación.`
  }
}
const busy: Sale = {
  ...open,
  ticket: "0418902",
  station: "2290",
  webId: "9XTT4A",
  cents: 45012n,
  liters: "18.833",
  refused: {
    status: 99,
    text: "La estación 2290 está en mantenimiento: su sistema volumétrico no responde y no es posible consultar despachos. Inténtelo más tarde."
  }
}

const paper = (sale: Sale, webId = sale.webId) => ({
  "E.S.": sale.station,
  "Nota de venta": sale.ticket,
  "Clave web": webId,
  "Fecha y hora": `${sale.date === paid.iso ? paid.slashes : late.slashes} 18:42`,
  Isla: "3",
  "Pos. carga": "06",
  Litros: sale.liters,
  Importe: commas(sale.cents),
  "Forma de pago": "Tarjeta de crédito"
})

const page = () => `<!DOCTYPE html>
<html lang="es" ng-app="kPortalExterno" class="ng-scope"><head><meta charset="utf-8"><title>KPortalExterno</title>
<style>@charset "UTF-8";[ng\\:cloak],[ng-cloak],.ng-cloak,.x-ng-cloak,.ng-hide:not(.ng-hide-animate){display:none !important;}ng\\:form{display:block;}
body{font-family:"Open Sans",Arial,sans-serif;background:#eef1f4}.navbar{background:#5b2b82;color:#fff}.cargando{position:fixed;inset:0;background:#0007;color:#fff;z-index:2000;padding-top:40vh;text-align:center}
.panel{background:#fff;border:1px solid #ccd;margin-bottom:18px}.panel-heading{background:#e9e2f0;padding:8px 14px;font-weight:bold}.panel-body{padding:14px}.has-error{color:#a94442}
.uib-pop{position:absolute;background:#fff;border:1px solid #aaa;z-index:50;padding:6px}.uib-pop td button{width:34px}</style>
<link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"></head>
<body class="ng-scope" ng-controller="principalCtrl">
<nav class="navbar px-3 py-2"><b>GAZUMBRA</b>&nbsp;<small>Portal de facturación a clientes</small><span class="ms-auto"><a class="text-white mx-2" href="" ng-click="ir('flotillas')">Flotillas</a><a class="text-white" href="" ng-click="ir('estaciones')">Ubica tu estación</a></span></nav>
<div class="cargando ng-hide" ng-show="cargando"><h4>Procesando, por favor espere…</h4></div>
<div class="container mt-3" ui-view>
<!-- ngIf: !cfdi -->
<div ng-if="!cfdi" class="ng-scope" id="captura">
<div class="panel"><div class="panel-heading">1. Tickets por facturar</div><div class="panel-body">
<form name="frmTicket" class="row g-2 ng-pristine ng-invalid ng-invalid-required" novalidate onsubmit="return false">
<div class="col-3"><label class="control-label">No. Estación</label><input type="text" class="form-control ng-pristine ng-untouched ng-empty ng-invalid ng-invalid-required" ng-model="tk.estacion" maxlength="5" required></div>
<div class="col-3"><label class="control-label">Folio</label><input type="text" class="form-control ng-pristine ng-untouched ng-empty ng-invalid ng-invalid-required" ng-model="tk.folio" maxlength="10" required></div>
<div class="col-3"><label class="control-label">Web ID</label><input type="text" class="form-control ng-pristine ng-untouched ng-empty ng-invalid ng-invalid-required" ng-model="tk.webId" maxlength="8" required></div>
<div class="col-3" style="position:relative"><label class="control-label">Fecha de Ticket</label><div class="input-group"><input type="text" class="form-control ng-pristine ng-untouched ng-empty ng-invalid ng-invalid-required" uib-datepicker-popup="yyyy-MM-dd" ng-model="tk.fecha" is-open="abierto" placeholder="aaaa-mm-dd" required><span class="input-group-btn"><button type="button" class="btn btn-light border" ng-click="abreFecha()"><i class="glyphicon glyphicon-calendar">▦</i></button></span></div><div id="uib"></div></div>
<div class="col-12"><button type="button" class="btn btn-secondary" ng-click="agregar()" ng-disabled="frmTicket.$invalid" disabled="disabled"><i class="fa fa-plus"></i> Agregar</button></div></form>
<div class="alert alert-danger mt-2 ng-hide" ng-show="error" id="alerta"><span ng-bind="error" class="ng-binding"></span></div>
<table class="table table-sm mt-3"><thead><tr><th>Estación</th><th>Folio</th><th>Fecha</th><th>Producto</th><th>Litros</th><th>Importe</th><th></th></tr></thead><tbody id="lista"><!-- ngRepeat: t in tickets --></tbody></table></div></div>
<div class="panel ng-hide" ng-show="tickets.length" id="panelFiscal"><div class="panel-heading">2. Datos del cliente</div><div class="panel-body">
<form name="frmCte" class="row g-2" novalidate onsubmit="return false">
<div class="col-4"><label>R.F.C.</label><input class="form-control ng-empty" ng-model="cte.rfc" maxlength="13" style="text-transform:uppercase" required></div>
<div class="col-8"><label>Nombre o Razón Social</label><input class="form-control ng-empty" ng-model="cte.razon" required></div>
<div class="col-3"><label>C.P.</label><input class="form-control ng-empty" ng-model="cte.cp" maxlength="5" required></div>
<div class="col-5"><label>Régimen</label><select class="form-select ng-empty" ng-model="cte.regimen" ng-options="r.id as r.texto for r in regimenes" required><option value="?" selected="selected"></option></select></div>
<div class="col-4"><label>Uso del CFDI</label><select class="form-select ng-empty" ng-model="cte.uso" ng-options="u.id as u.texto for u in usos" required><option value="?" selected="selected"></option></select></div>
<div class="col-6"><label>Correo</label><input type="email" class="form-control ng-empty" ng-model="cte.correo" required></div>
<div class="col-6"><label>Confirmar correo</label><input type="email" class="form-control ng-empty" ng-model="cte.correo2" required></div>
<div class="col-12"><button type="button" class="btn btn-primary" ng-click="facturar()" ng-disabled="frmCte.$invalid" disabled="disabled">Facturar</button> <button type="button" class="btn btn-light" ng-click="limpiar()">Limpiar</button></div></form></div></div></div>
<!-- end ngIf: !cfdi -->
<div id="salida"></div>
<p class="small text-muted mt-3">La estación y el Web ID se encuentran en la parte inferior de su ticket. Dudas: 800 015 7733</p></div>
<script>
const $=(s,r=document)=>r.querySelector(s), $$=(s,r=document)=>[...r.querySelectorAll(s)], m=n=>$('[ng-model="'+n+'"]');
let tickets=[], archivos=null;
const veil=on=>$('.cargando').classList.toggle('ng-hide',!on);
const err=t=>{$('#alerta span').textContent=t;$('#alerta').classList.toggle('ng-hide',!t)};
const rest=async(u,b)=>{veil(true);try{const r=await fetch('/KPortalExterno/rest/'+u,{method:'POST',headers:{'content-type':'application/json;charset=UTF-8'},body:JSON.stringify(b)});await new Promise(f=>setTimeout(f,250));return await r.json()}finally{veil(false)}};
const digest=f=>{const ok=$$('[required]',f).every(e=>e.value.trim()&&e.value!=='?'&&e.checkValidity());const b=$('[ng-disabled]',f);ok?b.removeAttribute('disabled'):b.setAttribute('disabled','disabled');f.className=f.className.replace(/ng-(in)?valid(?!-)/,ok?'ng-valid':'ng-invalid')};
for(const f of $$('form')) for(const ev of ['input','change']) f.addEventListener(ev,e=>{const t=e.target;t.classList.remove('ng-pristine','ng-untouched');t.classList.toggle('ng-empty',!t.value);t.classList.add('ng-dirty');digest(f)});
for(const a of $$('a[href=""]')) a.addEventListener('click',e=>{e.preventDefault()});
$('[ng-click="abreFecha()"]').onclick=()=>{const u=$('#uib');if(u.innerHTML){u.innerHTML='';return}let h='<div class="uib-pop"><table role="grid"><tbody><tr>';for(let i=0;i<14;i++){const d=new Date(Date.now()-i*864e5);h+='<td role="gridcell"><button type="button" class="btn btn-sm" data-d="'+d.toLocaleDateString('en-CA')+'">'+d.getDate()+'</button></td>'+(i==6?'</tr><tr>':'')}u.innerHTML=h+'</tr></tbody></table></div>';for(const b of $$('button',u))b.onclick=()=>{const i=m('tk.fecha');i.value=b.dataset.d;i.dispatchEvent(new Event('input',{bubbles:true}));u.innerHTML=''}};
$('[ng-click="agregar()"]').onclick=async()=>{err('');const d={estacion:m('tk.estacion').value.trim(),folio:m('tk.folio').value.trim(),webId:m('tk.webId').value.trim(),fecha:m('tk.fecha').value.trim()};
 if(!/^\\d{4}-\\d\\d-\\d\\d$/.test(d.fecha)){err('Fecha de Ticket no válida');return}
 const r=await rest('verificaTicketWS2',d);if(r.status!==0){err(r.mensaje);return}
 if(tickets.some(t=>t.folio===r.ticket.folio)){err('El folio ya está en la lista');return}
 tickets.push(r.ticket);$('#lista').insertAdjacentHTML('beforeend','<tr class="ng-scope" ng-repeat="t in tickets"><td class="ng-binding">'+[r.ticket.estacion,r.ticket.folio,r.ticket.fecha,r.ticket.producto,r.ticket.litros,'$'+r.ticket.importe].join('</td><td class="ng-binding">')+'</td><td><a href="" class="text-danger">✕</a></td></tr>');
 $('#lista tr:last-child a').onclick=e=>{e.preventDefault();tickets=tickets.filter(t=>t!==r.ticket);e.target.closest('tr').remove();$('#panelFiscal').classList.toggle('ng-hide',!tickets.length)};
 for(const n of ['tk.estacion','tk.folio','tk.webId','tk.fecha'])m(n).value='';digest(document.forms.frmTicket);
 const c=await rest('catalogos',{});for(const [n,l] of [['cte.regimen',c.regimenes],['cte.uso',c.usos]]){const s=m(n);if(s.options.length<2)l.forEach((o,i)=>s.add(new Option(o.texto,'number:'+o.id)))}
 $('#panelFiscal').classList.remove('ng-hide')};
$('[ng-click="limpiar()"]').onclick=()=>{for(const e of $$('[name=frmCte] [ng-model]'))e.value=e.tagName==='SELECT'?'?':'';digest(document.forms.frmCte)};
$('[ng-click="facturar()"]').onclick=async()=>{err('');const v=n=>m('cte.'+n).value.trim();if(v('correo')!==v('correo2')){err('Los correos no coinciden');return}
 const r=await rest('generaFacturaWS',{folio:tickets.map(t=>t.folio).join(),rfc:v('rfc').toUpperCase(),razon:v('razon'),cp:v('cp'),regimen:v('regimen').slice(7),uso:v('uso').slice(7),correo:v('correo')});
 if(r.status!==0){err(r.mensaje);window.scrollTo(0,0);return}
 archivos=r;$('#captura').remove();$('#salida').innerHTML='<div class="panel"><div class="panel-heading">Comprobante emitido</div><div class="panel-body"><p>Folio fiscal: <b class="ng-binding">'+r.uuid+'</b></p><button class="btn btn-outline-primary" ng-click="bajaPdf()">PDF</button> <button class="btn btn-outline-primary" ng-click="bajaXml()">XML</button></div></div>';
 const baja=(b,t,n)=>{const a=document.createElement('a');a.href=URL.createObjectURL(new Blob([b],{type:t}));a.download=n;a.click()};
 $('[ng-click="bajaPdf()"]').onclick=()=>baja(Uint8Array.from(atob(r.b64Pdf),c=>c.charCodeAt(0)),'application/pdf',r.uuid+'.pdf');
 $('[ng-click="bajaXml()"]').onclick=()=>baja(r.xml,'text/xml',r.uuid+'.xml')};
</script></body></html>`

const regimes = fiscalRegimes.map(({ code, name }, id) => ({ id, code, texto: `${code} ${name}` }))
const uses = cfdiUses
  .filter(({ code }) => code !== "CN01" && code !== "CP01")
  .map(({ code, name }, id) => ({ id, code, texto: `${code} ${name}` }))

const words: Record<Wrong, string> = {
  empty: "Capture todos los datos del cliente.",
  rfc: "El R.F.C. no es correcto.",
  name: "La razón social no es la que el SAT tiene para ese R.F.C.",
  postalCode: "El C.P. no es el del domicilio fiscal.",
  regime: "El régimen no corresponde al R.F.C.",
  use: "Uso del CFDI incorrecto.",
  email: "Correo no válido."
}

const start = () => {
  const till = tillOf()
  const sales = [open, old, busy]
  return shop<{ sale: Sale | undefined }>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ sale: undefined }),
    routes: {
      "GET /": () => seeOther("/KPortalExterno/"),
      "GET /KPortalExterno/": () => html(page()),
      "POST /KPortalExterno/rest/catalogos": () =>
        json({
          regimenes: regimes.map(({ id, texto }) => ({ id, texto })),
          usos: uses.map(({ id, texto }) => ({ id, texto }))
        }),
      "POST /KPortalExterno/rest/verificaTicketWS2": ({ field, session }) => {
        const sale = sales.find(
          (s) =>
            s.ticket === field("folio") &&
            s.station === field("estacion") &&
            s.webId === field("webId").toUpperCase() &&
            s.date === field("fecha")
        )
        if (sale === undefined)
          return json({
            status: 3,
            mensaje: "El despacho no existe con los datos capturados. Revise No. Estación, Folio, Web ID y Fecha."
          })
        if (sale.refused !== undefined) return json({ status: sale.refused.status, mensaje: sale.refused.text })
        if (isStamped(till, sale)) return json({ status: 5, mensaje: "El despacho ya cuenta con comprobante fiscal." })
        session.sale = sale
        return json({
          status: 0,
          ticket: {
            estacion: sale.station,
            folio: sale.ticket,
            fecha: sale.date,
            producto: "REGULAR",
            litros: sale.liters,
            importe: money(sale.cents)
          }
        })
      },
      "POST /KPortalExterno/rest/generaFacturaWS": async ({ field, session: { sale } }) => {
        if (sale === undefined || field("folio") !== sale.ticket)
          return json({ status: 2, mensaje: "Agregue al menos un ticket." })
        const typed: Typed = {
          rfc: field("rfc"),
          name: field("razon"),
          postalCode: field("cp"),
          email: field("correo"),
          regime: regimes.find(({ id }) => String(id) === field("regimen"))?.code ?? "",
          use: uses.find(({ id }) => String(id) === field("uso"))?.code ?? ""
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ status: 11, mensaje: words[wrong] })
        if (isStamped(till, sale)) return json({ status: 5, mensaje: "El despacho ya cuenta con comprobante fiscal." })
        const made = await stampOf(till, sale, typed)
        return json({ status: 0, uuid: made.uuid, xml: made.xml, b64Pdf: Buffer.from(made.pdf).toString("base64") })
      }
    }
  })
}

export const portal: TestPortal = {
  id: "gazumbra",
  traps: [
    "AngularJS: options number:0…, inert buttons until the form is valid",
    "yyyy-MM-dd date with a popup",
    "a ticket list before the fiscal panel",
    "xml and base64 pdf in JSON",
    "a second e-mail"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "another web id", ticket: paper(open, "7F3XD9"), expected: failed("TICKET_NOT_FOUND") },
    { name: "past the deadline", ticket: paper(old), expected: failed("TICKET_EXPIRED") },
    { name: "the station is under maintenance", ticket: paper(busy), expected: failed("PORTAL_DOWN") }
  ],
  script: async (page, ticket, profile) => {
    const model = (name: string) => page.locator(`[ng-model="${name}"]`)
    const [d = "", mo = "", y = ""] = printed(ticket, "Fecha y hora").slice(0, 10).split("/")
    await model("tk.estacion").fill(printed(ticket, "E.S."))
    await model("tk.folio").fill(printed(ticket, "Nota de venta"))
    await model("tk.webId").fill(printed(ticket, "Clave web"))
    await model("tk.fecha").fill(`${y}-${mo}-${d}`)
    await page.getByRole("button", { name: "Agregar" }).click()
    await model("cte.rfc").fill(profile.rfc)
    await model("cte.razon").fill(profile.fullName)
    await model("cte.cp").fill(profile.postalCode)
    await model("cte.regimen").selectOption({
      label: regimes.find(({ code }) => code === profile.fiscalRegime)?.texto ?? ""
    })
    await model("cte.uso").selectOption({ label: uses.find(({ code }) => code === profile.cfdiUse)?.texto ?? "" })
    await model("cte.correo").fill(profile.email)
    await model("cte.correo2").fill(profile.email)
    await page.getByRole("button", { name: "Facturar" }).click()
    await download(page, () => page.getByRole("button", { name: "XML" }).click())
  }
}
