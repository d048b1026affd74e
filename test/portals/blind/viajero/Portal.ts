import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import {
  ago,
  attachment,
  captchaCode,
  captchaImage,
  cfdiUses,
  commas,
  completed,
  escaped,
  failed,
  fiscalRegimes,
  html,
  json,
  oneLine,
  openTill,
  pdfBytes,
  plain,
  printed,
  seeOther,
  shop,
  type TestPortal,
  type TillSale,
  xmlText
} from "../kit/kit.ts"

interface Trip extends TillSale {
  readonly seat: string
  readonly day: ReturnType<typeof ago>
  readonly expired?: true
}

const bus = { description: "Servicio de transporte terrestre de pasajeros", paymentForm: "04" }
const open: Trip = { ...bus, ticket: "4008712033451", seat: "17", cents: 68400n, day: ago(3) }
const expired: Trip = { ...bus, ticket: "4008655910827", seat: "5", cents: 52000n, day: ago(70), expired: true }
const trips = [open, expired]

interface Session {
  lot?: string
  rfc: string
  trip?: Trip
}

const head = (
  title: string
) => `<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>${title}</title><script type="text/javascript" src="/vendor/jquery/dist/jquery.min.js"></script><script type="text/javascript" src="/vendor/jquery-ui-dist/jquery-ui.min.js"></script><link rel="stylesheet" type="text/css" href="/vendor/jquery-ui-dist/jquery-ui.min.css">
<style>body{margin:0;font:12px Arial,Helvetica;color:#333;background:#fff}#header{background:linear-gradient(#6a0f3b,#4b0829);color:#fff;padding:18px 60px;font-size:22px}#header span{font-size:12px;float:right}#main{width:900px;margin:20px auto}.titulo{color:#6a0f3b;font-size:18px;border-bottom:2px solid #6a0f3b;margin-bottom:14px}.campo{display:inline-block;width:200px;vertical-align:top;margin:6px 14px 6px 0}.campo b{display:block;font-size:11px}.campo input,.campo select{width:190px;padding:5px}.ancho{width:420px}.ancho input,.ancho select{width:410px}.boton{background:#6a0f3b;color:#fff;padding:9px 26px;text-decoration:none;font-weight:bold;cursor:pointer;display:inline-block;border:0}.nota{background:#f6eef2;padding:12px;margin:14px 0;line-height:1.5}.lote td,.lote th{border:1px solid #ccc;padding:5px 12px}</style></head>`
const shell = (title: string, body: string) =>
  html(
    `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html>${head(title)}<body><div id="header">Grupo Viajero <span>Facturación electrónica de boletos</span></div><div id="main">${body}</div></body></html>`
  )

const regimes = fiscalRegimes.map(({ code, name }, n) => ({
  value: String(n + 1),
  code,
  text: `${code} ${plain(name).toUpperCase()}`
}))
const uses = cfdiUses
  .filter(({ code }) => code !== "CN01")
  .map(({ code, name }, n) => ({ value: String(n + 1), code, text: `${plain(name).toUpperCase()} (${code})` }))

const start = async () => {
  const till = openTill(
    { rfc: "GVI850211AA5", name: "GRUPO VIAJERO DEL SURESTE", regime: "624", postalCode: "15390" },
    "78111802"
  )
  let attempt = 0
  let last = 7730
  const uuids = new Map<string, string>()
  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ rfc: "" }),
    routes: {
      "GET /": () => seeOther("/FETFS/"),
      "GET /FETFS/": ({ session }) => {
        delete session.lot
        delete session.trip
        return shell(
          "Factura electrónica",
          `<div class="titulo">Datos de tu boleto</div><form id="frmBoleto" name="frmBoleto" method="post" action="/FETFS/register.jsp" onsubmit="return false"><input type="hidden" name="idlote" id="idlote" value="-1">
<div class="campo"><b>NÚM. FOLIO</b><input type="text" id="sch_Id_Ticket" name="sch_Id_Ticket" maxlength="13"></div><div class="campo"><b>NÚM. ASIENTO</b><input type="text" id="sch_Ticket_Amount" name="sch_Ticket_Amount" maxlength="2"></div><div class="campo"><b>R.F.C.</b><input type="text" id="sch_RFC" name="sch_RFC" maxlength="13" style="text-transform:uppercase"></div><br>
<div class="campo"><img id="imgCaptcha" src="/FETFS/svt/captcha/mobility" width="200" height="60" border="0"></div><div class="campo"><b>TEXTO DE LA IMAGEN</b><input type="text" id="txtCaptcha" name="txtCaptcha" autocomplete="off" maxlength="6"> <a href="javascript:void(0)" id="lnkOtra">Cambiar imagen</a></div><br><a class="boton" id="btnContinuar">CONTINUAR</a></form>
<div class="nota">La vigencia para facturar tu boleto es el mes en que lo compraste y como máximo los primeros 7 días del siguiente. El folio consta de 13 dígitos y se captura sin espacios. Verifica que tus datos sean correctos: una vez emitida la factura no se puede cancelar.</div><div id="dlg" title="Aviso" style="display:none"></div>
<script type="text/javascript">function aviso(t){$('#dlg').text(t).dialog({modal:true,width:420,buttons:{'Aceptar':function(){$(this).dialog('close')}}})}
$('#lnkOtra').click(function(){$('#imgCaptcha').attr('src','/FETFS/svt/captcha/mobility?otra='+new Date().getTime())});
$('#btnContinuar').click(function(){if(!/^\\d{13}$/.test($('#sch_Id_Ticket').val()))return aviso('El número de folio debe contener 13 dígitos');if(!/^\\d{1,2}$/.test($('#sch_Ticket_Amount').val()))return aviso('Captura el número de asiento');
$.post('/FETFS/jsp/validate.jsp',{tipo:'validateFolio',folio:$('#sch_Id_Ticket').val(),asiento:$('#sch_Ticket_Amount').val(),rfc:$('#sch_RFC').val(),captcha:$('#txtCaptcha').val(),idl:$('#idlote').val()},function(r){if(r[0].IDL==-1){if(r[0].CAP){$('#txtCaptcha').val('');$('#imgCaptcha').attr('src','/FETFS/svt/captcha/mobility?v='+new Date().getTime())}aviso(r[0].MSG)}else{$('#idlote').val(r[0].IDL);document.frmBoleto.submit()}},'json')});</script>`
        )
      },
      "GET /FETFS/svt/captcha/mobility": ({ has }) => {
        if (has("otra")) attempt++
        return captchaImage(captchaCode("FETFS", attempt))
      },
      "POST /FETFS/jsp/validate.jsp": async ({ field, session }) => {
        await Bun.sleep(500)
        const no = (MSG: string, CAP = false) => json([{ IDL: -1, MSG, CAP }])
        const rfc = field("rfc").toUpperCase()
        if (field("captcha").toUpperCase() !== captchaCode("FETFS", attempt)) {
          attempt++
          return no("El texto capturado es distinto al de la imagen", true)
        }
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return no("El R.F.C. no tiene un formato correcto")
        const trip = trips.find(
          ({ seat, ticket }) => ticket === field("folio") && Number(seat) === Number(field("asiento"))
        )
        if (trip === undefined) return no("Folio o asiento inexistente. Confirma los datos impresos en tu boleto")
        if (trip.expired)
          return no(
            `La vigencia para facturar el boleto ${trip.ticket} concluyó el día 7 del mes posterior a su compra`
          )
        if (till.stamps().some(({ ticket }) => ticket === trip.ticket))
          return no("El boleto cuenta con una factura emitida")
        session.lot = String(++last)
        session.rfc = rfc
        session.trip = trip
        return json([{ IDL: session.lot, MSG: "OK" }])
      },
      "POST /FETFS/register.jsp": ({ field, session }) => {
        const { lot, trip } = session
        if (lot === undefined || trip === undefined || field("idlote") !== lot) return seeOther("/FETFS/")
        return shell(
          "Datos de facturación",
          `<div class="titulo">Boletos por facturar</div><table class="lote" cellspacing="0"><tr><th>Folio</th><th>Asiento</th><th>Fecha</th><th>Importe</th></tr><tr><td>${trip.ticket}</td><td>${trip.seat}</td><td>${trip.day.slashes}</td><td>$ ${commas(trip.cents)}</td></tr></table><br><div class="titulo">Datos de facturación</div>
<form id="frmRegistro" name="frmRegistro" method="post" action="/FETFS/facturar.jsp"><input type="hidden" name="idlo" value="${lot}"><input type="hidden" id="IDDatosCliente" name="id_datos_cliente" value="0">
<div class="campo"><b>R.F.C.</b><input type="text" id="RRfc" name="RRfc" value="${escaped(session.rfc)}" readonly></div><div class="campo ancho"><b>NOMBRE O RAZÓN SOCIAL *</b><input type="text" id="RName" name="RName"></div>
<div class="campo ancho"><b>CALLE</b><input type="text" id="RCalle" name="RCalle"></div><div class="campo"><b>NÚM. EXT.</b><input type="text" id="RNumExt" name="RNumExt"></div><div class="campo"><b>COLONIA</b><input type="text" id="RColonia" name="RColonia"></div><div class="campo"><b>MUNICIPIO</b><input type="text" id="RMunicipio" name="RMunicipio"></div><div class="campo"><b>CÓDIGO POSTAL *</b><input type="text" id="RCodigoPostal" name="RCodigoPostal" maxlength="5"></div>
<div class="campo ancho"><b>RÉGIMEN FISCAL *</b><select id="RRegimen" name="RRegimen"><option value="0">- SELECCIONA -</option>${regimes.map(({ text, value }) => `<option value="${value}">${escaped(text)}</option>`).join("")}</select></div><div class="campo ancho"><b>USO DEL CFDI *</b><select id="RUso" name="RUso"><option value="0">- SELECCIONA -</option>${uses.map(({ text, value }) => `<option value="${value}">${escaped(text)}</option>`).join("")}</select></div>
<div class="campo"><b>CORREO ELECTRÓNICO *</b><input type="text" id="REmail" name="REmail"></div><div class="campo"><b>CONFIRMAR CORREO *</b><input type="text" id="REmail2" name="REmail2" onpaste="return false"></div><br><br><input type="button" class="boton" id="btnFacturar" value="FACTURAR"></form>
<script type="text/javascript">$('#btnFacturar').click(function(){var f=document.frmRegistro;if(!f.RName.value||!f.RCodigoPostal.value||f.RRegimen.value=='0'||f.RUso.value=='0'||!f.REmail.value){alert('Captura los campos marcados con *');return}if(f.REmail.value!=f.REmail2.value){alert('El correo y su confirmación son distintos');return}if(confirm('Una vez emitida la factura no se puede cancelar. ¿Tus datos son correctos?'))f.submit()});</script>`
        )
      },
      "POST /FETFS/facturar.jsp": async ({ field, session }) => {
        const { lot, trip } = session
        if (lot === undefined || trip === undefined || field("idlo") !== lot) return seeOther("/FETFS/")
        const typed = {
          rfc: session.rfc,
          name: oneLine(field("RName")),
          postalCode: field("RCodigoPostal"),
          regime: regimes.find(({ value }) => value === field("RRegimen"))?.code ?? "",
          use: uses.find(({ value }) => value === field("RUso"))?.code ?? "",
          email: field("REmail")
        }
        const fault =
          field("REmail") === field("REmail2") ? refusal(typed) : "El correo y su confirmación son distintos"
        if (fault !== undefined)
          return shell(
            "Factura electrónica",
            `<div class="titulo">No fue posible emitir la factura</div><div class="nota">${escaped(fault)}</div><a class="boton" href="javascript:history.back()">REGRESAR</a>`
          )
        delete session.trip
        delete session.lot
        const made = await till.stamp(trip, { receiver: receiverOf(typed), use: typed.use })
        uuids.set(lot, made.uuid)
        await Bun.sleep(1500)
        const open = (id: string, kind: string, text: string) =>
          `<input type="button" class="boton" id="${id}" value="${text}" onclick="openFile('/FETFS/svt/file?l=${lot}&amp;t=${kind}')"> `
        return shell(
          "Factura electrónica",
          `<div class="titulo">Gracias por viajar con nosotros</div><p>Se emitió la factura VS-${lot} por $ ${commas(trip.cents)} a nombre de ${escaped(typed.name)}.</p>${open("buttondwPDF", "pdf", "DESCARGAR PDF")}${open("buttondwXML", "xml", "DESCARGAR XML")}<script type="text/javascript">function openFile(u){window.open(u)}</script>`
        )
      },
      "GET /FETFS/svt/file": async ({ field }) => {
        const made = till.find(uuids.get(field("l")) ?? "")
        if (made === undefined) return seeOther("/FETFS/")
        return field("t") === "xml"
          ? attachment(await xmlText(made), "application/xml", `${made.fileName}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
      }
    }
  }).then((running) => ({ ...running, url: new URL("/FETFS/", running.url) }))
}

const ticketOf = (trip: Trip, seat = trip.seat) => ({
  "FOLIO DE BOLETO": trip.ticket.replace(/^(\d{3})(\d{3})(\d{3})(\d{4})$/, "$1 $2 $3 $4"),
  "ORIGEN/FROM": "VILLAHERMOSA",
  "DESTINO/TO": "CAMPECHE",
  "FECHA/DATE": trip.day.words,
  "HORA/HOUR": "22:30",
  "ASIENTO/SEAT": seat,
  SERVICIO: "PRIMERA",
  "PRECIO/PRICE": `$ ${commas(trip.cents)}`
})

const asked = (then: ReturnType<typeof failed> | typeof completed) =>
  ({ status: "ASKED", kind: "captcha", answers: { captcha: captchaCode("FETFS", 0) }, then }) as const

export const portal: TestPortal = {
  id: "viajero",
  traps: [
    "an image captcha among the ticket's fields",
    "a seat called Ticket_Amount",
    "option values are indexes",
    "two e-mails",
    "a confirm before the stamp",
    "files in a new window"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: asked(completed) },
    { name: "other seat", ticket: ticketOf(open, "71"), expected: asked(failed("TICKET_NOT_FOUND")) },
    { name: "expired", ticket: ticketOf(expired), expected: asked(failed("TICKET_EXPIRED")) }
  ],
  script: async (page, ticket, profile) => {
    page.removeAllListeners("dialog")
    page.on("dialog", (dialog) => void dialog.accept())
    await page.locator("#sch_Id_Ticket").fill(printed(ticket, "FOLIO DE BOLETO").replaceAll(" ", ""))
    await page.locator("#sch_Ticket_Amount").fill(printed(ticket, "ASIENTO/SEAT"))
    await page.locator("#sch_RFC").fill(profile.rfc)
    await page.locator("#txtCaptcha").fill(captchaCode("FETFS", 0))
    await page.locator("#btnContinuar").click()
    await page.locator("#RName").fill(profile.fullName)
    await page.locator("#RCodigoPostal").fill(profile.postalCode)
    await page
      .locator("#RRegimen")
      .selectOption({ value: regimes.find(({ code }) => code === profile.fiscalRegime)?.value ?? "" })
    await page.locator("#RUso").selectOption({ value: uses.find(({ code }) => code === profile.cfdiUse)?.value ?? "" })
    await page.locator("#REmail").fill(profile.email)
    await page.locator("#REmail2").fill(profile.email)
    await page.locator("#btnFacturar").click()
    await Promise.all([
      page.context().waitForEvent("response", (response) => response.url().includes("/svt/file")),
      page.locator("#buttondwXML").click()
    ])
  }
}
