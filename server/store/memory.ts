import type { WireManifest } from '../../shared/sync/merge-spec.ts'
import { SCOPE_HOME, SCOPE_SHARED } from '../../shared/sync/scope.ts'
import type {
  AuthorRow,
  BatchRow,
  ConflictRow,
  DeviceRow,
  ExitRow,
  InviteRow,
  MemberRow,
  OpRow,
  SiteRow,
  StateRow,
  Store,
  TenantState,
  TenantTx,
  Want,
} from './store.ts'
import { BATCHES_KEPT, NoTenant } from './store.ts'

export interface MemoryTenant {
  state: TenantState
  marks: Map<number, string>
  scopes: Set<number>
  devices: Map<string, DeviceRow>
  members: Map<string, MemberRow>
  sites: Map<string, SiteRow>
  invites: Map<string, InviteRow>
  manifests: Map<string, WireManifest>
  authors: AuthorRow[]
  batches: Map<string, BatchRow>
  ops: OpRow[]
  rows: Map<string, StateRow>
  conflicts: Map<string, ConflictRow>
  exits: ExitRow[]
}

export interface MemoryStore extends Store {
  /** The committed state, for the simulation to look at. */
  readonly data: { tenants: Map<string, MemoryTenant>; secrets: Map<string, string> }
  /** A backup, and its return. */
  snapshot(): MemoryStore['data']
  restore(data: MemoryStore['data']): void
  /** Called before and after each commit; what it throws is a crash there. */
  crash: (point: 'before commit' | 'after commit') => void
}

const keyOf = (tbl: number, row: string) => `${tbl}:${row}`
const after = (wants: readonly Want[], upTo: number) => {
  const cursors = new Map(wants)
  return (scope: number, seq: number) => seq <= upTo && seq > (cursors.get(scope) ?? Number.MAX_SAFE_INTEGER)
}

/** For the simulation and the tests: nothing is kept. Writes are staged and made at the commit, so a crash before it leaves nothing. */
export function memoryStore(): MemoryStore {
  let data: MemoryStore['data'] = { tenants: new Map(), secrets: new Map() }
  const locks = new Map<string, Promise<unknown>>()

  const store: MemoryStore = {
    kind: 'memory',
    get data() {
      return data
    },
    crash: () => {},
    snapshot: () => structuredClone(data),
    restore(old) {
      data = structuredClone(old)
    },
    async tenant(tenant, mode, run) {
      const turn = async () => {
        const t = data.tenants.get(tenant)
        if (!t) throw new NoTenant()
        const staged: (() => void)[] = []
        const result = await run(transaction(t, staged))
        if (staged.length > 0) store.crash('before commit')
        for (const write of staged) write()
        if (staged.length > 0) store.crash('after commit')
        return result
      }
      if (mode === 'read') return turn()
      const before = locks.get(tenant) ?? Promise.resolve()
      const mine = before.then(turn, turn)
      locks.set(
        tenant,
        mine.catch(() => {}),
      )
      return mine
    },
    async createTenant(tenant, epoch) {
      if (data.tenants.has(tenant)) return
      data.tenants.set(tenant, {
        state: { head: 0, epoch, mark: '' },
        marks: new Map(),
        scopes: new Set([SCOPE_SHARED, SCOPE_HOME]),
        devices: new Map(),
        members: new Map(),
        sites: new Map(),
        invites: new Map(),
        manifests: new Map(),
        authors: [],
        batches: new Map(),
        ops: [],
        rows: new Map(),
        conflicts: new Map(),
        exits: [],
      })
    },
    async tenantOfInvite(code) {
      for (const [id, t] of data.tenants) if (t.invites.has(code)) return id
      return null
    },
    async secret(name, make) {
      if (!data.secrets.has(name)) data.secrets.set(name, make())
      return data.secrets.get(name)!
    },
    tenants: async () => [...data.tenants.keys()],
    close: async () => {},
  }
  return store
}

const recipientsOf = (t: MemoryTenant): string[] =>
  [...t.devices.values()]
    .filter((d) => d.revoked === null && t.members.get(d.user)?.role === 'owner')
    .flatMap((d) => d.recipient ?? [])
    .sort()

function transaction(t: MemoryTenant, staged: (() => void)[]): TenantTx {
  const write = async (change: () => void) => void staged.push(change)
  return {
    gather: async (device, about = {}) => {
      const { batch, head, rows = [], recipients = false } = about
      const found = t.devices.get(device) ?? null
      return {
        state: { ...t.state },
        device: found && { ...found },
        member: (found && t.members.get(found.user)) ?? null,
        scopes: [...t.scopes].sort((a, b) => a - b),
        sites: [...t.sites.values()],
        authors: [...t.authors],
        manifests: [...t.manifests.keys()].sort(),
        batch: (batch && t.batches.get(`${batch.site}:${batch.from}`)) ?? null,
        recipients: recipients ? recipientsOf(t) : [],
        markAt: (head !== undefined && t.marks.get(head)) || null,
        rows: rows.flatMap(([tbl, row]) => {
          const held = t.rows.get(keyOf(tbl, row))
          return held ? [{ ...held }] : []
        }),
      }
    },
    devices: async () => [...t.devices.values()],
    members: async () => [...t.members.values()],
    invite: async (code) => t.invites.get(code) ?? null,
    manifest: async (hash) => t.manifests.get(hash) ?? null,
    rowsOfRoots: async (roots) => [...t.rows.values()].filter((r) => roots.includes(r.root)).map((r) => ({ ...r })),
    opsOf: async (site, own, limit) =>
      t.ops
        .filter((o) => o.site === site && o.own > own)
        .sort((a, b) => a.own - b.own)
        .slice(0, limit),
    page: async (wants, head, limit, bytes) => {
      const wanted = after(wants, head)
      const all = [...t.rows.values()].filter((r) => wanted(r.scope, r.seq)).sort((a, b) => a.seq - b.seq)
      const rows: StateRow[] = []
      let size = 0
      for (const r of all) {
        size += r.cells.length
        if (rows.length === limit || (rows.length > 0 && size > bytes)) break
        rows.push(r)
      }
      return { rows, full: rows.length < all.length }
    },
    exits: async (wants, upTo) => {
      const wanted = after(wants, upTo)
      return t.exits.filter((e) => wanted(e.scope, e.seq) && t.rows.get(keyOf(e.tbl, e.row))?.scope !== e.scope)
    },
    conflicts: async (wants, upTo) => {
      const wanted = after(wants, upTo)
      return [...t.conflicts.values()]
        .filter((c) => wanted(t.rows.get(keyOf(c.tbl, c.row))?.scope ?? -1, c.seq))
        .sort((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1))
    },
    seqs: async (scope) => [...t.rows.values()].filter((r) => r.scope === scope).map((r) => [r.row, r.seq]),

    setState: (state) =>
      write(() => {
        Object.assign(t.state, state)
        t.marks.set(state.head, state.mark)
      }),
    saveDevice: (device) => write(() => void t.devices.set(device.id, { ...device })),
    saveMember: (member) => write(() => void t.members.set(member.user, member)),
    saveSite: (site) => write(() => void t.sites.set(site.id, { ...site })),
    saveInvite: (invite) => write(() => void t.invites.set(invite.code, { ...invite })),
    addScopes: (scopes) =>
      write(() => {
        for (const s of scopes) t.scopes.add(s)
      }),
    addManifest: (hash, _sv, manifest) => write(() => void t.manifests.set(hash, manifest)),
    addAuthors: (authors) => write(() => void t.authors.push(...authors)),
    addPush: ({ state, batch, ops, rows }) =>
      write(() => {
        Object.assign(t.state, state)
        t.marks.set(state.head, state.mark)
        t.ops.push(...ops)
        for (const r of rows) t.rows.set(keyOf(r.tbl, r.row), { ...r })
        const { site, from, to, hash } = batch
        Object.assign(t.sites.get(site)!, { last: to, hash })
        t.batches.set(`${site}:${from}`, batch)
      }),
    dropBatches: (before) =>
      write(() => {
        for (const { site, from, at } of [...t.batches.values()]) {
          const later = [...t.batches.values()].filter((b) => b.site === site && b.from > from)
          if (at < before && later.length >= BATCHES_KEPT) t.batches.delete(`${site}:${from}`)
        }
      }),
    saveRows: (rows) =>
      write(() => {
        for (const r of rows) t.rows.set(keyOf(r.tbl, r.row), { ...r })
      }),
    addConflicts: (conflicts) =>
      write(() => {
        for (const c of conflicts) if (!t.conflicts.has(c.id)) t.conflicts.set(c.id, c)
      }),
    lift: (keys, seq) =>
      write(() => {
        const lifted = new Set(keys.map(([tbl, row]) => keyOf(tbl, row)))
        for (const [id, c] of t.conflicts) if (lifted.has(keyOf(c.tbl, c.row))) t.conflicts.set(id, { ...c, seq })
      }),
    addExits: (exits) => write(() => void t.exits.push(...exits)),
  }
}
