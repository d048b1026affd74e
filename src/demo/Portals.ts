import { Effect } from "effect"
import { cenzontle } from "./cenzontle/Site.ts"
import { jacaranda } from "./jacaranda/Site.ts"
import { serve } from "./Portal.ts"
import { tlacuache } from "./tlacuache/Site.ts"

export interface PortalsOptions {
  readonly host: string
  readonly ports?: "any" | readonly [a: number, b: number, c: number]
}

/** The three vendors' portals, each at an origin of its own, until the scope closes. */
export const start = Effect.fn("DemoPortals.start")(function* ({ host, ports = "any" }: PortalsOptions) {
  const [a, b, c] = ports === "any" ? ([0, 0, 0] as const) : ports
  const portals = yield* Effect.all([serve(cenzontle, host, a), serve(tlacuache, host, b), serve(jacaranda, host, c)])
  return { portals } as const
})

export class DemoPortals extends Effect.Service<DemoPortals>()("demo/Portals", { scoped: start }) {}
