import { expect } from "bun:test"
import { Effect } from "effect"
import { isSatHost } from "../../src/cfdi/SatHost.ts"
import * as it from "../lib/effect.ts"

it.live("the SAT's portals are known by any way to write their names, and nobody else's are taken for them", () =>
  Effect.sync(() => {
    const hosts = ["sat.gob.mx", "portal.facturaelectronica.sat.gob.mx", "SAT.gob.MX", "login.sat.gob.mx."]
    expect(hosts.filter(isSatHost)).toEqual(hosts)
    expect(["notsat.gob.mx", "sat.gob.mx.tienda.mx", "gob.mx", "satxgob.mx"].filter(isSatHost)).toEqual([])
  })
)
