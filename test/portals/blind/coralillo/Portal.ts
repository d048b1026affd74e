import { download } from "../../lib/ScriptTools.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import {
  ago,
  commas,
  completed,
  escaped,
  failed,
  html,
  json,
  openTill,
  printed,
  seeOther,
  shop,
  type TestPortal,
  type Till,
  type TillSale,
  zipFile
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly station: string
  readonly code: string
  readonly litres: string
  readonly fuel: string
  readonly day: string
  readonly closed?: true
}

const stations = [
  { key: "E06120", name: "Coralillo Tecomán Centro", path: "e06120" },
  { key: "E07415", name: "Coralillo Armería", path: "e07415" },
  { key: "E08114", name: "Coralillo Autopista Colima", path: "e08114" },
  { key: "E08841", name: "Coralillo Libramiento Manzanillo", path: "e08841" },
  { key: "E11902", name: "Coralillo Cuyutlán", path: "e11902" }
]

const open: Sale = {
  ticket: "0204417390",
  code: "01318856274",
  station: "E08114",
  cents: 85032n,
  litres: "35.430",
  fuel: "MAGNA",
  description: "Gasolina Magna",
  paymentForm: "28",
  day: ago(2).slashes
}
const unknownCode = "01318856247"
const closed: Sale = {
  ticket: "0203990155",
  code: "01296610448",
  station: "E08114",
  cents: 120000n,
  litres: "48.780",
  fuel: "PREMIUM",
  description: "Gasolina Premium",
  paymentForm: "28",
  day: ago(47).slashes,
  closed: true
}
const sales = [open, closed]

interface Client {
  id: string
  rfc: string
  name: string
  street: string
  number: string
  inner: string
  district: string
  city: string
  state: string
  cp: string
  regime: string
}

interface Session {
  station: string
  client?: Client
  sale?: Sale
}

const usos = [
  ["01", "ADQUISICION DE MERCANCIAS", "G01"],
  ["03", "GASTOS EN GENERAL", "G03"],
  ["17", "EQUIPO DE TRANSPORTE", "I03"],
  ["24", "SIN EFECTOS FISCALES", "S01"]
]

const layout = (title: string, body: string) =>
  html(`<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>${title}</title>
<script type="text/javascript" src="/vendor/jquery/dist/jquery.min.js"></script>
<style>body{margin:0;background:#e9edf2;font:12px Verdana,Arial}#cont{width:760px;margin:18px auto;background:#fff;border:1px solid #9aa7b5;padding:16px}
h2{background:#7a1f1f;color:#fff;font-size:15px;padding:7px 10px;margin:0 0 14px}table.t{border-collapse:collapse;width:100%}table.t td,table.t th{border:1px solid #b7c1cc;padding:5px}
th{background:#dde4ec;text-align:left}.boton{background:#7a1f1f;color:#fff;border:1px solid #521414;padding:5px 14px;cursor:pointer;margin:4px}.aviso{color:#b00000;font-weight:bold;padding:8px 0}
.pie{color:#777;text-align:center;padding:10px}</style></head>
<body><div id="cont">${body}</div><div class="pie">Kernel Estaciones v3.8 &nbsp;|&nbsp; Corporativo Coralillo</div></body></html>`)

const start = () => {
  const till: Till = openTill(
    { rfc: "CCO011203KJ5", name: "COMBUSTIBLES CORALILLO", regime: "601", postalCode: "28000" },
    "15101514"
  )
  /** Registered years ago, from a domicile that has changed since. */
  const clients: Array<Client> = [
    {
      id: "18842",
      rfc: "CACX7605101P8",
      name: "XOCHILT CASAS CHAVEZ",
      street: "AV. DE LOS MAESTROS",
      number: "118",
      inner: "",
      district: "JARDINES DE LA CORREGIDORA",
      city: "COLIMA",
      state: "COLIMA",
      cp: "28030",
      regime: "612"
    }
  ]
  const uuids = new Map<string, string>()
  const folios = new Map<string, string>()
  const kept = () => till.stamps()
  const base = (session: Session) => `/${session.station.toLowerCase()}/bajatufactura`

  const menu = (session: Session) => {
    const station = stations.find(({ key }) => key === session.station)
    return layout(
      "Baja tu factura",
      `<h2>${escaped(session.station)} - ${escaped(station?.name ?? "")}</h2>
<div id="menu" align="center"><input type="button" class="boton" id="btn_gf" value="Generación de Factura" onclick="$('#div_rfc').show();$('#div_desc').hide();$('#rfc').focus()">
<input type="button" class="boton" id="btn_df" value="Descargar Factura" onclick="$('#div_desc').show();$('#div_rfc').hide()"></div>
<div id="div_rfc" style="display:none"><form name="frm_rfc" method="post" action="${base(session)}/clientes.php">
<table align="center"><tr><td>R.F.C.</td><td><input type="text" name="rfc" id="rfc" size="18" maxlength="13" onkeyup="this.value=this.value.toUpperCase()"></td>
<td><input type="submit" class="boton" name="btn_submit_codigo" value="Aceptar"></td></tr></table></form>
<p align="center">Si su R.F.C. no aparece en el catálogo envíe su ticket y su Constancia de Situación Fiscal a facturacion@coralillo.example</p></div>
<div id="div_desc" style="display:none" align="center"><form method="post" action="${base(session)}/descarga.php">
Por Factura: <input type="text" name="factura" size="12"> <input type="submit" class="boton" name="btn_submit_nf" value="Aceptar"></form></div>`
    )
  }

  const dataRows = (client: Client) =>
    `<tr><th width="150">Cliente</th><td>${escaped(client.name)}</td></tr><tr><th>R.F.C.</th><td>${escaped(client.rfc)}</td></tr>
<tr><th>Domicilio</th><td>${escaped(`${client.street} ${client.number} ${client.inner} COL. ${client.district}, ${client.city}, ${client.state} C.P. ${client.cp}`)}</td></tr>
<tr><th>Régimen</th><td>${client.regime} - Personas Físicas con Actividades Empresariales y Profesionales</td></tr>`

  const codePage = (session: Session, client: Client, error = "") =>
    layout(
      "Facturación",
      `<h2>Facturación</h2><table class="t">${dataRows(client)}</table>
<div align="right"><form method="post" action="${base(session)}/editar.php" style="display:inline"><input type="submit" class="boton" value="Editar Datos"></form></div>
<div class="aviso" id="aviso">${escaped(error)}</div>
<form name="frm_cod" method="post" action="${base(session)}/codigo.php">
<table class="t" id="tbl_cod"><tr><th colspan="2">Introduzca el número de código</th><th>Importe</th></tr>
<tr><td width="90">Código</td><td><input type="text" name="codigo[]" class="cod" size="20" maxlength="11" autocomplete="off"></td><td class="imp">$ 0.00</td></tr>
<tr><td colspan="2" align="right"><b>Total</b></td><td id="tot">$ 0.00</td></tr></table>
<div align="center"><input type="submit" class="boton" name="btn_submit_nf" value="Aceptar"> <input type="button" class="boton" value="Regresar" onclick="location='${base(session)}/'"></div></form>
<script type="text/javascript">
var bien=false;
$('.cod').blur(function(){var c=$(this),td=c.closest('tr').find('.imp');if(c.val()==''){td.text('$ 0.00');return}
$.post('${base(session)}/ajax_codigo.php',{codigo:c.val()},function(r){if(r.error){bien=false;td.text('$ 0.00');$('#aviso').text(r.error)}else{bien=true;$('#aviso').text('');td.text('$ '+r.importe);$('#tot').text('$ '+r.importe)}},'json')});
document.frm_cod.onsubmit=function(){if($('#tot').text()=='$ 0.00'){return false}return true};
</script>`
    )

  const consumption = (session: Session, client: Client, sale: Sale, error = "") =>
    layout(
      "Facturación",
      `<h2>Facturación</h2><div class="aviso">${escaped(error)}</div><table class="t">${dataRows(client)}</table><br>
<form method="post" action="${base(session)}/editar.php"><div align="right"><input type="submit" class="boton" value="Editar Datos"></div></form>
<form name="frm_fac" method="post" action="${base(session)}/facturar.php">
<table class="t"><tr><th>Transacción</th><th>Fecha</th><th>Producto</th><th>Litros</th><th>Importe</th></tr>
<tr><td>${sale.ticket}</td><td>${sale.day}</td><td>${sale.fuel}</td><td align="right">${sale.litres}</td><td align="right">$ ${commas(sale.cents)}</td></tr></table><br>
<table><tr><td>Forma de pago</td><td>28 - TARJETA DE DEBITO</td></tr>
<tr><td>Cuenta de pago (4 últimos dígitos)</td><td><input type="text" name="cuentapago" size="6" maxlength="4"></td></tr>
<tr><td>Uso del CFDI</td><td><select name="uso">${usos.map(([value, text]) => `<option value="${value}"${value === "01" ? " selected" : ""}>${text}</option>`).join("")}</select></td></tr></table>
<div align="center"><input type="submit" class="boton" id="btn_facturar" name="btn_facturar" value="Facturar" onclick="this.style.visibility='hidden'"></div></form>`
    )

  const within =
    (
      act: (visit: {
        field: (name: string) => string
        session: Session
        rest: string
        has: (name: string) => boolean
        method: string
      }) => Response | Promise<Response>
    ) =>
    (visit: {
      field: (name: string) => string
      session: Session
      url: URL
      has: (name: string) => boolean
      method: string
    }) => {
      const [, path = "", , rest = ""] = visit.url.pathname.split("/")
      const station = stations.find((one) => one.path === path)
      if (station === undefined || !visit.url.pathname.includes("/bajatufactura"))
        return html("<h1>Not Found</h1>", 404)
      if (visit.session.station !== station.key) {
        visit.session.station = station.key
        delete visit.session.client
        delete visit.session.sale
      }
      return act({ field: visit.field, session: visit.session, rest, has: visit.has, method: visit.method })
    }

  const saleOf = (session: Session, code: string) => {
    const sale = sales.find((one) => one.code === code && one.station === session.station)
    if (sale === undefined) return { error: "El número de código no corresponde a ningún despacho de esta estación." }
    if (sale.closed)
      return { error: `El despacho del ${sale.day} pertenece a un mes contable cerrado, ya no es posible facturarlo.` }
    if (kept().some(({ ticket }) => ticket === sale.ticket))
      return { error: "Este código fue utilizado en una factura anterior." }
    return { sale }
  }

  const station = within(async ({ field, rest, session }) => {
    if (rest === "") return menu(session)
    if (rest === "clientes.php") {
      const rfc = field("rfc").toUpperCase()
      if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc))
        return layout(
          "Clientes",
          `<h2>Clientes</h2><div class="aviso">Capture un R.F.C. correcto</div><input type="button" class="boton" value="Regresar" onclick="history.back()">`
        )
      const found = clients.filter((client) => client.rfc === rfc)
      return layout(
        "Clientes",
        found.length === 0
          ? `<h2>Clientes</h2><div class="aviso">El R.F.C. ${escaped(rfc)} no está dado de alta. Solicite su registro al correo facturacion@coralillo.example anexando su Constancia de Situación Fiscal.</div>`
          : `<h2>CLIENTES ENCONTRADOS</h2><table class="t"><tr><th>R.F.C.</th><th>Nombre</th><th></th></tr>${found
              .map(
                (client) =>
                  `<tr><td>${client.rfc}</td><td>${escaped(client.name)}</td><td><form method="post" action="${base(session)}/seleccion.php"><input type="hidden" name="idcli" value="${client.id}"><input type="submit" class="boton" value="Seleccionar"></form></td></tr>`
              )
              .join("")}</table>`
      )
    }
    if (rest === "seleccion.php") {
      const client = clients.find(({ id }) => id === field("idcli"))
      if (client === undefined) return seeOther(`${base(session)}/`)
      session.client = client
      return codePage(session, client)
    }
    const { client } = session
    if (client === undefined) return seeOther(`${base(session)}/`)
    if (rest === "editar.php") {
      const row = (name: string, text: string, value: string, size = 40) =>
        `<tr><td>${text}</td><td><input type="text" name="${name}" value="${escaped(value)}" size="${size}"></td></tr>`
      return layout(
        "Datos del cliente",
        `<h2>Actualización de datos</h2><form method="post" action="${base(session)}/actualizar.php"><table>
<tr><td>R.F.C.</td><td><b>${client.rfc}</b></td></tr>${row("nombre", "Nombre o Razón Social", client.name, 60)}${row("calle", "Calle", client.street)}${row("noexterior", "No. Exterior", client.number, 8)}${row("nointerior", "No. Interior", client.inner, 8)}${row("colonia", "Colonia", client.district)}${row("municipio", "Municipio", client.city)}${row("estado", "Estado", client.state)}${row("cp", "C.P.", client.cp, 6)}</table>
<div align="center"><input type="submit" class="boton" id="btn_cli_actualizar" value="Actualizar"></div></form>`
      )
    }
    if (rest === "actualizar.php") {
      if (!/^\d{5}$/.test(field("cp")) || field("nombre") === "") {
        return layout(
          "Datos del cliente",
          `<h2>Actualización de datos</h2><div class="aviso">El C.P. debe tener 5 dígitos y el nombre no puede quedar vacío</div><input type="button" class="boton" value="Regresar" onclick="history.back()">`
        )
      }
      client.name = field("nombre").toUpperCase()
      client.street = field("calle")
      client.number = field("noexterior")
      client.inner = field("nointerior")
      client.district = field("colonia")
      client.city = field("municipio")
      client.state = field("estado")
      client.cp = field("cp")
      return session.sale === undefined ? codePage(session, client) : consumption(session, client, session.sale)
    }
    if (rest === "ajax_codigo.php") {
      const { error, sale } = saleOf(session, field("codigo"))
      return sale === undefined ? json({ error }) : json({ importe: commas(sale.cents) })
    }
    if (rest === "codigo.php") return codePage(session, client, "Capture al menos un código")
    if (rest === "facturar.php") {
      const { sale } = session
      if (sale === undefined) return codePage(session, client)
      if (!/^\d{4}$/.test(field("cuentapago")))
        return consumption(session, client, sale, "Capture los 4 últimos dígitos de la cuenta de pago")
      const use = usos.find(([value]) => value === field("uso"))?.[2] ?? ""
      const typed = {
        rfc: client.rfc,
        name: client.name,
        postalCode: client.cp,
        regime: client.regime,
        use,
        email: "sin@correo.mx"
      }
      const refused = refusal(typed)
      if (refused !== undefined) return consumption(session, client, sale, `Error al timbrar: ${refused}`)
      const again = saleOf(session, sale.code)
      if (again.sale === undefined) return codePage(session, client, again.error)
      const made = await till.stamp(sale, { receiver: receiverOf(typed), use })
      const folio = `P${275800 + kept().length}`
      uuids.set(folio, made.uuid)
      folios.set(sale.ticket, folio)
      delete session.sale
      return layout(
        "Facturación",
        `<h2>Facturación</h2><table class="t"><tr><th width="120">Factura:</th><td>${folio}</td></tr><tr><th>Cliente:</th><td>${escaped(client.name)}</td></tr><tr><th>Total:</th><td>$ ${commas(sale.cents)}</td></tr></table><br>
<div align="center"><input type="button" class="boton" id="pdf_dwn" value="Descargar" onclick="location.href='${base(session)}/zip.php?f=${folio}'">
<input type="button" class="boton" value="Enviar Correo" onclick="$('#div_mail').toggle()"></div>
<div id="div_mail" style="display:none" align="center">Correo: <input type="text" id="email" size="35"> <input type="button" class="boton" id="ev_cr" value="Enviar" onclick="$.post('${base(session)}/correo.php',{f:'${folio}',email:$('#email').val()},function(r){alert(r.msg)},'json')"></div>`
      )
    }
    if (rest === "zip.php") {
      const made = till.find(uuids.get(field("f")) ?? "")
      return made === undefined ? seeOther(`${base(session)}/`) : zipFile(made)
    }
    if (rest === "correo.php") {
      return json({ msg: uuids.has(field("f")) && /@/.test(field("email")) ? "Correo enviado" : "Correo incorrecto" })
    }
    return html("<h1>Not Found</h1>", 404)
  })

  /** `codigo[]` comes more than once: the first that is not empty counts, as PHP's own loop would take them. */
  const codes = within(({ session, ...visit }) => {
    const { client } = session
    if (client === undefined) return seeOther(`${base(session)}/`)
    const code = visit.field("codigo[]")
    const { error, sale } = saleOf(session, code)
    if (sale === undefined) return codePage(session, client, error)
    session.sale = sale
    return consumption(session, client, sale)
  })

  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ station: "" }),
    routes: {
      "GET /": () => seeOther("/facturacion/"),
      "GET /facturacion/": () =>
        html(`<!DOCTYPE html><html lang="es-MX"><head><meta charset="utf-8"><title>Facturación – Corporativo Coralillo</title>
<style>body{font:16px/1.5 Georgia,serif;margin:0}header{background:#7a1f1f;color:#fff;padding:26px 8%}main{padding:20px 8%}.wp-block-button__link{background:#1d2327;color:#fff;border-radius:18px;padding:8px 20px;text-decoration:none;font-size:14px}figure table{width:100%;border-collapse:collapse}td{border-bottom:1px solid #ddd;padding:12px}</style></head>
<body class="wp-singular page"><header><b>Corporativo Coralillo</b> &nbsp; Inicio &nbsp; Estaciones &nbsp; Facturación</header><main><h1 class="wp-block-heading">Facturación</h1>
<p>Localiza la clave de tu estación en la parte superior del ticket y elige el botón que le corresponde.</p><figure class="wp-block-table"><table><tbody>${stations
          .map(
            ({ key, name, path }) =>
              `<tr><td>${key}</td><td>${name}</td><td><div class="wp-block-button"><a class="wp-block-button__link wp-element-button" href="/${path}/bajatufactura/">Facturar</a></div></td></tr>`
          )
          .join(
            ""
          )}</tbody></table></figure><p>Los consumos se facturan dentro del mes en que se realizaron.</p></main></body></html>`),
      ...Object.fromEntries(
        stations.flatMap(({ path }) => [
          [`GET /${path}/bajatufactura/*`, station],
          [`GET /${path}/bajatufactura`, station],
          [`POST /${path}/bajatufactura/codigo.php`, codes],
          [`POST /${path}/bajatufactura/*`, station]
        ])
      )
    }
  }).then((running) => ({ ...running, url: new URL("/facturacion/", running.url) }))
}

const ticketOf = (sale: Sale, code = sale.code) => ({
  "CLAVE ESTACION": sale.station,
  Transacción: sale.ticket,
  Código: code,
  Fecha: sale.day,
  Producto: sale.fuel,
  Litros: sale.litres,
  TOTAL: `$ ${commas(sale.cents)}`,
  "TARJETA DEBITO": "************4821"
})

export const portal: TestPortal = {
  id: "coralillo",
  traps: [
    "stations' own addresses behind one list",
    "a registered client whose postal code is stale",
    "the amount comes on blur"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "unknown code", ticket: ticketOf(open, unknownCode), expected: failed("TICKET_NOT_FOUND") },
    { name: "month closed", ticket: ticketOf(closed), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    await page
      .locator("tr", { hasText: printed(ticket, "CLAVE ESTACION") })
      .getByRole("link")
      .click()
    await page.locator("#btn_gf").click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("[name=btn_submit_codigo]").click()
    await page.getByRole("button", { name: "Seleccionar" }).click()
    await page.getByRole("button", { name: "Editar Datos" }).click()
    await page.locator("[name=nombre]").fill(profile.fullName)
    await page.locator("[name=cp]").fill(profile.postalCode)
    await page.locator("#btn_cli_actualizar").click()
    await page.locator("[name='codigo[]']").first().fill(printed(ticket, "Código"))
    await page.keyboard.press("Tab")
    await page.waitForFunction(() => document.querySelector("#tot")?.textContent !== "$ 0.00")
    await page.locator("[name=btn_submit_nf]").click()
    await page.locator("[name=cuentapago]").fill(printed(ticket, "TARJETA DEBITO").slice(-4))
    await page.locator("[name=uso]").selectOption({ label: "GASTOS EN GENERAL" })
    await page.locator("#btn_facturar").click()
    await download(page, () => page.locator("#pdf_dwn").click())
  }
}
