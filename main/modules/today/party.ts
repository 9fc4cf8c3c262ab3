import type { TodayParty } from '../../../shared/contract/today.ts'
import type { Db } from '../../db/open.ts'

/** The customers of these lines, by id, with their first phone; those in the trash and unknown ones are left out. */
export function partiesOf(db: Db, ids: readonly (string | null)[]): Map<string, TodayParty> {
  const rows = db
    .prepare(
      `SELECT p.id, p.name, (SELECT coalesce(c.e164, c.value) FROM party_channel c
         WHERE c.party_id = p.id AND c.kind = 'phone' AND c.deleted = 0 ORDER BY c.position, c.pk LIMIT 1) AS phone
       FROM party p WHERE p.id IN (SELECT value FROM json_each(?)) AND p.deleted = 0`,
    )
    .all(JSON.stringify(ids.filter((id) => id !== null))) as TodayParty[]
  return new Map(rows.map((row) => [row.id, row]))
}
