import type { TestPortal } from "../lib/Portal.ts"
import { portal as brigida } from "./brigida/Portal.ts"
import { portal as escribano } from "./escribano/Portal.ts"
import { portal as glorieta } from "./glorieta/Portal.ts"
import { portal as mezcal } from "./mezcal/Portal.ts"
import { portal as mezquite } from "./mezquite/Portal.ts"
import { portal as michoacanita } from "./michoacanita/Portal.ts"
import { portal as neblina } from "./neblina/Portal.ts"
import { portal as piston } from "./piston/Portal.ts"
import { portal as plomada } from "./plomada/Portal.ts"
import { portal as ponciano } from "./ponciano/Portal.ts"
import { portal as potosina } from "./potosina/Portal.ts"
import { portal as trotamundos } from "./trotamundos/Portal.ts"

/** Portals whose authors have not seen the agent: twelve kinds of site that it was not made on. */
export const blindPortals: ReadonlyArray<TestPortal> = [
  mezquite,
  potosina,
  escribano,
  ponciano,
  neblina,
  plomada,
  brigida,
  glorieta,
  mezcal,
  trotamundos,
  michoacanita,
  piston
]
