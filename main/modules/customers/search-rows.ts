import type { Tx } from '../../db/write.ts'

/** What a transaction will have done to the search rows: tokens ('' for none), and whether one may be there already. */
interface Pending {
  tokens: string
  isNew: boolean
}
const PENDING = {}

/**
 * The search rows of a transaction, written together at its end: every statement with a trigger makes SQLite flush what FTS5 holds of the
 * transaction so far, so that a search row between two other writes costs several times itself. (Half the time of an import, when it was so.)
 */
function pendingOf(tx: Tx): Map<number, Pending> {
  return tx.remember(PENDING, () => {
    const rows = new Map<number, Pending>()
    tx.beforeCommit(() => {
      const drop = tx.db.prepare('DELETE FROM party_fts WHERE rowid = ?')
      const put = tx.db.prepare('INSERT INTO party_fts (rowid, x) VALUES (?, ?)')
      for (const [pk, { tokens, isNew }] of rows) {
        if (!isNew) drop.run(pk)
        if (tokens) put.run(pk, tokens)
      }
    })
    return rows
  })
}

/** Of a party that is new in this transaction. */
export function addSearchRow(tx: Tx, pk: number, tokens: string): void {
  pendingOf(tx).set(pk, { tokens, isNew: true })
}

/** Of one that was there; '' takes its row out. */
export function setSearchRow(tx: Tx, pk: number, tokens: string): void {
  const rows = pendingOf(tx)
  rows.set(pk, { tokens, isNew: rows.get(pk)?.isNew ?? false })
}
