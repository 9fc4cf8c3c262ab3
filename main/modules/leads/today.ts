import type { TodayLine, TodaySection } from '../../../shared/contract/today.ts'
import type { Ctx } from '../../engine/context.ts'
import type { TodayAt } from '../module.ts'
import { sum, tallyOf } from '../today/tally.ts'

/** New leads, of this user and nobody's: whoever asked first has waited longest, and still the newest are the warmest. */
export function today({ db }: Ctx, at: TodayAt): TodaySection[] {
  const waiting = `lead l INDEXED BY lead_owner WHERE l.owner_id IS ? AND l.status = 'new' AND l.deleted = 0`
  const some = db.prepare(
    `SELECT l.id, coalesce(nullif(l.name, ''), l.phone) AS name, l.company, coalesce(l.e164, l.phone) AS phone, substr(l.body, 1, 200) AS text,
       (SELECT s.name FROM source s WHERE s.id = l.source_id) AS source, l.at, l.owner_id
     FROM ${waiting} ORDER BY l.at DESC, l.pk DESC LIMIT ?`,
  )
  type Waiting = Omit<Extract<TodayLine, { type: 'lead' }>, 'type' | 'key'>
  const rows = at.owners.flatMap((owner) => some.all(owner, at.limit) as Waiting[])
  const newest = rows.sort((a, b) => b.at - a.at).slice(0, at.limit)
  return [
    {
      name: 'leads',
      lines: newest.map((row) => ({ type: 'lead', key: `lead:${row.id}`, ...row })),
      count: sum(at.owners.map((owner) => tallyOf(db, waiting, [owner]))),
    },
  ]
}
