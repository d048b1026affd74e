import { download } from "../../lib/ScriptTools.ts"
import { receiverOf, refusal, type TypedReceiver } from "../../lib/Taxpayers.ts"
import {
  ago,
  commas,
  completed,
  escaped,
  failed,
  html,
  money,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  type TestPortal,
  type TillSale,
  usesFor,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly station: string
  readonly day: ReturnType<typeof ago>
  readonly invoiced?: string
  readonly closed?: true
}

const stations: Readonly<Record<string, string>> = {
  "2380": "Surtidora San Ángel",
  "9144": "Surtidora del Mezquital",
  "13236": "Surtidora La Cuesta"
}

const fuel = { station: "9144", description: "Combustible Regular", paymentForm: "04" }
const open: Sale = { ...fuel, ticket: "884213", cents: 105050n, day: ago(2) }
const done: Sale = { ...fuel, ticket: "879930", cents: 60000n, day: ago(10), invoiced: "GT-10455" }
const closed: Sale = { ...fuel, ticket: "851176", cents: 80000n, day: ago(38), closed: true }
const sales = [open, done, closed]

interface Session {
  station: string
  receiver: Omit<TypedReceiver, "use"> | undefined
  sales: Array<Sale>
}

const P = "MainContent_tabFacturacion_"
const box = (id: string, label: string, more = "", maxlength = "") =>
  `<tr><td class="dxflCaption">${label}</td><td><table class="dxeTextBoxSys dxeTextBox_Moderno" id="${id}" cellspacing="0"><tr><td class="dxic"><input class="dxeEditArea_Moderno dxeEditAreaSys" id="${id}_I" name="ctl00$${id.replaceAll("_", "$")}" type="text" autocomplete="off" ${maxlength && `maxlength="${maxlength}"`}></td>${more}</tr></table></td></tr>`
const spinButtons = (id: string) =>
  `<td id="${id}_B-2" class="dxeButton"><span class="sp">▲</span></td><td id="${id}_B-3" class="dxeButton"><span class="sp">▼</span></td>`
const combo = (id: string, label: string) =>
  `<tr><td class="dxflCaption">${label}</td><td><table class="dxeButtonEditSys dxeButtonEdit_Moderno" id="${id}" cellspacing="0"><tr><td style="display:none"><input id="${id}_VI" name="${id}_VI" type="hidden"></td><td class="dxic"><input class="dxeEditArea_Moderno dxeEditAreaSys" id="${id}_I" name="ctl00$${id.replaceAll("_", "$")}" type="text" autocomplete="off"></td><td id="${id}_B-1" class="dxeButton dxeButtonEditButton_Moderno"><img class="dxEditors_edtDropDown_Moderno" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" alt="v"></td></tr></table></td></tr>`
const popup = (id: string) =>
  `<div id="${id}_DDD_PW-1" class="dxpcDropDown_Moderno" style="display:none"><div id="${id}_DDD_L" class="dxeListBox_Moderno"><table id="${id}_DDD_L_LBT" cellspacing="0"></table></div></div>`
const button = (id: string, text: string) =>
  `<div class="dxbButton_Moderno dxbButtonSys dxbTSys" id="${id}"><div class="dxb" id="${id}_CD"><input id="${id}_I" class="dxb-hb" value="${text}" type="button" readonly tabindex="-1"><span class="dx-vam">${text}</span></div></div>`

const pageHtml =
  () => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"><title>Surtidora.mx - Facturación</title>
<style>body{margin:0;font:13px Tahoma,Geneva,sans-serif;background:#f7f7f7}.enc{background:#00695c;color:#fff;padding:14px 40px}.enc a{color:#bfe5df;margin-left:20px}.cont{max-width:820px;margin:20px auto}
.dxtc-strip{list-style:none;display:flex;margin:0;padding:0}.dxtc-tab{padding:9px 22px;background:#ddd;margin-right:3px;color:#888}.dxtc-activeTab_Moderno{background:#fff;color:#00695c;font-weight:bold}.dxtc-content{background:#fff;border:1px solid #ccc;padding:22px}
.dxflCaption{width:190px;padding:6px}.dxeTextBox_Moderno,.dxeButtonEdit_Moderno{border:1px solid #9f9f9f;background:#fff;width:330px}.dxic{width:100%}.dxeEditAreaSys{border:0;outline:0;width:98%;padding:5px}.dxeButton{border-left:1px solid #bbb;padding:0 7px;cursor:pointer;background:#eee}.sp{font-size:8px}.dxeButton img{width:9px;height:9px;background:#555;clip-path:polygon(0 20%,100% 20%,50% 90%)}
.dxbButton_Moderno{display:inline-block;background:#00897b;color:#fff;padding:7px 20px;cursor:pointer;margin:6px 6px 6px 0;user-select:none}.dxb-hb{position:absolute;opacity:0;width:1px;height:1px;border:0;padding:0;z-index:-1}
.dxpcDropDown_Moderno{position:absolute;z-index:12000;background:#fff;border:1px solid #9f9f9f;max-height:180px;overflow:auto}.dxpcDropDown_Moderno table{width:100%}.dxeListBoxItem_Moderno{padding:5px 8px;cursor:default}.dxeListBoxItem_Moderno:hover{background:#e0f2f1}.dxeListBoxItemSelected_Moderno{background:#b2dfdb}
#LoadingPanel{display:none;position:fixed;left:50%;top:45%;background:#fff;border:1px solid #999;padding:14px 30px;z-index:20001}#LoadingPanel_LD{display:none;position:fixed;inset:0;background:#fff8;z-index:20000}
.dxpcModalBackground{display:none;position:fixed;inset:0;background:#0006;z-index:11000}.dxpcMain{display:none;position:fixed;left:50%;top:25%;margin-left:-220px;width:440px;background:#fff;z-index:11001;border:1px solid #00695c}.dxpc-header{background:#00695c;color:#fff;padding:9px}.dxpc-content{padding:20px}
.dxgvTable_Moderno{width:100%;border-collapse:collapse}.dxgvTable_Moderno td,.dxgvTable_Moderno th{border:1px solid #ccc;padding:6px}</style></head>
<body><form method="post" action="./facturacion.aspx" id="form1" onsubmit="return false"><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKLTk4NzY1NDMyMQ9kFgJmD2QWAgIDD2QWAgIB"><input type="hidden" name="__EVENTVALIDATION" value="/wEdAAbq0a">
<div class="enc"><b>Surtidora.mx</b><a href="/facturacion/facturacion.aspx">Facturación</a><a href="/facturacion/historial.aspx">Historial de facturas</a><a href="/facturacion/reimpresion.aspx">Reimprimir factura</a></div>
<div class="cont"><div id="MainContent_tabFacturacion" class="dxtcLite_Moderno"><ul class="dxtc-strip">${["1. Indica estación", "2. Ingresa RFC", "3. Ingresa consumo"].map((text, n) => `<li id="MainContent_tabFacturacion_T${n}" class="dxtc-tab"><a class="dxtc-link"><span class="dx-vam">${text}</span></a></li>`).join("")}</ul>
<div class="dxtc-content"><div id="MainContent_tabFacturacion_C0"><p>Escribe el número de estación impreso en tu ticket.</p><table>${box(`${P}speNumeroEstacion`, "Número de estación", spinButtons(`${P}speNumeroEstacion`))}</table>${button(`${P}btnBuscarEstacion`, "Buscar estación")}
<div id="${P}pnlEstacion" style="display:none"><p><b>Estación seleccionada</b></p><p id="${P}lblEstacion"></p>${button(`${P}btnSeleccionaEstacion`, "Siguiente")}</div></div>
<div id="MainContent_tabFacturacion_C1" style="display:none"><table>${box(`${P}txtRFC`, "RFC", "", "13")}</table>${button(`${P}btnBuscarRFC`, "Buscar")}<p id="${P}lblRFC"></p>
<div id="${P}pnlDatosContribuyente" style="display:none"><table>${box(`${P}pnlDatosContribuyente_txtRazonSocial`, "Nombre o razón social *")}${combo(`${P}pnlDatosContribuyente_cmbRegimenFiscal`, "Régimen fiscal *")}${box(`${P}pnlDatosContribuyente_txtCorreo`, "Correo electrónico *")}</table>
<fieldset id="${P}pnlDatosContribuyente_pnlDatosDomicilio"><legend>Domicilio</legend><table>${box(`${P}pnlDatosContribuyente_pnlDatosDomicilio_txtCalle`, "Calle")}${box(`${P}pnlDatosContribuyente_pnlDatosDomicilio_txtColonia`, "Colonia")}${box(`${P}pnlDatosContribuyente_pnlDatosDomicilio_txtCodigoPostal`, "Código postal *", "", "5")}</table></fieldset>${button(`${P}btnIngresaRFC`, "Siguiente")}</div></div>
<div id="MainContent_tabFacturacion_C2" style="display:none"><table>${box(`${P}txtNumeroTicket`, "Número de secuencia")}${box(`${P}speImporte`, "Importe", spinButtons(`${P}speImporte`))}</table>${button(`${P}btnAgregarTicket`, "Agregar consumo")}
<table id="${P}grdConsumos_DXMainTable" class="dxgvTable_Moderno"><thead><tr><th>Secuencia</th><th>Fecha</th><th>Producto</th><th>Importe</th></tr></thead><tbody><tr class="dxgvEmptyDataRow"><td colspan="4">Sin consumos disponibles</td></tr></tbody></table><p align="right"><b id="${P}lblTotal">$0.00</b></p><table>${combo(`${P}cmbUsoCFDI`, "Uso de CFDI")}</table>${button(`${P}btnFacturar`, "Facturar")}</div></div></div>
<p>Conserva y factura tu ticket antes del día último del mes. Una vez emitida la factura no se realizan cambios.</p></div>
${popup(`${P}pnlDatosContribuyente_cmbRegimenFiscal`)}${popup(`${P}cmbUsoCFDI`)}
<div id="${P}pcExito_DXPWMB-1" class="dxpcModalBackground"></div><div id="${P}pcExito_PW-1" class="dxpcMain"><div class="dxpc-header">Facturación</div><div class="dxpc-content"><p id="${P}lblExito"></p><p>Tu factura también será enviada por correo.</p>${button(`${P}pcExito_btnXML`, "DESCARGAR XML")}${button(`${P}pcExito_btnPDF`, "DESCARGAR PDF")}</div></div>
<div id="LoadingPanel_LD"></div><div id="LoadingPanel">Cargando&hellip;</div></form><script src="/facturacion/scripts.js"></script></body></html>`

const dx = (value: unknown) =>
  new Response(`0|/*DX*/${JSON.stringify(value)}`, { headers: { "content-type": "text/plain; charset=utf-8" } })

const start = async () => {
  const till = openTill(
    { rfc: "SME980217NN4", name: "SURTIDORA DEL MEZQUITAL", regime: "601", postalCode: "42300" },
    "15101514"
  )
  return shop<Session>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({ station: "", receiver: undefined, sales: [] }),
    routes: {
      "GET /": () => seeOther("/facturacion/facturacion.aspx"),
      "GET /facturacion/facturacion.aspx": ({ session }) => {
        session.station = ""
        session.receiver = undefined
        session.sales = []
        return html(pageHtml())
      },
      "GET /facturacion/scripts.js": () => new Response(Bun.file(`${import.meta.dir}/scripts.js`)),
      "GET /facturacion/historial.aspx": () =>
        html("<h2>Historial de facturas</h2><p>Inicie sesión con su usuario registrado.</p>"),
      "GET /facturacion/reimpresion.aspx": () =>
        html("<h2>Reimprimir factura</h2><p>Inicie sesión con su usuario registrado.</p>"),
      "POST /facturacion/facturacion.aspx": async ({ field, session }) => {
        await Bun.sleep(400)
        const act = field("__CALLBACKPARAM")
        if (act === "ESTACION") {
          const name = stations[field("estacion")]
          if (name === undefined) return dx({ error: "La estación no pertenece a este portal." })
          session.station = field("estacion")
          return dx({ texto: `Estación: ${session.station} - ${name}` })
        }
        if (session.station === "") return dx({ error: "Seleccione una estación." })
        if (act === "RFC") {
          const rfc = field("rfc").toUpperCase()
          if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return dx({ error: "El RFC es incorrecto." })
          return dx({
            aviso: "RFC sin registro previo, completa tus datos fiscales.",
            regimenes: regimesFor(rfc).map(({ code, name }) => ({
              valor: String(Number(code) - 600),
              texto: `${code} | ${name}`
            }))
          })
        }
        if (act === "CONTRIBUYENTE") {
          const receiver = {
            rfc: field("rfc").toUpperCase(),
            name: oneLine(field("razon")),
            postalCode: field("cp"),
            regime: field("regimen") && String(Number(field("regimen")) + 600),
            email: field("correo")
          }
          const fault = refusal({ ...receiver, use: "G03" })
          if (fault !== undefined) return dx({ error: fault })
          session.receiver = receiver
          return dx({
            usos: usesFor(receiver.rfc).map(({ code, name }) => ({ valor: code, texto: `${code} | ${name}` }))
          })
        }
        if (act === "CONSUMO") {
          const sale = sales.find(
            ({ cents, station, ticket }) =>
              station === session.station &&
              ticket === field("ticket") &&
              Number(field("importe").replace(/[$,]/g, "")).toFixed(2) === money(cents)
          )
          if (sale === undefined) return dx({ error: "No hay un consumo con esa secuencia e importe en la estación." })
          if (sale.closed)
            return dx({
              error: `El consumo es del ${sale.day.slashes}. Únicamente se facturan consumos del mes corriente.`
            })
          session.sales = [sale]
          return dx({
            filas: `<tr class="dxgvDataRow"><td>${sale.ticket}</td><td>${sale.day.slashes}</td><td>${escaped(sale.description)}</td><td>$${commas(sale.cents)}</td></tr>`,
            total: `$${commas(sale.cents)}`
          })
        }
        const [sale] = session.sales
        const { receiver } = session
        if (sale === undefined || receiver === undefined) return dx({ error: "Agregue un consumo." })
        if (field("uso") === "") return dx({ error: "Seleccione el uso de CFDI." })
        const folio =
          sale.invoiced ?? (till.stamps().some(({ ticket }) => ticket === sale.ticket) ? "GT-10900" : undefined)
        if (folio !== undefined) return dx({ error: `El recibo ${sale.ticket} forma parte de la factura ${folio}.` })
        const typed = { ...receiver, use: field("uso") }
        const fault = refusal(typed)
        if (fault !== undefined) return dx({ error: fault })
        const made = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        await Bun.sleep(1000)
        return dx({
          folio: "GT-10900",
          xml: Buffer.from(await xmlText(made)).toString("base64"),
          pdf: Buffer.from(await pdfBytes(made)).toString("base64")
        })
      }
    }
  }).then((running) => ({ ...running, url: new URL("/facturacion/facturacion.aspx", running.url) }))
}

const ticketOf = (sale: Sale, secuencia = sale.ticket) => ({
  ESTACION: sale.station,
  SECUENCIA: secuencia,
  BOMBA: "04",
  FECHA: `${sale.day.slashes} 18:02`,
  PRODUCTO: "REGULAR",
  "TOTAL M.N.": money(sale.cents),
  "FORMA DE PAGO": "TARJETA CREDITO"
})

export const portal: TestPortal = {
  id: "surtidor",
  traps: [
    "DevExpress' buttons, spin edits and combo boxes",
    "errors by alert",
    "already invoiced is said only after Facturar",
    "two Siguiente",
    "blobs"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "unknown sequence", ticket: ticketOf(open, "884231"), expected: failed("TICKET_NOT_FOUND") },
    { name: "already invoiced, no recovery", ticket: ticketOf(done), expected: failed("ALREADY_INVOICED") },
    { name: "month closed", ticket: ticketOf(closed), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const at = (id: string) => page.locator(`#${P}${id}`)
    const choose = async (id: string, text: string) => {
      await page.locator(`#${P}${id}_B-1`).click()
      await page.locator(`#${P}${id}_DDD_L_LBT td`, { hasText: text }).click()
    }
    await at("speNumeroEstacion_I").fill(printed(ticket, "ESTACION"))
    await at("btnBuscarEstacion").click()
    await at("btnSeleccionaEstacion").click()
    await at("txtRFC_I").fill(profile.rfc)
    await at("btnBuscarRFC").click()
    await at("pnlDatosContribuyente_txtRazonSocial_I").fill(profile.fullName)
    await choose("pnlDatosContribuyente_cmbRegimenFiscal", profile.fiscalRegime)
    await at("pnlDatosContribuyente_txtCorreo_I").fill(profile.email)
    await at("pnlDatosContribuyente_pnlDatosDomicilio_txtCodigoPostal_I").fill(profile.postalCode)
    await at("btnIngresaRFC").click()
    await at("txtNumeroTicket_I").fill(printed(ticket, "SECUENCIA"))
    await at("speImporte_I").fill(printed(ticket, "TOTAL M.N."))
    await at("btnAgregarTicket").click()
    await page.locator(".dxgvDataRow").waitFor()
    await choose("cmbUsoCFDI", profile.cfdiUse)
    await at("btnFacturar").click()
    await download(page, () => at("pcExito_btnXML").click())
  }
}
