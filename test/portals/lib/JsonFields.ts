const parse = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** What was posted as JSON, field by field and trimmed; what is missing or no text is empty, as in a form. */
export const jsonFields = (body: string) => {
  const parsed = parse(body)
  const entries = parsed !== null && typeof parsed === "object" ? Object.entries(parsed) : []
  const fields = new Map<string, unknown>(entries)
  return (name: string) => {
    const value = fields.get(name)
    return typeof value === "string" ? value.trim() : ""
  }
}
