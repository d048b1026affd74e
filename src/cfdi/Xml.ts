import { Data, Effect, Predicate } from "effect"
import { XMLParser, XMLValidator } from "fast-xml-parser"

/** Not a document that we read. Says why, never what stood in it. */
export class XmlRefused extends Data.TaggedError("XmlRefused")<{
  readonly reason: "TOO_LARGE" | "NOT_UTF8" | "DTD" | "NOT_WELL_FORMED"
}> {
  override get message() {
    return this.reason
  }
}

/** An element by its namespace's URI: the prefix is the writer's whim. Attributes in a namespace are left out. */
export interface XmlElement {
  readonly namespace: string
  readonly name: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: () => ReadonlyArray<XmlElement>
  /** What stands in it between its children. */
  readonly text: () => string
}

const maxSize = 4 * 1024 * 1024

// A declaration outside comments and CDATA. Where one of those quotes a declaration the document is refused as well.
const declaration = /<!(?!--|\[CDATA\[)/

const attributePrefix = "@"

// Entities stay as they are here, so that `dereference` decides alone: without a DTD there are five, and numbers.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: attributePrefix,
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 100
})

const named: { readonly [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

const dereference = (text: string) =>
  text
    .replace(/[\t\n]/g, " ")
    .replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/g, (written, hex, decimal, name) => {
      if (name !== undefined) return named[name] ?? written
      const point = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : written
    })

type Scope = { readonly [prefix: string]: string }

const split = (name: string): readonly [prefix: string, local: string] => {
  const colon = name.indexOf(":")
  return colon === -1 ? ["", name] : [name.slice(0, colon), name.slice(colon + 1)]
}

const attributesOf = (node: object): ReadonlyArray<readonly [name: string, value: string]> => {
  const group = Predicate.hasProperty(node, ":@") && Predicate.isRecord(node[":@"]) ? node[":@"] : {}
  return Object.entries(group).flatMap(([name, value]) =>
    Predicate.isString(value) ? [[name.slice(attributePrefix.length), dereference(value)] as const] : []
  )
}

const declared = (attributes: ReadonlyArray<readonly [name: string, value: string]>): Scope =>
  Object.fromEntries(
    attributes.flatMap(([name, uri]) => {
      const [prefix, local] = split(name)
      if (name === "xmlns") return [["", uri]]
      return prefix === "xmlns" ? [[local, uri]] : []
    })
  )

const textOf = (nodes: unknown) =>
  (Array.isArray(nodes) ? nodes.filter(Predicate.isRecord) : [])
    .map((node) => (Predicate.isString(node["#text"]) ? dereference(node["#text"]) : ""))
    .join("")

const elementsOf = (nodes: unknown, outer: Scope): ReadonlyArray<XmlElement> =>
  Array.isArray(nodes)
    ? nodes.filter(Predicate.isRecord).flatMap((node) =>
        Object.keys(node)
          .filter((key) => key !== ":@" && key !== "#text")
          .map((key) => {
            const attributes = attributesOf(node)
            const scope = { ...outer, ...declared(attributes) }
            const [prefix, name] = split(key)
            return {
              namespace: scope[prefix] ?? "",
              name,
              attributes: Object.fromEntries(attributes.filter(([name]) => name !== "xmlns" && !name.includes(":"))),
              children: () => elementsOf(node[key], scope),
              text: () => textOf(node[key])
            }
          })
      )
    : []

const decodeUtf8 = (document: string | Uint8Array) =>
  Predicate.isString(document)
    ? Effect.succeed(document.replace(/^\uFEFF/, ""))
    : Effect.try({
        try: () => new TextDecoder("utf-8", { fatal: true }).decode(document),
        catch: () => new XmlRefused({ reason: "NOT_UTF8" })
      })

/** The root element of a document without a DTD. */
export const parseXml = Effect.fn("parseXml")(function* (document: string | Uint8Array) {
  if (document.length > maxSize) return yield* new XmlRefused({ reason: "TOO_LARGE" })
  const text = yield* decodeUtf8(document)
  if (declaration.test(text)) return yield* new XmlRefused({ reason: "DTD" })
  const notWellFormed = () => new XmlRefused({ reason: "NOT_WELL_FORMED" })
  const roots = yield* Effect.try({
    try: () => (XMLValidator.validate(text) === true ? elementsOf(parser.parse(text), {}) : []),
    catch: notWellFormed
  })
  const [root] = roots
  return root === undefined || roots.length > 1 ? yield* notWellFormed() : root
})
