import { join } from "node:path"

export type ViewValues = Readonly<Record<string, string>>

/** `{{name}}` is put in as text, `{{{name}}}` as markup; a name that nobody gave is a fault of the portal. */
const fillIn = (template: string, values: ViewValues) =>
  template.replace(/\{\{\{(\w+)\}\}\}|\{\{(\w+)\}\}/g, (_, markup: string | undefined, text: string | undefined) => {
    const value = values[markup ?? text ?? ""]
    if (value === undefined) throw new Error(`the view lacks ${markup ?? text}`)
    return markup === undefined ? Bun.escapeHTML(value) : value
  })

/** The templates of a portal, read once each from its folder. */
export const viewsIn = (folder: string) => {
  const templates = new Map<string, Promise<string>>()
  return async (file: string, values: ViewValues = {}) => {
    const template = templates.get(file) ?? Bun.file(join(folder, file)).text()
    templates.set(file, template)
    return fillIn(await template, values)
  }
}

export interface Choice {
  readonly value: string
  readonly text: string
}

export const optionTags = (choices: ReadonlyArray<Choice>, selected = "") =>
  choices
    .map(({ text, value }) => {
      const mark = value === selected && value !== "" ? " selected" : ""
      return `<option value="${Bun.escapeHTML(value)}"${mark}>${Bun.escapeHTML(text)}</option>`
    })
    .join("")
