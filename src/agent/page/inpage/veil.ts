/// <reference lib="dom" />

const blur = "blur(0.4em)"

// A sheet of the document's own: pages that forbid inline styles allow it.
const sheet = new CSSStyleSheet()
sheet.replaceSync(`input[type=password] { filter: ${blur} !important }`)

const veil = (root: Document | ShadowRoot) => root.adoptedStyleSheets.push(sheet)
veil(document)

// The sheet of a document reaches into no shadow root.
const attachShadow = Element.prototype.attachShadow
Element.prototype.attachShadow = function (this: Element, init: ShadowRootInit) {
  const root = attachShadow.call(this, init)
  veil(root)
  return root
}

// A password that the page shows as text, as behind an eye, stays veiled.
new MutationObserver((records) => {
  for (const { target, oldValue } of records) {
    const shown = oldValue === "password" && target instanceof HTMLInputElement && target.type !== "password"
    if (shown) target.style.setProperty("filter", blur, "important")
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["type"], attributeOldValue: true })

export {}
