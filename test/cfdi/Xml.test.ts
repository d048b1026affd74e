import { describe, expect } from "bun:test"
import { Effect } from "effect"
import { parseXml } from "../../src/cfdi/Xml.ts"
import * as it from "../lib/effect.ts"

const megabytes = (count: number) => count * 1024 * 1024

describe("parseXml refuses", () => {
  const refused = {
    DTD: [
      '<!DOCTYPE a [<!ENTITY x "y">]><a b="&x;"/>',
      '<?xml version="1.0"?>\n<!doctype a><a/>',
      '<!ENTITY x "y"><a/>',
      "<a><!ELEMENT a ANY></a>"
    ],
    NOT_WELL_FORMED: [
      "",
      "hola",
      "{}",
      "<a>",
      "<a></b>",
      "<a><b></a></b>",
      "<a/><b/>",
      "<a></a><b></b>",
      "<a></a>text",
      '<a b="1" b="2"/>',
      "<a b=1/>",
      '<a b="1/>',
      "<a>&</a>",
      "<!-- only a comment -->",
      "<a>".repeat(200) + "</a>".repeat(200)
    ],
    NOT_UTF8: [
      new Uint8Array([0x3c, 0x61, 0x20, 0x62, 0x3d, 0x22, 0xd1, 0x22, 0x2f, 0x3e]),
      new Uint8Array([0xff, 0xfe, 0x3c, 0x00, 0x61, 0x00])
    ],
    TOO_LARGE: [`<a>${"x".repeat(megabytes(4))}</a>`, new Uint8Array(megabytes(4) + 1)]
  }
  for (const [reason, documents] of Object.entries(refused)) {
    for (const [index, document] of documents.entries()) {
      it.effect(`as ${reason}: case ${index + 1}`, () =>
        Effect.gen(function* () {
          expect(yield* Effect.flip(parseXml(document))).toMatchObject({ _tag: "XmlRefused", reason })
        })
      )
    }
  }
})

describe("parseXml", () => {
  it.effect("resolves each name in the scope that it stands in", () =>
    Effect.gen(function* () {
      const root = yield* parseXml(
        '<a xmlns="one" xmlns:p="two"><p:b/><c xmlns=""/><p:d xmlns:p="three"/><q:e/><f/></a>'
      )
      expect(root.namespace).toBe("one")
      expect(root.children().map((child) => `${child.namespace} ${child.name}`)).toEqual([
        "two b",
        " c",
        "three d",
        " e",
        "one f"
      ])
    })
  )

  it.effect("keeps an attribute apart from one of the same name in a namespace", () =>
    Effect.gen(function* () {
      const root = yield* parseXml('<a xmlns:p="two" p:b="other" b="own" __proto__="x" c="1\n2"/>')
      expect(root.attributes).toMatchObject({ b: "own", c: "1 2" })
      expect(Object.getPrototypeOf(root.attributes)).toBe(Object.prototype)
    })
  )

  it.live(
    "takes the largest document of the most hostile shapes within seconds",
    () =>
      Effect.gen(function* () {
        const size = megabytes(4) - 100
        const attributes = Array.from({ length: 200_000 }, (_, index) => `a${index}=""`).join(" ")
        for (const document of [
          `<a>${"<b/>".repeat(size / 4)}</a>`,
          `<a ${" ".repeat(size)}/>`,
          `<a ${attributes}/>`,
          `<a b="${"&amp;".repeat(size / 5)}"/>`,
          `<a>${"&amp;".repeat(size / 5)}</a>`
        ]) {
          expect(yield* parseXml(document)).toMatchObject({ name: "a" })
        }
      }),
    20_000
  )
})
