import { plain } from "./Plain.ts"

/** What tickets and lists cut short, by the word that is meant. */
const meant: Readonly<Record<string, string>> = {
  almacen: "alm",
  aprobacion: "aprob",
  asiento: "asto ast",
  autorizacion: "aut auth autoriz",
  avenida: "av ave",
  boleto: "bol blto",
  boulevard: "blv blvd bulevar",
  caja: "cj cja caj",
  carretera: "carr",
  carril: "car",
  centro: "ctro cto",
  cheque: "chq chk",
  ciudad: "cd",
  clave: "cve clv",
  codigo: "cod",
  confirmacion: "conf confirm",
  consecutivo: "consec",
  consumo: "cons",
  credito: "cred cr",
  cuenta: "cta",
  debito: "deb",
  despacho: "desp",
  digito: "dig",
  documento: "doc docto",
  efectivo: "efvo efec efect efvo efe",
  estacion: "est e.s es",
  estacionamiento: "estac",
  factura: "fact fac",
  farmacia: "farm fcia",
  fecha: "fec fch fcha f",
  folio: "fol",
  gasolinera: "gasol gasolin",
  guadalupe: "gpe",
  habitacion: "hab",
  hora: "hr hrs hra h",
  identificador: "ident",
  importe: "imp impte",
  kilometraje: "km kms",
  litros: "lt lts ltrs",
  metodo: "met",
  monto: "mto mnto",
  norte: "nte",
  movimiento: "mov movto",
  nota: "nta",
  numero: "num nro no nº",
  operacion: "op oper operac",
  oriente: "ote",
  pedido: "ped",
  plaza: "pza plz",
  poniente: "pte",
  recibo: "rec rbo",
  referencia: "ref refer",
  remision: "rem",
  reservacion: "rva resv reserv",
  secuencia: "sec secuenc",
  seguridad: "seg",
  sucursal: "suc sucs",
  subtotal: "subtot subt stotal",
  tarjeta: "tarj tjta",
  terminal: "term",
  ticket: "tkt tck tick tk etkt",
  tienda: "tda tnda",
  total: "tot ttl",
  transaccion: "tr trans transac transacc trx",
  unidad: "uni unid",
  venta: "vta vtas"
}

const words = new Map(Object.entries(meant).flatMap(([word, short]) => short.split(" ").map((cut) => [cut, word])))

/** `plain` text with its abbreviations written out: "NO. TKT", "CodSeg", "F. compra". */
export const spelled = (text: string) =>
  plain(text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2"))
    .replace(/(?<=\p{L}{2})\.(?=\p{L})/gu, ". ")
    .replace(/\bcheck ?-? ?in\b/g, "llegada")
    .replace(/\bcheck ?-? ?out\b/g, "salida")
    .replace(
      /(?<![\p{L}\d.])([a-z]\.[a-z]|[a-zº]{1,8})(?![\p{L}\d])\.?/gu,
      (cut, short: string) => words.get(short) ?? cut
    )
