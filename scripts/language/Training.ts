import type { LinearModel } from "../../src/agent/portal/LinearModel.ts"

/** A text by its features, and what kind it is of. */
export interface Example<Kind extends string> {
  readonly features: ReadonlySet<string>
  readonly kind: Kind
}

const rounds = 25
const step = 0.5
const decay = 1e-5
/** A feature of one text or two teaches nothing of others. */
const minTexts = 3
/** Weights are kept as whole numbers of this. */
const unit = 0.02
/** A feature that weighs less for every kind is left out. */
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
export const train = <Kind extends string>(examples: ReadonlyArray<Example<Kind>>): LinearModel<Kind> => {
  const kinds = [...new Set(examples.map(({ kind }) => kind))].sort()
  const rows = examples.map(({ features, kind }) => ({ features: [...features], kind: kinds.indexOf(kind) }))
  const texts = new Map<string, number>()
  for (const { features } of rows) for (const feature of features) texts.set(feature, (texts.get(feature) ?? 0) + 1)
  const known = [...texts].filter(([, count]) => count >= minTexts).map(([feature]) => feature)
  const index = new Map(known.map((feature, at) => [feature, at * kinds.length] as const))
  const weights = new Float64Array(known.length * kinds.length)
  const squares = new Float64Array(weights.length).fill(1e-8)

  const likelihood = (at: ReadonlyArray<number>) => {
    const scale = 1 / Math.sqrt(Math.max(1, at.length))
    const sums = kinds.map((_, kind) => at.reduce((sum, row) => sum + (weights[row + kind] ?? 0), 0) * scale)
    const most = Math.max(...sums)
    const parts = sums.map((sum) => Math.exp(sum - most))
    const whole = parts.reduce((sum, part) => sum + part, 0)
    return { scale, parts: parts.map((part) => part / whole) }
  }
  const placed = rows.map(({ features, kind }) => ({ kind, at: features.flatMap((f) => index.get(f) ?? []) }))
  const shuffle = shuffler()
  for (let round = 0; round < rounds; round++) {
    for (const { at, kind } of shuffle([...placed])) {
      const { parts, scale } = likelihood(at)
      for (const [other, part] of parts.entries()) {
        const gradient = (part - (other === kind ? 1 : 0)) * scale
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
    kinds.map((_, at) => Math.round((weights[(index.get(feature) ?? 0) + at] ?? 0) / unit))
  const telling = known
    .map((feature) => [feature, rowOf(feature)] as const)
    .filter(([, row]) => row.some((w) => Math.abs(w * unit) >= least))
  return { kinds, unit, weights: Object.fromEntries(telling) }
}
