import type { TestPortal } from "../lib/Portal.ts"
import { portal as bajio } from "./bajio/Portal.ts"
import { portal as balcones } from "./balcones/Portal.ts"
import { portal as burbujas } from "./burbujas/Portal.ts"
import { portal as cafetal } from "./cafetal/Portal.ts"
import { portal as clubdorado } from "./clubdorado/Portal.ts"
import { portal as comensal } from "./comensal/Portal.ts"
import { portal as encinos } from "./encinos/Portal.ts"
import { portal as huasteca } from "./huasteca/Portal.ts"
import { portal as lacumbre } from "./lacumbre/Portal.ts"
import { portal as letraviva } from "./letraviva/Portal.ts"
import { portal as luzdeplata } from "./luzdeplata/Portal.ts"
import { portal as santalucia } from "./santalucia/Portal.ts"
import { portal as tarahumara } from "./tarahumara/Portal.ts"
import { portal as trazofino } from "./trazofino/Portal.ts"

/** The portals whose pages are drawn in the browser, most of them by the libraries that real ones use. */
export const appPortals: ReadonlyArray<TestPortal> = [
  encinos,
  santalucia,
  bajio,
  cafetal,
  tarahumara,
  comensal,
  lacumbre,
  trazofino,
  burbujas,
  luzdeplata,
  clubdorado,
  balcones,
  letraviva,
  huasteca
]
