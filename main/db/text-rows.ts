import { wordTokens } from '../../shared/domain/search-tokens.ts'
import type { Db } from './open.ts'
import type { Tx } from './write.ts'

/** A search index over running texts: FTS5 without content, rowid = the pk of the row. */
export interface TextIndex {
  fts: 'note_fts' | 'task_fts'
  /** The text of a row as it is now; '' for what is not to be found. */
  textOf(db: Db, pk: number): string
}

/** New rows that may wait for their search rows: so few that a search reads their texts as they are. */
const WAITING = 32

/**
 * Has the search row of a row made again. Search rows are written together at the end of their transaction, for the reason that
 * customers/search-rows.ts gives, and those of new rows wait in search_wait until there are more than WAITING: FTS5 writes as many pages for one
 * row as for many, a fifth of a save.
 * @param isNew the row is new in this transaction
 */
export function setTextRow(tx: Tx, index: TextIndex, pk: number, isNew = false): void {
  const rows = tx.remember(index, () => {
    const pending = new Map<number, boolean>()
    tx.beforeCommit(() => writeRows(tx, index, pending))
    return pending
  })
  rows.set(pk, isNew || (rows.get(pk) ?? false))
}

/** pks of those whose search row is still to be made; some may be deleted since. */
export function waitingRows(db: Db, index: TextIndex): Set<number> {
  const rows = db.prepare('SELECT pk FROM search_wait WHERE fts = ?').all(index.fts) as Array<{ pk: number }>
  return new Set(rows.map(({ pk }) => pk))
}

function writeRows(tx: Tx, index: TextIndex, pending: ReadonlyMap<number, boolean>): void {
  const { db } = tx
  const waiting = waitingRows(db, index)
  const added: number[] = []
  const drop = db.prepare(`DELETE FROM ${index.fts} WHERE rowid = ?`)
  for (const [pk, isNew] of pending) {
    // Its row will be made from the text as it is then.
    if (waiting.has(pk)) continue
    if (isNew) added.push(pk)
    else {
      drop.run(pk)
      put(db, index, pk)
    }
  }
  if (added.length === 0) return
  if (waiting.size + added.length <= WAITING) {
    const wait = db.prepare('INSERT INTO search_wait (fts, pk) VALUES (?, ?)')
    for (const pk of added) wait.run(index.fts, pk)
    return
  }
  for (const pk of [...waiting, ...added]) put(db, index, pk)
  db.prepare('DELETE FROM search_wait WHERE fts = ?').run(index.fts)
}

function put(db: Db, index: TextIndex, pk: number): void {
  const words = wordTokens(index.textOf(db, pk)).join(' ')
  if (words) db.prepare(`INSERT INTO ${index.fts} (rowid, x) VALUES (?, ?)`).run(pk, words)
}

/** Empties the index, to be made anew. */
export function clearTextRows({ db }: Tx, { fts }: TextIndex): void {
  db.prepare(`INSERT INTO ${fts} (${fts}) VALUES ('delete-all')`).run()
  db.prepare('DELETE FROM search_wait WHERE fts = ?').run(fts)
}
