/** Who waits for news of a business, in this process. Missed news harm nobody: devices ask by themselves too. */
export interface Listener {
  readonly device: string
  say(head: number): void
  close(): void
}
export interface Hub {
  add(tenant: string, listener: Listener): () => void
  /** Something was pushed. */
  head(tenant: string, head: number): void
  /** The device is out. */
  cut(tenant: string, device: string): void
  count(): number
}

export function hub(): Hub {
  const waiting = new Map<string, Set<Listener>>()
  return {
    add(tenant, listener) {
      const all = waiting.get(tenant) ?? new Set()
      waiting.set(tenant, all)
      // One line a device: after a lost connection the old one may look alive for long.
      for (const old of all) if (old.device === listener.device) old.close()
      all.add(listener)
      return () => {
        all.delete(listener)
        if (all.size === 0 && waiting.get(tenant) === all) waiting.delete(tenant)
      }
    },
    head(tenant, head) {
      for (const listener of waiting.get(tenant) ?? []) listener.say(head)
    },
    cut(tenant, device) {
      for (const listener of waiting.get(tenant) ?? []) if (listener.device === device) listener.close()
    },
    count: () => [...waiting.values()].reduce((sum, all) => sum + all.size, 0),
  }
}
