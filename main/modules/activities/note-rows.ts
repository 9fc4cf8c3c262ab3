import { wordTokens } from '../../../shared/domain/search-tokens.ts'
import type { Db } from '../../db/open.ts'
import type { Tx } from '../../db/write.ts'

/** What a transaction will have done to a search row: the text ('' for none), and whether one may be there already. */
interface Pending {
  body: string
  isNew: boolean
}
const PENDING = {}

/** New texts that may wait for their search rows: so few that a search reads them as they are. */
const WAITING = 32

/**
 * The search rows of texts, written together at the end of their transaction for the reason that customers/search-rows.ts gives. A new text waits in
 * note_wait until there are more than WAITING: FTS5 writes as many pages for one row as for many, a fifth of a save.
 */
export function setNoteRow(tx: Tx, pk: number, body: string, isNew = false): void {
  const rows = tx.remember(PENDING, () => {
    const pending = new Map<number, Pending>()
    tx.beforeCommit(() => writeRows(tx, pending))
    return pending
  })
  rows.set(pk, { body, isNew: isNew || (rows.get(pk)?.isNew ?? false) })
}

/** Those whose search row is still to be made. */
export function waitingNotes(db: Db): Set<number> {
  const rows = db.prepare('SELECT pk FROM note_wait').all() as Array<{ pk: number }>
  return new Set(rows.map(({ pk }) => pk))
}

function writeRows(tx: Tx, pending: ReadonlyMap<number, Pending>): void {
  const { db } = tx
  const waiting = waitingNotes(db)
  const added: Array<[pk: number, body: string]> = []
  const drop = db.prepare('DELETE FROM note_fts WHERE rowid = ?')
  for (const [pk, { body, isNew }] of pending) {
    // Its row will be made from the text as it is then.
    if (waiting.has(pk)) continue
    if (isNew && body) added.push([pk, body])
    if (isNew) continue
    drop.run(pk)
    if (body) put(db, pk, body)
  }
  if (added.length === 0) return
  if (waiting.size + added.length <= WAITING) {
    const wait = db.prepare('INSERT INTO note_wait (pk) VALUES (?)')
    for (const [pk] of added) wait.run(pk)
    return
  }
  const old = db.prepare(
    'SELECT a.pk, a.body FROM note_wait w CROSS JOIN activity a ON a.pk = w.pk WHERE a.deleted = 0 AND a.body IS NOT NULL',
  )
  for (const { pk, body } of old.all() as Array<{ pk: number; body: string }>) put(db, pk, body)
  for (const [pk, body] of added) put(db, pk, body)
  db.prepare('DELETE FROM note_wait').run()
}

function put(db: Db, pk: number, body: string): void {
  const words = wordTokens(body).join(' ')
  if (words) db.prepare('INSERT INTO note_fts (rowid, x) VALUES (?, ?)').run(pk, words)
}
