import type { TodayParty } from '../../../shared/contract/today.ts'
import type { Db } from '../../db/open.ts'

/** The customers of these lines, by id, with their first phone; those in the trash and unknown ones are left out. */
export function partiesOf(db: Db, ids: readonly (string | null)[]): Map<string, TodayParty> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  // By the ids: left to itself a new book would walk all customers that are not deleted.
  const rows = db
    .prepare(
      `SELECT p.id, p.name, (SELECT coalesce(c.e164, c.value) FROM party_channel c
         WHERE c.party_id = p.id AND c.kind = 'phone' AND c.deleted = 0 ORDER BY c.position, c.pk LIMIT 1) AS phone
       FROM json_each(?) j CROSS JOIN party p ON p.id = j.value WHERE p.deleted = 0`,
    )
    .all(JSON.stringify(wanted)) as TodayParty[]
  return new Map(rows.map((row) => [row.id, row]))
}
