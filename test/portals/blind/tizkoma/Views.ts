import { escaped } from "../kit/kit.ts"

export interface Item {
  readonly value: string
  readonly text: string
}

/** p:selectOneMenu as PrimeFaces 6 renders it. */
export const selectOneMenu = (id: string, items: ReadonlyArray<Item>, chosen: string, render = "", off = false) => {
  const all = [{ value: "", text: "Seleccione una opción" }, ...items]
  const label = all.find(({ value }) => value === chosen)?.text ?? "Seleccione una opción"
  const lis = all
    .map(
      ({ text }) =>
        `<li class="ui-selectonemenu-item ui-selectonemenu-list-item ui-corner-all" data-label="${escaped(text)}" tabindex="-1" role="option">${escaped(text)}</li>`
    )
    .join("")
  const opts = all
    .map(
      ({ text, value }) =>
        `<option value="${escaped(value)}"${value === chosen ? ' selected="selected"' : ""}>${escaped(text)}</option>`
    )
    .join("")
  return `<div id="form:${id}" class="ui-selectonemenu ui-widget ui-state-default ui-corner-all${off ? " ui-state-disabled" : ""}" role="combobox" aria-haspopup="listbox" aria-expanded="false"${render === "" ? "" : ` data-ab="${render}"`}>
<div class="ui-helper-hidden-accessible"><input id="form:${id}_focus" name="form:${id}_focus" type="text" autocomplete="off"${off ? ' disabled="disabled"' : ""} /></div>
<div class="ui-helper-hidden-accessible"><select id="form:${id}_input" name="form:${id}_input" tabindex="-1" aria-hidden="true">${opts}</select></div>
<label id="form:${id}_label" class="ui-selectonemenu-label ui-inputfield ui-corner-all">${escaped(label)}</label>
<div class="ui-selectonemenu-trigger ui-state-default ui-corner-right"><span class="ui-icon ui-icon-triangle-1-s ui-c"></span></div>
<div id="form:${id}_panel" class="ui-selectonemenu-panel ui-widget ui-widget-content ui-corner-all ui-helper-hidden ui-shadow"><div class="ui-selectonemenu-items-wrapper"><ul class="ui-selectonemenu-items ui-selectonemenu-list ui-widget-content ui-widget ui-corner-all ui-helper-reset" id="form:${id}_items" role="listbox">${lis}</ul></div></div></div>`
}

export const input = (id: string, value: string, more = "") =>
  `<input id="form:${id}" name="form:${id}" type="text" value="${escaped(value)}" class="ui-inputfield ui-inputtext ui-widget ui-state-default ui-corner-all" role="textbox" aria-disabled="false" ${more}/>`

export const button = (id: string, text: string, onclick: string, off = false) =>
  `<button id="form:${id}" name="form:${id}" class="ui-button ui-widget ui-state-default ui-corner-all ui-button-text-only${off ? " ui-state-disabled" : ""}" onclick="${onclick}" type="submit" role="button" aria-disabled="${off}"${off ? ' disabled="disabled"' : ""}><span class="ui-button-text ui-c">${text}</span></button>`

export const ab = (id: string, render: string) =>
  `PrimeFaces.ab({s:&quot;form:${id}&quot;,u:&quot;${render}&quot;});return false;`

export const onEvent = (id: string, event: string, render: string) =>
  `on${event}="PrimeFaces.ab({s:&quot;form:${id}&quot;,e:&quot;${event}&quot;,p:&quot;form:${id}&quot;,u:&quot;${render}&quot;});" `

const row = (label: string, field: string, hint = "") =>
  `<tr class="ui-widget-content" role="row"><td role="gridcell" style="width:190px"><label class="ui-outputlabel ui-widget">${label}</label></td><td role="gridcell">${field} <span class="ayuda">${hint}</span></td></tr>`

const grid = (id: string, rows: ReadonlyArray<string>) =>
  `<table id="form:${id}" class="ui-panelgrid ui-widget" role="grid"><tbody>${rows.join("")}</tbody></table>`

export interface TicketValues {
  readonly date: string
  readonly folio: string
  readonly saleId: string
  readonly total: string
}

export const continueButton = (valid: boolean) =>
  button("continuar", "Continuar", ab("continuar", "form:contenido"), !valid)

export const ticketView = (values: TicketValues) =>
  `<h3>Paso 1 de 2: Datos del ticket</h3>${grid("panelTicket", [
    row(
      '<span class="ui-outputlabel-rfi">*</span> Fecha de venta:',
      `<span id="form:fecha" class="ui-calendar"><input id="form:fecha_input" name="form:fecha_input" type="text" readonly="readonly" value="${escaped(values.date)}" class="ui-inputfield ui-widget ui-state-default ui-corner-all" /></span>`,
      "Día de tu compra"
    ),
    row('<span class="ui-outputlabel-rfi">*</span> Folio de venta:', input("folio", values.folio, 'maxlength="10"')),
    row(
      '<span class="ui-outputlabel-rfi">*</span> ID de venta:',
      input("venta", values.saleId, 'maxlength="14"'),
      "Ej. 10ZZZ99AAA9"
    ),
    row(
      '<span class="ui-outputlabel-rfi">*</span> Total:',
      input("total", values.total, 'maxlength="9"'),
      "Incluye centavos"
    )
  ])}<p><a id="form:validarTicket" href="#" class="ui-commandlink ui-widget" onclick="${ab("validarTicket", "form:continuar growl")}"><span class="boton">Validar Ticket</span></a>
&nbsp;&nbsp;&nbsp; ${continueButton(false)}</p>`

export interface FiscalValues {
  readonly rfc: string
  readonly name: string
  readonly postalCode: string
}

export const fiscalView = (folio: string, values: FiscalValues, states: string, regimes: string, uses: string) =>
  `<h3>Paso 2 de 2: Datos de facturación</h3><p>Ticket con folio <b>${escaped(folio)}</b></p>${grid("panelFiscal", [
    row(
      "* RFC:",
      input(
        "rfc",
        values.rfc,
        `maxlength="13" style="text-transform:uppercase" ${onEvent("rfc", "blur", "form:selectOneMenuRegFis form:selectOneMenuCFDI")}`
      )
    ),
    row(
      "* Nombre o Razón Social:",
      input("razon", values.name, 'maxlength="254" style="width:430px;text-transform:uppercase"')
    ),
    row("Calle:", input("calle", "")),
    row("No. exterior:", input("ext", "", 'maxlength="10"')),
    row("No. interior:", input("int", "", 'maxlength="10"')),
    row("Colonia:", input("colonia", "")),
    row("Delegación o Municipio:", input("dele", "")),
    row(
      "* Código Postal:",
      input("codigo", values.postalCode, `maxlength="5" ${onEvent("codigo", "change", "form:estado")}`)
    ),
    row("Estado:", states),
    row("* Régimen Fiscal:", regimes),
    row("* Uso CFDI:", uses),
    row("Correo electrónico:", input("correo", "", 'maxlength="80"'), "Si deseas recibir una copia")
  ])}<p>${button("regresar", "Regresar", ab("regresar", "form:contenido"))} ${button("generarFactura", "Generar Factura", ab("generarFactura", "form:contenido growl"))}</p>`

const fileLink = (id: string, text: string) =>
  `<a id="form:${id}" href="#" class="ui-commandlink ui-widget" onclick="PrimeFaces.addSubmitParam('form',{'form:${id}':'form:${id}'}).submit('form');return false;">${text}</a>`

export const doneView = (folio: string, total: string) =>
  `<h3>¡Listo!</h3><p>La factura de tu compra con folio <b>${escaped(folio)}</b> por <b>$${total}</b> quedó timbrada. Descarga aquí tus archivos:</p>
<p>${fileLink("descargarPdf", "Descargar PDF")} &nbsp; | &nbsp; ${fileLink("descargarXml", "Descargar XML")}</p>
<p>${button("otra", "Facturar otro ticket", ab("otra", "form:contenido"))}</p>`
