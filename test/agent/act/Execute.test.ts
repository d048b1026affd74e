import { expect } from "bun:test"
import { Effect } from "effect"
import { fillIn } from "../../../src/agent/act/Execute.ts"
import { readForm } from "../../../src/agent/plan/Form.ts"
import { frontOf } from "../../../src/agent/plan/Front.ts"
import { factsOf } from "../../../src/agent/portal/Facts.ts"
import { assignment } from "../../lib/agent.ts"
import { ChromiumTest, see } from "../../lib/chromium.ts"
import { recordingDesk } from "../../lib/desk.ts"
import * as it from "../../lib/effect.ts"

/** What a page has taken, in its `taken`, once its form is filled in; and whether its button can be pressed then. */
const fill = Effect.fn("fill")(function* (body: string) {
  const seen = yield* see(`${body}<button id=next>Continuar</button>`)
  const facts = factsOf(assignment(new URL(seen.url), { Fecha: "28/09/2026" }))
  const form = readForm(frontOf(seen), facts, () => undefined, new Set(), [])
  const done = yield* fillIn(seen.tab, recordingDesk().desk, form.entries)
  const taken = yield* Effect.promise(() => seen.page.evaluate<string>("globalThis.taken ?? ''"))
  const next = (yield* seen.look).buttons.find(({ text }) => text === "Continuar")
  return { done: done._tag, taken, free: next !== undefined && !next.covered }
})

const took = (taken: string) => ({ done: "Held" as const, taken, free: true })

const days = Array.from({ length: 30 }, (_, at) => `<td tabindex=-1>${at + 1}</td>`).join("")
const calendar = (rest = "") =>
  `<div id=cal hidden style="position:fixed;inset:0;background:#fff"><p>Septiembre 2026</p><table><tr>${days}</table>${rest}</div>`

it.layer(ChromiumTest)("filling in", (it) => {
  it.live("leaves a list that opens as a dialog by its own button", () =>
    Effect.gen(function* () {
      const list = "601 - General|612 - Personas Físicas con Actividades Empresariales".split("|")
      const filled =
        yield* fill(`<label for=r>Régimen fiscal</label><button id=r type=button role=combobox>Seleccione</button>
        <div id=list hidden style="position:fixed;inset:0;background:#fff">${list.map((text) => `<button>${text}</button>`)}
          <div><button id=ok>Aceptar</button></div></div><script>
          let chosen
          r.onclick = () => { list.hidden = false }
          list.onclick = ({ target }) => {
            if (target !== ok) chosen = target.textContent
            else { list.hidden = true; r.textContent = chosen; taken = chosen.slice(0, 3) }
          }</script>`)
      expect(filled).toEqual(took("612"))
    })
  )

  it.live("gives a calendar the word that it waits for before it takes the day", () =>
    Effect.gen(function* () {
      const filled = yield* fill(`<label for=f>Fecha</label><input id=f readonly>
        ${calendar("<div><button id=ok>Aplicar</button></div>")}<script>
          let day
          f.onclick = () => { cal.hidden = false }
          cal.onclick = ({ target }) => {
            if (target !== ok) day = target.textContent
            else { cal.hidden = true; f.value = day + "/09/2026"; taken = day }
          }</script>`)
      expect(filled).toEqual(took("28"))
    })
  )

  it.live("opens a calendar by the icon at the end of its field, and puts it away where it stays", () =>
    Effect.gen(function* () {
      const filled = yield* fill(`<div><div><div><label for=f>Fecha</label><input id=f readonly></div></div>
          <div><svg style="pointer-events:none" width=20 height=20></svg><img id=icon src="data:," width=20 height=20></div></div>
        ${calendar()}<script>
          icon.onclick = () => { cal.hidden = false }
          cal.onclick = ({ target }) => { f.value = target.textContent + "/09/2026"; taken = target.textContent }
          onkeydown = ({ key }) => { if (key === "Escape") cal.hidden = true }</script>`)
      expect(filled).toEqual(took("28"))
    })
  )

  it.live("presses the day of a calendar that stands in the page for the want of a field, until it is chosen", () =>
    Effect.gen(function* () {
      const page = `<h2>¿Qué día fue?</h2>${calendar().replace("hidden style", "data-style")}<script>
        cal.onclick = ({ target }) => {
          if (target.matches("td")) globalThis.taken = (globalThis.taken ?? "") + target.textContent
          target.setAttribute("aria-selected", "true")
        }</script>`
      expect(yield* fill(page)).toEqual(took("28"))
      const seen = yield* see(page.replace("<td tabindex=-1>28", "<td aria-selected=true>28"))
      expect(seen.controls.map(({ type, value }) => [type, value])).toEqual([["calendar", "2026-09-28"]])
      expect(seen.buttons).toEqual([])
      expect((yield* see(`<label>Fecha <input></label>${page}`)).controls.map(({ type }) => type)).toEqual(["text"])
    })
  )

  it.live("types a day into a field that calls itself a list, and takes it where the calendar leads the keyboard", () =>
    Effect.gen(function* () {
      const filled =
        yield* fill(`<label for=f>Fecha</label><input id=f role=combobox aria-haspopup=dialog aria-expanded=false>
        ${calendar().replace("inset:0", "top:60px")}<script>
          f.oninput = () => { cal.hidden = false; f.ariaExpanded = true }
          f.onkeydown = (event) => {
            if (event.key !== "Tab" || cal.hidden) return
            event.preventDefault()
            setTimeout(() => [...cal.querySelectorAll("td")].find((td) => td.textContent === f.value.slice(0, 2)).focus(), 100)
          }
          cal.onclick = ({ target }) => { cal.hidden = true; f.ariaExpanded = false; taken = target.textContent }
          onkeydown = ({ key }) => { if (key === "Escape") { cal.hidden = true; f.ariaExpanded = false; f.value = "" } }</script>`)
      expect(filled).toEqual(took("28"))
    })
  )

  it.live("chooses the day in a calendar that opened where it was typed, and that no key closes", () =>
    Effect.gen(function* () {
      const filled = yield* fill(`<label for=f>Fecha</label><input id=f>
        ${calendar("<div><button id=ok>Ok</button></div>")}<script>
          let day
          f.onclick = f.onfocus = () => { cal.hidden = false }
          cal.onclick = ({ target }) => {
            if (target !== ok) day = target.textContent
            else { cal.hidden = true; taken = day }
          }</script>`)
      expect(filled).toEqual(took("28"))
    })
  )

  it.live("puts a calendar away that hears no key by a press on the page's own ground", () =>
    Effect.gen(function* () {
      const filled = yield* fill(`<label for=f>Fecha</label><input id=f>
        ${calendar().replace("inset:0", "top:60px")}<script>
          f.onfocus = () => { cal.hidden = false }
          onmousedown = ({ target }) => { if (!cal.contains(target)) { cal.hidden = true; taken = "none" } }</script>`)
      expect(filled).toEqual(took("none"))
    })
  )
})
