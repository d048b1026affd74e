import type { TestPortal } from "../lib/Portal.ts"
import { portal as ahuehuete } from "./ahuehuete/Portal.ts"
import { portal as chilaquil } from "./chilaquil/Portal.ts"
import { portal as colibri } from "./colibri/Portal.ts"
import { portal as cuatrovientos } from "./cuatrovientos/Portal.ts"
import { portal as cuca } from "./cuca/Portal.ts"
import { portal as neza } from "./neza/Portal.ts"
import { portal as origami } from "./origami/Portal.ts"
import { portal as pochote } from "./pochote/Portal.ts"
import { portal as tepozan } from "./tepozan/Portal.ts"
import { portal as tequio } from "./tequio/Portal.ts"
import { portal as tlaloque } from "./tlaloque/Portal.ts"
import { portal as volador } from "./volador/Portal.ts"
import { portal as xicalli } from "./xicalli/Portal.ts"
import { portal as yunque } from "./yunque/Portal.ts"

/** The portals whose pages are drawn by the server, with at most jQuery on top. */
export const classicPortals: ReadonlyArray<TestPortal> = [
  tepozan,
  ahuehuete,
  chilaquil,
  pochote,
  yunque,
  tequio,
  tlaloque,
  cuatrovientos,
  volador,
  neza,
  origami,
  cuca,
  xicalli,
  colibri
]
