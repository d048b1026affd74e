import { expect, test } from "bun:test"
import { oneTimeCode } from "../../../src/agent/plan/Code.ts"
import type { Field } from "../../../src/agent/portal/Fields.ts"
import { control } from "../../lib/controls.ts"

const field = (part: Parameters<typeof control>[0]) =>
  ({ control: control(part), role: undefined, key: part.label ?? "", radios: [] }) as unknown as Field

const sent = ["Enviamos un código de 6 dígitos a su correo x••••@example.com."]

test("a code that was sent is asked for by a field that is called as any code is", () => {
  const code = field({ label: "Código de verificación" })
  expect(oneTimeCode([code], sent)?.field).toBe(code)
  expect(oneTimeCode([field({ label: "Folio" }), code], sent)).toBeUndefined()
  expect(oneTimeCode([code], ["Escriba el código de su ticket."])).toBeUndefined()
})

test("the browser's own word for it needs no other", () => {
  const code = field({ label: "Clave", autocomplete: "one-time-code" })
  expect(oneTimeCode([code], [])?.field).toBe(code)
})

test("a box for each digit is one code", () => {
  const boxes = Array.from({ length: 6 }, (_, at) => field({ maxLength: 1, name: `d${at}` }))
  expect(oneTimeCode(boxes, sent)).toEqual({ field: boxes[0], boxes } as never)
  expect(oneTimeCode(boxes, [])).toBeUndefined()
})

test("the first box of a code may take all of it, for who pastes it", () => {
  const boxes = [6, 1, 1, 1, 1, 1].map((maxLength, at) => field({ maxLength, name: `d${at}` }))
  expect(oneTimeCode(boxes, sent)).toEqual({ field: boxes[0], boxes } as never)
})
