import { filled, type Pair, pair } from "../ui/Pairs.tsx"

type CompanyDetails = Readonly<Record<string, unknown>>

const entriesOf = (details: unknown) => (typeof details === "object" && details !== null ? Object.entries(details) : [])

const isPlain = (value: unknown) => typeof value === "string" || typeof value === "number" || typeof value === "boolean"

/** What a table of label and value can show. */
export const pairsOf = (details: unknown): ReadonlyArray<Pair> =>
  entriesOf(details)
    .filter(([, value]) => isPlain(value))
    .map(([label, value]) => pair(label, String(value)))

/** What it cannot, put there by another program: shown, and never lost. */
export const othersOf = (details: unknown): CompanyDetails =>
  Object.fromEntries(entriesOf(details).filter(([, value]) => !isPlain(value)))

export const detailsOf = (pairs: ReadonlyArray<Pair>, others: CompanyDetails = {}): CompanyDetails => ({
  ...others,
  ...Object.fromEntries(filled(pairs).map(({ label, value }) => [label, value]))
})
