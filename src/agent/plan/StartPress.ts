import type { SeenButton } from "../page/Tab.ts"
import { asksForChannel, channelOf } from "../portal/Channel.ts"
import type { Fact } from "../portal/Facts.ts"
import { likeness } from "../portal/Likeness.ts"
import { findOption } from "../portal/Options.ts"
import { plain } from "../portal/Plain.ts"
import { isOurRow } from "../portal/Rows.ts"
import type { Front } from "./Front.ts"
import { type Candidate, pressesIn } from "./Presses.ts"

/** Where a portal serves many shops: the one that the ticket names. */
export const brandPress = (
  front: Front,
  facts: ReadonlyArray<Fact>,
  wasPressed: (button: SeenButton) => boolean
): Candidate | undefined => {
  const shops = front.buttons
    .filter((button) => button.enabled && !wasPressed(button) && /\p{L}{3}/u.test(button.text))
    .map((button) => ({ text: button.text, value: "", disabled: false, button }))
  const named = facts.filter(({ label, value }) => label !== "" && /\p{L}{4}/u.test(value))
  const exact = named.flatMap((fact) => {
    const shop = findOption(shops, fact)
    return shop && likeness(shop.text, fact.value) === 1 ? [shop] : []
  })
  const [shop] = exact.length > 0 ? exact : shops.filter(({ text }) => named.some(({ value }) => begins(value, text)))
  return shop && { button: shop.button, press: "start" }
}

/** In a list whose rows are chosen by pressing them, the cell with the ticket's own key. */
export const rowPress = (front: Front, facts: ReadonlyArray<Fact>, wasPressed: (button: SeenButton) => boolean) =>
  pressesIn(front).find(
    ({ button, press }) =>
      button.row !== "" &&
      button.href === "" &&
      press === "none" &&
      plain(button.text) !== plain(button.row) &&
      isOurRow(button.text, facts) &&
      !wasPressed(button)
  )

/** Of the parts that a page is in, as "Taquilla y app" and "Dulcería y cafetería", the one that the ticket names. */
export const tabPress = (front: Front, facts: ReadonlyArray<Fact>): Candidate | undefined => {
  const { buttons } = front
  const printed = facts.filter(({ label, value }) => label !== "" && /^\p{L}{5,}$/u.test(value))
  const named = buttons.filter(
    ({ enabled, role, text }) =>
      role === "tab" && enabled && printed.some(({ value }) => plain(text).split(" ").includes(plain(value)))
  )
  const [button] = named
  return button && named.length === 1 ? { button, press: "start" } : channelPress(front, facts)
}

/** "Compra en línea" and "Compra en tienda": the part for where the ticket was bought, unless it is open already. */
const channelPress = ({ buttons }: Front, facts: ReadonlyArray<Fact>): Candidate | undefined => {
  const tabs = buttons.filter(({ role, text }) => role === "tab" && text !== "")
  const texts = tabs.map(({ text }) => text)
  const channel = asksForChannel(texts) ? channelOf(texts, facts)?.value : undefined
  const button = tabs.find(({ text, enabled }) => enabled && text === channel)
  return button && !/\b(active|selected)\b/.test(button.className) ? { button, press: "start" } : undefined
}

/** "CAFE MOLINO ALTABRISA" is a branch of "Café Molino". */
const begins = (value: string, text: string) => {
  const name = plain(text)
  return name.length >= 4 && name.includes(" ") && `${plain(value)} `.startsWith(`${name} `)
}

const startWords: ReadonlyArray<readonly [RegExp, number]> = [
  [
    /factur(a|ar|e|ela) (tu|su|mi|el|aqui|ahora|en linea|ticket|compra|consumo)|genera(r)? (tu|su|mi)? ?factura|obten (tu|su) factura|solicita(r)? (tu|su)? ?factura/,
    5
  ],
  [/facturacion( (electronica|en linea|web|cfdi))?|autofactura|facturar|facturame|cfdi|invoice/, 4],
  [/factura/, 2]
]

/** On a page without a form of ours: the way to it. */
export const startPress = (front: Front, wasPressed: (button: SeenButton) => boolean): Candidate | undefined =>
  pressesIn(front)
    .filter(({ press, button }) => (press === "start" || press === "stamp") && !wasPressed(button))
    .map((candidate) => ({
      candidate,
      score:
        startWords.find(([pattern]) =>
          pattern.test(plain(`${candidate.button.text} ${candidate.button.href.split("/").pop() ?? ""}`))
        )?.[1] ?? 0
    }))
    .sort((a, b) => b.score - a.score)[0]?.candidate

/** Who is not among the portal's customers yet becomes one. */
export const registerPress = (front: Front, wasPressed: (button: SeenButton) => boolean): Candidate | undefined => {
  const button = front.buttons.find(
    (seen) =>
      seen.enabled &&
      /registra(te|rme|rse|r (mis|tus) datos)|(cliente|soy|usuario) nuevo|nuevo (cliente|usuario)|primera vez|dar(me|te|se) de alta|alta de cliente/.test(
        plain(seen.text)
      ) &&
      !wasPressed(seen)
  )
  return button && { button, press: "start" }
}

const asGuest =
  /\bsin( \S+){0,2} (usuario|registr\S*|cuenta|contrasena|sesion|login)\b|\binvitad[oa]\b|\bguest\b|^factura\S* (rapida|express|directa)\b/

/** Beside a log-in: the way that asks for none. */
export const guestPress = (front: Front, wasPressed: (button: SeenButton) => boolean): Candidate | undefined =>
  pressesIn(front).find(
    ({ button, press }) =>
      (press === "start" || press === "next" || press === "login") &&
      asGuest.test(plain(button.text)) &&
      !wasPressed(button)
  )
