import {
  ago,
  captchaCode,
  captchaImage,
  commas,
  escaped,
  failed,
  isStamped,
  oneLine,
  openTill,
  printed,
  regimeOptions,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  useOptions,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly web: string
  readonly days: number
}

const fuel: Sale = {
  ticket: "2041187",
  web: "7F3K91QD",
  days: 1,
  cents: 61000n,
  description: "Gasolina con contenido menor a 91 octanos",
  paymentForm: "28"
}
const fresh: Sale = { ...fuel, ticket: "2041902", web: "M2X80PLA", days: 0, cents: 45000n }
const taken: Sale = { ...fuel, ticket: "2040633", web: "C9TT41ZU", days: 2, cents: 90000n }
const station = "08341"

interface Session {
  sale: Sale | undefined
  to: string
}

const latin = (text: string) =>
  new Response(Buffer.from(text, "latin1"), { headers: { "content-type": "text/html; charset=ISO-8859-1" } })

const frame = (
  body: string
) => `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><title>.:: Grupo Gaskarún - Facturación ::.</title>
<style type="text/css">body{font-family:Verdana;font-size:12px;background:#dfe6ec}.titulo{background:#003a70;color:#ffd200;font-weight:bold;font-size:16px}.etq{background:#eef;text-align:right;font-weight:bold}.caja{border:1px solid #7f9db9;font-size:12px}.rojo{color:#c00;font-weight:bold}.nota{font-size:10px;color:#555}</style></head>
<body><center><table width="760" border="0" cellpadding="0" cellspacing="0" bgcolor="#ffffff"><tr><td class="titulo" height="60">&nbsp;GRUPO GASKARÚN &nbsp;<font size="1">Combustibles de confianza</font></td></tr>
<tr><td bgcolor="#ffd200" align="center"><a href="index.php">Inicio</a> | <a href="estaciones.php">Estaciones</a> | <a href="registro.php">Clientes de crédito</a> | <a href="index.php"><b>Facturar ticket</b></a> | <a href="contacto.php">Contacto</a></td></tr>
<tr><td style="padding:14px">${body}</td></tr><tr><td class="nota" align="center">ControlVol Web v4.2.17 &copy; 2011-2026 &nbsp; Tiene 72 horas a partir de su carga para facturar. Las cargas tardan hasta 2 horas en estar disponibles.</td></tr></table></center></body></html>`

const row = (label: string, control: string) =>
  `<tr><td class="etq" width="230">${label}</td><td>&nbsp;${control}</td></tr>`

const ways = [
  "EFECTIVO",
  "CHEQUE NOMINATIVO",
  "TARJETA DE CREDITO",
  "TARJETA DE DEBITO",
  "VALES DE GASOLINA",
  "TRANSFERENCIA"
]

const start = () => {
  const till = openTill({ rfc: "GGK040922HT1", name: "GRUPO GASKARUN", regime: "601", postalCode: "31203" }, "15101514")
  let attempt = 0
  const first = (field: (name: string) => string, error: string) =>
    latin(
      frame(`<form name="forma" method="post" action="valida.php"><table width="100%" cellspacing="2" cellpadding="3">
<tr><td colspan="2" class="titulo">Datos de su ticket</td></tr>${error === "" ? "" : `<tr><td colspan="2" align="center" class="rojo">${error}</td></tr>`}
${row("No. Estación:", `<input class="caja" type="text" name="txt_es" size="8" maxlength="6" value="${escaped(field("txt_es"))}"> <span class="nota">cinco dígitos</span>`)}
${row("Folio:", `<input class="caja" type="text" name="txt_fol" size="14" value="${escaped(field("txt_fol"))}">`)}
${row("Web ID:", `<input class="caja" type="text" name="txt_wid" size="14" maxlength="8" value="${escaped(field("txt_wid"))}"> <span class="nota">8 caracteres sin guión</span>`)}
${row("Importe $:", `<input class="caja" type="text" name="txt_imp" size="12" value="${escaped(field("txt_imp"))}">`)}
${row("R.F.C. a facturar:", `<input class="caja" type="text" name="txt_rfc" size="16" maxlength="13" value="${escaped(field("txt_rfc"))}" onblur="this.value=this.value.toUpperCase()">`)}
${row(`<img src="securimage_show.php?sid=${attempt}${crypto.randomUUID().slice(0, 6)}" id="siimage" alt="" border="1">`, `Escriba las letras de la imagen<br>&nbsp;<input class="caja" type="text" name="captcha_code" size="8" maxlength="5">`)}
<tr><td colspan="2" align="center"><input type="image" src="btn_buscar.gif" name="buscar" border="0" alt="Buscar ticket"></td></tr></table></form>`)
    )
  const second = (sale: Sale, rfc: string, field: (name: string) => string, error: string) =>
    latin(
      frame(`<script language="JavaScript">
function revisa(){var f=document.fiscal;if(f.nom.value==''||f.cp.value==''||f.mail.value==''||f.reg.value=='0'||f.uso.value=='0'||f.fpago.value=='0'){alert('Faltan datos por capturar');return false}
if(f.mail.value!=f.mail2.value){alert('Los correos son diferentes');return false}
return confirm('Se va a facturar a '+f.rfc.value+' '+f.nom.value.toUpperCase()+'. \\u00BFContinuar?')}</script>
<form name="fiscal" method="post" action="genera.php" onsubmit="return revisa()"><table width="100%" cellspacing="2" cellpadding="3"><tr><td colspan="2" class="titulo">Cliente no registrado, capture sus datos</td></tr>
${error === "" ? "" : `<tr><td colspan="2" align="center" class="rojo">${error}</td></tr>`}
<tr><td colspan="2"><table border="1" cellspacing="0" width="100%"><tr bgcolor="#eeeeee"><td>Folio</td><td>Fecha</td><td>Producto</td><td>Litros</td><td>Importe</td></tr><tr><td>${sale.ticket}</td><td>${ago(sale.days).slashes}</td><td>MAGNA</td><td>${(Number(sale.cents) / 2391).toFixed(3)}</td><td align="right">${commas(sale.cents)}</td></tr></table></td></tr>
${row("R.F.C.:", `<input class="caja" name="rfc" size="16" value="${rfc}" readonly style="background:#ddd">`)}
${row("Nombre o Razón Social:", `<input class="caja" name="nom" size="50" value="${escaped(field("nom"))}"><br><span class="nota">&nbsp;Tal como aparece en su constancia</span>`)}
${row("C.P.:", `<input class="caja" name="cp" size="6" maxlength="5" value="${escaped(field("cp"))}">`)}
${row("Régimen:", `<select class="caja" name="reg"><option value="0">-- Elija --</option>${regimeOptions(undefined, field("reg"))}</select>`)}
${row("Uso:", `<select class="caja" name="uso"><option value="0">-- Elija --</option>${useOptions(undefined, field("uso"))}</select>`)}
${row("Forma de Pago:", `<select class="caja" name="fpago"><option value="0">-- Elija --</option>${ways.map((way, i) => `<option value="${i + 1}">${way}</option>`).join("")}</select>`)}
${row("Correo-e:", `<input class="caja" name="mail" size="40" value="${escaped(field("mail"))}">`)}
${row("Repita su correo-e:", `<input class="caja" name="mail2" size="40" value="${escaped(field("mail2"))}">`)}
<tr><td colspan="2" align="center"><input type="button" value="Cancelar" onclick="location='index.php'"> <input type="submit" name="Submit" value="Facturar"></td></tr></table></form>`)
    )

  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    landing: "/facturas/",
    fresh: () => ({ sale: undefined, to: "" }),
    routes: {
      "GET /facturas/": ({ field }) => first(field, ""),
      "GET /facturas/index.php": ({ field }) => first(field, ""),
      "GET /": () => seeOther("/facturas/"),
      "GET /facturas/securimage_show.php": () => captchaImage(captchaCode("gaskarun", attempt)),
      "GET /facturas/btn_buscar.gif": () =>
        new Response(
          `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="28"><rect width="120" height="28" rx="5" fill="#003a70"/><text x="60" y="19" fill="#ffd200" font-family="Verdana" font-size="13" text-anchor="middle">BUSCAR</text></svg>`,
          { headers: { "content-type": "image/svg+xml" } }
        ),
      "POST /facturas/valida.php": ({ field, session }) => {
        if (field("captcha_code").toUpperCase() !== captchaCode("gaskarun", attempt)) {
          attempt++
          return first(field, "Las letras no son las de la imagen, intente con la nueva")
        }
        if (!/^\d{5}$/.test(field("txt_es"))) return first(field, "El número de estación debe ser de cinco dígitos")
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("txt_rfc").toUpperCase()))
          return first(field, "Capture un R.F.C. correcto")
        const sale = [fuel, fresh, taken].find(
          (one) =>
            one.ticket === field("txt_fol") &&
            one.web === field("txt_wid").toUpperCase() &&
            field("txt_es") === station &&
            same(field("txt_imp"), one.cents)
        )
        if (sale === undefined) return first(field, "La información no concuerda con ninguna carga, verifique")
        if (sale === fresh)
          return first(
            field,
            "La estación todavía no transmite esta carga a la central. Vuelva a intentarlo dentro de 2 horas"
          )
        if (sale === taken || isStamped(till, sale))
          return first(field, "A esta carga se le expidió la factura GK-118731 con otro R.F.C. Acuda a la estación")
        session.sale = sale
        session.to = field("txt_rfc").toUpperCase()
        return second(sale, session.to, () => "", "")
      },
      "POST /facturas/genera.php": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return seeOther("/facturas/index.php")
        const typed = {
          rfc: session.to,
          name: oneLine(field("nom")),
          postalCode: field("cp"),
          regime: field("reg"),
          use: field("uso"),
          email: field("mail")
        }
        if (field("fpago") !== "4")
          return second(sale, session.to, field, "La forma de pago no es la registrada en el despachador")
        const wrong = wrongOf(typed)
        if (wrong !== undefined)
          return second(sale, session.to, field, `Error al timbrar: dato del receptor no admitido (${wrong})`)
        await stampOf(till, sale, typed)
        return seeOther("/facturas/listo.php")
      },
      "GET /facturas/listo.php": ({ session: { sale } }) =>
        sale === undefined || !isStamped(till, sale)
          ? seeOther("/facturas/index.php")
          : latin(
              frame(
                `<table width="100%"><tr><td class="titulo">Proceso terminado</td></tr><tr><td align="center"><br>La factura <b>GK-118744</b> por $${commas(sale.cents)} se expidió y fue enviada a su correo electrónico.<br>Revise también su carpeta de correo no deseado.<br><br><a href="index.php">Facturar otro ticket</a></td></tr></table>`
              )
            )
    }
  })
}

const paper = (sale: Sale) => ({
  "E.S.": station,
  "PERMISO CRE": "PL/10233/EXP/ES/2015",
  "NO. TRANSACCION": sale.ticket,
  BOMBA: "06",
  PRODUCTO: "MAGNA",
  "VOL. LTS": (Number(sale.cents) / 2391).toFixed(3),
  PRECIO: "23.91",
  "TOTAL MXN": commas(sale.cents),
  "TIPO DE PAGO": "TARJETA DE DEBITO",
  FECHA: `${ago(sale.days).short} 07:52`,
  WEBID: `${sale.web.slice(0, 4)}-${sale.web.slice(4)}`
})

const asked = (then: TestPortal["cases"][number]["expected"]) =>
  ({ status: "ASKED", kind: "captcha", answers: { imagen: captchaCode("gaskarun", 0) }, then }) as const

export const portal: TestPortal = {
  id: "gaskarun",
  traps: [
    "tables in ISO-8859-1, labels in the neighbouring cell",
    "image captcha",
    "image input as button",
    "window.confirm",
    "Forma de Pago by index",
    "a code printed with a hyphen, wanted without",
    "e-mail only"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(fuel), expected: asked({ status: "COMPLETED", delivery: "email" }) },
    { name: "not transmitted yet", ticket: paper(fresh), expected: asked(failed("TICKET_NOT_FOUND")) },
    { name: "somebody has its invoice", ticket: paper(taken), expected: asked(failed("ALREADY_INVOICED")) }
  ],
  script: async (page, ticket, profile) => {
    page.on("dialog", (dialog) => void dialog.accept())
    await page.locator("[name=txt_es]").fill(printed(ticket, "E.S."))
    await page.locator("[name=txt_fol]").fill(printed(ticket, "NO. TRANSACCION"))
    await page.locator("[name=txt_wid]").fill(printed(ticket, "WEBID").replace("-", ""))
    await page.locator("[name=txt_imp]").fill(printed(ticket, "TOTAL MXN").replace(",", ""))
    await page.locator("[name=txt_rfc]").fill(profile.rfc)
    await page.locator("[name=captcha_code]").fill(captchaCode("gaskarun", 0))
    await page.locator("[name=buscar]").click()
    await page.locator("[name=nom]").fill(profile.fullName)
    await page.locator("[name=cp]").fill(profile.postalCode)
    await page.locator("[name=reg]").selectOption(profile.fiscalRegime)
    await page.locator("[name=uso]").selectOption(profile.cfdiUse)
    await page.locator("[name=fpago]").selectOption({ label: printed(ticket, "TIPO DE PAGO") })
    await page.locator("[name=mail]").fill(profile.email)
    await page.locator("[name=mail2]").fill(profile.email)
    await page.locator("[name=Submit]").click()
    await page.getByText("fue enviada a su correo").waitFor()
  }
}
