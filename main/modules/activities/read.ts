import type { Activity } from '../../../shared/contract/activities.ts'
import { KIND, tableByName } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'

const ACTIVITY = tableByName('activity')!
const BODY = ACTIVITY.fields.find((f) => f.name === 'body')!.id

type Read = Omit<Activity, 'outcome' | 'pinned' | 'edited' | 'parties' | 'mentions' | 'body'> & {
  pk: number
  body: string | null
  outcome_id: string | null
  outcome: string | null
  pinned: number
  edited: number
}

/** Activities by their pks, in this order, deleted ones too; unknown pks are left out. Three questions however many there are. */
export function readActivities(db: Db, pks: readonly number[]): Activity[] {
  if (pks.length === 0) return []
  const rows = db
    .prepare(
      `SELECT a.pk, a.id, a.kind, a.direction, a.channel, a.outcome_id, o.name AS outcome, a.minutes, a.body, a.at, a.user_id, a.pinned, a.task_id,
         EXISTS (SELECT 1 FROM change c WHERE c.tbl = ${ACTIVITY.id} AND c.row = a.pk AND c.kind = ${KIND.patch}
           AND json_extract(c.f, '$."${BODY}"') IS NOT NULL) AS edited
       FROM activity a LEFT JOIN list_item o ON o.id = a.outcome_id
       WHERE a.pk IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(pks)) as Read[]
  const ids = JSON.stringify(rows.map((row) => row.id))
  const parties = db
    .prepare(
      `SELECT x.activity_id, p.id, p.name FROM activity_party x CROSS JOIN party p ON p.id = x.party_id
       WHERE x.activity_id IN (SELECT value FROM json_each(?)) AND x.deleted = 0 ORDER BY x.pk`,
    )
    .all(ids) as Array<{ activity_id: string; id: string; name: string }>
  const mentions = db
    .prepare(
      'SELECT activity_id, user_id FROM mention WHERE activity_id IN (SELECT value FROM json_each(?)) AND deleted = 0 ORDER BY pk',
    )
    .all(ids) as Array<{ activity_id: string; user_id: string }>
  const partiesOf = Map.groupBy(parties, (p) => p.activity_id)
  const mentionsOf = Map.groupBy(mentions, (m) => m.activity_id)
  const byPk = new Map(
    rows.map(({ pk, outcome_id, outcome, pinned, edited, body, ...row }) => [
      pk,
      {
        ...row,
        body: body ?? '',
        outcome: outcome_id !== null && outcome !== null ? { id: outcome_id, name: outcome } : null,
        pinned: pinned === 1,
        edited: edited === 1,
        parties: (partiesOf.get(row.id) ?? []).map(({ id, name }) => ({ id, name })),
        mentions: (mentionsOf.get(row.id) ?? []).map((m) => m.user_id),
      },
    ]),
  )
  return pks.flatMap((pk) => byPk.get(pk) ?? [])
}
