import { expect, test } from "bun:test"
import { Glob } from "bun"
import { appPortals } from "../portals/apps/Portals.ts"
import { blindPortals } from "../portals/blind/Portals.ts"
import { classicPortals } from "../portals/classic/Portals.ts"

const folder = new URL("../../src/agent/", import.meta.url).pathname

const sources = await Promise.all(
  [...new Glob("**/*.ts").scanSync(folder)].map(async (path) => ({ path, text: await Bun.file(folder + path).text() }))
)

/** Chains whose portals the shared facts describe, besides those of the proving ground. */
const chains =
  "oxxo alsea walmart costco chedraui soriana liverpool homedepot lacomer edx controlgas gasngo arco mefacturo softrestaurant capufe ambit benavides starbucks"

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

test("the agent knows no portal by its name", () => {
  // Some are ordinary words of Spanish, which the agent may well know.
  const ordinary = new Set(["novedades", "sierra"])
  const names = [...classicPortals, ...appPortals, ...blindPortals]
    .map(({ id }) => id)
    .concat(chains.split(" "))
    .filter((name) => !ordinary.has(name))
  const known = sources.flatMap(({ path, text }) => {
    const words = new Set(plain(text).match(/\p{L}+/gu))
    return names.filter((name) => words.has(plain(name))).map((name) => `${path}: ${name}`)
  })
  expect(sources.length).toBeGreaterThan(50)
  expect(known).toEqual([])
})

test("the agent never sleeps for a time that is fixed beforehand", () => {
  const sleeping = sources.filter(({ text }) => /Effect\.sleep\(|waitForTimeout|Bun\.sleep|Clock\.sleep/.test(text))
  expect(sleeping.map(({ path }) => path)).toEqual([])
})
