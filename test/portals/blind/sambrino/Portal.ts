import {
  against,
  ago,
  commas,
  completed,
  download,
  escaped,
  failed,
  isStamped,
  openTill,
  type PortalCase,
  pdfFile,
  plain,
  printed,
  regimesFor,
  same,
  shop,
  stampOf,
  type TestPortal,
  typedAs,
  useOptions,
  xmlFile
} from "../kit/replies.ts"

const base = { ticket: "3381", cents: 81200n, description: "CONSUMO Y ARTICULOS DE REGALO", paymentForm: "04" }
const sales = [
  { ...base, tienda: "147", term: "006", iso: ago(3).iso, state: "open" },
  { ...base, ticket: "2954", cents: 43650n, tienda: "147", term: "002", iso: ago(4).iso, state: "old" },
  { ...base, ticket: "3390", cents: 59900n, tienda: "022", term: "011", iso: ago(1).iso, state: "open" }
] as const
const shops = [
  ["3", "003 MADERO"],
  ["8", "008 SATELITE"],
  ["15", "015 DURANGO"],
  ["22", "022 GUADALAJARA VALLARTA"],
  ["61", "061 PUEBLA ANGELOPOLIS"],
  ["98", "098 MONTERREY GALERIAS"],
  ["147", "147 PERISUR"],
  ["203", "203 QUERETARO"]
] as const

interface Session {
  sale?: (typeof sales)[number]
  rfc: string
  typed?: ReturnType<typeof typedAs>
  made?: string
}

/** As an IIS of old sends it: windows-1252. */
const asp = (text: string) =>
  new Response(Buffer.from(text, "latin1"), { headers: { "content-type": "text/html; charset=iso-8859-1" } })
const doc = (content: string, extra = "") =>
  asp(
    `<HTML><HEAD><TITLE>Sambrino</TITLE><LINK href="estilos.css" rel=stylesheet type=text/css>${extra}</HEAD><BODY bgColor=#FFFFFF leftMargin=12 topMargin=8>${content}</BODY></HTML>`
  )
const row = (label: string, cell: string) =>
  `<TR><TD class=etq width=190 align=right><FONT face=Arial size=2>${label}</FONT></TD><TD>${cell}</TD></TR>`
const head = (text: string) =>
  `<TABLE width=620 cellPadding=3 cellSpacing=0 border=0><TR><TD bgColor=#B5121B><FONT face=Arial size=3 color=#FFFFFF><B>${text}</B></FONT></TD></TR></TABLE><BR>`
const wrongText = (text: string) =>
  text === ""
    ? ""
    : `<TABLE width=620 border=1 borderColor=#B5121B cellSpacing=0 cellPadding=4><TR><TD><FONT face=Arial size=2 color=#B5121B><B>${text}</B></FONT></TD></TR></TABLE><BR>`
const numbers = (from: number, to: number) =>
  Array.from(
    { length: to - from + 1 },
    (_, i) => `<OPTION value=${from + i}>${String(from + i).padStart(2, "0")}</OPTION>`
  ).join("")
const months = [
  "Enero",
  "Febrero",
  "Marzo",
  "Abril",
  "Mayo",
  "Junio",
  "Julio",
  "Agosto",
  "Septiembre",
  "Octubre",
  "Noviembre",
  "Diciembre"
]

const first = (error: string) =>
  doc(`${head("FACTURACION ELECTRONICA - Datos de su compra")}${wrongText(error)}
<FORM name=forma1 method=post action=factura1.asp onsubmit="return valida1()"><TABLE cellPadding=3 border=0>
${row("Tienda o Restaurante", `<SELECT name=cboTda size=1><OPTION value=0>SELECCIONE</OPTION>${shops.map(([v, t]) => `<OPTION value=${v}>${t}</OPTION>`).join("")}</SELECT>`)}
${row("Fecha", `<SELECT name=cboDia><OPTION value=0>DIA</OPTION>${numbers(1, 31)}</SELECT> <SELECT name=cboMes><OPTION value=0>MES</OPTION>${months.map((m, i) => `<OPTION value=${i + 1}>${m}</OPTION>`).join("")}</SELECT> <SELECT name=cboAnio><OPTION value=0>A&Ntilde;O</OPTION>${numbers(Number(ago(0).iso.slice(0, 4)) - 1, Number(ago(0).iso.slice(0, 4)))}</SELECT>`)}
${row("Terminal", `<INPUT name=txtTer size=6 maxLength=3>`)}${row("Transacci&oacute;n", `<INPUT name=txtTra size=10 maxLength=6> <A href="javascript:ayuda()"><FONT face=Arial size=1>&iquest;D&oacute;nde lo encuentro?</FONT></A>`)}
${row("Importe total", `<INPUT name=txtImp size=12 maxLength=12> <FONT face=Arial size=1>Sin comas</FONT>`)}
</TABLE><BR><TABLE width=620><TR><TD align=center><INPUT type=submit value="Siguiente >>" class=boton></TD></TR></TABLE></FORM>
<SCRIPT language=JavaScript>
function ayuda(){window.open('ayuda.asp','ayuda','width=420,height=360')}
function valida1(){var f=document.forma1;if(f.cboTda.value==0){alert('SELECCIONE LA TIENDA');return false}
if(f.cboDia.value==0||f.cboMes.value==0||f.cboAnio.value==0){alert('SELECCIONE LA FECHA');return false}
if(f.txtTer.value==''||f.txtTra.value==''||f.txtImp.value==''){alert('FALTAN DATOS');return false}
if(f.txtImp.value.indexOf(',')>=0||isNaN(f.txtImp.value)){alert('EL IMPORTE SOLO LLEVA NUMEROS Y PUNTO');return false}return true}
</SCRIPT>`)

const words = {
  empty: "FALTAN DATOS",
  rfc: "EL RFC NO ES CORRECTO",
  name: "EL NOMBRE NO CORRESPONDE AL RFC EN LOS REGISTROS DEL SAT",
  postalCode: "EL CODIGO POSTAL NO CORRESPONDE AL RFC EN LOS REGISTROS DEL SAT",
  regime: "EL REGIMEN NO CORRESPONDE AL RFC",
  use: "USO DE CFDI NO VALIDO",
  email: "CORREO NO VALIDO",
  pair: "EL USO DE CFDI NO CORRESPONDE AL REGIMEN"
}

const client = (rfc: string, error: string) =>
  doc(`${head("FACTURACION ELECTRONICA - Datos del cliente")}${wrongText(error)}
<FORM name=forma3 method=post action=factura3.asp><INPUT type=hidden name=hidAccion value=ALTA><TABLE cellPadding=3 border=0>
${row("RFC", `<INPUT name=txtRfc2 size=16 value="${escaped(rfc)}" readOnly style="background:#E0E0E0">`)}
${row("Nombre o Raz&oacute;n Social *", `<INPUT name=txtNom size=50 maxLength=250 onblur="this.value=this.value.toUpperCase()">`)}
${row("Calle", `<INPUT name=txtCalle size=40>`)}${row("N&uacute;mero", `<INPUT name=txtNum size=8>`)}${row("Colonia", `<INPUT name=txtCol size=40>`)}
${row("C.P. *", `<INPUT name=txtCp size=6 maxLength=5>`)}
${row(
  "R&eacute;gimen *",
  `<SELECT name=cboReg><OPTION value="">SELECCIONE</OPTION>${regimesFor(rfc)
    .map(({ code, name }) => `<OPTION value=${code}>${plain(name).toUpperCase()}</OPTION>`)
    .join("")}</SELECT>`
)}
${row("Uso CFDI *", `<SELECT name=cboUso><OPTION value="">SELECCIONE</OPTION>${plain(useOptions(rfc)).toUpperCase()}</SELECT>`)}
${row("E-mail *", `<INPUT name=txtMail size=40>`)}
</TABLE><P><FONT face=Arial size=1>* Datos obligatorios</FONT></P><TABLE width=620><TR><TD align=center><INPUT type=button value="<< Anterior" onclick="location.href='factura1.asp'"> <INPUT type=submit value="Siguiente >>" class=boton></TD></TR></TABLE></FORM>`)

const rfcPage = (error: string) =>
  doc(`${head("FACTURACION ELECTRONICA - Identificaci&oacute;n del cliente")}${wrongText(error)}
<FORM name=forma2 method=post action=factura2.asp><TABLE cellPadding=3>${row("Teclee su RFC", `<INPUT name=txtRfc size=16 maxLength=13 onkeyup="this.value=this.value.toUpperCase()"> <INPUT type=submit value=Buscar>`)}</TABLE></FORM>
<FONT face=Arial size=1>El RFC debe capturarse sin espacios, guiones ni puntos.</FONT>`)

const start = () => {
  const till = openTill(
    { rfc: "SAH440711PW2", name: "SAMBRINO HERMANOS", regime: "601", postalCode: "06000" },
    "90101500"
  )
  return shop<Session>({
    till,
    cookie: "ASPSESSIONIDQQ",
    fresh: () => ({ rfc: "" }),
    landing: "/default.asp",
    routes: {
      "GET /": () => new Response(null, { status: 302, headers: { location: "/default.asp" } }),
      "GET /default.asp": () =>
        asp(`<HTML><HEAD><TITLE>:: SAMBRINO :: Factura Electr&oacute;nica</TITLE></HEAD>
<FRAMESET border=0 frameSpacing=0 rows=86,* frameBorder=0><FRAME name=arriba src="menu.asp" noResize scrolling=no><FRAMESET cols=170,* border=0><FRAME name=izq src="izquierda.asp" scrolling=no><FRAME name=principal src="inicio.asp"></FRAMESET>
<NOFRAMES><BODY>Su navegador no soporta marcos.</BODY></NOFRAMES></FRAMESET></HTML>`),
      "GET /estilos.css": () =>
        new Response("td{font-family:Arial}.boton{background:#b5121b;color:#fff;font-weight:bold}a{color:#b5121b}", {
          headers: { "content-type": "text/css" }
        }),
      "GET /menu.asp": () =>
        doc(
          `<TABLE width="100%" bgColor=#B5121B><TR><TD height=60><FONT face=Georgia size=6 color=#FFFFFF><I>Sambrino</I></FONT></TD><TD align=right><FONT face=Arial size=2 color=#FFFFFF>Tienda &middot; Restaurante &middot; Farmacia</FONT></TD></TR></TABLE>`
        ),
      "GET /izquierda.asp": () =>
        doc(
          ["inicio|Inicio", "factura1|Facturar", "reimp|Consultar facturas", "preguntas|Preguntas", "contacto|Contacto"]
            .map((one) => {
              const [page, text] = one.split("|")
              return `<P><A href="${page}.asp" target=principal><FONT face=Arial size=2><B>${text}</B></FONT></A></P>`
            })
            .join("")
        ),
      "GET /inicio.asp": () =>
        doc(
          `<BR><FONT face=Arial size=4 color=#B5121B>Bienvenido al sistema de Factura Electr&oacute;nica</FONT><P><FONT face=Arial size=2>En este sitio podr&aacute; obtener el comprobante fiscal de sus compras en tiendas y restaurantes Sambrino. Tenga a la mano su ticket y elija una opci&oacute;n del men&uacute; de la izquierda.</FONT></P>`
        ),
      "GET /preguntas.asp": () =>
        doc(`${head("PREGUNTAS")}<FONT face=Arial size=2>&iquest;Cu&aacute;nto tiempo tengo? 30 d&iacute;as.</FONT>`),
      "GET /contacto.asp": () => doc(`${head("CONTACTO")}<FONT face=Arial size=2>55 0000 0000</FONT>`),
      "GET /ayuda.asp": () => doc(`<FONT face=Arial size=2>TDA 147 PERISUR TERM 006 TRAN 3381</FONT>`),
      "GET /reimp.asp": () =>
        doc(
          `${head("CONSULTA DE FACTURAS")}<FORM method=post action=reimp.asp>${row("Factura", `<INPUT name=txtFac>`)}${row("RFC", `<INPUT name=txtRfcR>`)}<INPUT type=submit value=Consultar></FORM>`
        ),
      "POST /reimp.asp": () => doc(`${head("CONSULTA DE FACTURAS")}${wrongText("FACTURA INEXISTENTE")}`),
      "GET /factura1.asp": () => first(""),
      "POST /factura1.asp": ({ field, session }) => {
        const iso = [field("cboAnio"), field("cboMes").padStart(2, "0"), field("cboDia").padStart(2, "0")].join("-")
        const sale = sales.find(
          (one) =>
            Number(one.tienda) === Number(field("cboTda")) &&
            Number(one.term) === Number(field("txtTer")) &&
            Number(one.ticket) === Number(field("txtTra")) &&
            one.iso === iso
        )
        if (sale === undefined || !same(field("txtImp"), sale.cents))
          return first(
            "LOS DATOS CAPTURADOS NO COINCIDEN CON NINGUNA TRANSACCION DE NUESTROS REGISTROS. VERIFIQUE SU TICKET."
          )
        if (sale.state === "old" || isStamped(till, sale))
          return first(
            "LA TRANSACCION YA FUE INCLUIDA EN LA FACTURA SB 20931. PARA CUALQUIER ACLARACION ACUDA AL MODULO DE ATENCION A CLIENTES."
          )
        session.sale = sale
        return rfcPage("")
      },
      "POST /factura2.asp": ({ field, session }) => {
        if (session.sale === undefined) return first("")
        const rfc = field("txtRfc").toUpperCase()
        if (!/^[A-Z&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return rfcPage("EL RFC NO ES CORRECTO")
        session.rfc = rfc
        return client(rfc, "CLIENTE NUEVO. COMPLETE SUS DATOS PARA DARSE DE ALTA.")
      },
      "POST /factura3.asp": ({ field, session }) => {
        const { sale } = session
        if (sale === undefined) return first("")
        const typed = typedAs(
          (name) => (name === "rfc" ? session.rfc : name === "txtNom" ? field(name).toUpperCase() : field(name)),
          { rfc: "rfc", name: "txtNom", postalCode: "txtCp", regime: "cboReg", use: "cboUso", email: "txtMail" }
        )
        const wrong = against(typed, words)
        if (wrong !== undefined) return client(session.rfc, wrong)
        session.typed = typed
        return doc(`${head("FACTURACION ELECTRONICA - Confirmaci&oacute;n")}<TABLE border=1 cellSpacing=0 cellPadding=4 borderColor=#CCCCCC width=620>
${row("RFC", typed.rfc)}${row("Nombre", escaped(typed.name))}${row("C.P.", typed.postalCode)}${row("R&eacute;gimen", typed.regime)}${row("Uso CFDI", typed.use)}${row("E-mail", escaped(typed.email))}${row("Transacci&oacute;n", sale.ticket)}${row("Importe", `$ ${commas(sale.cents)}`)}</TABLE>
<P><FONT face=Arial size=2><B>&iquest;SON CORRECTOS SUS DATOS?</B> Al continuar se emitir&aacute; su comprobante y no podr&aacute; modificarse.</FONT></P>
<FORM name=forma4 method=post action=factura4.asp><INPUT type=button value="No, corregir" onclick="history.back()"> <INPUT type=button class=boton value="S&iacute;, facturar" name=btnF onclick="if(confirm('SE EMITIRA LA FACTURA. DESEA CONTINUAR?')){this.disabled=true;document.forma4.submit()}"></FORM>`)
      },
      "POST /factura4.asp": async ({ session }) => {
        const { sale, typed } = session
        if (sale === undefined || typed === undefined) return first("SU SESION TERMINO")
        if (!isStamped(till, sale)) session.made = (await stampOf(till, sale, typed)).uuid
        return doc(`${head("FACTURACION ELECTRONICA")}<FONT face=Arial size=3>SE EMITIO SU FACTURA <B>SB ${21000 + till.stamps().length}</B></FONT>
<P><FONT face=Arial size=2>Para verla e imprimirla oprima <A href="javascript:abre()"><B>aqu&iacute;</B></A>.</FONT></P><P><FONT face=Arial size=1>Guarde sus archivos; tambi&eacute;n podr&aacute; obtenerlos en Consultar facturas.</FONT></P>
<SCRIPT language=JavaScript>function abre(){window.open('ver.asp','fac','width=700,height=500,menubar=no,scrollbars=yes')}</SCRIPT>`)
      },
      "GET /ver.asp": ({ session }) =>
        till.find(session.made ?? "") === undefined
          ? doc("SIN DATOS")
          : doc(
              `<TABLE width=420 cellPadding=8><TR><TD colSpan=2 bgColor=#B5121B><FONT color=#FFFFFF size=2>Archivos de su factura</FONT></TD></TR><TR><TD><A href="baja.asp?tipo=1">Representaci&oacute;n impresa (PDF)</A></TD><TD><A href="baja.asp?tipo=2">Comprobante (XML)</A></TD></TR></TABLE><CENTER><A href="javascript:window.close()">Cerrar ventana</A></CENTER>`
            ),
      "GET /baja.asp": ({ field, session }) => {
        const made = till.find(session.made ?? "")
        return made === undefined ? doc("SIN DATOS") : field("tipo") === "2" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}

const paper = (tda: string, term: string, tran: string, days: number, total: string) => ({
  TDA: tda,
  TERM: term,
  TRAN: tran,
  VEND: "90817",
  FECHA: ago(days).words,
  HORA: "14:07",
  TOTAL: total,
  "T CREDITO": total
})

export const portal: TestPortal = {
  id: "sambrino",
  profile: "person",
  start,
  traps: [
    "nested framesets; the form is behind a menu in another frame",
    "date in three selects",
    "options without SAT codes",
    "window.confirm before the stamp",
    "files in a pop-up window",
    "ISO-8859-1"
  ],
  cases: [
    { name: "ok", ticket: paper("0147 PERISUR", "006", "3381", 3, "$812.00"), expected: completed },
    {
      name: "invoiced before, no copy",
      ticket: paper("0147 PERISUR", "002", "2954", 4, "$436.50"),
      expected: failed("ALREADY_INVOICED")
    },
    {
      name: "total misread",
      ticket: paper("0022 GDL VALLARTA", "011", "3390", 1, "$569.00"),
      expected: failed("TICKET_NOT_FOUND")
    }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    page.on("dialog", (d) => void d.accept())
    await page.frameLocator("frame[name=izq]").getByText("Facturar", { exact: true }).click()
    const main = page.frameLocator("frame[name=principal]")
    const shop = String(Number(printed(ticket, "TDA").slice(0, 4)))
    await main.locator("[name=cboTda]").selectOption(shop)
    const [day, month, year] = printed(ticket, "FECHA").split("-")
    await main.locator("[name=cboDia]").selectOption(String(Number(day)))
    const names = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
    await main.locator("[name=cboMes]").selectOption(String(names.indexOf(month ?? "") + 1))
    await main.locator("[name=cboAnio]").selectOption(year ?? "")
    await main.locator("[name=txtTer]").fill(printed(ticket, "TERM"))
    await main.locator("[name=txtTra]").fill(printed(ticket, "TRAN"))
    await main.locator("[name=txtImp]").fill(printed(ticket, "TOTAL").replace(/[$,]/g, ""))
    await main.getByRole("button", { name: "Siguiente" }).click()
    await main.locator("[name=txtRfc]").fill(profile.rfc)
    await main.getByRole("button", { name: "Buscar" }).click()
    await main.locator("[name=txtNom]").fill(profile.fullName)
    await main.locator("[name=txtCp]").fill(profile.postalCode)
    await main.locator("[name=cboReg]").selectOption(profile.fiscalRegime)
    await main.locator("[name=cboUso]").selectOption(profile.cfdiUse)
    await main.locator("[name=txtMail]").fill(profile.email)
    await main.getByRole("button", { name: "Siguiente" }).click()
    await main.getByRole("button", { name: "Sí, facturar" }).click()
    const [popup] = await Promise.all([page.waitForEvent("popup"), main.getByText("aquí").click()])
    await download(popup, () => popup.getByText("Comprobante (XML)").click())
  }
}
