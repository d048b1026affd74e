import { Schema } from "effect"

/** Bun types every `*.html` import as a bundle, also those taken `with { type: "text" }`. */
export const htmlText = Schema.decodeUnknownSync(Schema.String)

export interface Choice {
  readonly value: string
  readonly text: string
}

const options = (choices: ReadonlyArray<Choice>) =>
  choices.map(({ text, value }) => `<option value="${Bun.escapeHTML(value)}">${Bun.escapeHTML(text)}</option>`).join("")

/** Lists the choices of the select of that name after its own first option. */
export const withChoices = (html: string, name: string, choices: ReadonlyArray<Choice>) =>
  new HTMLRewriter()
    .on(`select[name="${name}"]`, { element: (select) => void select.append(options(choices), { html: true }) })
    .transform(html)

/** Puts what was typed back into a form that comes again, as its fields' values. */
export const withValues = (html: string, values: Readonly<Record<string, string>>) => {
  let field = ""
  return new HTMLRewriter()
    .on("input[type=checkbox]", {
      element(box) {
        if (values[box.getAttribute("name") ?? ""]) box.setAttribute("checked", "")
      }
    })
    .on("input:not([type=checkbox])", {
      element(input) {
        input.setAttribute("value", values[input.getAttribute("name") ?? ""] ?? "")
      }
    })
    .on("select", {
      element(select) {
        field = select.getAttribute("name") ?? ""
      }
    })
    .on("select option", {
      element(option) {
        if (option.getAttribute("value") === values[field]) option.setAttribute("selected", "")
      }
    })
    .transform(html)
}

/** Points the link with each id somewhere. */
export const withLinks = (html: string, links: Readonly<Record<string, string>>) =>
  Object.entries(links)
    .reduce(
      (rewriter, [id, href]) =>
        rewriter.on(`#${id}`, { element: (element) => void element.setAttribute("href", href) }),
      new HTMLRewriter()
    )
    .transform(html)

/** Replaces the text of the element with each id; it may hold anything and stays text. */
export const withTexts = (html: string, texts: Readonly<Record<string, string>>) =>
  Object.entries(texts)
    .reduce(
      (rewriter, [id, text]) => rewriter.on(`#${id}`, { element: (element) => void element.setInnerContent(text) }),
      new HTMLRewriter()
    )
    .transform(html)
