import { wordTokens } from '../../../shared/domain/search-tokens.ts'
import type { Db } from '../../db/open.ts'
import { sumOf, wordSums } from '../../db/search-words.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { refreshAllContactDates, refreshContactDatesTx } from '../customers/contact-dates.ts'
import type { CheckProblem } from '../module.ts'
import { setNoteRow, waitingNotes } from './note-rows.ts'

const CHUNK = 1000
type NoteRow = { pk: number; id: string; at: number; body: string | null; deleted: number }

const read = (db: Db, pk: number) =>
  db.prepare('SELECT pk, id, at, body, deleted FROM activity WHERE pk = ?').get(pk) as NoteRow | undefined

/** The search row of a note that is new in this transaction. */
export function indexNewNote(tx: Tx, pk: number, body: string): void {
  if (body !== '') setNoteRow(tx, pk, body, true)
}

/** Makes what hangs on a note again: its search row, and its time in the timelines of its parties. */
export function deriveNote(tx: Tx, pk: number): void {
  const row = read(tx.db, pk)
  if (!row) return
  setNoteRow(tx, pk, row.deleted === 0 ? (row.body ?? '') : '')
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
  write(ctx, 'activities.rebuild', (tx) => {
    tx.db.prepare("INSERT INTO note_fts (note_fts) VALUES ('delete-all')").run()
    tx.db.prepare('DELETE FROM note_wait').run()
  })
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
export function check(ctx: { db: Db }): CheckProblem[] {
  const found = new Map<string, CheckProblem>()
  const report = (code: string, sample: string) => {
    const problem = found.get(code)
    if (problem) problem.count++
    else found.set(code, { code, count: 1, sample })
  }
  const sums = wordSums(ctx.db, 'note_fts')
  const waiting = waitingNotes(ctx.db)
  const indexed = ctx.db.prepare('SELECT count(*) AS n FROM note_fts WHERE rowid = ?')
  const holds = ctx.db.prepare('SELECT 1 AS hit FROM note_fts WHERE note_fts MATCH ? AND rowid = ?')
  for (let last = 0; ; ) {
    const pks = chunkAfter(ctx.db, last)
    if (pks.length === 0) break
    for (const pk of pks) {
      const row = read(ctx.db, pk)!
      const tokens = row.deleted === 0 && row.body && !waiting.has(pk) ? wordTokens(row.body) : []
      const { n } = indexed.get(pk) as { n: number }
      if (tokens.length === 0 && n > 0) report('NOTE_SEARCH_ROW_TOO_MANY', row.id)
      if (tokens.length > 0 && n === 0) report('NOTE_SEARCH_ROW_MISSING', row.id)
      if (n === 0 || tokens.length === 0 || sums.get(pk) === sumOf(tokens)) continue
      // The index may take a rare sign for a gap: its own answer decides.
      // FTS5 takes a few hundred terms in one question.
      for (let i = 0; i < tokens.length; i += 200) {
        const match = tokens.slice(i, i + 200).map((t) => `"${t}"`)
        if (!holds.get(match.join(' AND '), pk)) {
          report('NOTE_SEARCH_ROW_DIFFERS', row.id)
          break
        }
      }
    }
    last = pks.at(-1)!
  }
  return [...found.values()]
}
