import { expect, test } from "bun:test"
import type { Control } from "../../../src/agent/page/Look.ts"
import { sideForms } from "../../../src/agent/plan/Aside.ts"
import { readForm } from "../../../src/agent/plan/Form.ts"
import { frontOf } from "../../../src/agent/plan/Front.ts"
import { stalePress } from "../../../src/agent/plan/StalePress.ts"
import { factsOf } from "../../../src/agent/portal/Facts.ts"
import { fieldsOf } from "../../../src/agent/portal/Fields.ts"
import { assignment } from "../../lib/agent.ts"
import { control } from "../../lib/controls.ts"
import { button, look, seenFrame } from "../../lib/looks.ts"

const site = new URL("https://portal.example.mx/")
const facts = factsOf(assignment(site, { Folio: "1" }))
const postalCode = facts.find(({ roles }) => roles.has("postalCode"))?.value ?? ""

const seen = (parts: ReadonlyArray<Partial<Control>>) =>
  frontOf(
    look({
      controls: parts.map((part, at) => ({ ...control({ ref: at, order: at, ...part }), frame: seenFrame(site.href) })),
      buttons: [button({ ref: 90, text: "Editar" }), button({ ref: 91, text: "Siguiente" })]
    })
  )

const pressed = (part: Partial<Control>) => {
  const front = seen([{ label: "RFC" }, { label: "Código postal", readOnly: true, ...part }])
  const form = readForm(front, facts, () => undefined, new Set(), [])
  return stalePress(front, form, facts, () => false)?.button.text
}

test("what a portal keeps of us in fields that are shut is unlocked where it is not ours", () => {
  expect(pressed({ value: "06700" })).toBe("Editar")
  expect(pressed({ value: "" })).toBe("Editar")
  expect(pressed({ value: postalCode })).toBeUndefined()
  expect(pressed({ value: "06700", readOnly: false })).toBeUndefined()
})

test("a page that asks for a name or an address alone is a newsletter's, unless that is what is lacking yet", () => {
  const sides = (label: string, given: ReadonlyArray<"rfc" | "email">) => {
    const front = seen([{ label, form: 7 }])
    return sideForms(fieldsOf(front.controls, front.buttons), new Set(given)).size
  }
  expect(sides("Correo electrónico", [])).toBe(1)
  expect(sides("Correo electrónico", ["rfc"])).toBe(0)
  expect(sides("Correo electrónico", ["rfc", "email"])).toBe(1)
  expect(sides("Nombre o razón social", ["rfc", "email"])).toBe(0)
})
