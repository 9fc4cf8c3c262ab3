/** Counters and sums since the start, in the text form that Prometheus reads. */
export interface Metrics {
  add(name: string, by?: number): void
  text(): string
}

export function metrics(): Metrics {
  const values = new Map<string, number>()
  return {
    add: (name, by = 1) => void values.set(name, (values.get(name) ?? 0) + by),
    text: () =>
      [...values]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `daftar_sync_${name} ${value}\n`)
        .join(''),
  }
}
