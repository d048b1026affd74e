import { BunContext } from "@effect/platform-bun"
import { Config, Effect, Layer, Option, Schema } from "effect"
import { Agent } from "../../src/agent/Agent.ts"
import type { Assignment } from "../../src/agent/Assignment.ts"
import { LocalChromium } from "../../src/agent/browser/LocalChromium.ts"
import { Llm } from "../../src/agent/plan/Llm.ts"
import { FiscalProfile } from "../../src/cfdi/FiscalProfile.ts"
import { TicketDetails } from "../../src/cfdi/Ticket.ts"
import { Browserbase, browserbaseWith } from "../browserbase/lib/BrowserbaseTest.ts"
import { profiles } from "../portals/lib/Portal.ts"
import { DataDirTest } from "./dataDir.ts"
import { EgressTest } from "./egress.ts"

const onThisMachine = LocalChromium.pipe(Layer.provide([DataDirTest, EgressTest, BunContext.layer]))

const onBrowserbase = browserbaseWith().pipe(Layer.provide(Browserbase.AllReleased))

/** A Chromium of this machine, or with `TEST_BROWSER=browserbase` those of the stand-in. */
const BrowserTest = Layer.unwrapEffect(
  Config.literal(
    "local",
    "browserbase"
  )("TEST_BROWSER").pipe(
    Config.withDefault("local"),
    Effect.map((where) => (where === "local" ? onThisMachine : onBrowserbase))
  )
)

/** The agent with this language model. */
export const agentWith = <E>(llm: Layer.Layer<Llm, E>) =>
  Agent.Default.pipe(Layer.provide(llm), Layer.provide([BrowserTest, EgressTest]))

export const AgentTest = agentWith(Layer.succeed(Llm, Option.none()))

export const assignment = (
  vendorUrl: URL,
  ticket: Readonly<Record<string, string | number>>,
  who: keyof typeof profiles = "person"
): Assignment => ({
  vendorUrl,
  ticket: Schema.decodeUnknownSync(TicketDetails)(ticket),
  profile: Schema.decodeUnknownSync(FiscalProfile)(profiles[who]),
  details: {},
  answers: {},
  confirmBeforeSubmit: false,
  submitted: false
})
