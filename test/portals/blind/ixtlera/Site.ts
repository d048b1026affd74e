import type { LoggedRequest, RunningPortal } from "../../lib/Portal.ts"
import {
  cfdiUses,
  escaped,
  isStamped,
  money,
  openTill,
  regimesFor,
  same,
  stampOf,
  type TillSale,
  wrongOf
} from "../kit/kit.ts"
import { clientScript, type Draw, listItem, openCircuit, select, textField } from "./Circuit.ts"

export interface Sale extends TillSale {
  readonly invoiced?: true
}

const forms = [
  "01 - Efectivo",
  "03 - Transferencia",
  "04 - Tarjeta de crédito",
  "05 - Monedero",
  "28 - Tarjeta de débito"
]

const css = `body{margin:0;font-family:Roboto,Helvetica,Arial,sans-serif;background:#f5f5f7}.mud-appbar{background:#27506b;color:#fff;padding:16px 24px;font-size:20px}
.mud-main-content{max-width:720px;margin:24px auto;padding:0 16px}.mud-paper{background:#fff;border-radius:4px;box-shadow:0 2px 6px #0003;padding:20px}
.mud-input-control{position:relative;margin:10px 0 14px}.mud-input{display:flex;align-items:center;border:1px solid #bbb;border-radius:4px;min-height:48px}
.mud-input-slot{border:0;outline:0;flex:1;padding:16px 14px 6px;font-size:16px;background:transparent;cursor:inherit}.mud-input-label{position:absolute;left:14px;top:14px;color:#666;pointer-events:none;transition:all .1s}
.mud-shrink~.mud-input-label,.mud-input-control:focus-within .mud-input-label{top:3px;font-size:11px}.mud-input-error{color:#d32f2f!important}.mud-select{cursor:pointer}.mud-icon-root{width:24px;height:24px}
.mud-input-helper-text{font-size:12px;margin:3px 0 0;color:#666}.mud-button-root{border:0;border-radius:4px;padding:8px 18px;font-size:14px;text-transform:uppercase;cursor:pointer;background:none}.mud-button-filled-primary{background:#27506b;color:#fff}.mud-button-filled-primary[disabled]{background:#ccc}
.mud-overlay{position:fixed;inset:0;z-index:1300}.mud-overlay-dark{background:#0007}.mud-popover{position:fixed;left:50%;top:22%;margin-left:-330px;width:660px;max-height:320px;overflow-y:auto;background:#fff;z-index:1310;box-shadow:0 4px 16px #0005;padding:8px 0}
.mud-list-item{padding:6px 16px;cursor:pointer}.mud-list-item:hover{background:#eee}.mud-list-item p{margin:0}.mud-dialog-container{position:fixed;inset:0;z-index:1400;display:flex;align-items:center;justify-content:center}.mud-dialog{position:relative;z-index:1401;background:#fff;border-radius:4px;padding:16px 24px;max-width:520px}
.mud-dialog-actions{text-align:right}.mud-snackbar-location-top-right{position:fixed;top:24px;right:24px;z-index:1500}.mud-snackbar{padding:10px 18px;margin-bottom:8px;color:#fff;border-radius:4px;max-width:420px}.mud-alert-filled-error{background:#d32f2f}.mud-alert-text-success{background:#e3f4e6;color:#1b5e20;padding:14px;border-radius:4px}
#blazor-error-ui,#components-reconnect-modal{display:none;position:fixed;bottom:0;left:0;right:0;background:lightyellow;padding:8px 16px}`

const shell = (app: string) => `<!DOCTYPE html>
<html lang="es"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1.0" /><base href="/" />
<title>Ixtlera Energía - Facturación</title><style>${css}</style></head>
<body><!--Blazor:{"type":"server","prerenderId":"${crypto.randomUUID().replaceAll("-", "")}","key":{"locationHash":"4F1A"},"sequence":0}--><div id="app">${app}</div>
<div id="blazor-error-ui">Ocurrió un error no controlado. <a href="" class="reload">Recargar</a> <a class="dismiss">🗙</a></div><div id="components-reconnect-modal">Reconectando con el servidor...</div>
<script src="_framework/blazor.server.js" autostart="true"></script></body></html>`

export const start = async (sales: ReadonlyArray<Sale>): Promise<RunningPortal> => {
  const till = openTill(
    { rfc: "IEN1303047C6", name: "IXTLERA ENERGIA", regime: "601", postalCode: "76120" },
    "15101505"
  )
  const log: Array<LoggedRequest> = []

  const visitor = (send: (html: string) => void) => {
    const form = {
      referencia: "",
      importe: "",
      rfc: "",
      name: "",
      postalCode: "",
      email: "",
      regime: "",
      use: "",
      useText: "",
      pay: ""
    }
    const bad: Partial<Record<keyof typeof form, string>> = {}
    let step: "ticket" | "buyer" | "done" = "ticket"
    let open: "regime" | "use" | "pay" | undefined
    let dialog = false
    let busy = false
    let sale: Sale | undefined
    const snacks: Array<{ id: number; text: string }> = []

    const snack = (text: string) => {
      const one = { id: Date.now(), text }
      snacks.push(one)
      setTimeout(() => {
        snacks.splice(snacks.indexOf(one), 1)
        circuit.redraw()
      }, 7000)
    }

    const working = async (ms: number) => {
      busy = true
      circuit.redraw()
      await Bun.sleep(ms)
      busy = false
    }

    const validate = async () => {
      bad.referencia = form.referencia === "" ? "Requerido" : ""
      bad.importe = form.importe === "" ? "Requerido" : ""
      if (bad.referencia || bad.importe) return
      await working(900)
      if (!/^\d{4}-\d{8}-[A-Z]\d$/.test(form.referencia))
        return snack("El formato de la referencia es incorrecto (0000-00000000-X0)")
      const found = sales.find(({ ticket }) => ticket === form.referencia)
      if (found === undefined || !same(form.importe, found.cents))
        return snack("No existe un despacho con la referencia e importe proporcionados")
      if (found.invoiced || isStamped(till, found))
        return snack(`La referencia ${found.ticket} se facturó con anterioridad`)
      sale = found
      step = "buyer"
    }

    const check = () => {
      for (const key of ["rfc", "name", "postalCode", "email", "regime", "use", "pay"] as const)
        bad[key] = form[key] === "" ? "Requerido" : ""
      if (!bad.rfc && !/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(form.rfc)) bad.rfc = "RFC inválido"
      if (!bad.postalCode && !/^\d{5}$/.test(form.postalCode)) bad.postalCode = "Deben ser 5 dígitos"
      if (Object.values(bad).some((text) => text !== "")) return
      dialog = true
    }

    const invoice = async () => {
      dialog = false
      await working(2600)
      const typed = {
        rfc: form.rfc,
        name: form.name,
        postalCode: form.postalCode,
        regime: form.regime.slice(0, 3),
        use: form.use.slice(0, form.use.indexOf(" ")),
        email: form.email
      }
      if (sale === undefined || isStamped(till, sale)) return snack("La referencia ya no está disponible")
      if (form.pay.slice(0, 2) !== sale.paymentForm) return snack("La forma de pago no corresponde con la del despacho")
      const wrong = wrongOf(typed)
      if (wrong !== undefined) return snack("Los datos del receptor no coinciden con el registro del SAT")
      await stampOf(till, sale, typed)
      step = "done"
    }

    const popover = (on: Draw["on"]) => {
      if (open === undefined) return ""
      const key = open
      const uses = cfdiUses
        .map(({ code, name }) => `${code} - ${name}`)
        .filter((text) => text.toLowerCase().includes(form.useText.toLowerCase()))
      const items =
        key === "regime"
          ? regimesFor(form.rfc).map(({ code, name }) => `${code} - ${name}`)
          : key === "pay"
            ? forms
            : uses
      const pick = (text: string) => () => {
        form[key] = text
        bad[key] = ""
        if (key === "use") form.useText = text
        open = undefined
      }
      return `<div id="popover-${key}" class="mud-popover mud-popover-fixed mud-popover-open mud-popover-top-left mud-popover-anchor-bottom-left mud-popover-relative-width mud-paper mud-elevation-8"><div class="mud-list mud-list-padding">${
        items.map((text) => listItem(text, on("click", pick(text)))).join("") ||
        '<div class="mud-list-item"><p>Sin resultados</p></div>'
      }</div></div>`
    }

    const button = (text: string, acts: string, kind = "mud-button-filled-primary") =>
      `<button type="button" class="mud-button-root mud-button ${kind} mud-ripple"${acts}${busy ? " disabled" : ""}><span class="mud-button-label">${busy && kind.includes("filled") ? "Espere..." : text}</span></button>`

    const draw = (on: Draw["on"]) => {
      const bind = (key: keyof typeof form, change: (text: string) => string = (text) => text.trim()) =>
        on("change", (value) => {
          form[key] = change(value)
          bad[key] = ""
        })
      const upper = (text: string) => text.trim().toUpperCase()
      const body =
        step === "ticket"
          ? `<h6 class="mud-typography mud-typography-h6">Capture los datos de su consumo</h6>${textField("Referencia", form.referencia, bind("referencia", upper), bad.referencia, "", "Impresa al final de su ticket")}${textField("Importe", form.importe, bind("importe"), bad.importe)}${button("Validar", on("click", validate))}`
          : step === "buyer"
            ? `<h6 class="mud-typography mud-typography-h6">Datos del receptor</h6><p class="mud-typography mud-typography-body2">${escaped(sale?.description ?? "")} $${money(sale?.cents ?? 0n)}</p>
${textField("RFC", form.rfc, bind("rfc", upper), bad.rfc)}${textField("Nombre o razón social", form.name, bind("name", upper), bad.name)}${textField("Código postal fiscal", form.postalCode, bind("postalCode"), bad.postalCode)}${textField("Correo", form.email, bind("email"), bad.email)}
${select(
  "Régimen fiscal",
  form.regime,
  on("click", () => {
    open = "regime"
  }),
  bad.regime
)}
<div class="mud-autocomplete">${textField(
                "Uso del CFDI",
                form.useText,
                on("input", (value) => {
                  form.useText = value
                  form.use = ""
                  open = "use"
                }) +
                  on("click", () => {
                    open = "use"
                  }),
                bad.use,
                ' autocomplete="off"'
              )}</div>
${select(
  "Forma de pago",
  form.pay,
  on("click", () => {
    open = "pay"
  }),
  bad.pay
)}${button("Facturar", on("click", check))}`
            : `<div class="mud-alert mud-alert-text-success" role="alert"><div class="mud-alert-message">Su comprobante del despacho ${sale?.ticket} se timbró. En unos minutos lo recibirá en ${escaped(form.email)}.</div></div>`
      return `<div class="mud-layout"><header class="mud-appbar">Ixtlera Energía</header><div class="mud-main-content"><div class="mud-paper mud-elevation-3">${body}</div></div></div>
<div class="mud-popover-provider">${
        open
          ? `<div class="mud-overlay"${on("click", () => {
              open = undefined
            })}></div>`
          : ""
      }${popover(on)}</div>
${
  dialog
    ? `<div class="mud-dialog-container mud-dialog-center"><div class="mud-overlay mud-overlay-dark"></div><div role="dialog" class="mud-dialog"><div class="mud-dialog-title"><h6 class="mud-typography mud-typography-h6">Confirmación</h6></div><div class="mud-dialog-content">Se emitirá el comprobante a ${escaped(form.name)}, ${escaped(form.rfc)}, C.P. ${escaped(form.postalCode)}. ¿Continuar?</div><div class="mud-dialog-actions">${button(
        "No",
        on("click", () => {
          dialog = false
        }),
        "mud-button-text"
      )}${button("Sí, facturar", on("click", invoice))}</div></div></div>`
    : ""
}
<div class="mud-snackbar-provider"><div class="mud-snackbar-location-top-right">${snacks.map(({ text }) => `<div class="mud-snackbar mud-alert-filled-error"><div class="mud-snackbar-content-message">${escaped(text)}</div></div>`).join("")}</div></div>`
    }

    const circuit = openCircuit(draw, send)
    return circuit
  }

  const prerendered = () => {
    let html = ""
    visitor((text) => {
      html = text.replace(/ bl-\w+="\d+"/g, "")
    }).redraw()
    return html
  }

  const server = Bun.serve<{ circuit: ReturnType<typeof visitor> | undefined }>({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request, server) => {
      const { pathname, search } = new URL(request.url)
      log.push({ method: request.method, path: pathname + search, body: "", at: performance.now() })
      if (pathname === "/_blazor")
        return server.upgrade(request, { data: { circuit: undefined } })
          ? undefined
          : new Response(null, { status: 400 })
      if (pathname === "/_blazor/negotiate")
        return Response.json({
          negotiateVersion: 1,
          connectionId: crypto.randomUUID(),
          connectionToken: crypto.randomUUID(),
          availableTransports: [{ transport: "WebSockets", transferFormats: ["Text", "Binary"] }]
        })
      if (pathname === "/_framework/blazor.server.js")
        return new Response(clientScript, { headers: { "content-type": "text/javascript" } })
      if (pathname === "/")
        return new Response(shell(prerendered()), {
          headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }
        })
      return new Response(null, { status: pathname === "/favicon.ico" ? 204 : 404 })
    },
    websocket: {
      open: async (socket) => {
        await Bun.sleep(400)
        socket.data.circuit = visitor((html) => {
          if (socket.readyState === 1) socket.send(html)
        })
        socket.data.circuit.redraw()
      },
      message: async (socket, message) => {
        const body = String(message)
        log.push({ method: "POST", path: "/_blazor", body, at: performance.now() })
        const { id, value } = JSON.parse(body) as { id: number; value: string }
        await socket.data.circuit?.dispatch(id, value)
      }
    }
  })
  return {
    url: new URL(`http://127.0.0.1:${server.port}/`),
    stamps: till.stamps,
    log: () => log,
    stop: async () => {
      await server.stop(true)
    }
  }
}
