import { BunContext } from "@effect/platform-bun"
import { Layer, Schema } from "effect"
import { Agent } from "../../src/agent/Agent.ts"
import type { Assignment } from "../../src/agent/Assignment.ts"
import { LocalChromium } from "../../src/agent/browser/LocalChromium.ts"
import { FiscalProfile } from "../../src/cfdi/FiscalProfile.ts"
import { TicketDetails } from "../../src/cfdi/Ticket.ts"
import { profiles } from "../portals/lib/Portal.ts"
import { DataDirTest } from "./dataDir.ts"
import { EgressTest } from "./egress.ts"

/** The agent on a Chromium of this machine. */
export const AgentTest = Agent.Default.pipe(
  Layer.provide(LocalChromium),
  Layer.provide([DataDirTest, EgressTest, BunContext.layer])
)

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
