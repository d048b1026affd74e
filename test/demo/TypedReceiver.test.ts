import { describe, expect, test } from "bun:test"
import { Effect, Either } from "effect"
import { readForm } from "../../src/demo/Form.ts"
import { hasCompanyType, TypedReceiver, withoutCompanyType } from "../../src/demo/TypedReceiver.ts"
import { receiver } from "./Client.ts"

const read = (typed: unknown) => Effect.runSync(Effect.either(readForm(TypedReceiver)(typed)))
const fieldsRefused = (change: Partial<typeof receiver>) =>
  Either.match(read({ ...receiver, ...change }), {
    onLeft: ({ problems }) => problems.map(({ campo }) => campo),
    onRight: () => []
  })

describe("what a portal accepts as receiver", () => {
  test("lower case and blanks around are forgiven", () => {
    expect(Either.getOrThrow(read({ ...receiver, rfc: " eku9003173c9", nombre: " Escuela Kemper Urgate " }))).toEqual(
      receiver
    )
  })

  test.each([
    ["rfc", { rfc: "ABC123456XYZ" }],
    ["rfc", { rfc: "EKU-900317-3C9" }],
    ["rfc", { rfc: "XAXX010101000" }],
    ["nombre", { nombre: "  " }],
    ["cp", { cp: "4250" }],
    ["cp", { cp: "42501-1" }],
    ["regimen", { regimen: "600" }],
    ["regimen", { regimen: "612" }],
    ["uso", { uso: "P01" }],
    ["uso", { uso: "D01" }],
    ["uso", { rfc: "CACX7605101P8", regimen: "605", uso: "G03" }],
    ["uso", { uso: "CP01" }],
    ["correo", { correo: "kemper" }]
  ] as const)("refuses a wrong %s: %j", (field, change) => {
    expect(fieldsRefused(change)).toEqual([field])
  })

  test("everything wrong is said at once", () => {
    expect(fieldsRefused({ rfc: "", cp: "", correo: "" })).toEqual(["rfc", "cp", "correo"])
  })
})

describe("the régimen societario", () => {
  test.each([
    ["ACME SA DE CV", "ACME"],
    ["ACME, S.A. DE C.V.", "ACME"],
    ["ACME S. DE R.L. DE C.V.", "ACME"],
    ["ACME S.A.P.I. DE C.V.", "ACME"],
    ["GRUPO CASA", "GRUPO CASA"]
  ])("%s is %s", (name, bare) => {
    expect(withoutCompanyType(name)).toBe(bare)
    expect(hasCompanyType(name)).toBe(name !== bare)
  })
})
