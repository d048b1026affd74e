import { expect, test } from "bun:test"
import { veil } from "../../../src/agent/plan/Veil.ts"
import { assignment } from "../../lib/agent.ts"

const ticket = { Tienda: "Tienda Centro", Caja: "7", Web: "7Q2M B41K", Total: "1234.50", Fecha: "2026-11-21" }
// XOCHILT CASAS CHAVEZ, CACX7605101P8, xochilt@example.com, 36257
const task = { ...assignment(new URL("https://aguja.mx"), ticket), details: { Calle: "Arroyo Seco 15" } }
const masked = veil(task, { "nombre de usuario": "lechuza" })

const texts: ReadonlyArray<readonly [string, string]> = [
  ["Estimada Xóchilt Casas: su compra no existe.", "Estimada ‹•••› ‹•••› su compra no existe."],
  ["XOCHILTCASAS, la contraseña no es de lechuza", "‹•••› la contraseña no es de ‹•••›"],
  ["cacx-760510-1P8 o CACX7605101P8", "aaaa-999999-9A9 o AAAA9999999A9"],
  ["Se envió a xochilt@example.com y a otra@x.mx", "Se envió a ‹•••› y a ‹•••›"],
  ["Total $1,234.50 del 21/11/2026", "Total $9,999.99 del 99/99/9999"],
  ["la caja 7, el código 7Q2M-B41K y el CP 36257", "la caja 9, el código 9A9A-A99A y el CP 99999"],
  ["Tienda del Centro, en Arroyo Seco", "Tienda del ‹•••› en ‹•••› ‹•••›"],
  ["Son 18 caracteres, p. ej. ABC-000123", "Son 18 caracteres, p. ej. AAA-999999"]
]

test("of what a page repeats of the user nothing is left but its shape, however it is written", () => {
  expect(texts.map(([text]) => masked(text))).toEqual(texts.map(([, left]) => left))
})
