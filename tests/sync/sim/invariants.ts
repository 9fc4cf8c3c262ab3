import { knowledge } from '../../../server/lineage.ts'
import { FIELD_DELETED, KIND } from '../../../shared/sync/manifest.ts'
import type { Cells, Fields, Value } from '../../../shared/sync/merge.ts'
import { keyOf } from './client.ts'
import { GROUPS, groupText, type Ledger } from './ledger.ts'
import type { Pc, ServerView, World } from './world.ts'

const PARTY_TAG = 7

/** SYNC.md 15 A, at rest: what is wrong, in words that begin with the invariant's number. */
export async function check(
  world: World,
  ledger: Ledger,
  view: ServerView,
  facts: { serverWasPutBack: boolean; out: Set<Pc> },
): Promise<string[]> {
  const wrong: string[] = [...world.wrong]
  const cells = new Map(view.rows.map((r) => [keyOf(r.tbl, r.row), JSON.parse(r.cells) as Cells]))
  const live = world.pcs.filter((pc) => !facts.out.has(pc))
  for (const pc of live) {
    const undone = pc.client.undone()
    if (undone) wrong.push(`I13 ${pc.name} is not done: ${undone}`)
    for (const line of await pc.client.differs(view, granted(view, pc))) wrong.push(line.replace(' ', ` ${pc.name} `))
  }
  wrong.push(...eachOnce(live, view, facts.serverWasPutBack))
  wrong.push(...nothingLost(world, ledger, view, cells))
  wrong.push(...mixed(ledger, cells))
  for (const pc of live)
    if (!pc.mayBeginAnew && pc.client.site() !== pc.born) wrong.push(`I14 ${pc.name} began another life without need`)
  if (!facts.serverWasPutBack) wrong.push(...members(view, cells))
  const seqs = view.rows.map((r) => r.seq)
  if (new Set(seqs).size !== seqs.length) wrong.push('I8 two rows of one seq: a page could end between them')
  if (view.ops.some((o) => o.seq > view.head)) wrong.push('I8 a seq above the head')
  return wrong
}

/** I12: what belongs together stands as somebody had it before their eyes. */
function mixed(ledger: Ledger, cells: Map<string, Cells>): string[] {
  const wrong: string[] = []
  for (const [key, row] of cells) {
    const group = GROUPS[Number(key.split(':')[0])]
    if (!group || group.every((fid) => row[fid] === undefined)) continue
    const now = groupText(group, (fid) => row[fid]?.[0])
    if (!ledger.groups.get(key)?.has(now)) wrong.push(`I12 ${key} is mixed: ${now} of ${JSON.stringify(row)}`)
  }
  return wrong
}

function granted(view: ServerView, pc: Pc): (scope: number) => boolean {
  const scopes = view.members.find((m) => m.user === pc.client.user)?.scopes ?? []
  return (scope) => scope === 0 || scopes.some(([s]) => s === -1 || s === scope)
}

/** I2 */
function eachOnce(pcs: readonly Pc[], view: ServerView, putBack: boolean): string[] {
  const wrong: string[] = []
  const ops = new Map<string, ServerView['ops'][number]>()
  for (const o of view.ops) {
    const id = `${o.site} ${o.own}`
    if (ops.has(id)) wrong.push(`I2 ${id} twice`)
    ops.set(id, o)
  }
  for (const pc of pcs) {
    const site = pc.client.site()
    for (const o of pc.client.acked()) {
      if (putBack && o.site !== site) continue
      const there = ops.get(`${o.site} ${o.own}`)
      const id = `${pc.name} ${o.site.slice(0, 8)} ${o.own}`
      if (!there) wrong.push(`I2 ${id} was acknowledged and is not there`)
      else if (there.row !== o.row || there.f !== o.f) wrong.push(`I2 ${id} is another there: ${there.f}, here ${o.f}`)
    }
  }
  return wrong
}

/** I3, I7, I10 */
function nothingLost(world: World, ledger: Ledger, view: ServerView, cells: Map<string, Cells>): string[] {
  const wrong: string[] = []
  const told = new Set<Value>()
  for (const c of view.conflicts) for (const side of [c.win, c.lose]) told.add((JSON.parse(side) as [Value])[0])
  // Refused ones stand in the server's log too, when the tray went with a book that was put back.
  for (const o of view.ops) if (o.code !== null) for (const [v] of Object.values(JSON.parse(o.f) as Fields)) told.add(v)
  // A tray keeps what was told before the server was put back.
  for (const pc of world.pcs) for (const v of pc.client.told()) told.add(v)
  const writes = [...ledger.writes.values()].filter((w) => !w.gone)
  const over = new Map<Value, Value[]>()
  for (const w of writes) for (const v of w.over) over.set(v, [...(over.get(v) ?? []), w.value])
  /** It was told, or what came over it was. */
  const isTold = (v: Value): boolean => told.has(v) || (over.get(v) ?? []).some(isTold)
  const deleted = new Map<string, Set<Value>>()
  for (const w of writes) {
    if (!w.deletes) continue
    const seen = deleted.get(w.key) ?? new Set()
    for (const v of w.deletes) seen.add(v)
    deleted.set(w.key, seen)
  }
  const restores = [...ledger.writes.values()].filter((w) => String(w.value).startsWith('restore'))
  // Whoever is told that a restore was lost knows that the row is deleted.
  const againDeleted = new Set(restores.filter((w) => told.has(w.value)).map((w) => w.key))
  for (const w of writes) {
    const row = cells.get(w.key)
    const stands = row && w.fids.every((fid) => row[fid]?.[0] === w.value)
    const flag = row?.[FIELD_DELETED]?.[0] === 1
    if (told.has(w.value)) continue
    if (over.has(w.value)) {
      if (stands && over.get(w.value)!.some((v) => !isTold(v)))
        wrong.push(`I10 ${String(w.value)} stands over ${over.get(w.value)!.join()}, which had seen it`)
      continue
    }
    if (!stands) wrong.push(`I3 ${String(w.value)} of ${w.pc} in ${w.key} is lost`)
    else if (flag && !w.under && !w.deletes && !deleted.get(w.key)?.has(w.value) && !againDeleted.has(w.key))
      wrong.push(`I3 ${String(w.value)} is under a delete that did not know it, and nobody is told`)
  }
  const restored = new Set(restores.map((w) => w.key))
  for (const key of new Set(writes.filter((w) => w.deletes && !told.has(w.value)).map((w) => w.key))) {
    const row = cells.get(key)
    if (row && row[FIELD_DELETED]?.[0] !== 1 && !restored.has(key)) wrong.push(`I7 ${key} came back by itself`)
  }
  return wrong
}

/** I5: members of sets, worked out from the log by the book: an add is a token, a removal takes the tokens its writer had seen. */
function members(view: ServerView, cells: Map<string, Cells>): string[] {
  const wrong: string[] = []
  const tokens = new Map<string, { seq: number; site: string; own: number; alive: boolean }[]>()
  const sites = view.sites.map((s) => ({ ...s, device: '', last: 0, hash: '' }))
  for (const o of [...view.ops].sort((a, b) => a.seq - b.seq)) {
    if (o.tbl !== PARTY_TAG || o.code !== null) continue
    const f = JSON.parse(o.f) as Fields
    const flag = f[FIELD_DELETED]?.[0] ?? (o.kind === KIND.put ? 0 : null)
    if (flag === null) continue
    const key = keyOf(o.tbl, o.row)
    const list = tokens.get(key) ?? []
    tokens.set(key, list)
    const knows = knowledge(sites, o.site)
    for (const t of list) if (t.seq <= o.base || t.own <= knows(t.site)) t.alive = false
    if (flag === 0) list.push({ seq: o.seq, site: o.site, own: o.own, alive: true })
  }
  for (const [key, list] of tokens) {
    const is = cells.get(key)?.[FIELD_DELETED]?.[0] === 0
    if (is !== list.some((t) => t.alive)) wrong.push(`I5 ${key} is ${is ? 'in' : 'out'} and should not be`)
  }
  return wrong
}

/** After a restore: what is nowhere any more, nobody can be asked for. `pcs`: those that are let in; what only a revoked one still has comes back to nobody. */
export function forgive(pcs: readonly Pc[], ledger: Ledger, view: ServerView): void {
  const alive = new Set<Value>()
  const take = (f: Fields) => {
    for (const [v] of Object.values(f)) alive.add(v)
  }
  for (const o of view.ops) take(JSON.parse(o.f) as Fields)
  for (const pc of pcs) for (const v of pc.client.held()) alive.add(v)
  for (const w of ledger.writes.values()) if (!alive.has(w.value)) w.gone = true
}
