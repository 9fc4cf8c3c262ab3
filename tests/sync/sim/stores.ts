import { memoryStore } from '../../../server/store/memory.ts'
import type { SimStore } from './world.ts'

/** The server's memory, new for each seed. */
export function memorySim(): SimStore {
  const store = memoryStore()
  return {
    store,
    onCommit(hook) {
      store.crash = hook
    },
    snapshot: async () => store.snapshot(),
    async restore(snapshot) {
      const secrets = new Map(store.data.secrets)
      store.restore(snapshot as ReturnType<typeof store.snapshot>)
      for (const [k, v] of secrets) store.data.secrets.set(k, v)
    },
    async read(tenant) {
      const t = store.data.tenants.get(tenant)!
      return {
        head: t.state.head,
        epoch: t.state.epoch,
        rows: [...t.rows.values()],
        ops: t.ops,
        conflicts: [...t.conflicts.values()],
        sites: [...t.sites.values()],
        members: [...t.members.values()],
      }
    },
  }
}
