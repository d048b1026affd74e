import { FileSystem, Path } from "@effect/platform"
import { Effect, Schema } from "effect"

/** One text as a portal may show it, and what it tells. `after`: said once the invoice was asked for. */
const Example = Schema.Struct({
  text: Schema.NonEmptyString,
  outcome: Schema.NullOr(
    Schema.Literal(
      "already_invoiced",
      "expired",
      "not_found",
      "not_yet",
      "data_rejected",
      "closed",
      "down",
      "captcha_wrong",
      "login_failed",
      "success",
      "emailed"
    )
  ),
  after: Schema.Boolean
})

const decode = Schema.decode(Schema.parseJson(Schema.Array(Example)))

/** All that stands in `corpus/`, in the order of its files. */
export const sayingCorpus = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const folder = new URL("corpus", import.meta.url).pathname
  const files = (yield* fs.readDirectory(folder)).filter((file) => file.endsWith(".json")).sort()
  const texts = yield* Effect.forEach(files, (file) => fs.readFileString(path.join(folder, file)))
  const examples = yield* Effect.forEach(texts, (text) => decode(text))
  return examples.flat().map(({ outcome, ...example }) => ({ ...example, outcome: outcome ?? "none" }))
})

export type Corpus = Effect.Effect.Success<typeof sayingCorpus>

const rounds = 25
const step = 0.5
const decay = 1e-5
/** A feature of one text or two teaches nothing of others. */
const minTexts = 3
/** Weights are kept as whole numbers of this. */
const unit = 0.02
/** A feature that weighs less for every outcome is left out. */
const least = 0.3

/** The same numbers each time: what is trained is kept in the repository. */
const shuffler = () => {
  let seed = 7
  const next = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return Math.floor((seed / 0x7fffffff) * limit)
  }
  return <A>(items: Array<A>) => {
    for (let at = items.length - 1; at > 0; at--) {
      const other = Math.min(at, next(at + 1))
      const [a, b] = [items[at], items[other]]
      if (a !== undefined && b !== undefined) [items[at], items[other]] = [b, a]
    }
    return items
  }
}

/** Logistic regression over features that are there or not, by gradient steps that each feature makes smaller (AdaGrad). */
export const train = (corpus: Corpus, featuresOf: (text: string, after: boolean) => ReadonlySet<string>) => {
  const outcomes = [...new Set(corpus.map(({ outcome }) => outcome))].sort()
  const rows = corpus.map(({ text, after, outcome }) => ({
    features: [...featuresOf(text, after)],
    outcome: outcomes.indexOf(outcome)
  }))
  const texts = new Map<string, number>()
  for (const { features } of rows) for (const feature of features) texts.set(feature, (texts.get(feature) ?? 0) + 1)
  const known = [...texts].filter(([, count]) => count >= minTexts).map(([feature]) => feature)
  const index = new Map(known.map((feature, at) => [feature, at * outcomes.length] as const))
  const weights = new Float64Array(known.length * outcomes.length)
  const squares = new Float64Array(weights.length).fill(1e-8)

  const likelihood = (at: ReadonlyArray<number>) => {
    const scale = 1 / Math.sqrt(Math.max(1, at.length))
    const sums = outcomes.map((_, outcome) => at.reduce((sum, row) => sum + (weights[row + outcome] ?? 0), 0) * scale)
    const most = Math.max(...sums)
    const parts = sums.map((sum) => Math.exp(sum - most))
    const whole = parts.reduce((sum, part) => sum + part, 0)
    return { scale, parts: parts.map((part) => part / whole) }
  }
  const placed = rows.map(({ features, outcome }) => ({ outcome, at: features.flatMap((f) => index.get(f) ?? []) }))
  const shuffle = shuffler()
  for (let round = 0; round < rounds; round++) {
    for (const { at, outcome } of shuffle([...placed])) {
      const { parts, scale } = likelihood(at)
      for (const [other, part] of parts.entries()) {
        const gradient = (part - (other === outcome ? 1 : 0)) * scale
        for (const row of at) {
          const place = row + other
          const slope = gradient + decay * (weights[place] ?? 0)
          const square = (squares[place] ?? 0) + slope * slope
          squares[place] = square
          weights[place] = (weights[place] ?? 0) - (step * slope) / Math.sqrt(square)
        }
      }
    }
  }
  const rowOf = (feature: string) =>
    outcomes.map((_, at) => Math.round((weights[(index.get(feature) ?? 0) + at] ?? 0) / unit))
  const telling = known
    .map((feature) => [feature, rowOf(feature)] as const)
    .filter(([, row]) => row.some((w) => Math.abs(w * unit) >= least))
  const model = { outcomes, unit, weights: Object.fromEntries(telling) }
  const read = (text: string, after: boolean) => {
    const { parts } = likelihood([...featuresOf(text, after)].flatMap((feature) => index.get(feature) ?? []))
    return outcomes[parts.indexOf(Math.max(...parts))]
  }
  return { model, read }
}
