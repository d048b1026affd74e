import {
  cfdiUses,
  commas,
  escaped,
  html,
  isStamped,
  openTill,
  options,
  seeOther,
  shop,
  type TillSale,
  type Visit
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly date: string
  readonly expired?: true
}

export const account = { email: "xochilt@example.com", password: "Nopal-verde77" }

interface Session {
  signedIn: boolean
  token: string
  sale: Sale | undefined
  sentTo: string
}

const clients = [
  {
    id: "2188",
    rfc: "EKU9003173C9",
    name: "ESCUELA KEMPER URGATE",
    postalCode: "42501",
    regime: "601",
    email: "facturas@kemper.example"
  },
  {
    id: "3407",
    rfc: "CACX7605101P8",
    name: "XOCHILT CASAS CHAVEZ",
    postalCode: "36257",
    regime: "612",
    email: "xochilt@example.com"
  }
]

const forms = [
  ["01", "Efectivo"],
  ["02", "Cheque nominativo"],
  ["03", "Transferencia electrónica de fondos"],
  ["04", "Tarjeta de crédito"],
  ["05", "Monedero electrónico"],
  ["28", "Tarjeta de débito"],
  ["29", "Tarjeta de servicios"]
] as const

const layout = (title: string, body: string, signedIn: boolean) => `<!DOCTYPE html>
<html lang="es"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1.0" /><title>${title} - Zafirel</title>
<link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css" /></head><body>
<header><nav class="navbar navbar-expand-sm navbar-light bg-white border-bottom box-shadow mb-3"><div class="container"><a class="navbar-brand" href="/">Zafirel</a>
<ul class="navbar-nav"><li class="nav-item"><a class="nav-link text-dark" href="/Estaciones">Estaciones</a></li>${
  signedIn
    ? `<li class="nav-item"><a class="nav-link text-dark" href="/Despachos/Facturar">Facturar</a></li><li class="nav-item"><a class="nav-link text-dark" href="/Clientes">Mis RFC</a></li><li class="nav-item"><span class="nav-link">Hola ${account.email}!</span></li><li><form class="form-inline" action="/Identity/Account/Logout" method="post"><button type="submit" class="nav-link btn btn-link text-dark">Cerrar sesión</button></form></li>`
    : `<li class="nav-item"><a class="nav-link text-dark" href="/Identity/Account/Register">Registrarse</a></li><li class="nav-item"><a class="nav-link text-dark" href="/Identity/Account/Login">Entrar</a></li>`
}</ul></div></nav></header>
<div class="container"><main role="main" class="pb-3">${body}</main></div>
<footer class="border-top footer text-muted"><div class="container">&copy; 2026 - Zafirel Combustibles - <a href="/Privacy">Privacidad</a></div></footer>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/js/site.js"></script></body></html>`

/** As jQuery Mask does it: zeros are digits, the rest is put in by itself. */
const siteScript = `$(function () {
  $('[data-mask]').each(function () {
    var mask = $(this).attr('data-mask'), el = this
    $(el).attr('maxlength', mask.length).on('input', function () {
      var digits = el.value.replace(/\\D/g, ''), out = '', i = 0
      for (var m = 0; m < mask.length && i < digits.length; m++) out += mask[m] === '0' ? digits[i++] : mask[m]
      if (out !== el.value) el.value = out
    })
  })
  var data = window.clientes || []
  function show() { var c = data.filter(function (c) { return c.id === $('#ClienteId').val() })[0]; if (!c) return
    $('#dRfc').text(c.rfc); $('#dNombre').text(c.name); $('#dCp').text(c.postalCode); $('#dReg').text(c.regime); $('#dCorreo').text(c.email) }
  $('#ClienteId').on('change', show); show()
  $('form[data-confirm]').on('submit', function (e) { if (!confirm($(this).attr('data-confirm'))) e.preventDefault(); else $(this).find('button[type=submit]').prop('disabled', true).html('<span class="spinner-border spinner-border-sm"></span> Timbrando...') })
})`

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "ZCO050817LR1", name: "ZAFIREL COMBUSTIBLES", regime: "601", postalCode: "37200" },
    "15101514"
  )

  const antiforgery = (session: Session) => {
    session.token = `CfDJ8${Buffer.from(crypto.getRandomValues(new Uint8Array(60))).toString("base64url")}`
    return `<input name="__RequestVerificationToken" type="hidden" value="${session.token}" />`
  }
  const forged = ({ field, session }: Visit<Session>) =>
    session.token === "" || field("__RequestVerificationToken") !== session.token
      ? new Response(null, { status: 400 })
      : undefined
  const summary = (error: string) =>
    error === ""
      ? ""
      : `<div class="text-danger validation-summary-errors" data-valmsg-summary="true"><ul><li>${escaped(error)}</li></ul></div>`

  const login = ({ field, session }: Visit<Session>, error = "") =>
    html(
      layout(
        "Entrar",
        `<h1>Entrar</h1><div class="row"><div class="col-md-4"><section><form id="account" method="post" action="/Identity/Account/Login?ReturnUrl=${encodeURIComponent(field("ReturnUrl"))}"><h2 class="h5">Usa tu cuenta para facturar.</h2><hr />${summary(error)}
<div class="form-floating mb-3"><input id="Input_Email" name="Input.Email" type="email" class="form-control" autocomplete="username" aria-required="true" placeholder="nombre@ejemplo.com" data-val="true" data-val-required="El correo es obligatorio." value="${escaped(field("Input.Email"))}" /><label for="Input_Email" class="form-label">Correo</label><span class="text-danger field-validation-valid" data-valmsg-for="Input.Email" data-valmsg-replace="true"></span></div>
<div class="form-floating mb-3"><input id="Input_Password" name="Input.Password" type="password" class="form-control" autocomplete="current-password" aria-required="true" placeholder="contraseña" /><label for="Input_Password" class="form-label">Contraseña</label></div>
<div class="checkbox mb-3"><label class="form-label" for="Input_RememberMe"><input class="form-check-input" type="checkbox" id="Input_RememberMe" name="Input.RememberMe" value="true" /> Recordarme</label></div>
<div><button id="login-submit" type="submit" class="w-100 btn btn-lg btn-primary">Entrar</button></div>
<div><p><a id="forgot-password" href="/Identity/Account/ForgotPassword">¿Olvidaste tu contraseña?</a></p><p><a href="/Identity/Account/Register">Crear una cuenta</a></p></div>${antiforgery(session)}</form></section></div></div>`,
        false
      )
    )

  const search = ({ field, session }: Visit<Session>, error = "") =>
    html(
      layout(
        "Facturar",
        `<h2>Facturar despacho</h2><form method="post" action="/Despachos/Facturar?handler=Buscar">${summary(error)}
<div class="form-group mb-3"><label for="Input_Folio">Folio web</label><input class="form-control" type="text" data-mask="0000-0000-0000-0000" data-val="true" data-val-required="The Folio field is required." id="Input_Folio" name="Input.Folio" inputmode="numeric" autocomplete="off" value="${escaped(field("Input.Folio"))}" /><span class="text-danger field-validation-valid" data-valmsg-for="Input.Folio"></span></div>
<button type="submit" class="btn btn-primary">Buscar despacho</button>${antiforgery(session)}</form><p class="text-muted mt-3">Los despachos se pueden facturar dentro de los 30 días posteriores a su consumo.</p>`,
        true
      )
    )

  const detail = (sale: Sale, { field, session }: Visit<Session>, error = "") =>
    html(
      layout(
        "Facturar",
        `<h2>Facturar despacho</h2>${summary(error)}<dl class="row"><dt class="col-sm-3">Folio web</dt><dd class="col-sm-9">${sale.ticket.replace(/(.{4})(?=.)/g, "$1-")}</dd><dt class="col-sm-3">Producto</dt><dd class="col-sm-9">${sale.description}</dd><dt class="col-sm-3">Fecha</dt><dd class="col-sm-9">${sale.date}</dd><dt class="col-sm-3">Importe</dt><dd class="col-sm-9">$${commas(sale.cents)}</dd></dl>
<form method="post" action="/Despachos/Facturar?handler=Timbrar" data-confirm="¿Desea timbrar el comprobante con los datos mostrados?">
<div class="row"><div class="col-md-6 mb-3"><label for="ClienteId">Receptor</label><select class="form-select" id="ClienteId" name="ClienteId">${options(
          clients.map(({ id, name, rfc }) => ({ value: id, text: `${rfc} · ${name}` })),
          field("ClienteId")
        )}</select></div>
<div class="col-md-6 mb-3"><table class="table table-sm"><tr><th>RFC</th><td id="dRfc"></td></tr><tr><th>Nombre</th><td id="dNombre"></td></tr><tr><th>C.P.</th><td id="dCp"></td></tr><tr><th>Régimen</th><td id="dReg"></td></tr><tr><th>Correo</th><td id="dCorreo"></td></tr></table></div>
<div class="col-md-6 mb-3"><label for="ClaveFormaPago">Forma de pago</label><select class="form-select" data-val="true" data-val-required="Seleccione la forma de pago" id="ClaveFormaPago" name="ClaveFormaPago"><option value="">-- Seleccione --</option>${options(
          forms.map(([value, text]) => ({ value, text: `${value} - ${text}` })),
          field("ClaveFormaPago")
        )}</select></div>
<div class="col-md-6 mb-3"><label for="ClaveUsoCFDI">Uso del CFDI</label><select class="form-select" id="ClaveUsoCFDI" name="ClaveUsoCFDI"><option value="">-- Seleccione --</option>${options(
          cfdiUses.map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
          field("ClaveUsoCFDI")
        )}</select></div></div>
<a class="btn btn-secondary" href="/Despachos/Facturar">Regresar</a> <button type="submit" class="btn btn-success">Timbrar</button>${antiforgery(session)}</form><script>window.clientes = ${JSON.stringify(clients)}</script>`,
        true
      )
    )

  return shop<Session>({
    till,
    cookie: "AspNetCoreIdentity",
    fresh: () => ({ signedIn: false, token: "", sale: undefined, sentTo: "" }),
    routes: {
      "GET /": ({ session }) =>
        html(
          layout(
            "Inicio",
            `<div class="text-center p-5 bg-light"><h1 class="display-4">Combustible que rinde</h1><p>Consulta estaciones, monedero y factura tus consumos en línea.</p><a class="btn btn-primary btn-lg" href="/Despachos/Facturar">Facturar ahora</a></div>`,
            session.signedIn
          )
        ),
      "GET /favicon.ico": () => new Response(null, { status: 204 }),
      "GET /js/site.js": () => new Response(siteScript, { headers: { "content-type": "text/javascript" } }),
      "GET /Identity/Account/Login": (visit) => login(visit),
      "POST /Identity/Account/Login": (visit) => {
        const bad = forged(visit)
        if (bad) return bad
        const { field, session } = visit
        if (field("Input.Email").toLowerCase() !== account.email || field("Input.Password") !== account.password) {
          return login(visit, "Intento de inicio de sesión no válido.")
        }
        session.signedIn = true
        const back = field("ReturnUrl")
        return seeOther(back.startsWith("/") ? back : "/")
      },
      "POST /Identity/Account/Logout": ({ session }) => {
        session.signedIn = false
        return seeOther("/")
      },
      "GET /Despachos/Facturar": (visit) =>
        visit.session.signedIn ? search(visit) : seeOther("/Identity/Account/Login?ReturnUrl=%2FDespachos%2FFacturar"),
      "POST /Despachos/Facturar": async (visit) => {
        const { field, session, url } = visit
        if (!session.signedIn) return seeOther("/Identity/Account/Login?ReturnUrl=%2FDespachos%2FFacturar")
        const bad = forged(visit)
        if (bad) return bad
        if (url.searchParams.get("handler") === "Buscar") {
          if (!/^(\d{4}-){3}\d{4}$/.test(field("Input.Folio")))
            return search(visit, "El folio web debe tener 16 dígitos.")
          const sale = sales.find(({ ticket }) => ticket === field("Input.Folio").replaceAll("-", ""))
          if (sale === undefined) return search(visit, "El folio web no corresponde a ningún despacho.")
          if (isStamped(till, sale)) return search(visit, "El despacho ya cuenta con comprobante fiscal.")
          if (sale.expired) return search(visit, `El despacho del ${sale.date} excede los 30 días para ser facturado.`)
          session.sale = sale
          return detail(sale, visit)
        }
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return search(visit, "Busque un despacho.")
        const client = clients.find(({ id }) => id === field("ClienteId"))
        const use = cfdiUses.find(({ code }) => code === field("ClaveUsoCFDI"))
        if (client === undefined) return detail(sale, visit, "Seleccione el receptor.")
        if (field("ClaveFormaPago") === "") return detail(sale, visit, "Seleccione la forma de pago")
        if (use === undefined) return detail(sale, visit, "Seleccione el uso del CFDI")
        if (field("ClaveFormaPago") !== sale.paymentForm)
          return detail(sale, visit, "La forma de pago no coincide con la registrada en el despacho.")
        if (!use.fiscalRegimes.includes(client.regime))
          return detail(sale, visit, "El uso del CFDI no es compatible con el régimen del receptor.")
        await Bun.sleep(2000)
        session.sale = undefined
        session.sentTo = client.email
        await till.stamp(sale, { receiver: client, use: use.code })
        return seeOther("/Despachos/Enviado")
      },
      "GET /Despachos/Enviado": ({ session }) =>
        html(
          layout(
            "Comprobante enviado",
            `<div class="alert alert-success"><h4>Comprobante enviado</h4>Los archivos XML y PDF se enviaron a <strong>${session.sentTo}</strong>. Revise también su carpeta de correo no deseado.</div><a class="btn btn-primary" href="/Despachos/Facturar">Facturar otro despacho</a>`,
            true
          )
        ),
      "GET /Clientes": () =>
        html(
          layout(
            "Mis RFC",
            `<h2>Mis RFC</h2><ul>${clients.map(({ name, rfc }) => `<li>${rfc} ${name}</li>`).join("")}</ul>`,
            true
          )
        )
    }
  })
}
