import { usesOf } from "../../lib/Taxpayers.ts"
import {
  ago,
  commas,
  escaped,
  failed,
  html,
  isStamped,
  js,
  json,
  openTill,
  options,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  template,
  usesFor,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly branch: string
  readonly day: string
  readonly state?: "late" | "offline"
}

const branches: ReadonlyArray<readonly [string, string]> = [
  ["2", "Gómez Palacio"],
  ["4", "Torreón Centro"],
  ["5", "Torreón Oriente"],
  ["9", "Saltillo Norte"],
  ["12", "Monclova"]
]
const sale: Sale = {
  ticket: "OS-004417",
  cents: 762400n,
  description: "Llantas 205/55 R16",
  paymentForm: "04",
  branch: "5",
  day: ago(3).slashes
}
const late: Sale = { ...sale, ticket: "OS-003980", cents: 128000n, day: ago(37).slashes, state: "late" }
const offline: Sale = {
  ...sale,
  ticket: "OS-001206",
  cents: 415050n,
  branch: "12",
  day: ago(1).slashes,
  state: "offline"
}
const sales = [sale, late, offline]

interface Session {
  csrf: string
  sale?: Sale | undefined
  typed?: Typed | undefined
  flash?: string | undefined
}

const start = () => {
  const till = openTill(
    { rfc: "LLA090217HU1", name: "LLANTORUM DEL NORTE", regime: "601", postalCode: "27000" },
    "25172504"
  )

  const faults = (field: (name: string) => string) => {
    const empty = (name: string, label: string) =>
      field(`TicketForm[${name}]`) === "" ? [`${label} no puede estar vacío.`] : []
    const list: Record<string, ReadonlyArray<string>> = {
      sucursal: empty("sucursal", "Sucursal"),
      orden: empty("orden", "Orden de servicio"),
      fecha: empty("fecha", "Fecha de la orden"),
      total: empty("total", "Total con IVA")
    }
    if (list["total"]?.length === 0 && !/^\d+(\.\d{1,2})?$/.test(field("TicketForm[total]")))
      list["total"] = ["Total con IVA debe ser un número."]
    return Object.fromEntries(Object.entries(list).filter(([, texts]) => texts.length > 0))
  }
  const receiverFaults = (typed: Typed) => {
    const labels: ReadonlyArray<readonly [keyof Typed, string]> = [
      ["rfc", "RFC"],
      ["name", "Nombre fiscal"],
      ["postalCode", "C.P."],
      ["regime", "Régimen"],
      ["use", "Uso CFDI"],
      ["email", "Enviar a"]
    ]
    const list: Record<string, ReadonlyArray<string>> = {}
    for (const [key, label] of labels) if (typed[key] === "") list[key] = [`${label} no puede estar vacío.`]
    const wrong = wrongOf(typed)
    if (Object.keys(list).length === 0 && wrong !== undefined) {
      list[wrong] = [
        {
          empty: "",
          rfc: "RFC es inválido.",
          name: "Nombre fiscal no coincide con el registrado en el SAT.",
          postalCode: "C.P. no coincide con el registrado en el SAT.",
          regime: "Régimen no coincide con el registrado en el SAT.",
          use: "Uso CFDI es inválido.",
          email: "Enviar a no es una dirección de correo válida."
        }[wrong]
      ]
    }
    return list
  }
  const group = (
    form: string,
    name: string,
    label: string,
    input: string,
    errors: Record<string, ReadonlyArray<string>>
  ) =>
    `<div class="form-group field-${form}-${name.toLowerCase()} required${errors[name] ? " has-error" : ""}"><label class="control-label" for="${form}-${name.toLowerCase()}">${label}</label>${input}<p class="help-block help-block-error">${escaped(errors[name]?.[0] ?? "")}</p></div>`
  const layout = async (session: Session, content: string) => {
    const flash =
      session.flash === undefined
        ? ""
        : `<div id="w1-danger" class="alert-danger alert fade in"><button type="button" class="close" data-dismiss="alert" aria-hidden="true">&times;</button>${escaped(session.flash)}</div>`
    session.flash = undefined
    return html(await template(import.meta.dir, "layout.html", { csrf: session.csrf, flash, content }))
  }
  const csrf = (session: Session) => `<input type="hidden" name="_csrf" value="${session.csrf}">`
  const ticketForm = (
    session: Session,
    field: (name: string) => string,
    errors: Record<string, ReadonlyArray<string>>
  ) => {
    const v = (name: string) => escaped(field(`TicketForm[${name}]`))
    return layout(
      session,
      `<h3>Obtenga su CFDI</h3><p>Cuenta con 30 días a partir de la fecha de su orden de servicio.</p>
<form id="form-ticket" action="/index.php?r=autofactura%2Findex" method="post" data-ajax-validate="1">${csrf(session)}
${group(
  "ticketform",
  "sucursal",
  "Sucursal",
  `<select id="ticketform-sucursal" class="form-control select2" name="TicketForm[sucursal]" data-placeholder="Seleccione la sucursal" style="width:100%"><option value=""></option>${options(
    branches.map(([value, text]) => ({ value, text })),
    field("TicketForm[sucursal]")
  )}</select>`,
  errors
)}
${group("ticketform", "orden", "Orden de servicio", `<input type="text" id="ticketform-orden" class="form-control" name="TicketForm[orden]" value="${v("orden")}" data-plugin-inputmask="OS-999999">`, errors)}
${group("ticketform", "fecha", "Fecha de la orden", `<input type="text" id="ticketform-fecha" class="form-control" name="TicketForm[fecha]" value="${v("fecha")}" data-plugin-inputmask="99/99/9999">`, errors)}
${group("ticketform", "total", "Total con IVA", `<div class="input-group"><span class="input-group-addon">$</span><input type="text" id="ticketform-total" class="form-control" name="TicketForm[total]" value="${v("total")}"></div>`, errors)}
<div class="form-group"><button type="submit" class="btn btn-primary" name="ticket-button">Continuar <i class="glyphicon glyphicon-chevron-right"></i></button></div></form>`
    )
  }
  const receiverForm = (session: Session, typed: Typed, errors: Record<string, ReadonlyArray<string>>) => {
    const box = (name: keyof Typed, label: string, more = "") =>
      group(
        "receptorform",
        name,
        label,
        `<input type="text" id="receptorform-${name.toLowerCase()}" class="form-control" name="ReceptorForm[${name}]" value="${escaped(typed[name])}" ${more}>`,
        errors
      )
    return layout(
      session,
      `<h3>Datos del receptor</h3><div class="well well-sm">${session.sale?.ticket} &middot; $${commas(session.sale?.cents ?? 0n)}</div>
<form id="form-receptor" action="/index.php?r=autofactura%2Freceptor" method="post">${csrf(session)}
${box("rfc", "RFC", `maxlength="13"`)}${box("name", "Nombre fiscal", `maxlength="254"`)}${box("postalCode", "C.P.", `maxlength="5"`)}
${group(
  "receptorform",
  "regime",
  "Régimen",
  `<select id="receptorform-regime" class="form-control select2" name="ReceptorForm[regime]" data-placeholder="Seleccione" style="width:100%"><option value=""></option>${options(
    [
      ...regimesFor("CACX7605101P8"),
      ...regimesFor("EKU9003173C9").filter(({ code }) => ["601", "603", "620", "622", "623", "624"].includes(code))
    ].map(({ code, name }) => ({ value: code, text: `${code} ${name}` })),
    typed.regime
  )}</select>`,
  errors
)}
${group(
  "receptorform",
  "use",
  "Uso CFDI",
  `<select id="receptorform-use" class="form-control select2" name="ReceptorForm[use]" data-placeholder="Elija antes el régimen" data-depdrop="receptorform-regime" style="width:100%" ${typed.regime === "" ? "disabled" : ""}><option value=""></option>${
    typed.regime === ""
      ? ""
      : options(
          usesFor(typed.rfc).map(({ code, name }) => ({ value: code, text: `${code} ${name}` })),
          typed.use
        )
  }</select>`,
  errors
)}
${box("email", "Enviar a", `placeholder="correo@dominio.com"`)}
<div class="form-group"><button type="submit" class="btn btn-primary">Continuar <i class="glyphicon glyphicon-chevron-right"></i></button></div></form>`
    )
  }
  const none: Typed = { rfc: "", name: "", postalCode: "", regime: "", use: "", email: "" }

  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    landing: "/index.php?r=autofactura%2Findex",
    fresh: () => ({ csrf: crypto.randomUUID() }),
    routes: {
      "GET /assets/app.js": async () => js(await Bun.file(`${import.meta.dir}/app.js`).text()),
      "GET /index.php": async ({ session, url }) => {
        const r = url.searchParams.get("r") ?? ""
        if (r === "autofactura/index") return ticketForm(session, () => "", {})
        if (session.sale === undefined) return seeOther("/index.php?r=autofactura%2Findex")
        if (r === "autofactura/receptor") return receiverForm(session, session.typed ?? none, {})
        const typed = session.typed
        if (r === "autofactura/confirmar" && typed !== undefined) {
          const rows = [
            ["Orden de servicio", session.sale.ticket],
            ["Total", `$${commas(session.sale.cents)}`],
            ["RFC", typed.rfc],
            ["Nombre fiscal", typed.name],
            ["C.P.", typed.postalCode],
            ["Régimen", typed.regime],
            ["Uso CFDI", typed.use],
            ["Enviar a", typed.email]
          ]
          return layout(
            session,
            `<h3>Confirme</h3><table id="w0" class="table table-striped table-bordered detail-view"><tbody>${rows.map(([a, b]) => `<tr><th>${a}</th><td>${escaped(b ?? "")}</td></tr>`).join("")}</tbody></table><p><a class="btn btn-default" href="/index.php?r=autofactura%2Freceptor">Modificar</a> <a class="btn btn-success" href="/index.php?r=autofactura%2Ftimbrar" data-method="post">Timbrar y enviar</a></p>`
          )
        }
        return html("<h1>Not Found (#404)</h1>", 404)
      },
      "POST /index.php": async ({ field, session, url }) => {
        const r = url.searchParams.get("r") ?? ""
        if (r === "autofactura/usos")
          return json({
            output: usesOf(field("rfc").toUpperCase(), field("regimen")).map(({ code, name }) => ({
              id: code,
              name: `${code} ${name}`
            })),
            selected: ""
          })
        if (field("_csrf") !== session.csrf)
          return html("<h1>Bad Request (#400)</h1>Unable to verify your data submission.", 400)
        if (r === "autofactura/index") {
          const errors = faults(field)
          if (field("ajax") !== "")
            return json(Object.fromEntries(Object.entries(errors).map(([key, texts]) => [`ticketform-${key}`, texts])))
          if (Object.keys(errors).length > 0) return ticketForm(session, field, errors)
          const f = (name: string) => field(`TicketForm[${name}]`)
          const branch = branches.find(([id]) => id === f("sucursal"))
          if (branch?.[0] === "12") {
            session.flash = `No hay enlace con la sucursal ${branch[1]}: su servidor se encuentra fuera de servicio por trabajos de mantenimiento. Intente de nuevo en unas horas.`
            return ticketForm(session, field, {})
          }
          const found = sales.find(
            (one) =>
              one.branch === f("sucursal") &&
              one.ticket === f("orden") &&
              one.day === f("fecha") &&
              same(f("total"), one.cents)
          )
          if (found === undefined)
            return ticketForm(session, field, {
              orden: ["No hay una orden de servicio con esos datos en la sucursal."]
            })
          if (found.state === "late")
            return ticketForm(session, field, {
              fecha: ["Se rebasaron los 30 días que tenía para solicitar el CFDI de esta orden."]
            })
          if (isStamped(till, found))
            return ticketForm(session, field, { orden: ["La orden de servicio ya fue timbrada."] })
          session.sale = found
          session.typed = undefined
          return seeOther("/index.php?r=autofactura%2Freceptor")
        }
        if (session.sale === undefined) return seeOther("/index.php?r=autofactura%2Findex")
        if (r === "autofactura/receptor") {
          const f = (name: string) => field(`ReceptorForm[${name}]`)
          const typed: Typed = {
            rfc: f("rfc").toUpperCase(),
            name: f("name").toUpperCase(),
            postalCode: f("postalCode"),
            regime: f("regime"),
            use: f("use"),
            email: f("email")
          }
          const errors = receiverFaults(typed)
          if (Object.keys(errors).length > 0) return receiverForm(session, typed, errors)
          session.typed = typed
          return seeOther("/index.php?r=autofactura%2Fconfirmar")
        }
        const { sale: one, typed } = session
        if (r !== "autofactura/timbrar" || typed === undefined || isStamped(till, one))
          return seeOther("/index.php?r=autofactura%2Findex")
        await Bun.sleep(2000)
        await stampOf(till, one, typed)
        session.sale = undefined
        return layout(
          session,
          `<div id="w1-success" class="alert-success alert fade in">El comprobante LLT ${one.ticket.slice(3)} se timbró y fue enviado a ${escaped(typed.email)}.</div><p>Gracias por rodar con nosotros. Si no lo recibe en 10 minutos comuníquese al 871 000 4400.</p><p><a href="/index.php?r=autofactura%2Findex" class="btn btn-default">Otra orden</a></p>`
        )
      }
    }
  })
}

const ticket = (one: Sale, name: string) => ({
  Taller: name,
  "O. Servicio": one.ticket,
  Fecha: one.day,
  Vehículo: "SENTRA 2021",
  Placas: "FRZ-114-B",
  Kms: 61204,
  "Sub-total": `$${commas((one.cents * 100n) / 116n)}`,
  Total: `$${commas(one.cents)}`,
  "Forma de pago": "TARJETA CREDITO",
  Asesor: "M. Arreola"
})

export const portal: TestPortal = {
  id: "llantorum",
  traps: [
    "Yii2: full page loads and checks by AJAX on blur, masks that clear what is not whole, real Select2, a dependent drop-down that is disabled until its answer",
    "a link posted by script is the stamp; the invoice only by e-mail"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticket(sale, "TORREON ORIENTE"), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "after thirty days", ticket: ticket(late, "TORREON ORIENTE"), expected: failed("TICKET_EXPIRED") },
    { name: "workshop's server out of service", ticket: ticket(offline, "MONCLOVA"), expected: failed("PORTAL_DOWN") }
  ],
  script: async (page, ticket, profile) => {
    const pick = async (id: string, text: string) => {
      await page.locator(`#select2-${id}-container`).click()
      await page.locator(".select2-results__option").filter({ hasText: text }).click()
    }
    await pick("ticketform-sucursal", printed(ticket, "Taller") === "MONCLOVA" ? "Monclova" : "Torreón Oriente")
    await page.locator("#ticketform-orden").pressSequentially(printed(ticket, "O. Servicio").slice(3))
    await page.locator("#ticketform-fecha").pressSequentially(printed(ticket, "Fecha"))
    await page.locator("#ticketform-total").fill(printed(ticket, "Total").replace(/[$,]/g, ""))
    await page.locator("[name=ticket-button]").click()
    await page.locator("#receptorform-rfc").fill(profile.rfc)
    await page.locator("#receptorform-name").fill(profile.fullName)
    await page.locator("#receptorform-postalcode").fill(profile.postalCode)
    await pick("receptorform-regime", profile.fiscalRegime)
    await page.locator("#receptorform-use:enabled").waitFor({ state: "attached" })
    await pick("receptorform-use", profile.cfdiUse)
    await page.locator("#receptorform-email").fill(profile.email)
    await page.locator("#form-receptor [type=submit]").click()
    await page.getByText("Timbrar y enviar").click()
    await page.locator(".alert-success").waitFor()
  }
}
