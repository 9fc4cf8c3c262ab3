import type { z } from 'zod'
import type { NoteHit } from '../../../shared/contract/search.ts'
import { matchRanges, type Query, textAnswers, textFtsQuery } from '../../../shared/domain/search-tokens.ts'
import type { Db } from '../../db/open.ts'

/** Notes the index may give before the deleted customers' are left out. */
const CANDIDATES = 100
const EXCERPT = 160

/** The newest notes and talks with all the words, of living customers. */
export function noteHits(db: Db, query: Query, limit: number): Array<z.infer<typeof NoteHit>> {
  // note_fts has no index of one-letter prefixes, and one letter is in every note.
  if (query.words.length === 0 || [...query.words.at(-1)!].length < 2) return []
  const answers = textAnswers(query)
  // The newest wait for their rows in the index: these few are read as they are.
  const rows = [
    ...told(db, "(SELECT pk FROM search_wait WHERE fts = 'note_fts')").filter(({ body }) => answers(body)),
    ...told(
      db,
      `(SELECT rowid AS pk FROM note_fts WHERE note_fts MATCH ? ORDER BY rowid DESC LIMIT ${CANDIDATES})`,
      textFtsQuery(query),
    ),
  ]
  // Several customers may have been there.
  const once = new Map<string, Told>()
  for (const row of rows) if (!once.has(row.note_id)) once.set(row.note_id, row)
  return [...once.values()].slice(0, limit).map(({ body, ...hit }) => ({ ...hit, excerpt: excerpt(body, query) }))
}

type Told = Omit<z.infer<typeof NoteHit>, 'excerpt'> & { body: string }

/** @param from SQL that gives `pk` of activities */
const told = (db: Db, from: string, ...params: unknown[]) =>
  db
    .prepare(
      `SELECT a.id AS note_id, a.kind, p.id AS party_id, p.name AS party_name, a.body, a.at FROM ${from} f
       CROSS JOIN activity a ON a.pk = f.pk
       CROSS JOIN activity_party x ON x.activity_id = a.id AND x.deleted = 0
       CROSS JOIN party p ON p.id = x.party_id AND p.deleted = 0
       WHERE a.deleted = 0 AND a.body IS NOT NULL ORDER BY f.pk DESC, x.pk`,
    )
    .all(...params) as Told[]

/** The text around the first match, cut at words where it can, with … for what is left out. */
export function excerpt(body: string, query: Query): string {
  const text = body.replace(/\s+/g, ' ').trim()
  if (text.length <= EXCERPT) return text
  const at = matchRanges(text, query)[0]?.[0] ?? 0
  const room = EXCERPT - 2
  let start = Math.max(0, Math.min(at - 40, text.length - room))
  if (start > 0) {
    const word = text.indexOf(' ', start)
    start = word >= 0 && word < at ? word + 1 : start
  }
  let end = Math.min(text.length, start + room)
  if (end < text.length) {
    const word = text.lastIndexOf(' ', end)
    if (word > at) end = word
  }
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`
}
