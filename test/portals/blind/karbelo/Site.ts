import {
  cfdiUses,
  commas,
  escaped,
  html,
  inline,
  isStamped,
  openTill,
  options,
  pdfBytes,
  plain,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly station: number
  readonly date: string
  readonly time: string
}

interface Session {
  sale: Sale | undefined
  rfc: string
  uuid: string
}

const stations = [
  "AV CONSTITUYENTES 1180 COL LA JOYA",
  "AV DEL CAMPANARIO 22 LOC B COL LAS TROJES",
  "BLVD AGUA ZARCA 515 COL EL MIRADOR",
  "BLVD AGUA ZARCA 2210 COL EL BATAN",
  "CARR LIBRE A TLACOTE KM 4.5",
  "PROL ZARAGOZA 97 PTE COL VILLAS"
]

const home = "/KARBELO_FACTURACIONWEB/KARBELO_FACTURACIONWEB.awp"

/** A text or a control where the designer dragged it. */
const at = (id: string, left: number, top: number, width: number, inner: string) =>
  `<div id="dww${id}" style="position:absolute;left:${left}px;top:${top}px;width:${width}px;z-index:${Number(id.slice(1))};" class="dzSpan"><div id="dzcz${id}" class="dz">${inner}</div></div>`

const text = (id: string, left: number, top: number, words: string, kind = "LIB") =>
  at(id, left, top, 260, `<div id="${id}" class="${kind} padding webdevclass-riche">${escaped(words)}</div>`)

const edit = (id: string, left: number, top: number, more = "") =>
  at(
    id,
    left,
    top,
    320,
    `<table style="border-spacing:0;width:100%" id="bz${id}"><tr><td id="tz${id}"><input type="text" name="${id}" id="${id}" class="l-3 ${id} padding webdevclass-riche" autocomplete="off" ${more}></td></tr></table>`
  )

const combo = (id: string, left: number, top: number, list: ReadonlyArray<string>, chosen: string, first: string) =>
  at(
    id,
    left,
    top,
    320,
    `<table style="border-spacing:0;width:100%"><tr><td id="tz${id}"><select name="${id}" id="${id}" size="1" class="l-5 ${id} padding webdevclass-riche">${options([{ value: "-1", text: first }, ...list.map((words, place) => ({ value: String(place + 1), text: words }))], chosen)}</select></td></tr></table>`
  )

const button = (id: string, left: number, top: number, words: string, target = "_self") =>
  at(
    id,
    left,
    top,
    180,
    `<button type="button" onclick="_JSL(_PAGE_,'${id}','${target}','','')" id="${id}" class="BTN-${id} wblanc padding webdevclass-riche"><span class="btnvalignmiddle">${words}</span></button>`
  )

const page = (name: string, alias: string, height: number, body: string, info = "") =>
  html(`<!DOCTYPE html>
<!-- ${alias} 14/02/2025 11:20 WEBDEV 28 28.0.412.4 --><html lang="es" class="msie no-js"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>Grupo Karbelo - Facturación</title><meta name="generator" content="WEBDEV">
<style>body{background:#dfe7ee;margin:0;font:13px Arial}#page{position:relative;width:900px;height:${height}px;margin:0 auto;background:#fff}.LIB{color:#333;padding:5px 0}.LIB-Titulo{font-size:20px;color:#0a4f8a}.dz input,.dz select{box-sizing:border-box;width:100%;height:28px;border:1px solid #9ab}
.dz button{background:#0a4f8a;color:#fff;border:0;width:100%;height:34px;cursor:pointer}.wbgfi{position:fixed;inset:0;background:#0005;display:none;z-index:900}</style>
<script>var _PAGE_;function _JSL(p,id,target){var f=document.forms[0];f.WD_BUTTON_CLICK_.value=id;f.WD_ACTION_.value='';f.target=target;if(target==='_self'){document.getElementById('wbgfi').style.display='block'}f.submit();f.WD_BUTTON_CLICK_.value=''}
function wdMask(el,m){var d=el.value.replace(/\\D/g,''),o='',i=0;for(var k=0;k<m.length&&i<d.length;k++)o+=/\\d/.test(m[k])?d[i++]:m[k];el.value=o}</script></head>
<body onload="_PAGE_=document.forms[0];${info === "" ? "" : `setTimeout(function(){alert(${escaped(JSON.stringify(info))})},120)`}"><form name="${alias}" action="${home}" target="_self" method="post" class="clearfix">
<div class="h-0"><input type="hidden" name="WD_JSON_PROPRIETE_" value="{&quot;m_oProprietesSecurisees&quot;:{}}"/><input type="hidden" name="WD_BUTTON_CLICK_" value=""><input type="hidden" name="WD_ACTION_" value=""><input type="hidden" name="WD_PAGE_" value="${name}"></div>
<div id="page" class="clearfix page">${text("A2", 40, 14, "Grupo Karbelo", "LIB-Titulo")}${text("A3", 620, 20, "Facturación electrónica en línea")}${body}</div><div id="wbgfi" class="wbgfi"></div></form></body></html>`)

const upper = (words: string) => plain(words).toUpperCase().replace(/\.$/, "")

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "GKA960722TD0", name: "GRUPO KARBELO SERVICIOS", regime: "601", postalCode: "76120" },
    "15101515"
  )
  const uses = cfdiUses.map(({ code, name }) => ({ code, text: `${code} ${upper(name)}` }))

  const search = ({ field }: Visit<Session>, info = "") =>
    page(
      "PAGE_Busqueda",
      "PAGE_BUSQUEDA",
      560,
      `${text("A8", 60, 90, "Dirección de la estación")}${combo("A9", 330, 88, stations, field("A9"), "Seleccione una dirección")}
${text("A10", 60, 140, "Fecha")}${edit("A11", 330, 138, `maxlength="10" placeholder="DD/MM/AAAA" oninput="wdMask(this,'00/00/0000')" value="${escaped(field("A11"))}"`)}
${text("A12", 60, 190, "Hora")}${edit("A13", 330, 188, `maxlength="5" placeholder="HH:MM" oninput="wdMask(this,'00:00')" value="${escaped(field("A13"))}"`)}
${text("A14", 60, 240, "No.Ticket")}${edit("A15", 330, 238, `maxlength="10" value="${escaped(field("A15"))}"`)}
${text("A16", 60, 290, "RFC")}${edit("A17", 330, 288, `maxlength="13" style="text-transform:uppercase" value="${escaped(field("A17"))}"`)}
${button("A19", 330, 350, "Consultar")}${button("A20", 530, 350, "Limpiar")}
${text("A22", 60, 430, "Si su ticket no aparece espere 30 minutos.")}`,
      info
    )

  const fiscal = (sale: Sale, { field, session }: Visit<Session>, info = "") =>
    page(
      "PAGE_Datos",
      "PAGE_DATOS",
      640,
      `${text("A24", 60, 80, `Ticket ${sale.ticket}   ${sale.description}   $${commas(sale.cents)}`)}${text("A25", 60, 115, `RFC ${session.rfc}`)}
${text("A26", 60, 160, "Nombre o Razón Social")}${edit("A27", 330, 158, `style="text-transform:uppercase" value="${escaped(field("A27"))}"`)}
${text("A28", 60, 210, "C.P. fiscal")}${edit("A29", 330, 208, `maxlength="5" value="${escaped(field("A29"))}"`)}
${text("A30", 60, 260, "Régimen")}${combo(
  "A31",
  330,
  258,
  regimesFor(session.rfc).map(({ code, name }) => `${code} ${upper(name)}`),
  field("A31"),
  ""
)}
${text("A32", 60, 310, "Uso CFDI")}${combo(
  "A33",
  330,
  308,
  uses.map((use) => use.text),
  field("A33"),
  ""
)}
${text("A34", 60, 360, "E-mail")}${edit("A35", 330, 358, `value="${escaped(field("A35"))}"`)}
${button("A37", 330, 430, "Facturar")}${button("A38", 530, 430, "Regresar")}`,
      info
    )

  const done = (uuid: string) =>
    page(
      "PAGE_Fin",
      "PAGE_FIN",
      400,
      `${text("A41", 60, 100, "Factura emitida")}${at("A42", 60, 140, 700, `<div id="A42" class="LIB">${uuid}</div>`)}${button("A43", 60, 200, "Ver PDF", "_blank")}${button("A44", 260, 200, "Ver XML", "_blank")}${button("A45", 460, 200, "Inicio")}`
    )

  const consult = async (visit: Visit<Session>) => {
    const { field, session } = visit
    await Bun.sleep(600)
    const rfc = field("A17").toUpperCase()
    if (["A9", "A11", "A13", "A15", "A17"].some((name) => ["", "-1"].includes(field(name))))
      return search(visit, "Capture todos los datos solicitados")
    if (!/^\d\d\/\d\d\/\d{4}$/.test(field("A11"))) return search(visit, "Fecha incorrecta")
    if (!/^\d\d:\d\d$/.test(field("A13"))) return search(visit, "Hora incorrecta")
    if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return search(visit, "RFC incorrecto")
    if (field("A9") === "5")
      return search(
        visit,
        "No hay comunicación con el servidor de la estación. El servicio se encuentra en mantenimiento, intente más tarde."
      )
    const sale = sales.find(
      (one) =>
        String(one.station) === field("A9") &&
        one.date === field("A11") &&
        one.time === field("A13") &&
        one.ticket === field("A15")
    )
    if (sale === undefined) return search(visit, "Ticket inexistente, revise estación, fecha, hora y número.")
    if (isStamped(till, sale)) return search(visit, "Ticket facturado")
    session.sale = sale
    session.rfc = rfc
    return fiscal(sale, visit)
  }

  const invoice = async (visit: Visit<Session>) => {
    const { field, session } = visit
    const { sale } = session
    if (sale === undefined || isStamped(till, sale)) return search(visit, "Su sesión ha expirado")
    const typed = {
      rfc: session.rfc,
      name: field("A27").toUpperCase(),
      postalCode: field("A29"),
      regime: regimesFor(session.rfc)[Number(field("A31")) - 1]?.code ?? "",
      use: uses[Number(field("A33")) - 1]?.code ?? "",
      email: field("A35")
    }
    const wrong = wrongOf(typed)
    if (wrong === "empty") return fiscal(sale, visit, "Capture todos los datos solicitados")
    if (wrong !== undefined) return fiscal(sale, visit, "Los datos fiscales son incorrectos")
    await Bun.sleep(2500)
    session.uuid = (await stampOf(till, sale, typed)).uuid
    session.sale = undefined
    return done(session.uuid)
  }

  const file = async (uuid: string, kind: "pdf" | "xml") => {
    const made = till.find(uuid)
    if (made === undefined) return html("<h1>WEBDEV</h1>", 404)
    return kind === "xml"
      ? inline(await xmlText(made), "text/xml; charset=utf-8", `${made.uuid}.xml`)
      : inline(await pdfBytes(made), "application/pdf", `${made.uuid}.pdf`)
  }

  return shop<Session>({
    till,
    cookie: "AWP_CTX",
    fresh: () => ({ sale: undefined, rfc: "", uuid: "" }),
    routes: {
      "GET /": () => seeOther(home),
      "GET /favicon.ico": () => new Response(null, { status: 204 }),
      [`GET ${home}`]: (visit) => search(visit),
      [`POST ${home}`]: (visit) => {
        const { field, session } = visit
        switch (field("WD_BUTTON_CLICK_")) {
          case "A19":
            return consult(visit)
          case "A37":
            return invoice(visit)
          case "A43":
            return file(session.uuid, "pdf")
          case "A44":
            return file(session.uuid, "xml")
          default:
            return seeOther(home)
        }
      }
    }
  })
}
