import { FIELD_CREATED_AT, FIELD_DELETED, FIELD_ID, KIND } from './manifest.ts'
import type { MergeTable } from './merge-spec.ts'

/**
 * How two concurrent changes become one state (SYNC.md 7). Pure, and the only implementation: the server decides with it, the client
 * foretells with it what the server will decide, and the simulator judges both by it.
 *
 * Causality comes from `base` (what the writer had seen of the server's order) and from program order; clocks only break ties between
 * changes of which neither knew the other.
 */
export type Value = string | number | null

/** The state of one field: value, stamp (HLC53), number of its author, seq of the server, site_seq of the author's site. */
export type Cell = readonly [
  v: Value,
  h: number,
  by: number,
  seq: number,
  own: number,
  /** Only the flag of a set's member: adds that no removal has seen. Absent = the cell's own add if present, none if removed. */
  adds?: readonly Add[],
]
export type Add = readonly [h: number, by: number, seq: number, own: number]
/** By field id. A field without a cell was never set. */
export type Cells = Readonly<Record<string, Cell>>
/** Changed fields as the change log writes them: {"fid":[value]}. */
export type Fields = Readonly<Record<string, readonly [Value]>>

export interface Op {
  readonly tbl: number
  /** UUID text. */
  readonly row: string
  readonly kind: number
  readonly h: number
  readonly base: number
  /** site_seq: dense within the site, from 1. */
  readonly own: number
  readonly user: string | null
  readonly f: Fields
  /** The customer the row hangs on, for tables that do not say it in a field (scope.ts). */
  readonly root?: string
}

/** Who writes, and what the writer knew by program order. */
export interface Writer {
  readonly site: string
  /** Number of (site, user), as in cells. */
  readonly by: number
  /** The op's place in the server's order; for a change still waiting on a client, a number above every other. */
  readonly seq: number
  /**
   * The op was written under an earlier epoch and comes (again) after the server was rewound. Its `base` is no higher than what is surely
   * common to both; of members of sets, whose adds and removals come back in any order, stamps decide the rest.
   */
  readonly replay?: boolean
  siteOf(by: number): string
  /** Up to which site_seq this writer's own past holds that site: its own site Infinity, an ancestor its fork point, any other -1. */
  knows(site: string): number
}

export type ConflictClass = 'lww' | 'group' | 'text' | 'set' | 'edited_deleted' | 'rewind'
export interface ConflictDraft {
  readonly fid: number
  readonly class: ConflictClass
  readonly win: Cell
  readonly lose: Cell
}

export interface Merged {
  readonly cells: Cells
  readonly conflicts: readonly ConflictDraft[]
  /** Something of the op is not the state now; the row must reach its writer again. */
  readonly lost: boolean
}

type Stamp = readonly [h: number, by: number, seq: number, own: number]
const stampOf = (c: Cell): Stamp => [c[1], c[2], c[3], c[4]]

/** Has the writer of `op` had this stamp before its eyes? */
function saw(op: Op, who: Writer, [, by, seq, own]: Stamp): boolean {
  if (op.kind === KIND.fill) return false
  if (own <= who.knows(who.siteOf(by))) return true
  return seq <= op.base
}

/** Tie-break between changes of which neither saw the other: stamp, then site. */
function newer(op: Op, who: Writer, cell: Stamp): boolean {
  if (op.h !== cell[0]) return op.h > cell[0]
  return who.site > who.siteOf(cell[1])
}

/** `op` upon `cells` (empty for a new row). Tables of kind 'set' merge their `deleted` flag add-wins, groups are one register. */
export function mergeOp(table: MergeTable, cells: Cells, op: Op, who: Writer): Merged {
  const out: Record<string, Cell> = { ...cells }
  const conflicts: ConflictDraft[] = []
  let lost = false
  const done = new Set<number>()
  const fids = Object.keys(op.f).map(Number)
  // A put of a set's member says by being there that it is in.
  if (table.set && op.kind === KIND.put && !op.f[FIELD_DELETED]) fids.push(FIELD_DELETED)

  for (const fid of fids) {
    if (done.has(fid)) continue
    if (table.set && fid === FIELD_DELETED) {
      const flag = mergeMember(out[fid], op.f[fid]?.[0] ?? 0, op, who)
      out[fid] = flag.cell
      lost ||= flag.lost
      if (flag.conflict) conflicts.push(flag.conflict)
      continue
    }
    const group = table.groupOf(fid)
    for (const member of group) done.add(member)
    const sent = group.filter((member) => op.f[member])
    const held = latest(group.map((member) => cells[member]))
    const kind = group.length > 1 ? 'group' : table.text(fid) ? 'text' : 'lww'
    const verdict = judge(sent, cells, held, op, who)
    if (verdict === 'older') lost = true
    for (const member of sent) {
      const before = cells[member]
      const mine: Cell = [op.f[member]![0], stampFor(verdict, op, held), who.by, who.seq, op.own]
      if (verdict !== 'older' && verdict !== 'same') out[member] = mine
      const told = member !== FIELD_ID && member !== FIELD_CREATED_AT
      if (!told || !before || before[0] === mine[0]) continue
      const as = op.kind === KIND.fill || who.replay ? 'rewind' : kind
      if (verdict === 'newer') conflicts.push({ fid: member, class: as, win: mine, lose: before })
      if (verdict === 'older') conflicts.push({ fid: member, class: as, win: before, lose: mine })
    }
  }
  if (!table.set) conflicts.push(...underDelete(cells, out, op, who, conflicts))
  return { cells: out, conflicts, lost }
}

/** 'after': nothing there, or seen. 'newer' | 'older': concurrent. 'equal': concurrent with the same values, the greater stamp stays ('same' when that is the held one). */
type Verdict = 'after' | 'newer' | 'older' | 'equal' | 'same'

function judge(sent: number[], cells: Cells, held: Cell | undefined, op: Op, who: Writer): Verdict {
  if (!held || saw(op, who, stampOf(held))) return 'after'
  const wins = newer(op, who, stampOf(held))
  const equal = sent.every((member) => cells[member] && cells[member][0] === op.f[member]![0])
  if (equal) return wins ? 'equal' : 'same'
  return wins ? 'newer' : 'older'
}

/** What was seen is never above what came after it, whatever the clocks said. */
function stampFor(verdict: Verdict, op: Op, held: Cell | undefined): number {
  return verdict === 'after' && held ? Math.max(op.h, held[1] + 1) : op.h
}

function latest(cells: readonly (Cell | undefined)[]): Cell | undefined {
  let best: Cell | undefined
  for (const cell of cells) {
    if (cell && (!best || cell[3] > best[3] || (cell[3] === best[3] && cell[1] > best[1]))) best = cell
  }
  return best
}

interface Flag {
  cell: Cell
  lost: boolean
  conflict?: ConflictDraft
}

/** Observed-remove set: a removal takes away the adds it saw, an add it did not see survives it. */
function mergeMember(held: Cell | undefined, value: Value, op: Op, who: Writer): Flag {
  const adds = addsOf(held)
  const again = who.replay || op.kind === KIND.fill
  const seen = (stamp: Stamp) => saw(op, who, stamp) || (again === true && op.h > stamp[0])
  const left = adds.filter((add) => !seen(add))
  const above = held && seen(stampOf(held)) ? Math.max(op.h, held[1] + 1) : op.h
  const mine = (v: Value, h = above): Cell => [v, h, who.by, who.seq, op.own]
  if (value === 0) {
    const stale = again && held?.[0] === 1 && !saw(op, who, stampOf(held)) && !newer(op, who, stampOf(held))
    if (stale) {
      const conflict: ConflictDraft = { fid: FIELD_DELETED, class: 'rewind', win: held, lose: mine(0) }
      return { cell: held, lost: true, conflict }
    }
    const stamp = Math.max(above, held?.[0] === 1 ? held[1] + 1 : 0)
    const add: Add = [stamp, who.by, who.seq, op.own]
    return { cell: withAdds(mine(0, stamp), [...left, add]), lost: false }
  }
  if (left.length > 0 && held) {
    const conflict: ConflictDraft = { fid: FIELD_DELETED, class: 'set', win: held, lose: mine(1) }
    // The cell stands for the youngest add that survived.
    const top = left.at(-1)!
    return { cell: withAdds([0, top[0], top[1], top[2], top[3]], left), lost: true, conflict }
  }
  if (held?.[0] === 1 && !seen(stampOf(held)) && !newer(op, who, stampOf(held))) return { cell: held, lost: false }
  return { cell: mine(1), lost: false }
}

function addsOf(held: Cell | undefined): readonly Add[] {
  if (!held) return []
  return held[5] ?? (held[0] === 0 ? [stampOf(held)] : [])
}

function withAdds(cell: Cell, adds: readonly Add[]): Cell {
  const only = adds.length === 1 ? adds[0]! : null
  const plain =
    only !== null && only[1] === cell[2] && only[2] === cell[3] && only[3] === cell[4] && only[0] === cell[1]
  return plain ? cell : [cell[0], cell[1], cell[2], cell[3], cell[4], adds]
}

/** Edited here, deleted there, neither knowing of the other: the delete shows, the edit is kept underneath and told of. */
function underDelete(
  before: Cells,
  after: Cells,
  op: Op,
  who: Writer,
  told: readonly ConflictDraft[],
): ConflictDraft[] {
  const flag = after[FIELD_DELETED]
  if (flag?.[0] !== 1) return []
  const already = new Set(told.map((c) => c.fid))
  const edits = (fid: string) =>
    ![FIELD_ID, FIELD_CREATED_AT, FIELD_DELETED].includes(Number(fid)) && !already.has(Number(fid))
  if (op.f[FIELD_DELETED]?.[0] === 1) {
    if (flag[3] !== who.seq) return []
    return Object.keys(before)
      .filter((fid) => edits(fid) && !saw(op, who, stampOf(before[fid]!)) && !op.f[fid])
      .map((fid) => ({ fid: Number(fid), class: 'edited_deleted', win: flag, lose: before[fid]! }))
  }
  if (saw(op, who, stampOf(flag))) return []
  return Object.keys(op.f)
    .filter((fid) => edits(fid) && after[fid]?.[3] === who.seq && after[fid][0] !== before[fid]?.[0])
    .map((fid) => ({ fid: Number(fid), class: 'edited_deleted', win: flag, lose: after[fid]! }))
}

/** What a row shows on a client: the server's state with the client's waiting changes upon it, as the server will do it when they arrive. */
export function overlay(table: MergeTable, cells: Cells, waiting: readonly Op[], who: Omit<Writer, 'seq'>): Cells {
  const seq = Number.MAX_SAFE_INTEGER
  return waiting.reduce((state, op) => mergeOp(table, state, op, { ...who, seq }).cells, cells)
}
