import { download } from "../../lib/ScriptTools.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import {
  ago,
  attachment,
  captchaCode,
  captchaImage,
  commas,
  completed,
  escaped,
  failed,
  html,
  json,
  money,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  svg,
  type TestPortal,
  type TillSale,
  usesFor,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly webId: string
  readonly day: ReturnType<typeof ago>
  readonly litres: string
  readonly closed?: true
}

const fuel = { description: "Gasolina menor a 91 octanos", paymentForm: "01" }
const open: Sale = { ...fuel, ticket: "1140233", webId: "4471", cents: 70000n, litres: "29.536", day: ago(1) }
const mistyped: Sale = { ...fuel, ticket: "1140518", webId: "9026", cents: 50000n, litres: "21.097", day: ago(1) }
const closed: Sale = {
  ...fuel,
  ticket: "1127740",
  webId: "3358",
  cents: 65020n,
  litres: "27.434",
  day: ago(36),
  closed: true
}
const sales = [open, mistyped, closed]

interface Session {
  station: boolean
  sale?: Sale
}

const head = `<meta charset="utf-8"><title>EstaciónClara | Facturación</title><script src="/vendor/jquery/dist/jquery.min.js"></script><style>body{margin:0;background:#eef6ee;font:14px "Trebuchet MS",sans-serif}.top{background:#2e7d32;color:#fff;padding:16px 40px;font-size:20px}.wrap{max-width:860px;margin:20px auto;background:#fff;padding:24px;border-radius:8px}.fila{display:flex;gap:14px;margin-bottom:12px}.fila>div{flex:1}.fila label{display:block;color:#2e7d32;font-size:12px;margin-bottom:3px}input[type=text],input[type=email],select{width:100%;box-sizing:border-box;padding:8px;border:1px solid #b7d3b8;border-radius:4px}.btn{background:#2e7d32;color:#fff;padding:9px 24px;border-radius:4px;cursor:pointer;display:inline-block;border:0;text-transform:uppercase}.btn.off{background:#aaa;pointer-events:none}table{width:100%;border-collapse:collapse}td,th{border:1px solid #cfe3cf;padding:7px}.fondo{display:none;position:fixed;inset:0;background:#0008;align-items:center;justify-content:center}.modal{background:#fff;padding:26px;border-radius:8px;width:340px;text-align:center}.toast{position:fixed;top:16px;right:16px;background:#c62828;color:#fff;padding:14px 20px;border-radius:4px;display:none;z-index:9}.toast.bien{background:#2e7d32}</style>`

const home = (notice = "") =>
  html(
    `<!DOCTYPE html><html lang="es"><head>${head}</head><body><div class="top">EstaciónClara</div><div class="wrap" style="max-width:420px;text-align:center"><form method="post" action="/"><p>Ingresa el número de estación (ES) que aparece en tu ticket</p><input type="text" id="estacion" name="estacion" placeholder="Número de estación" maxlength="6"><p style="color:#c62828">${notice}</p><button class="btn" type="submit">Aceptar</button></form><p><small>FACTURACION EN LINEA SOLO TICKETS DEL MES CORRIENTE</small></p></div></body></html>`
  )

const form = () =>
  html(`<!DOCTYPE html><html lang="es"><head>${head}</head><body><div class="top">EstaciónClara &nbsp;<small>13920 - Servicio Clara del Bajío SA de CV</small></div><div class="wrap">
<div class="fila"><div><label for="email">Correo electrónico</label><input type="email" id="email"></div><div><label for="rfc">RFC</label><input type="text" id="rfc" maxlength="13" style="text-transform:uppercase"></div></div>
<div class="fila"><div style="flex:3"><label for="nombre">Nombre o Razón Social</label><input type="text" id="nombre"></div><div><label for="cp">Código Postal</label><input type="text" id="cp" maxlength="5"></div></div>
<div class="fila"><div><label for="regimenFiscal">Régimen Fiscal</label><select id="regimenFiscal"><option value="">Selecciona</option></select></div><div><label for="usoCfdi">Uso de CFDI</label><select id="usoCfdi"><option value="">Selecciona</option></select></div></div>
<hr><div class="fila" style="align-items:flex-end"><div><label for="ticket">Ticket</label><input type="text" id="ticket"></div><div><label for="digSeguro">Web ID</label><input type="text" id="digSeguro" maxlength="4"></div><div><span class="btn" id="add-ticket">+ Agregar</span></div></div>
<table id="tickets"><thead><tr><th>Ticket</th><th>Fecha</th><th>Importe</th><th>Estado</th></tr></thead><tbody></tbody></table>
<p><input type="checkbox" id="agreement"> <label for="agreement">Acepto que mis datos están correctos y conozco el aviso de privacidad</label></p><p><input type="checkbox" id="puntos"> <label for="puntos">Inscribirme al programa ClaraPuntos</label></p>
<div style="text-align:right"><a class="btn off" id="facturar">Facturar</a></div><p><small>¿Dudas? <a href="mailto:facturas13920@clara.example">facturas13920@clara.example</a></small></p></div>
<div class="fondo" id="modal-captcha"><div class="modal"><p>Escribe los caracteres de la imagen respetando mayúsculas y minúsculas</p><img id="captcha-img" width="200" height="60" alt=""> <a href="#" id="captcha-refresh" title="Otra imagen">&#8635;</a><p><input type="text" id="captchaInput" name="captcha" autocomplete="off"></p><span class="btn" id="captcha-ok">Aceptar</span> <span class="btn" style="background:#888" id="captcha-no">Cancelar</span></div></div>
<div class="toast" id="toast"></div>
<script>
function toast(m,bien){$('#toast').toggleClass('bien',!!bien).text(m).fadeIn(150).delay(3500).fadeOut(300)}
function opciones(s,l){$(s).html('<option value="">Selecciona</option>'+$.map(l,function(o){return '<option value="'+o.clave+'">'+o.clave+' - '+o.texto+'</option>'}).join(''))}
function fetchReceptor(){$.getJSON('/api/receptor',{email:$('#email').val()},function(r){$('#nombre').val(r.nombre||'');$('#rfc').val(r.rfc||'');$('#cp').val(r.cp||'')})}
function getRegimenFiscal(rfc){opciones('#regimenFiscal',[]);opciones('#usoCfdi',[]);$.getJSON('/api/regimen',{rfc:rfc},function(r){opciones('#regimenFiscal',r)})}
$('#email').on('change',fetchReceptor);
$('#rfc').on('change',function(){this.value=this.value.toUpperCase();getRegimenFiscal(this.value)});
$('#regimenFiscal').on('change',function(){opciones('#usoCfdi',[]);if(this.value)$.getJSON('/api/uso',{rfc:$('#rfc').val(),regimen:this.value},function(r){opciones('#usoCfdi',r)})});
var disponible=false;function estado(){$('#facturar').toggleClass('off',!(disponible&&$('#agreement').prop('checked')))}
$('#agreement').on('change',estado);
$('#add-ticket').on('click',function(){if(!$('#ticket').val()||!$('#digSeguro').val())return toast('Escribe el ticket y su Web ID');
$.post('/api/ticket',{ticket:$('#ticket').val(),digSeguro:$('#digSeguro').val()},function(r){disponible=r.ok;$('#tickets tbody').html('<tr><td>'+$('<i>').text(r.ticket).html()+'</td><td>'+r.fecha+'</td><td>'+r.importe+'</td><td class="st">'+r.estado+'</td></tr>');estado()},'json')});
function imagen(nueva){$('#captcha-img').attr('src','/captcha?'+(nueva?'n=1&':'')+'r='+Date.now())}
$('#facturar').on('click',function(){var f=$('#nombre,#rfc,#cp,#regimenFiscal,#usoCfdi,#email').filter(function(){return !this.value});if(f.length)return toast('Completa tus datos fiscales');$('#captchaInput').val('');imagen();$('#modal-captcha').css('display','flex')});
$('#captcha-refresh').on('click',function(e){e.preventDefault();imagen(true)});
$('#captcha-no').on('click',function(){$('#modal-captcha').hide()});
$('#captcha-ok').on('click',function(){var b=$(this).addClass('off');
$.post('/api/facturar',{captcha:$('#captchaInput').val(),nombre:$('#nombre').val(),rfc:$('#rfc').val(),cp:$('#cp').val(),regimenFiscal:$('#regimenFiscal').val(),usoCfdi:$('#usoCfdi').val(),email:$('#email').val()},function(r){b.removeClass('off');
if(r.captcha){toast(r.captcha);$('#captchaInput').val('');imagen();return}
$('#modal-captcha').hide();if(r.error)return toast(r.error);
disponible=false;estado();toast('Solicitud atendida',true);$('.st').html('FACTURADO <a href="/archivo/'+r.uuid+'/xml"><img src="/icono/xml.svg" width="26"></a> <a href="/archivo/'+r.uuid+'/pdf"><img src="/icono/pdf.svg" width="26"></a>')},'json')});
</script></body></html>`)

const icon = (text: string, colour: string) =>
  svg(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 40"><path d="M2 0h20l8 8v32H2z" fill="${colour}"/><text x="16" y="30" font-size="11" font-family="Arial" font-weight="bold" fill="#fff" text-anchor="middle">${text}</text></svg>`
  )

const start = async () => {
  const till = openTill(
    { rfc: "SCB070615DE1", name: "SERVICIO CLARA DEL BAJIO", regime: "601", postalCode: "37000" },
    "15101514"
  )
  const attempts = new Map<string, number>()
  const attemptOf = (sale: Sale) => attempts.get(sale.ticket) ?? 0
  return shop<Session>({
    till,
    cookie: "clara_session",
    fresh: () => ({ station: false }),
    routes: {
      "GET /": () => home(),
      "GET /13920": () => home(),
      "POST /": ({ field, session }) => {
        if (field("estacion").replace(/^0+/, "") !== "13920")
          return home("No contamos con esa estación, verifica el número.")
        session.station = true
        delete session.sale
        return form()
      },
      "GET /api/receptor": async () => {
        await Bun.sleep(700)
        return json({})
      },
      "GET /api/regimen": async ({ field }) => {
        await Bun.sleep(500)
        const rfc = field("rfc")
        return json(
          /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)
            ? regimesFor(rfc).map(({ code, name }) => ({ clave: code, texto: escaped(name) }))
            : []
        )
      },
      "GET /api/uso": async ({ field }) => {
        await Bun.sleep(400)
        return json(usesFor(field("rfc")).map(({ code, name }) => ({ clave: code, texto: escaped(name) })))
      },
      "POST /api/ticket": ({ field, session }) => {
        if (!session.station) return json({ ok: false, ticket: "", fecha: "", importe: "", estado: "Sesión terminada" })
        const sale = sales.find(({ ticket, webId }) => ticket === field("ticket") && webId === field("digSeguro"))
        const row = {
          ok: false,
          ticket: field("ticket"),
          fecha: sale?.day.slashes ?? "",
          importe: sale ? `$${commas(sale.cents)}` : ""
        }
        delete session.sale
        if (sale === undefined) return json({ ...row, estado: "Ticket no localizado, confirma el número y el Web ID" })
        if (sale.closed)
          return json({ ...row, estado: "Ticket de un mes anterior, ya no se puede solicitar su factura" })
        if (till.stamps().some(({ ticket }) => ticket === sale.ticket))
          return json({ ...row, estado: "Cuenta con factura" })
        session.sale = sale
        return json({ ...row, ok: true, estado: "Disponible para solicitar factura" })
      },
      "GET /captcha": ({ has, session: { sale } }) => {
        if (sale === undefined) return seeOther("/")
        if (has("n")) attempts.set(sale.ticket, attemptOf(sale) + 1)
        return captchaImage(captchaCode(sale.ticket, attemptOf(sale)))
      },
      "POST /api/facturar": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined) return json({ error: "Agrega un ticket" })
        if (field("captcha") !== captchaCode(sale.ticket, attemptOf(sale))) {
          attempts.set(sale.ticket, attemptOf(sale) + 1)
          return json({ captcha: "Los caracteres no son los de la imagen" })
        }
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: oneLine(field("nombre")),
          postalCode: field("cp"),
          regime: field("regimenFiscal"),
          use: field("usoCfdi"),
          email: field("email")
        }
        const fault = refusal(typed)
        if (fault !== undefined) return json({ error: fault })
        delete session.sale
        const { uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        await Bun.sleep(1200)
        return json({ uuid })
      },
      "GET /icono/xml.svg": () => icon("XML", "#1565c0"),
      "GET /icono/pdf.svg": () => icon("PDF", "#c62828"),
      "GET /archivo/*": async ({ url }) => {
        const [, , uuid = "", kind] = url.pathname.split("/")
        const made = till.find(uuid)
        if (made === undefined) return seeOther("/")
        return kind === "xml"
          ? attachment(await xmlText(made), "text/xml", `${uuid}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${uuid}.pdf`)
      }
    }
  })
}

const ticketOf = (sale: Sale, webId = sale.webId) => ({
  ES: "13920",
  "No. Ticket": sale.ticket,
  "Fecha Hora": `${sale.day.dashes} 08:15`,
  Bomba: "6",
  Volumen: sale.litres,
  TOTAL: `$${money(sale.cents)}`,
  "WEB ID": webId
})

export const portal: TestPortal = {
  id: "clara",
  traps: [
    "the e-mail's change empties the receiver",
    "régimen after RFC, uso after régimen",
    "an image captcha in a dialog whose Aceptar stamps",
    "icons without text as downloads",
    "messages that fade"
  ],
  profile: "person",
  start,
  cases: [
    {
      name: "ok",
      ticket: ticketOf(open),
      expected: { status: "ASKED", kind: "captcha", answers: { captcha: captchaCode(open.ticket, 0) }, then: completed }
    },
    { name: "other Web ID", ticket: ticketOf(open, "4417"), expected: failed("TICKET_NOT_FOUND") },
    { name: "a month before", ticket: ticketOf(closed), expected: failed("TICKET_EXPIRED") },
    {
      name: "the captcha mistyped once",
      ticket: ticketOf(mistyped),
      expected: {
        status: "ASKED",
        kind: "captcha",
        answers: { captcha: "EEEEE" },
        then: {
          status: "ASKED",
          kind: "captcha",
          answers: { captcha: captchaCode(mistyped.ticket, 1) },
          then: completed
        }
      }
    }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#estacion").fill(printed(ticket, "ES"))
    await page.getByText("Aceptar").click()
    await page.locator("#email").fill(profile.email)
    await Promise.all([page.waitForResponse(/receptor/), page.keyboard.press("Tab")])
    await page.locator("#rfc").fill(profile.rfc)
    await Promise.all([page.waitForResponse(/regimen/), page.keyboard.press("Tab")])
    await page.locator("#nombre").fill(profile.fullName)
    await page.locator("#cp").fill(profile.postalCode)
    await page.locator("#regimenFiscal").selectOption(profile.fiscalRegime)
    await page.locator("#usoCfdi").selectOption(profile.cfdiUse)
    const number = printed(ticket, "No. Ticket")
    await page.locator("#ticket").fill(number)
    await page.locator("#digSeguro").fill(printed(ticket, "WEB ID"))
    await page.locator("#add-ticket").click()
    await page.getByText("Disponible para solicitar").waitFor()
    await page.locator("#agreement").check()
    await page.locator("#facturar").click()
    await page.locator("#captchaInput").fill(captchaCode(number, 0))
    await page.locator("#captcha-ok").click()
    await download(page, () => page.locator(".st a").first().click())
  }
}
