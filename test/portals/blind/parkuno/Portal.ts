import type { Page } from "playwright-core"
import { fits, sameWorth } from "../kit/checks.ts"
import {
  ago,
  escaped,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  printed,
  regimeOptions,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  useOptions,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly lot: string
  readonly date: string
  readonly late?: true
  readonly down?: true
}

const lots = [
  ["014", "Centro Histórico 5 de Mayo"],
  ["022", "Plaza Insurgentes"],
  ["031", "Hospital Los Cedros"],
  ["045", "Torre Reforma 180"],
  ["058", "Mercado Roma"],
  ["063", "Polanco Masaryk"],
  ["087", "Plaza Encanto"],
  ["090", "Coyoacán Centenario"],
  ["102", "WTC Nápoles"]
] as const

const base = { description: "Servicio de estacionamiento", paymentForm: "01" }
const sales: ReadonlyArray<Sale> = [
  { ...base, ticket: "0045821", lot: "087", date: ago(1).iso, cents: 9600n },
  { ...base, ticket: "0045102", lot: "087", date: ago(9).iso, cents: 13200n, late: true },
  { ...base, ticket: "0118840", lot: "063", date: ago(1).iso, cents: 21000n, down: true }
]

interface Session {
  sale?: Sale | undefined
}

const css = `body{margin:0;font-family:"Open Sans",Arial,sans-serif;color:#666;font-size:15px;line-height:1.6}#main-header{background:#fff;box-shadow:0 1px 6px #0002;padding:16px 40px;display:flex;justify-content:space-between}#main-header .logo{font-weight:bold;font-size:22px;color:#0a3d91}
#top-menu{list-style:none;display:flex;gap:22px;margin:0;padding:0}#top-menu a{color:#444;text-decoration:none}.et_pb_section{padding:34px 0}.et_pb_row{width:80%;max-width:860px;margin:auto}.et_pb_row h1{color:#0a3d91}
.fact-form p.campo{margin:0 0 14px}.fact-form label{display:block;font-weight:600}.fact-form input,.fact-form select{width:100%;padding:11px;border:1px solid #bbb;background:#eee;box-sizing:border-box;font-size:14px}.et_pb_button{display:inline-block;background:#0a3d91;color:#fff!important;border:2px solid #0a3d91;border-radius:3px;padding:8px 24px;font-size:17px;cursor:pointer}
.fact-msg{padding:12px 16px;margin:14px 0;border-left:4px solid}.fact-msg.error{background:#fdeaea;border-color:#c0392b;color:#c0392b}.fact-msg.ok{background:#eaf7ec;border-color:#2e8b57;color:#256b45}.fact-spinner{display:none}#main-footer{background:#222;color:#aaa;padding:20px 40px;font-size:13px}.cookie-bar{position:fixed;bottom:0;left:0;right:0;background:#0a3d91;color:#fff;padding:12px 30px;display:flex;justify-content:space-between;z-index:9}
.select2-container{width:100%!important}.half{display:grid;grid-template-columns:1fr 1fr;gap:0 18px}`

const source = `<!DOCTYPE html><html lang="es-MX"><head><meta charset="UTF-8"><title>Facturación &#8211; Parkuno Estacionamientos</title><meta name="generator" content="WordPress 6.6.2"><link rel="stylesheet" href="/vendor/jquery-ui-dist/jquery-ui.min.css"><link rel="stylesheet" id="select2-css" href="/vendor/select2/dist/css/select2.min.css"><style>${css}</style></head>
<body class="page-template-default page page-id-412 et_pb_button_helper_class et_fixed_nav et_cover_background et_pb_gutter osx et_pb_gutters3 et_divi_theme et-db">
<div id="page-container"><header id="main-header"><span class="logo">PARKUNO</span><nav id="top-menu-nav"><ul id="top-menu" class="nav"><li class="menu-item"><a href="/">Inicio</a></li><li class="menu-item"><a href="/#pensiones">Pensiones</a></li><li class="menu-item current-menu-item"><a href="/">Facturación</a></li><li class="menu-item"><a href="/#contacto">Contacto</a></li></ul></nav></header>
<div id="et-main-area"><div id="main-content"><article id="post-412" class="post-412 page type-page status-publish hentry"><div class="entry-content"><div class="et_pb_section et_pb_section_0 et_section_regular"><div class="et_pb_row et_pb_row_0"><div class="et_pb_column et_pb_column_4_4 et_pb_text_0"><h1>Facturación en línea</h1><p>Solicita la factura de tu boleto de estacionamiento hasta 72 horas después de tu salida. La factura (PDF y XML) se envía a tu correo.</p></div></div>
<div class="et_pb_row et_pb_row_1"><div class="et_pb_code_inner"><div id="pk-fact" class="fact-form"><div id="pk-mensaje" aria-live="polite"></div>
<form id="pk-form-boleto" autocomplete="off"><input type="hidden" name="action" value="pk_buscar_boleto"><input type="hidden" name="_wpnonce" value="8f1c2ab934">
<p class="campo"><label for="pk_est">Estacionamiento</label><select id="pk_est" name="estacionamiento"><option value="">Elige el estacionamiento</option>${lots.map(([id, name]) => `<option value="${Number(id) + 300}">${id} - ${name}</option>`).join("")}</select></p>
<div class="half"><p class="campo"><label for="pk_boleto">Número de boleto</label><input type="text" id="pk_boleto" name="boleto" placeholder="Ej. 0001234"></p>
<p class="campo"><label for="pk_fecha">Fecha de salida</label><input type="text" id="pk_fecha" name="fecha" placeholder="aaaa-mm-dd" readonly="readonly"></p></div>
<p class="campo"><label for="pk_importe">Importe pagado</label><input type="text" id="pk_importe" name="importe" placeholder="0.00"></p>
<p><button type="submit" class="et_pb_button">Buscar boleto</button> <span class="fact-spinner">Consultando…</span></p></form>
<form id="pk-form-datos" style="display:none" autocomplete="off"><input type="hidden" name="action" value="pk_facturar"><input type="hidden" name="_wpnonce" value="8f1c2ab934"><h3>Datos de facturación</h3><p id="pk-resumen"></p>
<div class="half"><p class="campo"><label for="pk_rfc">RFC</label><input type="text" id="pk_rfc" name="rfc" maxlength="13"></p><p class="campo"><label for="pk_cp">Código postal</label><input type="text" id="pk_cp" name="cp" maxlength="5"></p></div>
<p class="campo"><label for="pk_razon">Razón social (sin régimen de capital)</label><input type="text" id="pk_razon" name="razon"></p>
<p class="campo"><label for="pk_regimen">Régimen fiscal</label><select id="pk_regimen" name="regimen"><option value="">Selecciona</option>${regimeOptions()}</select></p>
<p class="campo"><label for="pk_uso">Uso de CFDI</label><select id="pk_uso" name="uso"><option value="">Selecciona</option>${useOptions()}</select></p>
<div class="half"><p class="campo"><label for="pk_correo">Correo electrónico</label><input type="email" id="pk_correo" name="correo"></p><p class="campo"><label for="pk_correo2">Repite tu correo</label><input type="email" id="pk_correo2" name="correo2"></p></div>
<p><label style="font-weight:400"><input type="checkbox" id="pk_aviso" name="aviso" value="1" style="width:auto"> Acepto el <a href="#aviso">aviso de privacidad</a></label></p>
<p><button type="submit" class="et_pb_button">Solicitar factura</button> <span class="fact-spinner">Generando…</span></p></form></div></div></div></div></div></article></div>
<footer id="main-footer">Parkuno Estacionamientos S.A. de C.V. · Newsletter: <form style="display:inline" onsubmit="return false"><input type="email" name="EMAIL" placeholder="Tu correo"><button>Suscribirme</button></form></footer></div></div>
<div class="cookie-bar" id="cookie-bar"><span>Este sitio usa cookies para mejorar tu experiencia.</span><button onclick="this.parentNode.remove()">Aceptar</button></div>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/jquery-ui-dist/jquery-ui.min.js"></script><script src="/vendor/select2/dist/js/select2.min.js"></script>
<script>var pkAjax={"url":"/wp-admin/admin-ajax.php"};jQuery(function($){$('#pk_est').select2({language:{noResults:function(){return 'Sin resultados'}}});
$('#pk_fecha').datepicker({dateFormat:'yy-mm-dd',maxDate:0,monthNames:['Enero','Febrero','Marzo','Abril','Mayo','Junio','Julio','Agosto','Septiembre','Octubre','Noviembre','Diciembre'],dayNamesMin:['Do','Lu','Ma','Mi','Ju','Vi','Sá'],prevText:'Anterior',nextText:'Siguiente'});
function msg(t,c){$('#pk-mensaje').html($('<div class="fact-msg"/>').addClass(c).html(t))}
function send(form,done){var b=form.find('button').prop('disabled',true),s=form.find('.fact-spinner').show();$('#pk-mensaje').empty();$.post(pkAjax.url,form.serialize(),null,'json').done(function(r){s.hide();b.prop('disabled',false);if(r.success)done(r.data);else msg(r.data.mensaje,'error')}).fail(function(){s.hide();b.prop('disabled',false);msg('Error de conexión.','error')})}
$('#pk-form-boleto').on('submit',function(e){e.preventDefault();var vacio=$(this).find('select,input:visible').filter(function(){return !$(this).val()}).length;if(vacio){msg('Por favor completa todos los campos.','error');return}var f=$(this);send(f,function(d){f.slideUp();$('#pk-resumen').text(d.resumen);$('#pk-form-datos').slideDown()})});
$('#pk-form-datos').on('submit',function(e){e.preventDefault();var f=$(this);if(!$('#pk_aviso').is(':checked')){msg('Debes aceptar el aviso de privacidad.','error');return}send(f,function(d){f.slideUp();msg(d.mensaje,'ok')})});});</script></body></html>`

const bad = (mensaje: string) => json({ success: false, data: { mensaje } })

export const portal: TestPortal = {
  id: "parkuno",
  traps: [
    "WordPress (Divi), one page, admin-ajax",
    "Select2 and a read-only jQuery UI date picker",
    "a newsletter box at the foot, a cookie bar",
    "e-mail only"
  ],
  profile: "company",
  start: () => {
    const till = openTill(
      { rfc: "PES050811TY6", name: "PARKUNO ESTACIONAMIENTOS", regime: "601", postalCode: "03810" },
      "78111807"
    )
    return shop<Session>({
      till,
      cookie: "wp_parkuno",
      fresh: () => ({}),
      routes: {
        "GET /": () => html(source),
        "POST /wp-admin/admin-ajax.php": async ({ field, session }) => {
          await Bun.sleep(500)
          if (field("_wpnonce") !== "8f1c2ab934") return bad("Recarga la página.")
          if (field("action") === "pk_buscar_boleto") {
            if (!/^\d{4}-\d{2}-\d{2}$/.test(field("fecha"))) return bad("La fecha no es válida.")
            const found = sales.find(
              (s) =>
                Number(s.ticket) === Number(field("boleto")) &&
                String(Number(s.lot) + 300) === field("estacionamiento") &&
                s.date === field("fecha") &&
                sameWorth(field("importe"), s.cents)
            )
            if (!found)
              return bad(
                "No existe ningún boleto pagado con esa información. Revisa los datos de tu comprobante de pago."
              )
            if (found.late)
              return bad(
                "Han transcurrido más de 72 horas desde tu salida, por lo que tu boleto se incluyó en la factura global."
              )
            if (found.down)
              return bad(
                "Estamos actualizando nuestro sistema de facturación y por el momento no es posible emitir comprobantes. Intenta de nuevo más tarde, por favor."
              )
            if (isStamped(till, found)) return bad("El boleto cuenta con una factura.")
            session.sale = found
            return json({
              success: true,
              data: { resumen: `Boleto ${found.ticket} · $${money(found.cents)} (IVA incluido)` }
            })
          }
          const { sale } = session
          if (!sale || isStamped(till, sale)) return bad("Recarga la página.")
          const typed: Typed = {
            rfc: field("rfc").toUpperCase(),
            name: field("razon").toUpperCase(),
            postalCode: field("cp"),
            regime: field("regimen"),
            use: field("uso"),
            email: field("correo")
          }
          const wrong = wrongOf(typed)
          if (wrong === "empty") return bad("Por favor completa todos los campos.")
          if (wrong === "email" || field("correo2") !== typed.email)
            return bad("El correo no es válido o no es el mismo en ambos campos.")
          await Bun.sleep(900)
          if (wrong || !fits(typed))
            return bad("El SAT rechazó tus datos: revisa RFC, razón social, código postal, régimen y uso.")
          const made = await stampOf(till, sale, typed)
          return json({
            success: true,
            data: {
              mensaje: `<strong>¡Factura generada!</strong> Se envió a ${escaped(typed.email)}. Folio fiscal: ${made.uuid}. Si no la recibes en unos minutos revisa tu bandeja de correo no deseado.`
            }
          })
        }
      }
    })
  },
  cases: [
    {
      name: "ok",
      ticket: {
        Estacionamiento: "087 PLAZA ENCANTO",
        Boleto: "0045821",
        Entrada: `${ago(1).slashes} 16:02`,
        Salida: `${ago(1).slashes} 19:47`,
        Tiempo: "03:45",
        Tarifa: "GENERAL",
        "Total pagado": "$96.00",
        Caseta: "SALIDA 2"
      },
      expected: { status: "COMPLETED", delivery: "email" }
    },
    {
      name: "72 hours are over",
      ticket: {
        Estacionamiento: "087 PLAZA ENCANTO",
        Boleto: "0045102",
        Entrada: `${ago(9).slashes} 10:11`,
        Salida: `${ago(9).slashes} 15:36`,
        "Total pagado": "$132.00",
        Caseta: "SALIDA 1"
      },
      expected: failed("TICKET_EXPIRED")
    },
    {
      name: "system being updated",
      ticket: {
        Estacionamiento: "063 POLANCO MASARYK",
        Boleto: "0118840",
        Entrada: `${ago(1).slashes} 20:15`,
        Salida: `${ago(1).slashes} 23:50`,
        "Total pagado": "$210.00",
        Caseta: "SALIDA 1"
      },
      expected: failed("PORTAL_DOWN")
    },
    {
      name: "another amount",
      ticket: {
        Estacionamiento: "087 PLAZA ENCANTO",
        Boleto: "0045821",
        Entrada: `${ago(1).slashes} 16:02`,
        Salida: `${ago(1).slashes} 19:47`,
        "Total pagado": "$90.00",
        Caseta: "SALIDA 2"
      },
      expected: failed("TICKET_NOT_FOUND")
    }
  ],
  script: async (page: Page, ticket, profile) => {
    await page.locator("#cookie-bar button").click()
    await page.locator(".select2-selection").click()
    await page.locator(".select2-search__field").fill(printed(ticket, "Estacionamiento").slice(0, 3))
    await page.locator(".select2-results__option").first().click()
    await page.locator("#pk_boleto").fill(printed(ticket, "Boleto"))
    await page.locator("#pk_fecha").click()
    const [day = "", month = ""] = printed(ticket, "Salida").split(/[/ ]/)
    if (Number(month) !== Number(ago(0).iso.slice(5, 7))) await page.locator(".ui-datepicker-prev").click()
    await page.locator(`.ui-datepicker-calendar a[data-date="${Number(day)}"]`).click()
    await page.locator("#pk_importe").fill(printed(ticket, "Total pagado").slice(1))
    await page.getByText("Buscar boleto").click()
    await page.locator("#pk_rfc").fill(profile.rfc)
    await page.locator("#pk_cp").fill(profile.postalCode)
    await page.locator("#pk_razon").fill(profile.fullName)
    await page.locator("#pk_regimen").selectOption(profile.fiscalRegime)
    await page.locator("#pk_uso").selectOption(profile.cfdiUse)
    await page.locator("#pk_correo").fill(profile.email)
    await page.locator("#pk_correo2").fill(profile.email)
    await page.locator("#pk_aviso").check()
    await page.getByText("Solicitar factura").click()
    await page.getByText("¡Factura generada!").waitFor()
  }
}
