import { expect } from "bun:test"
import { Effect } from "effect"
import type { Look } from "../../../src/agent/page/Tab.ts"
import { ChromiumTest, see } from "../../lib/chromium.ts"
import * as it from "../../lib/effect.ts"

const labels = ({ controls }: Pick<Look, "controls">) => controls.map(({ label }) => label)
const presses = ({ buttons }: Pick<Look, "buttons">) => buttons.map(({ text }) => text)

it.layer(ChromiumTest)("a look at a page", (it) => {
  it.live("names a field by its label, by aria, by the cell or text before it, and by the heading above it", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <label for=a>Folio</label><input id=a>
        <label>Total <input name=b></label>
        <span id=d>Caja</span><input aria-labelledby=d>
        <input aria-label="Fecha de compra">
        <table><tr><td>Sucursal:</td><td><input name=e></td></tr></table>
        <table><thead><tr><th>Hora</th><th>Mesa</th></tr></thead><tr><td><input name=f></td><td><input name=g></td></tr></table>
        <div><b>Web ID</b></div><div><input name=h></div>`)
      expect(labels(seen)).toEqual(["Folio", "Total", "Caja", "Fecha de compra", "Sucursal:", "Hora", "Mesa", "Web ID"])
    })
  )

  it.live("takes no text for a name that tells of something, nor the name of the field before", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <p>Ticket localizado: T-300918 por $214.50</p><input name=a placeholder="Correo">
        <label>RFC <input name=b></label><input name=c>`)
      expect(labels(seen)).toEqual(["", "RFC", ""])
      expect(seen.controls[0]?.placeholder).toBe("Correo")
    })
  )

  it.live("sees what a person sees: nothing hidden, clipped, transparent or beside the screen", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <input aria-label=uno style="display:none"><input aria-label=dos style="visibility:hidden">
        <input aria-label=tres style="opacity:0"><input aria-label=cuatro style="position:absolute;left:-9999px">
        <div style="position:absolute;clip:rect(0,0,0,0)"><input aria-label=cinco></div>
        <input type=hidden aria-label=seis><input aria-label=siete>`)
      expect(labels(seen)).toEqual(["siete"])
    })
  )

  it.live("takes the items of a list that is clipped away for no buttons", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <div style="position:absolute;clip:rect(0,0,0,0);clip-path:inset(100% 100%)"><ul>
          <li style="cursor:pointer">LA PRESA</li></ul></div>
        <ul><li style="cursor:pointer">Agregar</li></ul>`)
      expect(presses(seen)).toEqual(["Agregar"])
    })
  )

  it.live("names a bare word by the card around it, but not by sentences that are to be read first", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <div><h2>Facturar ticket</h2><div style="cursor:pointer">Iniciar</div></div>
        <div><p>Ten a la mano tu ticket. Tienes hasta el último día del mes. </p><div style="cursor:pointer">Iniciar</div></div>`)
      expect(presses(seen)).toEqual(["Facturar ticket Iniciar", "Iniciar"])
    })
  )

  it.live("sees open shadow roots and frames, each with the frame it stands in", () =>
    Effect.gen(function* () {
      const seen = yield* see(`<iframe src="/marco"></iframe><div id=host></div><script>
        host.attachShadow({ mode: "open" }).innerHTML = "<label>RFC <input></label>"</script>`)
      expect(labels(seen).sort()).toEqual(["ITU", "RFC"])
      const itu = seen.controls.find(({ label }) => label === "ITU")
      expect(itu?.frame.url()).toEndWith("/marco")
    })
  )

  it.live("finds what a person would press, whether or not it is a button", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <button>Buscar</button><input type=submit value="Validar"><input type=image alt="Facturar" width=50 height=20>
        <img src="data:," width=40 height=20 alt="Descargar XML" onclick="">
        <div id=d>Continuar</div><span style="cursor:pointer">Agregar</span><a class=btn>Siguiente</a>
        <p>Solo texto</p><script>d.addEventListener("click", () => {})</script>`)
      expect(presses(seen)).toEqual([
        "Buscar",
        "Validar",
        "Facturar",
        "Descargar XML",
        "Continuar",
        "Agregar",
        "Siguiente"
      ])
    })
  )

  it.live("calls a tick box, a radio and a drawn list what they are, with what they hold", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <label><input type=checkbox checked> Acepto los términos</label>
        <fieldset><legend>Tipo de persona</legend><label><input type=radio name=p> Moral</label></fieldset>
        <select aria-label=Uso><option value="">Seleccione</option><option value=7 selected>G03 - Gastos en general</option>
          <option disabled>D01</option></select>
        <div role=combobox aria-label=Estación tabindex=0>Centro</div>
        <input aria-label=Ciudad list=l><datalist id=l><option value=Mérida></datalist>`)
      expect(seen.controls.map(({ kind, label, value, checked }) => ({ kind, label, value, checked }))).toEqual([
        { kind: "checkbox", label: "Acepto los términos", value: "on", checked: true },
        { kind: "radio", label: "Moral", value: "on", checked: false },
        { kind: "select", label: "Uso", value: "G03 - Gastos en general", checked: false },
        { kind: "chooser", label: "Estación", value: "Centro", checked: false },
        { kind: "combobox", label: "Ciudad", value: "", checked: false }
      ])
      const [, radio, use] = seen.controls
      expect(radio?.group).toBe("Tipo de persona")
      expect(use?.options.map(({ text, value, disabled }) => [text, value, disabled])).toEqual([
        ["Seleccione", "", false],
        ["G03 - Gastos en general", "7", false],
        ["D01", "D01", true]
      ])
    })
  )

  it.live(
    "takes for one list what draws its choice over an input, and leaves a field with a floating label a field",
    () =>
      Effect.gen(function* () {
        const drawn = "grid-area:1/1"
        const seen = yield* see(`
        <label>Sucursal</label><div><div style="display:flex"><div style="display:grid;width:300px">
          <div style="${drawn}">Seleccione...</div><div style="${drawn}"><input role=combobox style="width:100%"></div></div></div></div>
        <div style="position:relative"><label for=u style="position:absolute;top:4px;left:4px">Uso de CFDI</label>
          <div><input id=u role=combobox style="height:30px"></div></div>`)
        expect(seen.controls.map(({ kind, label, value }) => ({ kind, label, value }))).toEqual([
          { kind: "chooser", label: "Sucursal", value: "Seleccione..." },
          { kind: "combobox", label: "Uso de CFDI", value: "" }
        ])
      })
  )

  it.live("tells what is required, locked, limited, masked by a pattern or marked as wrong", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <input aria-label=a required><label>RFC * <input></label><input aria-label=c disabled>
        <input aria-label=d readonly><input aria-label=e maxlength=10 pattern="\\d{10}"><input aria-label=f aria-invalid=true>
        <fieldset disabled><input aria-label=g></fieldset>`)
      const [a, b, c, d, e, f, g] = seen.controls
      expect([a?.required, b?.required, c?.required]).toEqual([true, true, false])
      expect([c?.enabled, g?.enabled, a?.enabled]).toEqual([false, false, true])
      expect([d?.readOnly, e?.maxLength, e?.pattern, f?.invalid]).toEqual([true, 10, "\\d{10}", true])
    })
  )

  it.live("knows a dialog from what it lies over, and an error from plain text", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <input aria-label=Folio><p class=text-danger>El folio no existe</p><p>Bienvenido</p>
        <div role=dialog style="position:fixed;inset:0;background:#fff"><p>¿Están correctos sus datos?</p><button>Sí</button></div>`)
      const [dialog] = seen.dialogs
      expect(dialog?.text).toContain("¿Están correctos sus datos?")
      expect(seen.buttons.map((button) => button.dialog)).toEqual([dialog?.ref ?? -1])
      expect(seen.controls.map(({ covered, dialog }) => ({ covered, dialog }))).toEqual([{ covered: true, dialog: 0 }])
      const tones = new Map(seen.texts.map(({ text, tone }) => [text, tone]))
      expect([tones.get("El folio no existe"), tones.get("Bienvenido")]).toEqual(["alert", "plain"])
    })
  )

  it.live("remembers a notice that was gone again before anybody looked", () =>
    Effect.gen(function* () {
      const { look, page, spoken } = yield* see("<button>Buscar</button>")
      expect(spoken).toEqual([])
      yield* Effect.promise(() =>
        page.evaluate(`new Promise((done) => {
          const toast = document.createElement("div")
          toast.className = "toast"
          toast.textContent = "Ticket no encontrado"
          document.body.append(toast)
          requestAnimationFrame(() => done(toast.remove()))
        })`)
      )
      expect((yield* look).spoken).toEqual(["Ticket no encontrado"])
    })
  )

  it.live("names a tick box by the cell behind it, and knows one that is all drawing by what its class says", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <table><tr><td>Captcha</td><td><input name=a></td></tr>
          <tr><td><input type=checkbox></td><td>He leído el aviso de privacidad</td></tr></table>
        <span class="dxICheckBox dxWeb_edtCheckBoxUnchecked" style="display:inline-block;width:16px;height:16px"><span><input
          readonly value=U style="width:5px"></span></span> <label>Acepto las condiciones</label>
        <span class="dxICheckBox dxWeb_edtCheckBoxChecked" style="display:inline-block;width:16px;height:16px"><span><input
          readonly value=C style="width:5px"></span></span> <label>Enviar por correo</label>`)
      const ticks = seen.controls.filter(({ kind }) => kind === "checkbox")
      expect(ticks.map(({ checked, label }) => [label, checked])).toEqual([
        ["He leído el aviso de privacidad", false],
        ["Acepto las condiciones", false],
        ["Enviar por correo", true]
      ])
      expect(seen.controls).toHaveLength(4)
    })
  )

  it.live("names no field by the tiles above it, and knows a list that hangs on a button", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <style>.tile { cursor: pointer; display: inline-block }</style>
        <div><div class=tile onclick="">Ticket de tienda</div><div class=tile onclick="">Compra en línea</div></div>
        <div><input placeholder="Código de barras"></div>
        <h3>¿Cuál es tu régimen?</h3><button aria-haspopup=listbox>Elegir ▾</button>`)
      expect(seen.controls.map(({ kind, label }) => [kind, label])).toEqual([
        ["text", ""],
        ["chooser", "¿Cuál es tu régimen?"]
      ])
    })
  )

  it.live("reads a button without the names of its pictures, by its tip where it says nothing else", () =>
    Effect.gen(function* () {
      const seen = yield* see(`
        <button>Siguiente<i class="material-icons">send</i></button>
        <a href="/a/xml" data-tooltip="XML"><i class="material-icons">code</i></a>
        <a href="/timbrar" data-method=post>Timbrar y enviar</a>`)
      expect(presses(seen)).toEqual(["Siguiente", "XML", "Timbrar y enviar"])
      // What a script sends as a form is no way to another page.
      expect(seen.buttons.map(({ href }) => href !== "")).toEqual([false, true, false])
    })
  )

  it.live(
    "hears as an alarm what is mostly red, in whatever plain line, and not for the star of a required field",
    () =>
      Effect.gen(function* () {
        const seen = yield* see(`
        <table><tr><td><font color="#B5121B">LA TRANSACCION YA FUE INCLUIDA</font></td></tr></table>
        <p><span style="color:red">*</span> Folio del ticket</p>`)
        expect(seen.texts.map(({ text, tone }) => [text, tone])).toEqual([
          ["LA TRANSACCION YA FUE INCLUIDA", "alert"],
          ["* Folio del ticket", "plain"]
        ])
      })
  )

  it.live("sees no field in the arrow of a list that is drawn as an input", () =>
    Effect.gen(function* () {
      const seen = yield* see(`<label for=f>Fecha</label>
        <div><input value="▼" readonly role="button presentation"><input id=f role=textbox></div>`)
      expect(labels(seen)).toEqual(["Fecha"])
    })
  )
})
