import type { Db } from '../../db/open.ts'
import { PARTY_OF, referenceOf } from './references.ts'

export interface PartyName {
  id: string
  name: string
}

/** The customer a row belongs to, if it belongs to one; a note belongs to the first it was written about. */
export function partyOfRow(db: Db, table: string, pk: number): PartyName | null {
  if (table === 'activity') {
    return (
      (db
        .prepare(
          `SELECT p.id, p.name FROM activity a JOIN activity_party ap ON ap.activity_id = a.id JOIN party p ON p.id = ap.party_id
           WHERE a.pk = ? ORDER BY ap.pk LIMIT 1`,
        )
        .get(pk) as PartyName | undefined) ?? null
    )
  }
  const column = PARTY_OF[table]
  if (!column) return null
  return (
    (db.prepare(`SELECT p.id, p.name FROM "${table}" r JOIN party p ON p.id = r."${column}" WHERE r.pk = ?`).get(pk) as
      | PartyName
      | undefined) ?? null
  )
}

/** Rows that are something a person names, and the column that says it; a part of a task speaks of its task. */
const SUBJECT_OF: Readonly<Record<string, { table: string; column: string; by?: string }>> = {
  task: { table: 'task', column: 'title' },
  task_check: { table: 'task', column: 'title', by: 'task_id' },
  reminder: { table: 'task', column: 'title', by: 'task_id' },
  lead: { table: 'lead', column: 'name' },
  user: { table: 'user', column: 'name' },
  tag: { table: 'tag', column: 'name' },
  list_item: { table: 'list_item', column: 'name' },
  holiday: { table: 'holiday', column: 'name' },
}

/** What a row is about besides a customer: the title of its task, the name of a lead or colleague, as it is now; null where it has none. */
export function subjectOfRow(db: Db, table: string, pk: number): { id: string; name: string } | null {
  const subject = SUBJECT_OF[table]
  if (!subject) return null
  const { table: of, column, by } = subject
  const sql = by
    ? `SELECT s.id, s."${column}" AS name FROM "${table}" r JOIN "${of}" s ON s.id = r."${by}" WHERE r.pk = ?`
    : `SELECT id, "${column}" AS name FROM "${of}" WHERE pk = ?`
  const row = db.prepare(sql).get(pk) as { id: string; name: string } | undefined
  return row?.name ? row : null
}

/** The readable name of a value that is the id of a user, tag, source, task or customer; null for every other value. */
export function nameOf(db: Db, table: string, field: string, value: unknown): string | null {
  const reference = referenceOf(table, field)
  if (!reference || reference.to === 'activity' || typeof value !== 'string') return null
  const column = reference.to === 'task' ? 'title' : 'name'
  const row = db.prepare(`SELECT ${column} AS name FROM "${reference.to}" WHERE id = ?`).get(value) as
    | { name: string }
    | undefined
  return row?.name ?? null
}

/** What a field is called: a setting is a row of its key and a value, and speaks by its key. */
export function fieldName(db: Db, table: string, row_id: string, field: string): string {
  if (table !== 'setting' || field !== 'value') return field
  const row = db.prepare('SELECT key FROM setting WHERE id = ?').get(row_id) as { key: string } | undefined
  return row?.key ?? field
}

export function rowId(db: Db, table: string, pk: number): string {
  const row = db.prepare(`SELECT id FROM "${table}" WHERE pk = ?`).get(pk) as { id: string } | undefined
  return row?.id ?? ''
}
