/** A linear model over features that are there or not, as `bun scripts/language/train.ts` makes it. */
export interface LinearModel<Kind extends string> {
  readonly kinds: ReadonlyArray<Kind>
  /** What the weights are counted in. */
  readonly unit: number
  readonly weights: Readonly<Record<string, ReadonlyArray<number>>>
}

export const stemLength = 5

/** How likely each kind is, 0 to 1 and 1 together; without a feature that it knows, by how often each occurs. */
export const likelihoods = <Kind extends string>(
  { kinds, unit, weights }: LinearModel<Kind>,
  features: ReadonlySet<string>
): ReadonlyMap<Kind, number> => {
  const known = [...features].flatMap((feature) => (Object.hasOwn(weights, feature) ? [weights[feature] ?? []] : []))
  const scale = unit / Math.sqrt(Math.max(1, known.length))
  const sums = kinds.map((_, at) => known.reduce((sum, row) => sum + (row[at] ?? 0), 0) * scale)
  const most = Math.max(...sums)
  const parts = sums.map((sum) => Math.exp(sum - most))
  const whole = parts.reduce((sum, part) => sum + part, 0)
  return new Map(kinds.map((kind, at) => [kind, (parts[at] ?? 0) / whole]))
}

/** The likeliest kind. */
export const likeliest = <Kind extends string>(all: ReadonlyMap<Kind, number>): readonly [Kind, number] | undefined =>
  [...all].reduce<readonly [Kind, number] | undefined>((a, b) => (a === undefined || b[1] > a[1] ? b : a), undefined)
