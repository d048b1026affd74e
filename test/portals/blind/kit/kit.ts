import { join } from "node:path"
import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import type { PortalCase, Profile } from "../../lib/Portal.ts"
import { pdfFile, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf } from "../../lib/Taxpayers.ts"
import { openTill, type TillSale } from "../../lib/Till.ts"

export type Till = ReturnType<typeof openTill>
export type { TillSale }
export { openTill }

export const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")

/** {{name}} escaped, {{{name}}} as it is; what is missing is empty. */
export const template = async (dir: string, file: string, values: Readonly<Record<string, string>> = {}) =>
  (await Bun.file(join(dir, file)).text())
    .replace(/\{\{\{(\w+)\}\}\}/g, (_, key: string) => values[key] ?? "")
    .replace(/\{\{(\w+)\}\}/g, (_, key: string) => escaped(values[key] ?? ""))

export const html = (text: string, status = 200) =>
  new Response(text, { status, headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } })

export const json = (value: unknown, status = 200) => Response.json(value, { status })

export const js = (text: string) => new Response(text, { headers: { "content-type": "text/javascript" } })

export const svg = (text: string) => new Response(text, { headers: { "content-type": "image/svg+xml" } })

export const seeOther = (location: string) => new Response(null, { status: 302, headers: { location } })

type Made = NonNullable<ReturnType<Till["find"]>>

export const xmlText = async (made: Made) => (await xmlFile(made)).text()

export const pdfBytes = async (made: Made) => new Uint8Array(await (await pdfFile(made)).arrayBuffer())

export const attachment = (body: string | Uint8Array<ArrayBuffer>, type: string, name: string) =>
  new Response(body, { headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` } })

export const inline = (body: string | Uint8Array<ArrayBuffer>, type: string, name: string) =>
  new Response(body, { headers: { "content-type": type, "content-disposition": `inline; filename="${name}"` } })

export interface Typed {
  readonly rfc: string
  readonly name: string
  readonly postalCode: string
  readonly regime: string
  readonly use: string
  readonly email: string
}

const known: Readonly<Record<string, { name: string; postalCode: string; regime: string }>> = {
  CACX7605101P8: { name: "XOCHILT CASAS CHAVEZ", postalCode: "36257", regime: "612" },
  EKU9003173C9: { name: "ESCUELA KEMPER URGATE", postalCode: "42501", regime: "601" }
}

export const oneLine = (text: string) => text.trim().toUpperCase().replace(/\s+/g, " ")

export type Wrong = "empty" | "rfc" | "name" | "postalCode" | "regime" | "use" | "email"

/** What the SAT's list, or a form, has against a receiver; first thing first. */
export const wrongOf = (typed: Typed): Wrong | undefined => {
  if (Object.values(typed).some((value) => value === "")) return "empty"
  if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(typed.rfc)) return "rfc"
  if (!/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(typed.email)) return "email"
  const person = known[typed.rfc]
  if (person === undefined) return "rfc"
  if (oneLine(typed.name) !== person.name) return "name"
  if (typed.postalCode !== person.postalCode) return "postalCode"
  if (typed.regime !== person.regime) return "regime"
  if (!/^(G0[123]|I0[1-8]|S01|D\d\d)$/.test(typed.use)) return "use"
  return undefined
}

export const stampOf = (till: Till, sale: TillSale, typed: Typed) =>
  till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })

export const isStamped = (till: Till, sale: TillSale) => till.stamps().some(({ ticket }) => ticket === sale.ticket)

export const money = (cents: bigint) => {
  const digits = cents.toString().padStart(3, "0")
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

export const commas = (cents: bigint) => money(cents).replace(/\B(?=(\d{3})+\.)/g, ",")

/** Loose: a dollar sign and commas are let by. */
export const same = (text: string, cents: bigint) => text.replace(/[$,\s]/g, "") === money(cents)

const moral = new Set(["601", "603", "610", "620", "622", "623", "624", "626"])
const notPhysical = new Set(["601", "603", "620", "622", "623", "624"])

export const regimesFor = (rfc: string) =>
  fiscalRegimes.filter(({ code }) => (rfc.length === 12 ? moral.has(code) : !notPhysical.has(code)))

export const usesFor = (rfc: string) =>
  cfdiUses.filter(({ code }) => !["CP01", "CN01"].includes(code) && !(rfc.length === 12 && code.startsWith("D")))

export const plain = (text: string) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "")

export const options = (list: ReadonlyArray<{ readonly value: string; readonly text: string }>, chosen = "") =>
  list
    .map(
      ({ text, value }) =>
        `<option value="${escaped(value)}"${value === chosen ? " selected" : ""}>${escaped(text)}</option>`
    )
    .join("")

export const cells = (...texts: ReadonlyArray<string>) => texts.map((text) => `<td>${escaped(text)}</td>`).join("")

/** A day so many days ago, as Mexico City counts days. */
export const ago = (days: number) => {
  const iso = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Mexico_City" }).format(
    Date.now() - days * 86_400_000
  )
  const [year = "", month = "", day = ""] = iso.split("-")
  const names = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
  return {
    iso,
    slashes: `${day}/${month}/${year}`,
    short: `${day}/${month}/${year.slice(2)}`,
    dashes: `${day}-${month}-${year}`,
    words: `${day}-${names[Number(month) - 1]}-${year}`
  }
}

export const printed = (ticket: Readonly<Record<string, string | number>>, label: string) => {
  const value = ticket[label]
  if (value === undefined) throw new Error(`the ticket has no ${label}`)
  return String(value)
}

export const completed = { status: "COMPLETED", delivery: "download" } as const
export const failed = (code: string) => ({ status: "FAILED", code }) as const

export const asked = (answers: Readonly<Record<string, string>>, then: PortalCase["expected"]) =>
  ({ status: "ASKED", kind: "captcha", answers, then }) as const

/** Of a person with one given name. */
export const nameParts = ({ fullName }: Profile) => {
  const [first = "", father = "", mother = ""] = fullName.split(" ")
  return { first, father, mother }
}

interface Downloads {
  waitForEvent(event: "download"): Promise<unknown>
}

export const download = async (page: Downloads, act: () => Promise<unknown>) => {
  await Promise.all([page.waitForEvent("download"), act()])
}

/** The receiver as typed under a portal's own field names. */
export const typedAs = (
  field: (name: string) => string,
  names: { rfc: string; name: string; postalCode: string; regime: string; use: string; email: string }
): Typed => ({
  rfc: field(names.rfc),
  name: field(names.name),
  postalCode: field(names.postalCode),
  regime: field(names.regime),
  use: field(names.use),
  email: field(names.email)
})

export const regimeOptions = (rfc?: string, chosen = "") =>
  options(
    (rfc === undefined ? fiscalRegimes : regimesFor(rfc)).map(({ code, name }) => ({
      value: code,
      text: `${code} - ${name}`
    })),
    chosen
  )

export const useOptions = (rfc?: string, chosen = "") =>
  options(
    (rfc === undefined ? cfdiUses : usesFor(rfc)).map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
    chosen
  )

export { captchaCode, captchaImage } from "../../lib/CaptchaImage.ts"
export { clientBundle } from "../../lib/ClientBundle.ts"
export type { TestPortal } from "../../lib/Portal.ts"
export { zipFile } from "../../lib/ZipFile.ts"
export { type Handler, shop, type Visit } from "./shop.ts"
export { cfdiUses, fiscalRegimes }
