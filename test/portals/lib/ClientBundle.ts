const build = async (entry: string) => {
  const { logs, outputs, success } = await Bun.build({
    entrypoints: [entry],
    target: "browser",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"', ngDevMode: "false", ngServerMode: "false" }
  })
  const script = outputs[0]
  if (!success || script === undefined) throw new AggregateError(logs, `${entry} cannot be bundled`)
  return script.text()
}

const bundles = new Map<string, Promise<string>>()

/** A portal's script with the libraries it stands on, as a shop would deploy it; built once in a process. */
export const clientBundle = async (entry: string) => {
  const bundle = bundles.get(entry) ?? build(entry)
  bundles.set(entry, bundle)
  const code = await bundle
  return () => new Response(code, { headers: { "content-type": "text/javascript", "cache-control": "max-age=600" } })
}
