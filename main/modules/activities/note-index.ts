import { checkTexts } from '../../db/check-texts.ts'
import type { Db } from '../../db/open.ts'
import { clearTextRows, setTextRow, type TextIndex } from '../../db/text-rows.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { refreshAllContactDates, refreshContactDatesTx } from '../customers/contact-dates.ts'
import type { CheckProblem } from '../module.ts'

const CHUNK = 1000
type NoteRow = { pk: number; id: string; at: number; body: string | null; deleted: number }

const read = (db: Db, pk: number) =>
  db.prepare('SELECT pk, id, at, body, deleted FROM activity WHERE pk = ?').get(pk) as NoteRow | undefined

/** What was said and written, of every kind of activity. */
export const NOTES: TextIndex = {
  fts: 'note_fts',
  textOf(db, pk) {
    const row = read(db, pk)
    return row?.deleted === 0 ? (row.body ?? '') : ''
  },
}

/** The search row of a note that is new in this transaction. */
export function indexNewNote(tx: Tx, pk: number, body: string): void {
  if (body !== '') setTextRow(tx, NOTES, pk, true)
}

/** Makes what hangs on a note again: its search row, and its time in the timelines of its parties. */
export function deriveNote(tx: Tx, pk: number): void {
  const row = read(tx.db, pk)
  if (!row) return
  setTextRow(tx, NOTES, pk)
  tx.db.prepare('UPDATE activity_party SET at = ? WHERE activity_id = ? AND at <> ?').run(row.at, row.id, row.at)
}

export function rederive(tx: Tx, table: string, pks: number[]): void {
  const notes = new Set(table === 'activity' ? pks : [])
  if (table === 'activity_party') {
    const rows = tx.db
      .prepare(
        `SELECT a.pk FROM activity_party x CROSS JOIN activity a ON a.id = x.activity_id
         WHERE x.pk IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify(pks)) as Array<{ pk: number }>
    for (const { pk } of rows) notes.add(pk)
  }
  for (const pk of notes) deriveNote(tx, pk)
  const parties = tx.db
    .prepare(
      `SELECT DISTINCT x.party_id AS id FROM activity a CROSS JOIN activity_party x ON x.activity_id = a.id
       CROSS JOIN party p ON p.id = x.party_id
       WHERE a.pk IN (SELECT value FROM json_each(?)) AND (a.kind <> 'note' OR p.last_contact IS NOT NULL)`,
    )
    .all(JSON.stringify([...notes])) as Array<{ id: string }>
  refreshContactDatesTx(
    tx,
    parties.map((p) => p.id),
  )
}

export function rederiveAll(ctx: Ctx): void {
  write(ctx, 'activities.rebuild', (tx) => clearTextRows(tx, NOTES))
  for (let last = 0; ; ) {
    const pks = chunkAfter(ctx.db, last)
    if (pks.length === 0) break
    write(ctx, 'activities.rebuild', (tx) => {
      for (const pk of pks) deriveNote(tx, pk)
    })
    last = pks.at(-1)!
  }
  // Their days hang on the times that were made again just now.
  refreshAllContactDates(ctx)
}

const chunkAfter = (db: Db, last: number) =>
  (
    db.prepare('SELECT pk FROM activity WHERE pk > ? ORDER BY pk LIMIT ?').all(last, CHUNK) as Array<{ pk: number }>
  ).map((r) => r.pk)

/** Search rows of notes against the notes. */
export const check = ({ db }: { db: Db }): CheckProblem[] => checkTexts(db, NOTES, 'activity', 'NOTE')
