import type { TestPortal } from "../lib/Portal.ts"
import { portal as abarrux } from "./abarrux/Portal.ts"
import { portal as ahorramax } from "./ahorramax/Portal.ts"
import { portal as almakari } from "./almakari/Portal.ts"
import { portal as altiplano } from "./altiplano/Portal.ts"
import { portal as aquilpa } from "./aquilpa/Portal.ts"
import { portal as autovalsa } from "./autovalsa/Portal.ts"
import { portal as balsas } from "./balsas/Portal.ts"
import { portal as bencirol } from "./bencirol/Portal.ts"
import { portal as birlonga } from "./birlonga/Portal.ts"
import { portal as birrionda } from "./birrionda/Portal.ts"
import { portal as bisquetto } from "./bisquetto/Portal.ts"
import { portal as boltrexa } from "./boltrexa/Portal.ts"
import { portal as botikandra } from "./botikandra/Portal.ts"
import { portal as brasadela } from "./brasadela/Portal.ts"
import { portal as brenaldi } from "./brenaldi/Portal.ts"
import { portal as brigida } from "./brigida/Portal.ts"
import { portal as buganvilia } from "./buganvilia/Portal.ts"
import { portal as burguelina } from "./burguelina/Portal.ts"
import { portal as cafinela } from "./cafinela/Portal.ts"
import { portal as carbon } from "./carbon/Portal.ts"
import { portal as castulo } from "./castulo/Portal.ts"
import { portal as chonita } from "./chonita/Portal.ts"
import { portal as cinevaro } from "./cinevaro/Portal.ts"
import { portal as clara } from "./clara/Portal.ts"
import { portal as compranza } from "./compranza/Portal.ts"
import { portal as coralillo } from "./coralillo/Portal.ts"
import { portal as culhuara } from "./culhuara/Portal.ts"
import { portal as drumexa } from "./drumexa/Portal.ts"
import { portal as encinal } from "./encinal/Portal.ts"
import { portal as escribano } from "./escribano/Portal.ts"
import { portal as farmalux } from "./farmalux/Portal.ts"
import { portal as farmazur } from "./farmazur/Portal.ts"
import { portal as ferromil } from "./ferromil/Portal.ts"
import { portal as fondarela } from "./fondarela/Portal.ts"
import { portal as gaskarun } from "./gaskarun/Portal.ts"
import { portal as gasolix } from "./gasolix/Portal.ts"
import { portal as gazumbra } from "./gazumbra/Portal.ts"
import { portal as glorieta } from "./glorieta/Portal.ts"
import { portal as gymnaro } from "./gymnaro/Portal.ts"
import { portal as hidrogalia } from "./hidrogalia/Portal.ts"
import { portal as hospelia } from "./hospelia/Portal.ts"
import { portal as ixtlera } from "./ixtlera/Portal.ts"
import { portal as kamiontla } from "./kamiontla/Portal.ts"
import { portal as karbelo } from "./karbelo/Portal.ts"
import { portal as kioskil } from "./kioskil/Portal.ts"
import { portal as kombustla } from "./kombustla/Portal.ts"
import { portal as krokanza } from "./krokanza/Portal.ts"
import { portal as krujil } from "./krujil/Portal.ts"
import { portal as laureles } from "./laureles/Portal.ts"
import { portal as llantorum } from "./llantorum/Portal.ts"
import { portal as magnivora } from "./magnivora/Portal.ts"
import { portal as marquesina } from "./marquesina/Portal.ts"
import { portal as mascorelia } from "./mascorelia/Portal.ts"
import { portal as mascotelia } from "./mascotelia/Portal.ts"
import { portal as mensakal } from "./mensakal/Portal.ts"
import { portal as merkanela } from "./merkanela/Portal.ts"
import { portal as mezcal } from "./mezcal/Portal.ts"
import { portal as mezquite } from "./mezquite/Portal.ts"
import { portal as michoacanita } from "./michoacanita/Portal.ts"
import { portal as mirlaca } from "./mirlaca/Portal.ts"
import { portal as mokambe } from "./mokambe/Portal.ts"
import { portal as moldiva } from "./moldiva/Portal.ts"
import { portal as monexpa } from "./monexpa/Portal.ts"
import { portal as nacar } from "./nacar/Portal.ts"
import { portal as neblina } from "./neblina/Portal.ts"
import { portal as nochistlan } from "./nochistlan/Portal.ts"
import { portal as novedades } from "./novedades/Portal.ts"
import { portal as nuxa } from "./nuxa/Portal.ts"
import { portal as papirenka } from "./papirenka/Portal.ts"
import { portal as parkuno } from "./parkuno/Portal.ts"
import { portal as parvelo } from "./parvelo/Portal.ts"
import { portal as pasekora } from "./pasekora/Portal.ts"
import { portal as penasco } from "./penasco/Portal.ts"
import { portal as petromixe } from "./petromixe/Portal.ts"
import { portal as petronorte } from "./petronorte/Portal.ts"
import { portal as piston } from "./piston/Portal.ts"
import { portal as pizzorro } from "./pizzorro/Portal.ts"
import { portal as plomada } from "./plomada/Portal.ts"
import { portal as ponciano } from "./ponciano/Portal.ts"
import { portal as potosina } from "./potosina/Portal.ts"
import { portal as rapidito } from "./rapidito/Portal.ts"
import { portal as remedios } from "./remedios/Portal.ts"
import { portal as sabores } from "./sabores/Portal.ts"
import { portal as sambrino } from "./sambrino/Portal.ts"
import { portal as sanaltia } from "./sanaltia/Portal.ts"
import { portal as sanisidro } from "./sanisidro/Portal.ts"
import { portal as sierra } from "./sierra/Portal.ts"
import { portal as sietekon } from "./sietekon/Portal.ts"
import { portal as surtidor } from "./surtidor/Portal.ts"
import { portal as tamalix } from "./tamalix/Portal.ts"
import { portal as tamaulipas } from "./tamaulipas/Portal.ts"
import { portal as telumbra } from "./telumbra/Portal.ts"
import { portal as tepaluma } from "./tepaluma/Portal.ts"
import { portal as tintero } from "./tintero/Portal.ts"
import { portal as tito } from "./tito/Portal.ts"
import { portal as tizkoma } from "./tizkoma/Portal.ts"
import { portal as tlacuilo } from "./tlacuilo/Portal.ts"
import { portal as tlapanaco } from "./tlapanaco/Portal.ts"
import { portal as tlapixca } from "./tlapixca/Portal.ts"
import { portal as tokarelli } from "./tokarelli/Portal.ts"
import { portal as tornillo } from "./tornillo/Portal.ts"
import { portal as tostalia } from "./tostalia/Portal.ts"
import { portal as trescerritos } from "./trescerritos/Portal.ts"
import { portal as trotamundos } from "./trotamundos/Portal.ts"
import { portal as trufada } from "./trufada/Portal.ts"
import { portal as turibaxa } from "./turibaxa/Portal.ts"
import { portal as valmireux } from "./valmireux/Portal.ts"
import { portal as velarix } from "./velarix/Portal.ts"
import { portal as vestulia } from "./vestulia/Portal.ts"
import { portal as viajero } from "./viajero/Portal.ts"
import { portal as vialtora } from "./vialtora/Portal.ts"
import { portal as voltrenik } from "./voltrenik/Portal.ts"
import { portal as wafelonia } from "./wafelonia/Portal.ts"
import { portal as yaqui } from "./yaqui/Portal.ts"
import { portal as zafirel } from "./zafirel/Portal.ts"
import { portal as zaramayo } from "./zaramayo/Portal.ts"
import { portal as zarkuma } from "./zarkuma/Portal.ts"
import { portal as zelmarta } from "./zelmarta/Portal.ts"
import { portal as zenzontla } from "./zenzontla/Portal.ts"
import { portal as zirkelo } from "./zirkelo/Portal.ts"
import { portal as zopila } from "./zopila/Portal.ts"
import { portal as zumbarela } from "./zumbarela/Portal.ts"
import { portal as zurrapo } from "./zurrapo/Portal.ts"

/** Portals whose authors have not seen the agent: twenty-four kinds of site that it was not made on, */
const ofAllKinds: ReadonlyArray<TestPortal> = [
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
  piston,
  trescerritos,
  chonita,
  ahorramax,
  altiplano,
  laureles,
  sanisidro,
  tornillo,
  marquesina,
  novedades,
  sierra,
  nochistlan,
  tamaulipas
]

/** twenty modelled closely on the samples of real ones in shared/data/portals.json, */
const modelled: ReadonlyArray<TestPortal> = [
  balsas,
  buganvilia,
  carbon,
  castulo,
  clara,
  coralillo,
  encinal,
  nacar,
  penasco,
  petronorte,
  rapidito,
  remedios,
  sabores,
  surtidor,
  tintero,
  tito,
  tlacuilo,
  trufada,
  viajero,
  yaqui
]

/** and seventy-nine on other entries of those samples, and on vendors that no list names. */
const others: ReadonlyArray<TestPortal> = [
  abarrux,
  almakari,
  aquilpa,
  autovalsa,
  bencirol,
  birlonga,
  birrionda,
  bisquetto,
  boltrexa,
  botikandra,
  brasadela,
  brenaldi,
  burguelina,
  cafinela,
  cinevaro,
  compranza,
  culhuara,
  drumexa,
  farmalux,
  farmazur,
  ferromil,
  fondarela,
  gaskarun,
  gasolix,
  gazumbra,
  gymnaro,
  hidrogalia,
  hospelia,
  ixtlera,
  kamiontla,
  karbelo,
  kioskil,
  kombustla,
  krokanza,
  krujil,
  llantorum,
  magnivora,
  mascorelia,
  mascotelia,
  mensakal,
  merkanela,
  mirlaca,
  mokambe,
  moldiva,
  monexpa,
  nuxa,
  papirenka,
  parkuno,
  parvelo,
  pasekora,
  petromixe,
  pizzorro,
  sambrino,
  sanaltia,
  sietekon,
  tamalix,
  telumbra,
  tepaluma,
  tizkoma,
  tlapanaco,
  tlapixca,
  tokarelli,
  tostalia,
  turibaxa,
  valmireux,
  velarix,
  vestulia,
  vialtora,
  voltrenik,
  wafelonia,
  zafirel,
  zaramayo,
  zarkuma,
  zelmarta,
  zenzontla,
  zirkelo,
  zopila,
  zumbarela,
  zurrapo
]

export const blindPortals = [...ofAllKinds, ...modelled, ...others]
