import type { Tx } from '../../db/write.ts'

/** What a transaction will have done to a search row: its words ('' for none), and whether one may be there already. */
interface Pending {
  words: string
  isNew: boolean
}
const PENDING = {}

/** The search rows of texts, written together at the end of their transaction for the reason that customers/search-rows.ts gives. */
export function setNoteRow(tx: Tx, pk: number, words: string, isNew = false): void {
  const rows = tx.remember(PENDING, () => {
    const pending = new Map<number, Pending>()
    tx.beforeCommit(() => writeRows(tx, pending))
    return pending
  })
  rows.set(pk, { words, isNew: isNew || (rows.get(pk)?.isNew ?? false) })
}

function writeRows(tx: Tx, pending: ReadonlyMap<number, Pending>): void {
  const drop = tx.db.prepare('DELETE FROM note_fts WHERE rowid = ?')
  const put = tx.db.prepare('INSERT INTO note_fts (rowid, x) VALUES (?, ?)')
  for (const [pk, { words, isNew }] of pending) {
    if (!isNew) drop.run(pk)
    if (words) put.run(pk, words)
  }
}
