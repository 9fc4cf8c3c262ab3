import type { OnDuplicate } from '../../../shared/contract/imports.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'

/** What was chosen for single rows, by the row's number in its file. */
export function choicesOf(db: Db, id: string): Map<number, OnDuplicate> {
  const rows = db.prepare('SELECT row, choice FROM import_choice WHERE batch_id = ?').all(id) as Array<{
    row: number
    choice: OnDuplicate
  }>
  return new Map(rows.map(({ row, choice }) => [row, choice]))
}

/** Null takes a choice back. Answers with how many rows have one. */
export function choose(ctx: Ctx, id: string, rows: ReadonlyArray<{ row: number; choice: OnDuplicate | null }>): number {
  return write(ctx, 'imports.choose', ({ db }) => {
    const put = db.prepare(
      'INSERT INTO import_choice (batch_id, row, choice) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET choice = excluded.choice',
    )
    const drop = db.prepare('DELETE FROM import_choice WHERE batch_id = ? AND row = ?')
    for (const { row, choice } of rows) choice === null ? drop.run(id, row) : put.run(id, row, choice)
    const count = db.prepare('SELECT count(*) AS n FROM import_choice WHERE batch_id = ?').get(id)
    return (count as { n: number }).n
  })
}

export function forgetChoices(db: Db, id: string): void {
  db.prepare('DELETE FROM import_choice WHERE batch_id = ?').run(id)
}
