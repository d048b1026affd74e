import type { Fact } from "./Facts.ts"
import { plain } from "./Plain.ts"

const online = /en linea|online|internet|\bweb\b|\bapp\b|e-?commerce|domicilio|pedido/
const inStore = /tienda|sucursal|mostrador|ticket|restaurante|fisic|presencial|caja/

/** Does a choice ask where something was bought? One way has to be online, another in a store. */
export const asksForChannel = (texts: ReadonlyArray<string>) =>
  texts.length >= 2 &&
  texts.length <= 5 &&
  texts.some((text) => online.test(plain(text))) &&
  texts.some((text) => inStore.test(plain(text)) && !online.test(plain(text)))

/** The one way that the ticket speaks of: a printed one has a store or a till, an order has neither. */
export const channelOf = (texts: ReadonlyArray<string>, facts: ReadonlyArray<Fact>): Fact | undefined => {
  const ticket = facts.filter(({ label }) => label !== "")
  const printed = ticket.some(({ roles }) => roles.has("store") || roles.has("register"))
  const ordered = ticket.some(({ label, value }) => online.test(plain(`${label} ${value}`)))
  if (printed === ordered) return undefined
  const fitting = texts.filter((text) => online.test(plain(text)) === ordered && (ordered || inStore.test(plain(text))))
  const [only] = fitting
  return only !== undefined && fitting.length === 1
    ? { roles: new Map(), label: "", value: only, names: [] }
    : undefined
}
