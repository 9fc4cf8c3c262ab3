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

export function rowId(db: Db, table: string, pk: number): string {
  const row = db.prepare(`SELECT id FROM "${table}" WHERE pk = ?`).get(pk) as { id: string } | undefined
  return row?.id ?? ''
}
