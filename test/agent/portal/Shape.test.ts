import { expect, test } from "bun:test"
import { fitsShape, withoutPrefix } from "../../../src/agent/portal/Shape.ts"
import { control } from "../../lib/controls.ts"

test("a key loses the letters before it only where the field takes digits alone", () => {
  const contract = "RA-3019942"
  expect(withoutPrefix(control({ pattern: "\\d{7}" }), contract)).toBe("3019942")
  expect(withoutPrefix(control({ maxLength: 7 }), contract)).toBe("3019942")
  expect(withoutPrefix(control({ type: "number" }), contract)).toBe("3019942")
  expect(withoutPrefix(control({ hint: "Solo números, sin el prefijo RA" }), contract)).toBe("3019942")
  expect(withoutPrefix(control({ maxLength: 10 }), contract)).toBeUndefined()
  expect(withoutPrefix(control({ pattern: "[A-Z]{2}-\\d{7}" }), contract)).toBeUndefined()
})

test("a number may stand in a field for numbers although the paper prints its unit", () => {
  expect(fitsShape(control({ type: "number" }), "21.447 L")).toBe(true)
  expect(fitsShape(control({ pattern: "\\d+\\.\\d{2}" }), "$85")).toBe(true)
  expect(fitsShape(control({ type: "number" }), "MAGNA SIN")).toBe(false)
})
