import { type MetricKey, MetricKeyType, type MetricPair, MetricState } from "effect"

type Labels = ReadonlyArray<readonly [name: string, value: string]>

const escaped = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"')

const number = (value: number) => (value === Number.POSITIVE_INFINITY ? "+Inf" : String(value))

const line = (name: string, labels: Labels, value: number) => {
  const inside = labels.map(([label, text]) => `${label}="${escaped(text)}"`).join(",")
  return `${name}${inside === "" ? "" : `{${inside}}`} ${number(value)}`
}

type Pair = MetricPair.MetricPair.Untyped

const labelsOf = (key: MetricKey.MetricKey.Untyped): Labels => key.tags.map(({ key, value }) => [key, value] as const)

const typeOf = ({ metricKey, metricState }: Pair) => {
  if (MetricState.isHistogramState(metricState)) return "histogram"
  const counts = MetricKeyType.isCounterKey(metricKey.keyType) && metricKey.keyType.incremental
  return counts ? "counter" : "gauge"
}

const linesOf = ({ metricKey, metricState }: Pair): ReadonlyArray<string> => {
  const { name } = metricKey
  const labels = labelsOf(metricKey)
  if (MetricState.isHistogramState(metricState)) {
    const { buckets, count, sum } = metricState
    const below = buckets.filter(([boundary]) => Number.isFinite(boundary))
    return [
      ...[...below, [Number.POSITIVE_INFINITY, count] as const].map(([boundary, count]) =>
        line(`${name}_bucket`, [...labels, ["le", number(boundary)]], count)
      ),
      line(`${name}_sum`, labels, sum),
      line(`${name}_count`, labels, count)
    ]
  }
  if (MetricState.isCounterState(metricState)) return [line(name, labels, Number(metricState.count))]
  if (MetricState.isGaugeState(metricState)) return [line(name, labels, Number(metricState.value))]
  return []
}

export const contentType = "text/plain; version=0.0.4; charset=utf-8"

/** The measures of ours, as Prometheus reads them: all of one name together, its meaning and its type before them. */
export const render = (snapshot: ReadonlyArray<Pair>) => {
  const ours = snapshot.filter(({ metricKey }) => metricKey.name.startsWith("timbra_"))
  const byName = Map.groupBy(ours, ({ metricKey }) => metricKey.name)
  const families = [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, pairs]) => {
      const [first] = pairs
      if (first === undefined) return []
      const help = first.metricKey.description._tag === "Some" ? first.metricKey.description.value : name
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${typeOf(first)}`, ...pairs.flatMap(linesOf)]
    })
  const memory = ["# HELP process_resident_memory_bytes Resident memory.", "# TYPE process_resident_memory_bytes gauge"]
  return [...families, ...memory, line("process_resident_memory_bytes", [], process.memoryUsage.rss()), ""].join("\n")
}
