import { join } from "node:path"
import { usesOf } from "../../lib/Taxpayers.ts"
import {
  against,
  ago,
  base64,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  openTill,
  type PortalCase,
  printed,
  regimeOptions,
  same,
  script,
  shop,
  stampOf,
  type TestPortal,
  typedAs,
  useOptions
} from "../kit/replies.ts"

const phone = "5548217730"
const code = "482913"
const base = { ticket: "8834120077", cents: 20000n, description: "Recarga de tiempo aire", paymentForm: "01" }
const sales = [
  { ...base, iso: ago(1).iso, state: "open" },
  { ...base, ticket: "8829907431", cents: 10000n, iso: ago(35).iso, state: "late" },
  { ...base, ticket: "8834118265", cents: 15000n, iso: ago(2).iso, state: "refused" }
] as const

interface Session {
  phone?: string
  inside?: true
  sale?: (typeof sales)[number]
}

const box = (id: string, label: string, extra = "") =>
  `<div class="form-group"><label for="${id}">${label}</label><input type="text" class="form-control" id="${id}" name="${id}" ${extra}></div>`
const alertBox = `<div class="alert alert-danger aviso-error d-none" role="alert"></div>`

const page = `<!DOCTYPE html><html lang="es-MX"><head><meta charset="utf-8"><title>Facturación de recargas | Telumbra</title><meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{margin:0;font-family:Roboto,Arial;background:#f4f6fb;color:#223}.d-none{display:none!important}.topbar{background:#00209f;color:#fff;display:flex;padding:0 40px;height:60px;align-items:center;justify-content:space-between}.topbar a{color:#fff;margin-left:20px;text-decoration:none;font-size:14px}.card{background:#fff;max-width:520px;margin:36px auto;padding:30px;border-radius:12px;box-shadow:0 2px 10px #0001}.form-group{margin-bottom:16px}label{display:block;font-size:13px;margin-bottom:4px}.form-control{width:100%;box-sizing:border-box;height:42px;border:1px solid #ccd;border-radius:6px;padding:0 12px;font-size:15px}.btn{border:0;border-radius:22px;padding:12px 30px;font-size:15px;cursor:pointer}.btn-primary{background:#00209f;color:#fff;width:100%}.btn-link{background:none;color:#00209f}.alert{padding:12px;border-radius:6px;margin-bottom:14px}.alert-danger{background:#fde8e8;color:#a30000}.alert-success{background:#e6f7ec;color:#06622c}#loader{position:fixed;inset:0;background:#fffb;z-index:2000;display:flex;align-items:center;justify-content:center}.modal{display:none;position:fixed;inset:0;z-index:1050}.modal-dialog{max-width:460px;margin:90px auto;background:#fff;padding:26px;border-radius:12px}.modal-backdrop{position:fixed;inset:0;background:#0007;z-index:1040}.fila{display:flex;gap:12px;align-items:center;border:1px solid #dde;padding:12px;border-radius:8px;margin-bottom:16px}</style></head>
<body><div class="topbar"><b style="font-size:24px">telumbra</b><span><a href="/planes">Planes</a><a href="/recargas">Recargas</a><a href="/">Facturación</a><a href="/mi-telumbra">Mi Telumbra</a></span></div>
<div id="vista"></div><div id="loader" class="d-none"><div class="spinner-border" role="status"><span class="sr-only">Un momento…</span></div></div>
<div class="modal fade" id="modalListo" tabindex="-1" role="dialog"><div class="modal-dialog" role="document"><div class="modal-content"><h4>¡Tu factura está lista!</h4><p>Folio fiscal: <span class="folio"></span></p><button type="button" class="btn btn-primary" id="bajaXml">Guardar XML</button><p></p><button type="button" class="btn btn-primary" id="bajaPdf">Guardar PDF</button></div></div></div>
<script type="text/x-template" id="t-numero"><div class="card"><h3>Factura tus recargas</h3><p>Para cuidar tu información confirmaremos que la línea es tuya.</p>${alertBox}<form id="fNumero" novalidate>${box("msisdn", "Número Telumbra (10 dígitos)", `maxlength="10" inputmode="numeric"`)}<button class="btn btn-primary">Continuar</button></form></div></script>
<script type="text/x-template" id="t-codigo"><div class="card"><h3>Ingresa tu código</h3><p>Enviamos un SMS con un código de seguridad al {{linea}}. Tiene una vigencia de 5 minutos.</p>${alertBox}<div class="alert alert-success d-none" id="reenviado">Enviamos el mensaje otra vez.</div><form id="fCodigo" novalidate>${box("otp", "Código de 6 dígitos", `maxlength="6" inputmode="numeric" autocomplete="one-time-code"`)}<button class="btn btn-primary">Validar código</button><p><a href="#" id="reenviar">No me llegó, reenviar SMS</a></p></form></div></script>
<script type="text/x-template" id="t-busca"><div class="card"><h3>Hola, línea {{linea}}</h3><p>Captura los datos del comprobante de tu recarga.</p>${alertBox}<form id="fBusca" novalidate>${box("folioRecarga", "Folio de la recarga", `maxlength="12"`)}${box("montoRecarga", "Monto", `placeholder="$"`)}<button class="btn btn-primary">Buscar recarga</button></form></div></script>
<script type="text/x-template" id="t-recarga"><div class="card"><h3>Recargas por facturar</h3>${alertBox}<div class="fila"><input type="checkbox" id="chkRecarga"><label for="chkRecarga" style="margin:0"><b>{{folio}}</b> · {{fecha}} · {{monto}}</label></div><button class="btn btn-primary" id="aFacturar">Continuar</button></div></script>
<script type="text/x-template" id="t-fiscal"><div class="card"><h3>Datos de facturación</h3>${alertBox}<form id="fFiscal" novalidate>${box("rfc", "RFC", `maxlength="13"`)}${box("nombre", "Nombre completo o razón social")}${box("cp", "Código postal", `maxlength="5"`)}<div class="form-group"><label for="regimenFiscal">Régimen fiscal</label><select class="form-control" id="regimenFiscal" name="regimenFiscal"></select></div><div class="form-group"><label for="usoCfdi">Uso de la factura</label><select class="form-control" id="usoCfdi" name="usoCfdi" disabled></select></div>${box("correo", "Correo electrónico")}<button class="btn btn-primary">Generar factura</button></form></div></script>
<script>window.regimenes=${JSON.stringify(regimeOptions())}</script><script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/facturacion-web/js/app.js"></script></body></html>`

const words = {
  empty: "Todos los datos son necesarios.",
  rfc: "No encontramos el RFC en el padrón del SAT.",
  name: "El nombre es distinto al del padrón del SAT.",
  postalCode: "El código postal es distinto al del padrón del SAT.",
  regime: "El régimen es distinto al del padrón del SAT.",
  use: "Elige el uso de la factura.",
  email: "Escribe un correo válido.",
  pair: "Ese uso no está permitido con tu régimen."
}
const no = (mensaje: string) => json({ mensaje }, 422)

const start = async () => {
  const app = await Bun.file(join(import.meta.dir, "app.js")).text()
  const till = openTill({ rfc: "TEL961120MA5", name: "TELUMBRA MOVIL", regime: "601", postalCode: "11529" }, "83111603")
  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({}),
    routes: {
      "GET /": () => html(page),
      "GET /facturacion-web/js/app.js": script(app),
      "GET /facturacion-web/rest/usos": ({ field }) => {
        const fitting = new Set(usesOf(field("rfc").toUpperCase(), field("r")).map(({ code }) => code as string))
        return html(
          useOptions().replace(/<option value="(\w+)">[^<]*<\/option>/g, (all, use: string) =>
            fitting.has(use) ? all : ""
          )
        )
      },
      "POST /facturacion-web/rest/sesion/solicitar": async ({ field, session }) => {
        await Bun.sleep(600)
        if (!/^\d{10}$/.test(field("msisdn"))) return no("Escribe tu número a 10 dígitos, sin espacios.")
        if (field("msisdn") !== phone) return no("El número no pertenece a Telumbra.")
        session.phone = phone
        return json({ linea: `•• •••• ${phone.slice(6)}` })
      },
      "POST /facturacion-web/rest/sesion/reenviar": () => json({}),
      "POST /facturacion-web/rest/sesion/validar": async ({ field, session }) => {
        await Bun.sleep(400)
        if (session.phone === undefined) return no("Tu sesión caducó.")
        if (field("codigo") !== code) return no("El código no es correcto. Revisa el SMS e intenta otra vez.")
        session.inside = true
        return json({ linea: `${phone.slice(0, 2)} ${phone.slice(2, 6)} ${phone.slice(6)}` })
      },
      "POST /facturacion-web/rest/recargas/buscar": async ({ field, session }) => {
        await Bun.sleep(400)
        if (!session.inside) return no("Tu sesión caducó.")
        const sale = sales.find((one) => one.ticket === field("folio"))
        const amount = field("monto").replace(/[$\s]/g, "")
        if (sale === undefined || !(same(amount, sale.cents) || same(`${amount}.00`, sale.cents)))
          return no("Esta línea no tiene una recarga con ese folio y monto.")
        if (sale.state === "late") return no("Sólo es posible facturar recargas del mes actual.")
        if (isStamped(till, sale)) return no("Esa recarga ya tiene factura.")
        session.sale = sale
        return json({
          folio: sale.ticket,
          fecha: sale.iso.split("-").reverse().join("/"),
          monto: `$${commas(sale.cents)}`
        })
      },
      "POST /facturacion-web/rest/cfdi/emitir": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return no("Tu sesión caducó.")
        const typed = typedAs(
          (name) => (name === "rfc" || name === "nombre" ? field(name).toUpperCase() : field(name)),
          { rfc: "rfc", name: "nombre", postalCode: "cp", regime: "regimenFiscal", use: "usoCfdi", email: "correo" }
        )
        const wrong = against(typed, words)
        await Bun.sleep(1200)
        if (wrong !== undefined) return no(wrong)
        if (sale.state === "refused")
          return no(
            "El SAT no aceptó tu factura: el nombre que escribiste no es el que corresponde a tu RFC. Consulta tu constancia y corrígelo."
          )
        const made = await stampOf(till, sale, typed)
        return json({ uuid: made.uuid, nombre: made.fileName, xml: base64(made.xml), pdf: base64(made.pdf) })
      }
    }
  })
}

const paper = (folio: string, days: number, amount: string) => ({
  Compañía: "TELUMBRA",
  Teléfono: "55 4821 7730",
  "Folio recarga": folio,
  Autorización: "004417",
  "Fecha/Hora": `${ago(days).slashes} 19:06`,
  Monto: amount,
  "Forma de pago": "EFECTIVO"
})
const otp = (then: PortalCase["expected"]) =>
  ({ status: "ASKED", kind: "otp", answers: { código: code }, then }) as const

export const portal: TestPortal = {
  id: "telumbra",
  profile: "person",
  start,
  traps: [
    "a code sent by SMS before the ticket is asked",
    "phone number as printed has spaces",
    "a row that must be ticked",
    "files as data: links from JSON"
  ],
  cases: [
    { name: "ok", ticket: paper("8834120077", 1, "$200.00"), expected: otp(completed) },
    {
      name: "of an earlier month",
      ticket: paper("8829907431", 35, "$100.00"),
      expected: otp(failed("TICKET_EXPIRED"))
    },
    { name: "no such top-up", ticket: paper("8834210077", 1, "$200.00"), expected: otp(failed("TICKET_NOT_FOUND")) },
    { name: "SAT refuses the name", ticket: paper("8834118265", 2, "$150.00"), expected: otp(failed("DATA_REJECTED")) }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    await page.locator("#msisdn").fill(printed(ticket, "Teléfono").replace(/\D/g, ""))
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.locator("#otp").fill(code)
    await page.getByRole("button", { name: "Validar código" }).click()
    await page.locator("#folioRecarga").fill(printed(ticket, "Folio recarga"))
    await page.locator("#montoRecarga").fill(printed(ticket, "Monto").replace("$", ""))
    await page.getByRole("button", { name: "Buscar recarga" }).click()
    await page.locator("#chkRecarga").check()
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#nombre").fill(profile.fullName)
    await page.locator("#cp").fill(profile.postalCode)
    await page.locator("#regimenFiscal").selectOption(profile.fiscalRegime)
    await page.locator("#usoCfdi:enabled").selectOption(profile.cfdiUse)
    await page.locator("#correo").fill(profile.email)
    await page.getByRole("button", { name: "Generar factura" }).click()
    await download(page, () => page.getByText("Guardar XML").click())
  }
}
