import { DateTime } from "effect"

/** Tickets and CFDI are dated here, whatever zone the process runs in. */
export const mexicoCity = DateTime.zoneUnsafeMakeNamed("America/Mexico_City")
