import { join } from "node:path"
import {
  ago,
  cfdiUses,
  clientBundle,
  commas,
  escaped,
  html,
  isStamped,
  json,
  openTill,
  pdfBytes,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  typedAs,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly date: string
  readonly invoiced?: true
  readonly refusedBySat?: true
}

interface Session {
  sale: Sale | undefined
  rfc: string
}

const shell = `<!doctype html>
<html lang="es-MX"><head><meta charset="utf-8"><title>Tlapanaco | Facturación Web</title><base href="/FacturacionWeb/">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/vendor/@angular/material/prebuilt-themes/azure-blue.css">
<style>html,body{height:100%;margin:0;font-family:Roboto,"Helvetica Neue",sans-serif}
.hdr{background:#f57c20;color:#fff;padding:14px 32px;display:flex;gap:28px;align-items:center}.hdr b{font-size:22px}.hdr a{color:#fff}
.wrap{max-width:860px;margin:24px auto;padding:0 16px}.grid{display:grid;grid-template-columns:1fr 1fr;gap:8px 16px}
.veil{position:fixed;inset:0;background:#0006;z-index:2000;display:flex;align-items:center;justify-content:center;color:#fff}
.err{color:#b3261e;margin:8px 0}footer{padding:24px 32px;background:#eee;font-size:12px;margin-top:48px}</style></head>
<body><app-root></app-root><script src="main.F3A1C77E.js"></script></body></html>`

const words = {
  empty: "Todos los campos son obligatorios.",
  rfc: "El RFC capturado no se encuentra activo ante el SAT.",
  name: "El nombre o razón social no corresponde con el registrado ante el SAT.",
  postalCode: "El código postal no corresponde al domicilio fiscal del RFC.",
  regime: "El régimen fiscal no corresponde al RFC.",
  use: "El uso de CFDI no es válido.",
  email: "Correo electrónico con formato incorrecto."
} as const

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "TFH980311QK2", name: "TLAPANACO FERRETERIAS Y HOGAR", regime: "601", postalCode: "66220" },
    "27111700"
  )
  const bundle = await clientBundle(join(import.meta.dir, "client.ts"))
  const archived = new Map<string, string>()
  for (const sale of sales) {
    if (!sale.invoiced) continue
    const old = await till.archive(sale, {
      receiver: { rfc: "CACX7605101P8", name: "XOCHILT CASAS CHAVEZ", postalCode: "36257", regime: "612" },
      use: "G03"
    })
    archived.set(sale.ticket, old.uuid)
  }
  const files = async (uuid: string) => {
    const made = till.find(uuid)
    if (made === undefined) return { codigo: 99, mensaje: "Comprobante no localizado." }
    return {
      codigo: 0,
      uuid: made.uuid,
      nombre: made.fileName,
      xml: Buffer.from(await xmlText(made)).toString("base64"),
      pdf: Buffer.from(await pdfBytes(made)).toString("base64")
    }
  }

  const running = await shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ sale: undefined, rfc: "" }),
    routes: {
      "GET /": () => seeOther("/FacturacionWeb/"),
      "GET /FacturacionWeb/": () => html(shell),
      "GET /FacturacionWeb/main.F3A1C77E.js": bundle,
      "GET /favicon.ico": () => new Response(null, { status: 204 }),
      "POST /FacturacionWeb/api/ticket/validar": async ({ field, session }) => {
        await Bun.sleep(400)
        const rfc = field("rfc").toUpperCase()
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc))
          return json({ codigo: 10, mensaje: "El RFC no tiene un formato válido." })
        if (!/^\d{23}$/.test(field("ticket"))) {
          return json({ codigo: 11, mensaje: "El número de ticket debe contener 23 dígitos." })
        }
        const sale = sales.find(({ ticket }) => ticket === field("ticket"))
        if (sale === undefined) {
          return json({
            codigo: 12,
            mensaje:
              "No localizamos una compra con ese número de ticket. Revisa que los dígitos coincidan con los impresos en tu comprobante."
          })
        }
        const uuid = archived.get(sale.ticket) ?? till.stamps().find(({ ticket }) => ticket === sale.ticket)?.uuid
        if (uuid !== undefined) {
          const [local = "", domain = ""] = "xochilt@example.com".split("@")
          const receptor = till.find(uuid)?.receiverRfc
          return json({
            codigo: 3,
            uuid,
            rfc: receptor,
            propio: receptor === rfc,
            correo: `${local.slice(0, 2)}*****@${domain}`,
            fecha: ago(archived.has(sale.ticket) ? 8 : 0).slashes
          })
        }
        session.sale = sale
        session.rfc = rfc
        return json({ codigo: 0, ticket: sale.ticket, fecha: sale.date, total: commas(sale.cents) })
      },
      "GET /FacturacionWeb/api/catalogos/regimenFiscal": async ({ field }) => {
        await Bun.sleep(250)
        return json(
          regimesFor(field("rfc").toUpperCase()).map(({ code, name }, id) => ({
            id: id + 1,
            clave: code,
            descripcion: name
          }))
        )
      },
      "GET /FacturacionWeb/api/catalogos/usoCfdi": async ({ field }) => {
        await Bun.sleep(300)
        const moral = field("rfc").length === 12
        return json(
          cfdiUses
            .filter((use) => use.fiscalRegimes.includes(field("regimen")) && (moral ? use.moral : use.individual))
            .map(({ code, name }) => ({ clave: code, descripcion: name }))
        )
      },
      "POST /FacturacionWeb/api/factura/timbrar": async ({ field, session }) => {
        await Bun.sleep(1500)
        const { sale } = session
        if (sale === undefined || isStamped(till, sale))
          return json({ codigo: 20, mensaje: "La sesión expiró, captura nuevamente tu ticket." })
        const typed = typedAs(field, {
          rfc: "rfc",
          name: "nombre",
          postalCode: "codigoPostal",
          regime: "regimenFiscal",
          use: "usoCfdi",
          email: "correo"
        })
        if (typed.rfc.toUpperCase() !== session.rfc)
          return json({ codigo: 21, mensaje: "El RFC no coincide con el validado." })
        if (sale.refusedBySat) {
          return json({
            codigo: 47,
            mensaje:
              "No fue posible timbrar tu factura. El SAT respondió: el código postal del receptor no corresponde con su domicilio fiscal. Revisa tus datos contra tu Constancia de Situación Fiscal e inténtalo de nuevo."
          })
        }
        const wrong = wrongOf({ ...typed, rfc: session.rfc })
        if (wrong !== undefined) return json({ codigo: 40, mensaje: words[wrong] })
        const made = await stampOf(till, sale, { ...typed, rfc: session.rfc, name: typed.name.toUpperCase() })
        return json(await files(made.uuid))
      },
      "POST /FacturacionWeb/api/factura/recuperar": async ({ field }) => json(await files(field("uuid"))),
      "POST /FacturacionWeb/api/factura/reenviar": ({ field }) => json({ codigo: till.find(field("uuid")) ? 0 : 99 }),
      "GET /FacturacionWeb/aviso": () => html(`<h1>${escaped("Aviso de privacidad")}</h1>`)
    }
  })
  return running
}
