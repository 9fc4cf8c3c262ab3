import { FIELD_ID, KIND } from './manifest.ts'
import type { Cells, Fields, Op, Value } from './merge.ts'
import type { MergeTable } from './merge-spec.ts'
import { isUuid, packIds, unpackIds } from './packed-ids.ts'

/** Changes in columns: equal things stand beside each other, numbers as differences, each row id once. Packs to about a third of rows (SYNC.md P4). */
export interface EncodedOps {
  readonly t: readonly number[]
  /** Distinct rows, 16 bytes each, base64. */
  readonly r: string
  /** Which of `r`, as the difference to the one before. */
  readonly i: readonly number[]
  readonly k: readonly number[]
  readonly h: readonly number[]
  readonly b: readonly number[]
  /** Which of `us`. */
  readonly u: readonly number[]
  readonly us: readonly (string | null)[]
  readonly f: readonly Fields[]
  /** [index of the op, root]: only where it is told. */
  readonly o: readonly (readonly [number, string])[]
}

export function encodeOps(ops: readonly Op[]): EncodedOps {
  const rows = new Map<string, number>()
  const users = new Map<string | null, number>()
  const at = ops.map((op) => numberOf(rows, op.row))
  const by = ops.map((op) => numberOf(users, op.user))
  return {
    t: ops.map((op) => op.tbl),
    r: packIds([...rows.keys()]),
    i: deltas(at),
    k: ops.map((op) => op.kind),
    h: deltas(ops.map((op) => op.h)),
    b: deltas(ops.map((op) => op.base)),
    u: by,
    us: [...users.keys()],
    f: ops.map(withoutId),
    o: ops.flatMap((op, index) => (op.root === undefined ? [] : [[index, op.root] as const])),
  }
}

/** A put says its row's id as a field; the row is named already, and chance does not pack. */
function withoutId({ kind, row, f }: Op): Fields {
  if (kind !== KIND.put || f[FIELD_ID]?.[0] !== row) return f
  const { [FIELD_ID]: _, ...rest } = f
  return rest
}
function withId(f: Fields, row: string): Fields {
  if (typeof f !== 'object' || f === null || Array.isArray(f) || f[FIELD_ID]) return f
  return { [FIELD_ID]: [row], ...f }
}

/** The same for the cells of a pulled row, as stored JSON: ids are most of what cannot be packed. 0 stands for the id. */
export function slimCells(row: string, cells: string): string {
  const start = `{"${FIELD_ID}":["${row}",`
  return cells.startsWith(start) ? `{"${FIELD_ID}":[0,${cells.slice(start.length)}` : cells
}
export function wholeCells(row: string, cells: Cells): Cells {
  const id = cells[FIELD_ID]
  if (id?.[0] !== 0) return cells
  return { ...cells, [FIELD_ID]: [row, id[1], id[2], id[3], id[4]] }
}

function numberOf<K>(numbers: Map<K, number>, key: K): number {
  let n = numbers.get(key)
  if (n === undefined) {
    n = numbers.size
    numbers.set(key, n)
  }
  return n
}

/**
 * `from`: site_seq of the first. Throws BadBatch with a reason unless every column is as long as the others and every number an
 * integer in its range; what an op may say of which table is judged apart, op by op, so that one bad op blocks no other.
 */
export function decodeOps(coded: EncodedOps, from: number): Op[] {
  const n = coded.t.length
  for (const column of [coded.i, coded.k, coded.h, coded.b, coded.u, coded.f]) {
    if (!Array.isArray(column) || column.length !== n) throw new BadBatch('columns')
  }
  const rows = unpackIds(coded.r)
  if (!rows) throw new BadBatch('ids')
  const at = sums(coded.i)
  const h = sums(coded.h)
  const b = sums(coded.b)
  if (!coded.us.every((u) => u === null || isUuid(u))) throw new BadBatch('users')
  const roots = new Map<number, string>()
  for (const [index, root] of coded.o) {
    if (!(index >= 0 && index < n) || !isUuid(root)) throw new BadBatch('roots')
    roots.set(index, root)
  }
  const ops: Op[] = []
  for (let n0 = 0; n0 < n; n0++) {
    const row = rows[at[n0]!]
    const user = coded.us[coded.u[n0]!]
    const tbl = coded.t[n0]!
    const kind = coded.k[n0]!
    if (row === undefined || user === undefined) throw new BadBatch('index')
    if (!isCount(tbl, 32_767) || !(kind === KIND.put || kind === KIND.patch || kind === KIND.fill))
      throw new BadBatch('numbers')
    if (!isCount(h[n0]!) || !isCount(b[n0]!)) throw new BadBatch('numbers')
    const root = roots.get(n0)
    const f = kind === KIND.put ? withId(coded.f[n0]!, row) : coded.f[n0]!
    const op: Op = { tbl, row, kind, h: h[n0]!, base: b[n0]!, own: from + n0, user, f }
    ops.push(root === undefined ? op : { ...op, root })
  }
  return ops
}

export class BadBatch extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(`bad batch: ${reason}`)
    this.reason = reason
  }
}

export interface BatchHead {
  readonly site: string
  readonly from: number
  readonly to: number
  readonly replay: boolean
}

/**
 * The text whose hash names a batch. JSON orders number-like keys ascending on every engine, so a batch that was read from JSON gives
 * the text it was written with.
 */
export function canonical(head: BatchHead, ops: EncodedOps): string {
  const { t, r, i, k, h, b, u, us, f, o } = ops
  return JSON.stringify([head.site, head.from, head.to, head.replay ? 1 : 0, t, r, i, k, h, b, u, us, f, o])
}

/** SHA-256 of UTF-8 text, in hex. Injected: shared code knows no Node. */
export type Sha256 = (text: string) => string

/** hash_n = sha256(hash_n-1 and the canonical text), its first 16 bytes in hex. The chain of a new site begins with ''. */
export function chainHash(sha256: Sha256, prev: string, text: string): string {
  return sha256(`${prev}\n${text}`).slice(0, 32)
}

/** Same conflict, same id: on every device, and again when changes are sent once more after the server was rewound. */
export function conflictId(sha256: Sha256, site: string, own: number, fid: number): string {
  const hex = sha256(`conflict\n${site}\n${own}\n${fid}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * A change of one field of a group goes out with all of them: they are one register (SYNC.md 7). `valueAfter` gives a field's value as it
 * was right after this change (the log knows). A put has every value in itself: what it leaves out is NULL.
 */
export function completeGroups(table: MergeTable, kind: number, f: Fields, valueAfter: (fid: number) => Value): Fields {
  let out: Record<string, readonly [Value]> | null = null
  for (const key of Object.keys(f)) {
    const group = table.groupOf(Number(key))
    if (group.length < 2) continue
    for (const fid of group) {
      if (f[fid]) continue
      out ??= { ...f }
      out[fid] ??= [kind === KIND.put ? null : valueAfter(fid)]
    }
  }
  return out ?? f
}

const isCount = (n: number, max = Number.MAX_SAFE_INTEGER) => Number.isSafeInteger(n) && n >= 0 && n <= max

export function deltas(numbers: readonly number[]): number[] {
  let last = 0
  return numbers.map((n) => {
    const d = n - last
    last = n
    return d
  })
}

export function sums(differences: readonly number[]): number[] {
  let last = 0
  return differences.map((d) => {
    last += d
    return last
  })
}
