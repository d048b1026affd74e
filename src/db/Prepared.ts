import type { ClientBase } from "pg"

const names = new Map<string, string>()

const nameOf = (text: string) => {
  const name = names.get(text) ?? `timbra_${names.size + 1}`
  names.set(text, name)
  return name
}

const named = ([text, values, ...rest]: ReadonlyArray<unknown>) =>
  typeof text === "string" && Array.isArray(values) && values.length > 0
    ? [{ text, values, name: nameOf(text) }, ...rest]
    : [text, values, ...rest]

/**
 * Names the statements of a connection, so that the server parses and plans each once; sql-pg names none. Only for
 * connections that send few different texts, and none that lead through a pooler.
 */
export const prepare = (client: ClientBase) => {
  const query = client.query
  Object.defineProperty(client, "query", {
    value: (...args: ReadonlyArray<unknown>) => Reflect.apply(query, client, named(args))
  })
}
