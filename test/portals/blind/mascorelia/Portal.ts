import { join } from "node:path"
import {
  against,
  ago,
  commas,
  completed,
  escaped,
  failed,
  html,
  isStamped,
  openTill,
  options,
  type PortalCase,
  pdfFile,
  printed,
  regimesFor,
  same,
  script,
  shop,
  stampOf,
  type TestPortal,
  typedAs,
  useOptions,
  xmlFile
} from "../kit/replies.ts"

const base = { ticket: "1043-02-0091827", cents: 164550n, description: "Alimento para mascota", paymentForm: "04" }
const sales = [
  { ...base, shop: "1043", iso: ago(2).iso, state: "open" },
  { ...base, ticket: "1043-01-0088514", cents: 72990n, shop: "1043", iso: ago(41).iso, state: "late" },
  { ...base, ticket: "1107-03-0012250", cents: 39900n, shop: "1107", iso: ago(1).iso, state: "open" }
] as const
const shops = [
  ["a0B5f00000Qz1aXEAR", "Mascorelia Altabrisa Mérida", "1043"],
  ["a0B5f00000Qz1bCEAR", "Mascorelia Antara", "1002"],
  ["a0B5f00000Qz1bHEAR", "Mascorelia Cumbres", "1088"],
  ["a0B5f00000Qz1cTEAR", "Mascorelia Juriquilla", "1107"],
  ["a0B5f00000Qz1dDEAR", "Mascorelia Lomas Verdes", "1020"]
] as const

interface Session {
  sale?: (typeof sales)[number]
  typed?: ReturnType<typeof typedAs>
  made?: string
  step: number
  values: Record<string, string>
}
const F = "j_id0:frmFactura"
const T = `${F}:pbTicket:j_id31`
const D = `${F}:pbDatos:j_id52`

const item = (id: string, label: string, control: string) =>
  `<tr><th class="labelCol vfLabelColTextWrap" scope="row"><label for="${id}"><span class="assistiveText">*</span>${label}</label></th><td class="dataCol"><div class="requiredInput"><div class="requiredBlock"></div>${control}</div></td></tr>`
const input = (id: string, label: string, value = "", extra = "", button = "") =>
  item(id, label, `<input id="${id}" type="text" name="${id}" size="20" value="${escaped(value)}" ${extra} />${button}`)
const section = (title: string, id: string, rows: string) =>
  `<div class="pbSubsection" id="${id}"><div class="pbSubheader brandTertiaryBgr first tertiaryPalette"><span class="pbSubExtra"></span><h3>${title}<span class="titleSeparatingColon">:</span></h3></div><table class="detailList" border="0" cellpadding="0" cellspacing="0"><tbody>${rows}</tbody></table></div>`
const submit = (id: string, text: string) =>
  `<input class="btn" id="${id}" name="${id}" onclick="A4J.AJAX.Submit('${F}',event,{'similarityGroupingId':'${id}','parameters':{'${id}':'${id}'},'status':'j_id0:frmFactura:estado'});return false;" value="${text}" type="button" />`
const message = (kind: "error" | "confirm" | "warning", text: string) =>
  `<div class="message ${kind}M3" role="alert"><table border="0" cellpadding="0" cellspacing="0" class="messageTable" style="padding:0px;margin:0px;"><tbody><tr valign="top"><td><img alt="${kind.toUpperCase()}" class="msgIcon" src="/s.gif" title="${kind.toUpperCase()}" width="16" height="16" /></td><td class="messageCell"><div id="j_id0:frmFactura:msgs:j_id5" class="messageText"><span><h4>${kind === "confirm" ? "Confirmación" : kind === "error" ? "Error" : "Aviso"}:</h4></span>${text}<br /></div></td></tr></tbody></table></div>`

const panel = (session: Session, said: string) => {
  const v = (name: string) => session.values[name] ?? ""
  const { sale, step, typed } = session
  const rfc = v(`${D}:txtRFC`).toUpperCase()
  const body =
    step === 0
      ? `${section(
          "Datos de la compra",
          `${F}:pbTicket`,
          item(
            `${T}:selTienda`,
            "Tienda",
            `<select id="${T}:selTienda" name="${T}:selTienda" size="1"><option value="">--Ninguno--</option>${options(
              shops.map(([value, text]) => ({ value, text })),
              v(`${T}:selTienda`)
            )}</select>`
          ) +
            item(
              `${T}:fecha`,
              "Fecha de compra",
              `<span class="dateInput dateOnlyInput"><input id="${T}:fecha" name="${T}:fecha" onfocus="DatePicker.pickDate(true, '${T}:fecha', false);" size="12" type="text" value="${escaped(v(`${T}:fecha`))}" /><span class="dateFormat">&nbsp;[&nbsp;<a href="javascript:DatePicker.insertDate('${ago(0).slashes}', '${T}:fecha', true);" tabindex="-1">${ago(0).slashes}</a>&nbsp;]</span></span>`
            ) +
            input(`${T}:txtTrans`, "N&uacute;mero de transacci&oacute;n", v(`${T}:txtTrans`), `maxlength="20"`) +
            input(`${T}:txtTotal`, "Total pagado", v(`${T}:txtTotal`))
        )}
<div class="pbBottomButtons"><table><tbody><tr><td class="pbTitle">&nbsp;</td><td class="pbButtonb">${submit(`${F}:pbTicket:btnBuscar`, "Buscar")}</td></tr></tbody></table></div>`
      : step === 1
        ? `${section(
            `Transacci&oacute;n ${sale?.ticket ?? ""}`,
            `${F}:pbDatos`,
            input(
              `${D}:txtRFC`,
              "RFC",
              v(`${D}:txtRFC`),
              `maxlength="13" onchange="A4J.AJAX.Submit('${F}',event,{'parameters':{'${D}:cambioRFC':'1'},'status':'j_id0:frmFactura:estado'})"`
            ) +
              input(`${D}:txtNombre`, "Nombre o raz&oacute;n social", v(`${D}:txtNombre`), `maxlength="255"`) +
              input(`${D}:txtCP`, "C&oacute;digo postal", v(`${D}:txtCP`), `maxlength="5"`) +
              item(
                `${D}:selRegimen`,
                "R&eacute;gimen fiscal",
                `<select id="${D}:selRegimen" name="${D}:selRegimen" size="1"><option value="">--Ninguno--</option>${
                  rfc === ""
                    ? ""
                    : options(
                        regimesFor(rfc).map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
                        v(`${D}:selRegimen`)
                      )
                }</select>`
              ) +
              item(
                `${D}:selUso`,
                "Uso del CFDI",
                `<select id="${D}:selUso" name="${D}:selUso" size="1"><option value="">--Ninguno--</option>${useOptions(rfc === "" ? undefined : rfc, v(`${D}:selUso`))}</select>`
              ) +
              input(`${D}:txtEmail`, "Correo electr&oacute;nico", v(`${D}:txtEmail`))
          )}
<div class="pbBottomButtons">${submit(`${F}:pbDatos:btnVolver`, "Volver")} ${submit(`${F}:pbDatos:btnContinuar`, "Continuar")}</div>`
        : step === 2
          ? `${section(
              "Verifique antes de facturar",
              `${F}:pbConf`,
              [
                ["RFC", typed?.rfc],
                ["Nombre", typed?.name],
                ["C&oacute;digo postal", typed?.postalCode],
                ["R&eacute;gimen", typed?.regime],
                ["Uso", typed?.use],
                ["Correo", typed?.email],
                ["Total", `$${commas(sale?.cents ?? 0n)}`]
              ]
                .map(
                  ([a, b]) =>
                    `<tr><th class="labelCol vfLabelColTextWrap">${a}</th><td class="dataCol"><span>${escaped(b ?? "")}</span></td></tr>`
                )
                .join("")
            )}
<div class="pbBottomButtons">${submit(`${F}:pbConf:btnEditar`, "Modificar")} ${submit(`${F}:pbConf:btnTimbrar`, "Facturar")}</div>`
          : `${section("Sus archivos", `${F}:pbListo`, `<tr><td class="dataCol"><a id="${F}:pbListo:lnkP" href="/servlet/servlet.FileDownload?file=015P${session.made}" target="_blank">Mascorelia_${sale?.ticket}.pdf</a></td></tr><tr><td class="dataCol"><a id="${F}:pbListo:lnkX" href="/servlet/servlet.FileDownload?file=015X${session.made}" target="_blank">Mascorelia_${sale?.ticket}.xml</a></td></tr>`)}`
  return `<span id="${F}:panel"><div id="${F}:msgs">${said}</div><div class="bPageBlock brandSecondaryBrd apexDefaultPageBlock secondaryPalette"><div class="pbHeader"><h2 class="mainTitle">Solicitud de factura</h2></div><div class="pbBody">${body}</div></div></span>`
}

const state = () => Buffer.from(crypto.getRandomValues(new Uint8Array(400))).toString("base64")

const page = (session: Session) =>
  html(`<!DOCTYPE HTML><html lang="es"><head><meta charset="utf-8"><title>Facturación Mascorelia</title>
<style>body{font-family:Arial,Helvetica;font-size:75%;margin:0;background:#fff}.cabeza{background:#0033a0;color:#fff;padding:16px 26px;font-size:26px;font-weight:bold}.contenido{max-width:860px;margin:14px auto}.bPageBlock{border:1px solid #eaeaea;border-top:3px solid #e4002b;border-radius:4px;background:#f8f8f8;padding:0 10px 14px}.mainTitle{font-size:1.3em}.pbSubheader{background:#0033a0;color:#fff;padding:4px 6px}.pbSubheader h3{margin:0;font-size:1em}.detailList{width:100%}.labelCol{width:34%;text-align:right;padding:6px 12px;color:#4a4a56}.requiredInput{position:relative;padding-left:6px}.requiredBlock{background:#c00;position:absolute;left:0;width:3px;top:1px;bottom:1px}.assistiveText{position:absolute;left:-999em}.btn{border:1px solid #b5b5b5;border-radius:3px;background:#e8e8e9;font-weight:bold;padding:4px 10px;cursor:pointer}.pbBottomButtons{text-align:center;margin-top:12px}.message{border:1px solid;border-radius:4px;margin:8px 0;padding:8px}.errorM3{border-color:#c00;background:#ffc}.confirmM3{border-color:#390;background:#ffc}.messageText h4{display:inline}.datePicker{position:absolute;display:none;background:#fff;border:1px solid #999;z-index:10}.calRow td{padding:3px 6px;cursor:pointer}.espera{position:fixed;inset:0;background:#fff9;text-align:center;padding-top:200px;font-size:18px}</style><script src="/jslibrary/vf.js"></script></head>
<body class="detailPage"><div class="cabeza">mascorelia 🐾</div><div class="contenido"><p>Tienes 30 días a partir de tu compra. Encuentra el número de transacción debajo del código de barras de tu ticket.</p>
<form id="${F}" name="${F}" method="post" action="/Facturacion" enctype="application/x-www-form-urlencoded" onsubmit="return false"><input type="hidden" name="${F}" value="${F}" />
<span id="j_id0:frmFactura:estado"><span id="j_id0:frmFactura:estado.start" style="display:none"><div class="espera">Procesando, por favor espere…</div></span><span id="j_id0:frmFactura:estado.stop"></span></span>
${panel(session, "")}<div id="${F}:j_id99"></div></form>
<span id="ajax-view-state-page-container" style="display:none"><span id="ajax-view-state" style="display:none"><input type="hidden" id="com.salesforce.visualforce.ViewState" name="com.salesforce.visualforce.ViewState" value="i:${state()}" /></span></span></div>
<div class="datePicker" id="datePicker"><div class="dateBar"><select id="calMonthPicker" onchange="DatePicker.m=+this.value;DatePicker.draw()">${["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"].map((m, i) => `<option value="${i}">${m}</option>`).join("")}</select><select id="calYearPicker" onchange="DatePicker.y=+this.value;DatePicker.draw()">${[
    -1, 0, 1
  ]
    .map((d) => Number(ago(0).iso.slice(0, 4)) + d)
    .map((y) => `<option value="${y}">${y}</option>`)
    .join(
      ""
    )}</select></div><table class="calDays"><tbody id="datePickerCalendar"></tbody></table></div></body></html>`)

const words = {
  empty: "Debe introducir un valor en todos los campos.",
  rfc: "RFC: no está inscrito en el SAT.",
  name: "Nombre: no coincide con el que el SAT tiene inscrito.",
  postalCode: "Código postal: no coincide con el domicilio fiscal inscrito.",
  regime: "Régimen fiscal: no coincide con el inscrito.",
  use: "Uso del CFDI: valor no válido.",
  email: "Correo electrónico: dirección no válida.",
  pair: "Uso del CFDI: no corresponde al régimen fiscal."
}

const start = async () => {
  const client = await Bun.file(join(import.meta.dir, "vf.js")).text()
  const till = openTill(
    { rfc: "MAS130226KD1", name: "MASCORELIA MEXICO", regime: "601", postalCode: "01210" },
    "10121800"
  )
  const answer = (session: Session, said = "") =>
    html(
      `<html><head><meta name="Ajax-Update-Ids" content="${F}:panel" /><meta name="Ajax-Response" content="true" /></head><body>${panel(session, said)}<span id="ajax-view-state">i:${state()}</span></body></html>`
    )
  return shop<Session>({
    till,
    cookie: "BrowserId",
    fresh: () => ({ step: 0, values: {} }),
    landing: "/Facturacion",
    routes: {
      "GET /": () => new Response(null, { status: 302, headers: { location: "/Facturacion" } }),
      "GET /jslibrary/vf.js": script(client),
      "GET /s.gif": () =>
        new Response(Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64"), {
          headers: { "content-type": "image/gif" }
        }),
      "GET /Facturacion": ({ session }) => {
        Object.assign(session, { step: 0, values: {} })
        return page(session)
      },
      "POST /Facturacion": async ({ body, field, session }) => {
        await Bun.sleep(450)
        const has = (id: string) => field(id) !== ""
        for (const [key, value] of new URLSearchParams(body)) if (key.startsWith(F)) session.values[key] = value
        if (has(`${F}:pbTicket:btnBuscar`)) {
          const parts = /^(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(field(`${T}:fecha`))
          const shop = shops.find(([id]) => id === field(`${T}:selTienda`))
          if (shop === undefined || !has(`${T}:txtTrans`) || !has(`${T}:txtTotal`))
            return answer(session, message("error", "Debe introducir un valor en todos los campos."))
          if (parts === null) return answer(session, message("error", "Fecha de compra: fecha no válida."))
          if (shop[2] === "1107")
            return answer(
              session,
              message(
                "error",
                `La conexión con ${shop[1]} está suspendida por trabajos de mantenimiento. Las solicitudes de factura de esta tienda se atenderán en cuanto concluyan; le pedimos volver a intentarlo mañana.`
              )
            )
          const iso = `${parts[3]}-${parts[2]?.padStart(2, "0")}-${parts[1]?.padStart(2, "0")}`
          const sale = sales.find(
            (one) =>
              one.shop === shop[2] &&
              one.iso === iso &&
              one.ticket.replaceAll("-", "") === field(`${T}:txtTrans`).replace(/[-\s]/g, "")
          )
          if (sale === undefined || !same(field(`${T}:txtTotal`), sale.cents))
            return answer(
              session,
              message("error", "La búsqueda no devolvió ninguna transacción con los datos proporcionados.")
            )
          if (sale.state === "late")
            return answer(
              session,
              message("error", "La transacción excede los 30 días permitidos para solicitar factura.")
            )
          if (isStamped(till, sale)) return answer(session, message("error", "La transacción ya cuenta con factura."))
          Object.assign(session, { sale, step: 1 })
          return answer(session)
        }
        if (has(`${F}:pbDatos:btnVolver`)) {
          session.step = 0
          return answer(session)
        }
        if (has(`${F}:pbConf:btnEditar`)) {
          session.step = 1
          return answer(session)
        }
        if (has(`${F}:pbDatos:btnContinuar`)) {
          const typed = typedAs(
            (name) => (name.endsWith("RFC") || name.endsWith("Nombre") ? field(name).toUpperCase() : field(name)),
            {
              rfc: `${D}:txtRFC`,
              name: `${D}:txtNombre`,
              postalCode: `${D}:txtCP`,
              regime: `${D}:selRegimen`,
              use: `${D}:selUso`,
              email: `${D}:txtEmail`
            }
          )
          const wrong = against(typed, words)
          if (wrong !== undefined) return answer(session, message("error", wrong))
          Object.assign(session, { typed, step: 2 })
          return answer(session)
        }
        if (has(`${F}:pbConf:btnTimbrar`) && session.sale !== undefined && session.typed !== undefined) {
          if (!isStamped(till, session.sale)) session.made = (await stampOf(till, session.sale, session.typed)).uuid
          session.step = 3
          await Bun.sleep(1800)
          return answer(session, message("confirm", `Su CFDI con folio fiscal ${session.made} fue generado.`))
        }
        return answer(session)
      },
      "GET /servlet/servlet.FileDownload": ({ field }) => {
        const made = till.find(field("file").slice(4))
        return made === undefined
          ? html("File not found", 404)
          : field("file").startsWith("015X")
            ? xmlFile(made)
            : pdfFile(made)
      }
    }
  })
}

const paper = (shop: string, trans: string, days: number, total: string) => ({
  Suc: shop,
  Cajero: "RAQUEL",
  Trans: trans,
  Fecha: ago(days).dashes,
  Hora: "11:20:43",
  "TOTAL MXN": total,
  "Club Mascorelia": "****7712",
  "MASTERCARD CREDITO": total
})

export const portal: TestPortal = {
  id: "mascorelia",
  profile: "company",
  start,
  traps: [
    "Visualforce ids with colons, panels replaced by AJAX",
    "a link with today's date beside the date",
    "a calendar that opens on focus",
    "a veil while it works",
    "régimen options after the RFC's change"
  ],
  cases: [
    { name: "ok", ticket: paper("1043 ALTABRISA", "1043-02-0091827", 2, "$1,645.50"), expected: completed },
    {
      name: "that shop is under maintenance",
      ticket: paper("1107 JURIQUILLA", "1107-03-0012250", 1, "$399.00"),
      expected: failed("PORTAL_DOWN")
    },
    {
      name: "after 30 days",
      ticket: paper("1043 ALTABRISA", "1043-01-0088514", 41, "$729.90"),
      expected: failed("TICKET_EXPIRED")
    },
    {
      name: "another transaction",
      ticket: paper("1043 ALTABRISA", "1043-02-0091872", 2, "$1,645.50"),
      expected: failed("TICKET_NOT_FOUND")
    }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    const at = (name: string) => page.locator(`[id$=":${name}"]`)
    const [, shop = ""] = printed(ticket, "Suc").split(" ")
    const id = shops.find(([, text]) => text.toUpperCase().includes(shop))?.[0] ?? ""
    await at("selTienda").selectOption(id)
    await at("fecha").fill(printed(ticket, "Fecha").replaceAll("-", "/"))
    await at("txtTrans").fill(printed(ticket, "Trans"))
    await at("txtTotal").fill(printed(ticket, "TOTAL MXN").replace(/[$,]/g, ""))
    await at("btnBuscar").click()
    await at("txtRFC").fill(profile.rfc)
    await at("txtRFC").blur()
    await at("selRegimen").locator("option").nth(3).waitFor({ state: "attached" })
    await page.locator(".espera").waitFor({ state: "hidden" })
    await at("txtNombre").fill(profile.fullName)
    await at("txtCP").fill(profile.postalCode)
    await at("selRegimen").selectOption(profile.fiscalRegime)
    await at("selUso").selectOption(profile.cfdiUse)
    await at("txtEmail").fill(profile.email)
    await at("btnContinuar").click()
    await at("btnTimbrar").click()
    await at("lnkX").waitFor()
    const [popup] = await Promise.all([page.waitForEvent("download"), at("lnkX").click()])
    await popup.path()
  }
}
