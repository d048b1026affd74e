/** What PostgreSQL's text holds: neither the character NUL nor half a surrogate pair, and pages do contain both. */
export const plain = (text: string) => text.replaceAll("\0", "").toWellFormed()

/** For a jsonb column or parameter. As text: the driver would write an array as PostgreSQL's own kind of array. */
export const json = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? plain(part) : part))
