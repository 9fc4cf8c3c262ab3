import type { TodaySection } from '../../../shared/contract/today.ts'
import type { Ctx } from '../../engine/context.ts'
import type { TodayAt } from '../module.ts'
import { partiesOf } from '../today/party.ts'
import { tallyOf } from '../today/tally.ts'

/** Signs of a text that a line shows. */
const BEGINNING = 200

/** Where colleagues named the user and he has not put it away. */
export function today(ctx: Ctx, at: TodayAt): TodaySection[] {
  const { db } = ctx
  const waiting = `mention m INDEXED BY mention_waiting CROSS JOIN activity a ON a.id = m.activity_id
    WHERE m.user_id = ? AND m.seen_at IS NULL AND m.deleted = 0 AND a.deleted = 0`
  const rows = db
    .prepare(
      `SELECT m.id, a.id AS activity_id, a.user_id, a.at, substr(a.body, 1, ${BEGINNING}) AS text,
         (SELECT x.party_id FROM activity_party x WHERE x.activity_id = a.id AND x.deleted = 0 ORDER BY x.pk LIMIT 1) AS party_id
       FROM ${waiting} ORDER BY m.pk DESC LIMIT ?`,
    )
    .all(at.user, at.limit) as Array<{
    id: string
    activity_id: string
    user_id: string | null
    at: number
    text: string | null
    party_id: string | null
  }>
  const parties = partiesOf(
    db,
    rows.map((row) => row.party_id),
  )
  return [
    {
      name: 'handed',
      lines: rows.map(({ id, activity_id, user_id, at: instant, text, party_id }) => ({
        type: 'mention',
        key: `mention:${id}`,
        id,
        activity_id,
        by: user_id,
        at: instant,
        text: text ?? '',
        party: (party_id !== null && parties.get(party_id)) || null,
      })),
      count: tallyOf(db, waiting, [at.user]),
    },
  ]
}
