import { expect } from "bun:test"
import { Effect } from "effect"
import type { Look } from "../../../src/agent/page/Tab.ts"
import { fieldsOf } from "../../../src/agent/portal/Fields.ts"
import { ChromiumTest, see } from "../../lib/chromium.ts"
import * as it from "../../lib/effect.ts"

/** The fields of a page as "kind label = value". */
const fields = ({ controls, buttons }: Pick<Look, "controls" | "buttons">) =>
  fieldsOf(controls, buttons).map(({ control: { kind, label, value } }) => `${kind} ${label} = ${value}`)

const over = "position:absolute;inset:0"

/** Each as the front-end libraries of portals draw them, with what a person sees there. */
const drawn: ReadonlyArray<readonly [rule: string, html: string, seen: ReadonlyArray<string>]> = [
  [
    "boxes drawn around each other around one hidden input are one list, named by the input's label",
    `<label for=r>Régimen fiscal</label><div style="cursor:pointer" onmousedown=""><span style="display:flex">
       <span style="${over};position:relative;width:200px"><input id=r role=combobox readonly style="opacity:0;width:100%"></span>
       <span>Seleccione</span></span></div>`,
    ["chooser Régimen fiscal = Seleccione"]
  ],
  [
    "two lists in one row are no list together",
    `<div style="display:flex"><div>Régimen fiscal <div><input role=combobox readonly style="opacity:0"><b>612</b></div></div>
       <div>Uso de CFDI <div><input role=combobox readonly style="opacity:0"><b>G03</b></div></div></div>`,
    ["chooser Régimen fiscal = 612", "chooser Uso de CFDI = G03"]
  ],
  [
    "a label that floats in the box of a list is not what was chosen there",
    `<div style="position:relative;cursor:pointer;height:50px"><label for=u style="position:absolute;top:2px">Uso de CFDI</label>
       <div style="display:flex"><select hidden><option>G03</select><span>G03 - Gastos en general</span>
       <input id=u role=combobox style="pointer-events:none;width:200px"></div></div>`,
    ["chooser Uso de CFDI = G03 - Gastos en general"]
  ],
  [
    "a label around a whole list names it, without what was chosen and without the arrow's own word",
    `<label for=s style="display:block"><div style="display:flex"><div><div style="display:flex"><span>Linda Vista Sur</span>
       <input id=s role=combobox></div><div>Sucursal</div></div><i aria-hidden=true>arrow_drop_down</i></div></label>`,
    ["combobox Sucursal = Linda Vista Sur"]
  ],
  [
    "what frameworks leave in comments names nothing",
    `<p>Sucursal</p><div><!--v-if--><div style="cursor:pointer;width:200px" aria-haspopup=listbox class=select>Elija</div></div>`,
    ["chooser Sucursal = Elija"]
  ],
  [
    "a button that is a combobox is a list, not a button",
    `<label for=b>Régimen fiscal</label><button type=button role=combobox id=b>Seleccione</button>`,
    ["chooser Régimen fiscal = Seleccione"]
  ],
  [
    "what a library calls every list names none of them",
    `<label>Sucursal</label><div role=combobox aria-label=Combobox tabindex=0>Seleccione</div>`,
    ["chooser Sucursal = Seleccione"]
  ],
  [
    "a box around a list that only the keyboard finds is that list, and a drawn tick box is named by its own words",
    `<span id=l>Régimen fiscal</span><div style="cursor:pointer;width:200px"><div role=combobox aria-haspopup=listbox tabindex=0
       aria-labelledby=l style="position:absolute;clip:rect(0,0,0,0)"></div><span>Seleccione</span></div>
     <div role=checkbox aria-labelledby=k tabindex=0><i>▢</i> <span id=k>Acepto el aviso</span></div>`,
    ["chooser Régimen fiscal = Seleccione", "checkbox ▢ Acepto el aviso = ▢ Acepto el aviso"]
  ],
  [
    "a label may name what is no input",
    `<span role=combobox id=f aria-label="Ninguno" tabindex=0>Elija</span><label for=f>Uso de CFDI</label>`,
    ["chooser Uso de CFDI = Elija"]
  ],
  [
    "a field that shows the choice of a hidden select is a list, named by the label that floats over it from behind",
    `<div style="position:relative"><div><input readonly value="Elija una opción"><select style="display:none"><option>612</select></div>
       <label style="position:absolute;top:-14px">Régimen fiscal</label></div>`,
    ["chooser Régimen fiscal = Elija una opción"]
  ],
  [
    "an input alone in a box beside a hidden select searches that list, and holds what is chosen in it",
    `<label>Sucursal</label><select style="display:none"><option value=1>Centro</select><div><div><input></div></div>`,
    ["combobox Sucursal = Centro"]
  ],
  [
    "what was chosen may be drawn beside the input of a list",
    `<label for=v>Uso de CFDI</label><div role=combobox id=c aria-label="Search for option"><div style="display:flex">
       <span>G03 - Gastos</span><input id=v aria-labelledby=c type=search></div><div style="opacity:0">Loading...</div></div>`,
    ["combobox Uso de CFDI = G03 - Gastos"]
  ],
  [
    "a list drawn around an input that cannot be seen is one field, whatever is drawn inside it",
    `<label>Sucursal</label><div role=combobox tabindex=0 style="cursor:pointer"><div><select style="opacity:0;position:absolute"><option>Norte<option>Sur</select>
       <div role=listbox><div role=option>Seleccione</div></div></div><input style="width:0;border:0;padding:0" aria-label=-searchbox></div>`,
    ["chooser Sucursal = Seleccione"]
  ],
  [
    "a label stands before the wrappers of its control, however many",
    `<div><div>Régimen fiscal</div><div><div><div><div><div><div><div style="cursor:pointer" class=select>Elija</div></div></div></div></div></div></div></div>`,
    ["chooser Régimen fiscal = Elija"]
  ],
  [
    "a day's field that asks for no keyboard is no list with its name and its icon in it",
    `<div><div>Fecha</div><span style="display:inline-flex"><input role=combobox aria-haspopup=dialog readonly inputmode=none>
       <button type=button aria-label="Choose Date" aria-haspopup=dialog></button></span></div>`,
    ["chooser Fecha = "]
  ],
  [
    "the list before is no name for the next one",
    `<div><div class=select style="cursor:pointer;display:flex;position:relative">Centro<input role=combobox readonly style="opacity:0;${over}"></div></div>
     <input placeholder=Folio>`,
    ["chooser  = Centro", "text  = "]
  ]
]

it.layer(ChromiumTest)("a list that is drawn by its page", (it) => {
  for (const [rule, html, seen] of drawn) {
    it.live(rule, () => Effect.map(see(html), (look) => expect(fields(look)).toEqual([...seen])))
  }

  it.live("is seen in the shadow of an element of the page's own making, by the button hidden in it", () =>
    Effect.gen(function* () {
      const look = yield* see(`<h1>Facturación</h1><x-lista style="cursor:pointer;display:block"></x-lista><script>
        customElements.define("x-lista", class extends HTMLElement {
          connectedCallback() {
            this.attachShadow({ mode: "open" }).innerHTML =
              '<label><div>Uso de CFDI</div><div style="position:relative"><div aria-hidden=true>Gastos en general</div>' +
              '<button aria-haspopup=dialog aria-label="Uso de CFDI, Gastos en general" style="opacity:0;${over}"></button></div></label>'
          }
        })</script>`)
      expect(fields(look)).toEqual(["chooser Uso de CFDI = Gastos en general"])
    })
  )

  it.live("knows a drawn list by the label that floats in it, before anything is chosen and after", () =>
    Effect.gen(function* () {
      const list = (text: string) => `<div class="x-select__trigger" style="cursor:pointer">${text}</div>`
      const seen = yield* see(`<form><label>RFC <input></label>
        ${list("<span>G03 - Gastos en general.</span> <span>Uso de CFDI*</span>")}${list("<span>Régimen fiscal*</span>")}</form>`)
      expect(fields(seen)).toEqual([
        "text RFC = ",
        "chooser Uso de CFDI = G03 - Gastos en general.",
        "chooser Régimen fiscal = "
      ])
    })
  )
})
