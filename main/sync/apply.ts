import { sums, wholeCells } from '../../shared/sync/codec.ts'
import type { PullReply } from '../../shared/sync/exchange.ts'
import { unpackIds } from '../../shared/sync/packed-ids.ts'
import { readMeta, setMeta } from '../db/migrate.ts'
import type { Db } from '../db/open.ts'
import { type Tx, write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import { applyRows, type Told } from './apply-rows.ts'
import { sealAside, settleAside } from './aside.ts'
import { authorsOf, saveAuthors } from './authors.ts'
import { noteConflicts, noteOverruled, settleKept } from './conflicts.ts'
import { deriveRows } from './derive.ts'
import { offerMissing } from './fill.ts'
import { ackedUpTo } from './log-lines.ts'
import { type Crypto, Unreachable } from './parts.ts'
import { dropUnheld, purgeExits, purgeScopes, purgeUntold } from './purge.ts'
import { readState, saveState, setBase } from './state.ts'

/** A page with its rows unpacked, or a piece of one. */
export type Piece = Omit<PullReply, 'rows'> & { told: readonly Told[] }

/** Throws Unreachable when it is no page. */
export const pieceOf = (page: PullReply): Piece => ({ ...page, told: rowsOf(page) })

/**
 * The first `most` rows, with the cursors they reach (rows come in the order of seq), and the rest. `asked`: the cursors before. Exits are older than
 * rows and go first; conflicts go with the rows they are as old as.
 */
export function cut(piece: Piece, most: number, asked: Readonly<Record<string, number>>): [Piece, Piece | null] {
  const { told, conflicts, next } = piece
  if (told.length <= most) return [piece, null]
  const reach = told[most - 1]!.seq
  const reached = Object.entries(next).map(([scope, to]) => [scope, Math.max(asked[scope] ?? 0, Math.min(reach, to))])
  const [now, later] = parted(conflicts, (c) => c.seq <= reach)
  return [
    { ...piece, told: told.slice(0, most), conflicts: now, next: Object.fromEntries(reached) as Piece['next'] },
    { ...piece, told: told.slice(most), conflicts: later, exits: [], authors: [] },
  ]
}

/**
 * Applies the pages of the inbox and what came after them, in one transaction with the cursors that say so (SYNC.md 8). `done`: that is all there is;
 * what left a scope goes away only then, for the same row may come again under another one.
 */
export function applyInbox(ctx: Ctx, crypto: Crypto, came: Piece, done: boolean): { rows: number } {
  return write(ctx, 'sync.apply', (tx) => {
    const { db } = tx
    const kept = db.prepare('SELECT body FROM sync_inbox ORDER BY page').all() as { body: string }[]
    const pages = [...kept.map(({ body }) => pieceOf(JSON.parse(body) as PullReply)), came]
    const last = came
    const state = readState(db)!
    for (const page of pages) saveAuthors(db, page.authors)
    const authors = authorsOf(db, state)
    // What may not be seen any more by the last page is not shown because an earlier one told it.
    const granted = new Set(last.granted.map(([scope]) => scope))
    const [told, hidden] = parted(
      pages.flatMap((page) => page.told),
      (row) => granted.has(row.scope),
    )
    const isHidden = new Set(hidden.map((row) => `${row.tbl}:${row.row}`))
    const applied = applyRows(tx, state, authors, told)
    for (const page of pages) {
      noteExits(db, page, granted)
      const shown = page.conflicts.filter((c) => !isHidden.has(`${c.tbl}:${c.row}`))
      noteConflicts(tx, authors, shown)
    }
    settleKept(tx, authors, told)
    settleAside(tx, crypto, told)
    noteOverruled(tx, authors, applied.missing)
    moveScopes(tx, last, done)
    if (done) purgeExits(tx)
    if (done && !state.fill) purgeUntold(tx, state.seen?.[0] ?? 0)
    if (done) dropUnheld(tx)
    sealAside(tx, crypto)
    const heard = Math.max(state.heard, applied.heard)
    setMeta(db, 'hlc', String(Math.max(Number(readMeta(db, 'hlc') ?? 0), heard)))
    // Half of what is new shows not everything up to its cursor: a row that changed again comes with a later page, and stands here as it was.
    if (done) setBase(db)
    db.prepare('DELETE FROM sync_inbox').run()
    const acked = ackedUpTo(db, state.acked)
    if (done) saveState(db, { seen: [last.head, last.mark] })
    saveState(db, {
      acked,
      epoch: last.epoch,
      heard,
      pulled: tx.now,
    })
    offerMissing(tx, applied.missing, done)
    deriveRows(tx, applied.changed, !done)
    tx.touched.add('sync')
    return { rows: told.length }
  })
}

function rowsOf(page: PullReply): Told[] {
  const ids = unpackIds(page.rows.r)
  const { t, o, f } = page.rows
  if (
    !ids ||
    ids.length !== t.length ||
    o.length !== t.length ||
    f.length !== t.length ||
    page.rows.s.length !== t.length
  )
    throw new Unreachable('not_daftar')
  const seqs = sums(page.rows.s)
  return t.map((tbl, i) => ({ tbl, row: ids[i]!, scope: o[i]!, seq: seqs[i]!, cells: wholeCells(ids[i]!, f[i]!) }))
}

/** A row of a page is younger than the exits of it and of those before: it came back, perhaps to the very scope it had left. */
function noteExits(db: Db, page: Piece, granted: ReadonlySet<number>): void {
  const exit = db.prepare('INSERT INTO sync_exit (scope, tbl, row) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  for (const [scope, tbl, row] of page.exits) exit.run(scope, tbl, row)
  if (!db.prepare('SELECT 1 FROM sync_exit LIMIT 1').get()) return
  const back = db.prepare('DELETE FROM sync_exit WHERE tbl = ? AND row = ?')
  for (const { tbl, row, scope } of page.told) if (granted.has(scope)) back.run(tbl, row)
}

function parted<T>(list: readonly T[], isFirst: (one: T) => boolean): [first: T[], rest: T[]] {
  return [list.filter(isFirst), list.filter((one) => !isFirst(one))]
}

function moveScopes(tx: Tx, page: Piece, done: boolean): void {
  const { db } = tx
  const revoked = new Set(page.revoked)
  const granted = new Map(page.granted)
  const put = db.prepare(
    `INSERT INTO sync_scope (scope, cursor, rights, state) VALUES (?, ?, ?, 'catching')
     ON CONFLICT (scope) DO UPDATE SET cursor = excluded.cursor, rights = excluded.rights`,
  )
  for (const [scope, cursor] of Object.entries(page.next)) {
    if (!revoked.has(Number(scope))) put.run(Number(scope), cursor, granted.get(Number(scope)) ?? 1)
  }
  if (!done) return
  db.prepare("UPDATE sync_scope SET state = 'ready'").run()
  const lost = (db.prepare('SELECT scope FROM sync_scope').all() as { scope: number }[]).filter(
    (s) => !granted.has(s.scope),
  )
  purgeScopes(
    tx,
    lost.map((s) => s.scope),
  )
}

export function cursors(db: Db): Record<string, number> {
  const rows = db.prepare('SELECT scope, cursor FROM sync_scope').all() as { scope: number; cursor: number }[]
  return Object.fromEntries(rows.map((r) => [r.scope, r.cursor]))
}
