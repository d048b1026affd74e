import {
  against,
  ago,
  asked,
  captchaCode,
  captchaImage,
  completed,
  download,
  failed,
  html,
  isStamped,
  money,
  openTill,
  options,
  type PortalCase,
  pdfFile,
  printed,
  regimeOptions,
  same,
  shop,
  stampOf,
  type TestPortal,
  typedAs,
  useOptions,
  xmlFile
} from "../kit/replies.ts"

const ticketA = { ticket: "048812", cents: 38650n, description: "Artículos de hogar", paymentForm: "28" }
const sales = [
  { ...ticketA, tienda: "0217", caja: "03", iso: ago(2).iso, state: "open" },
  { ...ticketA, ticket: "047120", cents: 21290n, tienda: "0217", caja: "01", iso: ago(44).iso, state: "late" },
  { ...ticketA, ticket: "048870", cents: 15400n, tienda: "0217", caja: "03", iso: ago(3).iso, state: "refused" },
  { ...ticketA, ticket: "048877", cents: 9950n, tienda: "0217", caja: "03", iso: ago(2).iso, state: "open" }
] as const

const css = `body{margin:0;font-family:Verdana,Geneva,sans-serif;font-size:13px;background:#fff6d8}
#cont{width:780px;margin:0 auto;background:#fff;border:1px solid #e5c300}
#cab{background:#e30613;color:#fff;padding:14px 20px;font-size:28px;font-weight:bold}#cab small{font-size:12px;display:block;font-weight:normal}
#menu{background:#ffd500;padding:7px 20px}#menu a{color:#8c0000;margin-right:18px;font-weight:bold;text-decoration:none}
fieldset{margin:14px 20px;border:1px solid #ccc}legend{color:#e30613;font-weight:bold}
td{padding:4px 6px}td.e{text-align:right;width:240px}input[type=text],input[type=date],select{width:300px;font:inherit;padding:3px}
.nota{color:#777;font-size:11px}.boton{background:#e30613;color:#fff;border:0;padding:9px 26px;font-weight:bold;cursor:pointer}
.req{color:red}`

const layout = (
  content: string
) => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>MOLDIVA - Factura electronica</title><style type="text/css">${css}</style></head><body>
<div id="cont"><div id="cab">moldiva<small>¡todo baratísimo!</small></div>
<div id="menu"><a href="/ofertas.php">Ofertas</a><a href="/tiendas.php">Tiendas</a><a href="/index.php">Facturación</a><a href="/reimpresion.php">Reimpresión</a><a href="/bolsa.php">Bolsa de trabajo</a></div>
${content}
<p class="nota" style="text-align:center">Moldiva Comercial S.A. de C.V. &middot; Dudas: facturas@moldiva.example &middot; Lun a Vie 9 a 18 h.<br />Una vez generada su factura NO habrá cambios ni cancelaciones.</p></div></body></html>`

const row = (label: string, control: string, note = "") =>
  `<tr><td class="e"><span class="req">*</span> ${label}:</td><td>${control}${note === "" ? "" : `<br /><span class="nota">${note}</span>`}</td></tr>`

const payments = [
  ["1", "Efectivo"],
  ["2", "Tarjeta de crédito"],
  ["3", "Tarjeta de débito"],
  ["4", "Vales de despensa"],
  ["5", "Monedero electrónico"]
] as const

const form = (v: number) =>
  layout(`<form name="frmFactura" id="frmFactura" method="post" action="procesa.php" onsubmit="return revisa(this)">
<fieldset><legend>1. Datos de su ticket</legend><table>
${row("No. de tienda", `<input type="text" name="tienda" maxlength="4" />`, "4 dígitos, ej. 0105")}
${row("Caja", `<input type="text" name="caja" maxlength="2" />`)}
${row("No. de ticket", `<input type="text" name="ticket" maxlength="6" />`)}
${row("Fecha de compra", `<input type="date" name="fecha" />`)}
${row("Total de la compra", `<input type="text" name="importe" maxlength="10" />`, "Con centavos y sin signo de pesos, ej. 150.00")}
${row("Pagó con", `<select name="fpago"><option value="0">-- Elija --</option>${options(payments.map(([value, text]) => ({ value, text })))}</select>`)}
</table></fieldset>
<fieldset><legend>2. Sus datos fiscales (CFDI 4.0)</legend><table>
${row("R.F.C.", `<input type="text" name="rfc" maxlength="13" style="text-transform:uppercase" />`, "Sin guiones ni espacios")}
${row("Nombre o razón social", `<input type="text" name="nombre" style="text-transform:uppercase" />`, "Como aparece en su constancia, sin S.A. de C.V.")}
${row("C.P. fiscal", `<input type="text" name="cp" maxlength="5" />`)}
${row("Régimen", `<select name="regimen"><option value="">-- Elija --</option>${regimeOptions()}</select>`)}
${row("Uso que le dará", `<select name="uso"><option value="">-- Elija --</option>${useOptions()}</select>`)}
${row("E-mail", `<input type="text" name="mail" />`)}
</table></fieldset>
<fieldset><legend>3. Verificación</legend><table>
<tr><td class="e"></td><td><img src="captcha.php?r=${v}" width="200" height="60" alt="" border="0" /></td></tr>
${row("Escriba las letras de la imagen", `<input type="text" name="tmptxt" maxlength="5" autocomplete="off" style="width:120px" />`)}
<tr><td class="e"><input type="checkbox" name="aviso" value="S" /></td><td>He leído el <a href="/aviso.php">aviso de privacidad</a></td></tr>
<tr><td class="e"><input type="checkbox" name="promo" value="S" /></td><td>Quiero recibir el folleto de ofertas</td></tr>
</table></fieldset>
<p style="text-align:center"><input type="submit" class="boton" value="GENERAR FACTURA" name="btnEnviar" /> <input type="reset" value="Limpiar" /></p></form>
<script type="text/javascript">
function revisa(f){var c=['tienda','caja','ticket','fecha','importe','rfc','nombre','cp','regimen','uso','mail','tmptxt'];
for(var i=0;i<c.length;i++){if(f[c[i]].value==''){alert('Falta capturar: '+c[i]);f[c[i]].focus();return false;}}
if(f.fpago.value=='0'){alert('Indique con qué pagó');return false;}
if(!f.aviso.checked){alert('Debe aceptar el aviso de privacidad');return false;}
f.btnEnviar.value='Espere...';setTimeout(function(){f.btnEnviar.value='GENERAR FACTURA'},6000);return true;}
</script>`)

const words = {
  empty: "Todos los campos son obligatorios",
  rfc: "El R.F.C. no existe en la lista del SAT",
  name: "El nombre no es el que el SAT tiene para ese R.F.C.",
  postalCode: "El C.P. no es el que el SAT tiene para ese R.F.C.",
  regime: "Ese régimen no es el del R.F.C.",
  use: "El uso elegido no aplica",
  email: "Escriba bien su e-mail",
  pair: "Ese uso no se puede con su régimen"
}

const back = (text: string) =>
  html(
    `<html><body><script type="text/javascript">alert(${JSON.stringify(text)});history.back();</script></body></html>`
  )

const start = () => {
  const till = openTill(
    { rfc: "MCO990312QX4", name: "MOLDIVA COMERCIAL", regime: "601", postalCode: "64000" },
    "52141800"
  )
  const serials = new Map<string, string>()
  return shop<{ images: number }>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ images: 0 }),
    landing: "/index.php",
    routes: {
      "GET /": ({ session }) => html(form(session.images)),
      "GET /index.php": ({ session }) => html(form(session.images)),
      "GET /captcha.php": ({ session }) => captchaImage(captchaCode("moldiva", session.images)),
      "GET /reimpresion.php": () =>
        html(
          layout(
            `<fieldset><legend>Reimpresión</legend><form method="get" action="/reimpresion.php">Serie y folio de la factura: <input type="text" name="f" /> <input type="submit" value="Buscar" /></form></fieldset>`
          )
        ),
      "GET /aviso.php": () =>
        html(
          layout(
            `<fieldset><legend>Aviso de privacidad</legend><p>Sus datos se usan para emitir su factura.</p></fieldset>`
          )
        ),
      "POST /procesa.php": async ({ field, session }) => {
        if (field("tmptxt").toUpperCase() !== captchaCode("moldiva", session.images)) {
          session.images++
          return html(
            `<html><body><script type="text/javascript">alert("Las letras no coinciden con la imagen");window.location="index.php";</script></body></html>`
          )
        }
        if (field("aviso") !== "S") return back("Debe aceptar el aviso de privacidad")
        const sale = sales.find(
          (one) =>
            one.tienda === field("tienda") &&
            one.caja === field("caja").padStart(2, "0") &&
            one.ticket === field("ticket") &&
            one.iso === field("fecha")
        )
        if (!/^\d+\.\d\d$/.test(field("importe"))) return back("El total va con centavos y sin signos")
        if (sale === undefined || !same(field("importe"), sale.cents))
          return back("No existe esa compra, revise tienda, caja, ticket, fecha y total")
        if (field("fpago") !== "3") return back("El ticket no fue pagado de esa manera")
        if (sale.state === "late") return back("Su ticket tiene mas de 30 dias, ya no es posible generar la factura")
        if (isStamped(till, sale)) return back("Ya se le dio factura a ese ticket")
        const typed = typedAs((name) => (["rfc", "nombre"].includes(name) ? field(name).toUpperCase() : field(name)), {
          rfc: "rfc",
          name: "nombre",
          postalCode: "cp",
          regime: "regimen",
          use: "uso",
          email: "mail"
        })
        const wrong = against(typed, words)
        if (wrong !== undefined) return back(wrong)
        if (sale.state === "refused")
          return back(
            "No se pudo timbrar. Respuesta del SAT: el domicilio fiscal no corresponde al R.F.C. del cliente. Revise su constancia."
          )
        const made = await stampOf(till, sale, typed)
        const folio = `MD${30000 + till.stamps().length}`
        serials.set(folio, made.uuid)
        return new Response(null, { status: 302, headers: { location: `/listo.php?f=${folio}` } })
      },
      "GET /listo.php": ({ field, session }) => {
        const made = till.find(serials.get(field("f")) ?? "")
        if (made === undefined) return html(form(session.images))
        return html(
          layout(`<fieldset><legend>Listo</legend><p>Se elaboró la factura <b>${field("f")}</b> por <b>$ ${money(made.totalCents)}</b></p>
<table><tr><td><a href="baja.php?f=${field("f")}&amp;t=p"><img src="pdf.gif" alt="" width="1" height="1" border="0" />Bajar PDF</a></td><td><a href="baja.php?f=${field("f")}&amp;t=x">Bajar XML</a></td></tr></table>
<p class="nota">También se mandó a su e-mail; revise el correo no deseado.</p><p><a href="index.php">Hacer otra</a></p></fieldset>`)
        )
      },
      "GET /baja.php": ({ field }) => {
        const made = till.find(serials.get(field("f")) ?? "")
        if (made === undefined) return html("No existe", 404)
        return field("t") === "x" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}

const paper = (suc: string, caja: string, tkt: string, days: number, total: string) => ({
  SUC: suc,
  CAJA: caja,
  CAJERO: "LUPITA M",
  TKT: tkt,
  FECHA: ago(days).short,
  HORA: "18:42",
  ARTS: "7",
  "TOTAL M.N.": total,
  "T. DEBITO": total,
  "FORMA DE PAGO": "TARJETA DE DEBITO"
})
const letters = { letras: captchaCode("moldiva", 0) }

export const portal: TestPortal = {
  id: "moldiva",
  profile: "person",
  start,
  traps: [
    "one page, one button that stamps",
    "errors in alert() and history.back()",
    "image captcha before all is known",
    "payment by internal ids"
  ],
  cases: [
    { name: "ok", ticket: paper("0217", "03", "048812", 2, "386.50"), expected: asked(letters, completed) },
    {
      name: "after 30 days",
      ticket: paper("0217", "01", "047120", 44, "212.90"),
      expected: asked(letters, failed("TICKET_EXPIRED"))
    },
    {
      name: "SAT refuses the postal code",
      ticket: paper("0217", "03", "048870", 3, "154.00"),
      expected: asked(letters, failed("DATA_REJECTED"))
    },
    {
      name: "another ticket",
      ticket: paper("0217", "03", "048821", 2, "386.50"),
      expected: asked(letters, failed("TICKET_NOT_FOUND"))
    },
    {
      name: "letters mistyped once",
      ticket: paper("0217", "03", "048877", 2, "99.50"),
      expected: asked({ letras: "AAAAA" }, asked({ letras: captchaCode("moldiva", 1) }, completed))
    }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    const said: Array<string> = []
    page.on("dialog", (d) => {
      said.push(d.message())
      void d.accept()
    })
    const put = (name: string, text: string) => page.locator(`[name=${name}]`).fill(text)
    await put("tienda", printed(ticket, "SUC"))
    await put("caja", printed(ticket, "CAJA"))
    await put("ticket", printed(ticket, "TKT"))
    const [day, month, year] = printed(ticket, "FECHA").split("/")
    await put("fecha", `20${year}-${month}-${day}`)
    await put("importe", printed(ticket, "TOTAL M.N."))
    await page.locator("[name=fpago]").selectOption({ label: "Tarjeta de débito" })
    await put("rfc", profile.rfc)
    await put("nombre", profile.fullName)
    await put("cp", profile.postalCode)
    await page.locator("[name=regimen]").selectOption(profile.fiscalRegime)
    await page.locator("[name=uso]").selectOption(profile.cfdiUse)
    await put("mail", profile.email)
    await put("tmptxt", captchaCode("moldiva", 0))
    await page.locator("[name=aviso]").check()
    await page.getByRole("button", { name: "GENERAR FACTURA" }).click()
    await page.waitForLoadState()
    if (said.length > 0) throw new Error(said.join(" "))
    await download(page, () => page.getByText("Bajar XML").click())
  }
}
