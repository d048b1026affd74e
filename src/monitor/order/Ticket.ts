export interface Entry {
  readonly label: string
  readonly value: string
}

export type Trouble = "NO_COLON" | "NO_LABEL" | "NO_VALUE" | "TWICE" | "TOO_MANY" | "TOO_LONG"

export interface Understood {
  readonly entries: ReadonlyArray<Entry>
  /** Lines that say nothing that could be sent, and why. */
  readonly ignored: ReadonlyArray<{ readonly line: string; readonly trouble: Trouble }>
}

const maxEntries = 40
const maxLabel = 100
const maxValue = 500

const separator = /[:：=\t]/

const split = (line: string): Entry | undefined => {
  const at = line.search(separator)
  return at < 1 ? undefined : { label: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }
}

// Tickets print two facts side by side; only where each part is one by itself are they parted.
const facts = (line: string) => {
  const parts = line.split(/\t|\s{2,}/)
  const whole = parts.every((part) => {
    const entry = split(part)
    return entry !== undefined && entry.label !== "" && entry.value !== ""
  })
  return whole ? parts : [line]
}

const trouble = (entry: Entry | undefined, earlier: ReadonlyMap<string, string>): Trouble | undefined => {
  if (entry === undefined) return "NO_COLON"
  const { label, value } = entry
  if (label === "") return "NO_LABEL"
  if (value === "") return "NO_VALUE"
  if (label.length > maxLabel || value.length > maxValue) return "TOO_LONG"
  const before = earlier.get(label)
  if (before !== undefined && before !== value) return "TWICE"
  return before === undefined && earlier.size === maxEntries ? "TOO_MANY" : undefined
}

const judged = (lines: ReadonlyArray<{ readonly line: string; readonly entry: Entry | undefined }>): Understood => {
  const found = new Map<string, string>()
  const ignored: Array<Understood["ignored"][number]> = []
  for (const { line, entry } of lines) {
    const why = trouble(entry, found)
    if (why !== undefined) ignored.push({ line, trouble: why })
    else if (entry !== undefined) found.set(entry.label, entry.value)
  }
  return { entries: [...found].map(([label, value]) => ({ label, value })), ignored }
}

/** Reads a ticket as it was pasted: a line is a label, a colon and a value. */
export const understand = (pasted: string) =>
  judged(
    pasted
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .flatMap(facts)
      .map((line) => ({ line, entry: split(line) }))
  )

const writeLine = ({ label, value }: Entry) => `${label}: ${value}`

/** The same of rows that are parted already. */
export const weigh = (rows: ReadonlyArray<Entry>) => judged(rows.map((entry) => ({ line: writeLine(entry), entry })))

/** The text that `understand` reads these from. */
export const write = (entries: ReadonlyArray<Entry>) => entries.map(writeLine).join("\n")
