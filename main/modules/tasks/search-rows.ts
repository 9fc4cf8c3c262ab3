import { parseQuery, textAnswers, textFtsQuery } from '../../../shared/domain/search-tokens.ts'
import type { Db } from '../../db/open.ts'
import { setTextRow, type TextIndex, waitingRows } from '../../db/text-rows.ts'
import type { Tx } from '../../db/write.ts'

/** Titles with the names of their customers, of open and closed tasks. */
export const TASK_TEXTS: TextIndex = {
  fts: 'task_fts',
  textOf(db, pk) {
    const row = db
      .prepare(
        'SELECT t.title, p.name FROM task t LEFT JOIN party p ON p.id = t.party_id WHERE t.pk = ? AND t.deleted = 0',
      )
      .get(pk) as { title: string; name: string | null } | undefined
    return row ? `${row.title} ${row.name ?? ''}` : ''
  },
}

/** The tasks of a customer whose name changed. */
export function renamed(tx: Tx, partyId: string): void {
  const rows = tx.db.prepare('SELECT pk FROM task INDEXED BY task_party WHERE party_id = ?').all(partyId)
  for (const { pk } of rows as Array<{ pk: number }>) setTextRow(tx, TASK_TEXTS, pk)
}

/** pks of the tasks that hold all the words, in no order. */
export function tasksWith(db: Db, text: string): number[] {
  const query = parseQuery(text)
  const match = textFtsQuery(query)
  if (match === null) return []
  const answers = textAnswers(query)
  const rows = db.prepare('SELECT rowid AS pk FROM task_fts WHERE task_fts MATCH ?').all(match) as Array<{ pk: number }>
  const waiting = [...waitingRows(db, TASK_TEXTS)].filter((pk) => answers(TASK_TEXTS.textOf(db, pk)))
  return [...rows.map(({ pk }) => pk), ...waiting]
}
