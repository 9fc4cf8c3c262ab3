import { conflictId, type Sha256 } from '../shared/sync/codec.ts'
import type { Verdict } from '../shared/sync/exchange.ts'
import { KIND } from '../shared/sync/manifest.ts'
import { type Cells, mergeOp, type Op, type Writer } from '../shared/sync/merge.ts'
import type { MergeTables } from '../shared/sync/merge-spec.ts'
import { scopeRule } from '../shared/sync/scope.ts'
import { knowledge } from './lineage.ts'
import { needed, type Place, placeOf } from './place.ts'
import type { Rights } from './rights.ts'
import type { AuthorRow, ConflictRow, ExitRow, Gathered, Key, OpRow, StateRow, TenantTx } from './store/store.ts'

export interface Work {
  readonly sha256: Sha256
  readonly tables: MergeTables
  /** With the rows of `keysOf`. */
  readonly all: Gathered
  readonly site: string
  readonly replay: boolean
  readonly rights: Rights
  readonly ops: readonly { op: Op; bad: Verdict | null }[]
}

export interface MergedBatch {
  verdicts: [own: number, verdict: Verdict][]
  ops: OpRow[]
  rows: StateRow[]
  conflicts: ConflictRow[]
  exits: ExitRow[]
  authors: AuthorRow[]
  /** The last seq given out: that of the last op, or of a row that moved with it. */
  head: number
  /** Conflicts of rows that came to other readers. */
  lifted: Map<number, Key[]>
}

interface Row extends Place {
  tbl: number
  row: string
  seq: number
  cells: Cells
  dirty: boolean
}

const keyOf = (tbl: number, row: string) => `${tbl}:${row}`
const rowOf = (r: StateRow): Row => ({ ...r, cells: JSON.parse(r.cells) as Cells, dirty: false })

/** Every op gets the next seq, is judged by itself, and is merged into the row it means. Writes nothing yet. */
export async function mergeBatch(tx: TenantTx, work: Work): Promise<MergedBatch> {
  const { rights, tables } = work
  const out: MergedBatch = {
    verdicts: [],
    ops: [],
    rows: [],
    conflicts: [],
    exits: [],
    authors: [],
    head: work.all.state.head,
    lifted: new Map(),
  }
  const rows = new Map(work.all.rows.map((r) => [keyOf(r.tbl, r.row), rowOf(r)]))
  const author = numbering(work, out)
  const siteOf = (by: number) => author.siteOf(by)
  const knows = knowledge(work.all.sites, work.site)

  for (const { op, bad } of work.ops) {
    const seq = ++out.head
    const by = author.of(op.user)
    const key = keyOf(op.tbl, op.row)
    const held = rows.get(key)
    const place = bad ? null : placeOf(op, held, (tbl, row) => rows.get(keyOf(tbl, row)), rights.home)
    const code = bad ?? refused(op, held, place!, rights)
    out.ops.push({
      seq,
      site: work.site,
      own: op.own,
      author: by,
      tbl: op.tbl,
      row: op.row,
      kind: op.kind,
      h: op.h,
      base: op.base,
      // What is too big to be taken is too big to be kept.
      f: code === 'too_big' ? '{}' : JSON.stringify(op.f ?? null),
      root: op.root ?? null,
      code,
    })
    if (code) {
      out.verdicts.push([op.own, code])
      // The writer's own copy shows what was refused; a new seq brings the true row back to it.
      if (held && rights.read(held.scope)) touch(held, seq)
      continue
    }
    const writer: Writer = { site: work.site, by, seq, replay: work.replay, siteOf, knows }
    const merged = mergeOp(tables.get(op.tbl)!, held?.cells ?? {}, op, writer)
    const row: Row = held ?? { tbl: op.tbl, row: op.row, root: op.row, scope: 0, seq, cells: {}, dirty: true }
    row.cells = merged.cells
    if (!held) {
      Object.assign(row, place)
      rows.set(key, row)
    } else if (stands(op, row, seq)) await move(tx, rows, row, place!, seq, out)
    touch(row, seq)
    if (merged.lost || out.head > seq) out.verdicts.push([op.own, 'lost'])
    for (const c of merged.conflicts) {
      out.conflicts.push({
        id: conflictId(work.sha256, work.site, op.own, c.fid),
        seq,
        tbl: op.tbl,
        row: op.row,
        fid: c.fid,
        class: c.class,
        win: JSON.stringify(c.win),
        lose: JSON.stringify(c.lose),
      })
    }
  }
  for (const row of rows.values()) {
    if (!row.dirty) continue
    const { tbl, row: id, root, scope, seq, cells } = row
    out.rows.push({ tbl, row: id, root, scope, seq, cells: JSON.stringify(cells) })
  }
  return out
}

/** The rows that a batch reads and writes. */
export function keysOf(ops: readonly Op[]): Key[] {
  const keys = new Map<string, Key>()
  for (const op of ops) for (const key of needed(op)) keys.set(keyOf(...key), key)
  return [...keys.values()]
}

/** Rights are those over the stored row, not over what the op says of itself; an op that moves its row needs them at both ends. */
function refused(op: Op, held: Row | undefined, place: Place, rights: Rights): Verdict | null {
  if (held && !rights.write(held.scope)) return 'forbidden'
  if (!rights.write(place.scope)) return 'forbidden'
  if (!held && op.kind === KIND.patch) return 'unknown_row'
  return null
}

function touch(row: Row, seq: number): void {
  row.seq = seq
  row.dirty = true
}

/** Is what the op says of the row's root what the row says now? A root that lost moves nothing. */
function stands(op: Op, row: Row, seq: number): boolean {
  const rule = scopeRule(op.tbl)
  if (rule.kind === 'field' || rule.kind === 'parent') return row.cells[rule.field]?.[3] === seq
  return rule.kind === 'told' && op.root !== undefined
}

/** A row that comes under another root takes along what hangs on it by its own id. */
async function move(tx: TenantTx, rows: Map<string, Row>, row: Row, to: Place, seq: number, out: MergedBatch) {
  if (row.root === to.root && row.scope === to.scope) return
  const below: Row[] = []
  const before = row.root
  const hangs = (r: Row) => {
    const rule = scopeRule(r.tbl)
    return rule.kind === 'parent' && rule.tbl === row.tbl && r.cells[rule.field]?.[0] === row.row
  }
  for (const found of await tx.rowsOfRoots([before])) {
    const key = keyOf(found.tbl, found.row)
    if (!rows.has(key)) {
      const child = rowOf(found)
      if (hangs(child)) rows.set(key, child)
    }
  }
  for (const r of rows.values()) if (r !== row && r.root === before && hangs(r)) below.push(r)
  for (const r of [row, ...below]) {
    // Each row a seq of its own: a page that ends between two of one seq would lose the second.
    const own = r === row ? seq : ++out.head
    if (r.scope !== to.scope) {
      out.exits.push({ scope: r.scope, seq: own, tbl: r.tbl, row: r.row })
      out.lifted.set(own, [[r.tbl, r.row]])
    }
    r.root = to.root
    r.scope = to.scope
    touch(r, own)
  }
}

/** Numbers of (site, user); new ones are written down. */
function numbering(work: Work, out: MergedBatch) {
  const sites = new Map(work.all.authors.map((a) => [a.n, a.site]))
  const mine = new Map(work.all.authors.filter((a) => a.site === work.site).map((a) => [a.user, a.n]))
  let last = work.all.authors.reduce((max, a) => Math.max(max, a.n), 0)
  return {
    siteOf: (by: number) => sites.get(by) ?? '',
    of(user: string | null): number {
      let n = mine.get(user)
      if (n === undefined) {
        n = ++last
        mine.set(user, n)
        sites.set(n, work.site)
        out.authors.push({ n, site: work.site, user })
      }
      return n
    },
  }
}
